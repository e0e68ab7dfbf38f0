"""What somebody may see of numbers, as they are now."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from handlers.aloud.buttons import ReadAloud
from handlers.context import Viewer
from handlers.follow.buttons import NameNumber
from handlers.lookup.buttons import ShowFollows
from handlers.lookup.history import Beside, history_screen
from handlers.lookup.my_numbers import follows_screen, naming_screen, words_screen
from handlers.lookup.screens import breaker_screen, not_known_screen, status_screen
from handlers.lookup.sealed import sealed_screen
from handlers.reply import Rows, Screen
from handlers.view import View, looked_up
from handlers.wording import fetched, nameless, names
from handlers.wording.layout import button, ringing
from handlers.wording.sentences import Until, sentence
from locales import Words, dates
from storage import audience, documents, ledger, people
from storage.counter import handovers, pickup
from storage.families import askers
from storage.news.cards import Status
from storage.numbers import LENGTH
from storage.people import Follow
from storage.records import Document, LookUp, Person
from storage.road import consignments
from storage.search import filters
from storage.workflow import Workflow


class StatusView(View, name="status"):
    """Numbers that are shown, and a line for each that is not: mistyped, unknown, or not now after too many guesses.

    `notes` are the keys of what else is to be said, `until` fills their place.
    """

    numbers: tuple[str, ...]
    typos: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    paused: int | None = None
    notes: tuple[str, ...] = ()
    until: int = 0
    news: str = ""  # what was chosen a moment ago
    page: int = 0  # of what an officer can do, if it is one number of very many documents
    looks: tuple[LookUp, ...] | None = looked_up()
    waits: frozenset[str] | None = looked_up()  # of those unknown, what this chat is going to be told of

    async def show(self, viewer: Viewer) -> Screen:
        looks, waits = self.looks, self.waits
        if looks is None or waits is None:
            chat, now = viewer.person.chat, viewer.now
            async with viewer.storage.reading() as tx:
                looks = tuple([await documents.status(tx, number, chat, now) for number in self.numbers])
                waits = frozenset([n for n in self.unknown if await people.follow_of(tx, chat, n)])
        t, zone, known = viewer.t, viewer.workflow.zone, [look for look in looks if look.documents]
        unknown = [*self.unknown, *(look.number for look in looks if not look.documents)]
        typos = [("typo" if len(number) == LENGTH else "near", number) for number in self.typos]
        notes = [sentence(key, t, viewer.now, number) for key, number in typos]
        if self.paused:
            notes.append(sentence("too_many", t, viewer.now, until=Until(self.paused, zone)))
        notes += [sentence(key, t, viewer.now, until=Until(self.until, zone)) for key in self.notes]
        if not known:
            said = {
                one.number: nameless.reserved_line(viewer.workflow, one.number, one.reserved_until, t, viewer.now)
                for one in looks
                if one.reserved_until
            }
            return not_known_screen(unknown, notes, t, waits, said)
        waited, person, look = {number: number in waits for number in unknown}, viewer.person, known[0]
        if viewer.workflow.district.district.second_factor and pickup.any_asked(viewer.workflow, person, known):
            return sealed_screen(viewer.workflow, person, known, notes, t, waited)
        objecting: Rows = ()
        is_given = look.followed and any(one.closed_at for one in look.documents)
        if len(known) == 1 and (person.posts or is_given):
            async with viewer.storage.reading() as tx:
                person = await filters.as_seen(tx, viewer.workflow, person, look.documents)
                given = await handovers.of_request(tx, look.documents[0].request) if is_given else ()
            asked, objecting = fetched.ask(viewer.workflow, look, given, t, viewer.now)
            notes += asked
        reader = Person(0, posts=person.posts, news=self.news or person.news)
        facts = _Facts(
            viewer.workflow, viewer.workflow.calendar.closed, viewer.services.speaks, reader, t,
            viewer.now - viewer.now % dates.MINUTE, tuple(known), tuple(notes), tuple(waited.items()), self.page,
        )  # fmt: skip
        screen = _screen(facts)
        return screen._replace(rows=objecting + screen.rows) if objecting else screen


class _Facts(NamedTuple):
    """What a status depends on. A family's is the same for all who follow the request, and is kept: it tells days and
    no hours, so for a minute what was written for one is found for the others. `closed` are the days a head has closed.
    """

    workflow: Workflow
    closed: frozenset[date]
    speaks: bool
    person: Person
    t: Words
    minute: int
    known: tuple[LookUp, ...]
    notes: tuple[str, ...]
    waited: tuple[tuple[str, bool], ...]
    page: int


@lru_cache(maxsize=256)
def _screen(of: _Facts) -> Screen:
    """Below one number stand the voice, for families, as whoever is at work reads; a name of one's own for what one
    follows; and for whoever follows several, the way to the list of them.
    """
    look, t = of.known[0], of.t
    screen = status_screen(of.workflow, of.person, of.known, of.notes, t, of.minute, dict(of.waited), of.page)
    if len(of.known) > 1:
        return screen
    rows = screen.rows
    if of.speaks and (look.followed or not of.person.posts):
        listen = ringing("🔊", t("Listen (in Indonesian)"), plain=names.is_mourned(of.workflow, look.documents))
        rows += ((button(listen, ReadAloud(look.number)),),)
    if not look.followed:
        return screen._replace(rows=rows)
    name = button(t("My name for it"), NameNumber(look.number))
    rows += ((name, button(t("All my numbers"), ShowFollows())) if look.follows_several else (name,),)
    shown = Status(look.documents[0].request, sum(one.version for one in look.documents))
    return screen._replace(rows=rows, card=None if of.waited else shown)


class HistoryView(View, name="history"):
    """Every step of a number."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            look = await documents.status(tx, self.number, viewer.person.chat, viewer.now)
            if not look.documents:
                return not_known_screen([look.number], [], viewer.t, frozenset())
            events = [await ledger.history(tx, document.id) for document in look.documents]
            person = await filters.as_seen(tx, viewer.workflow, viewer.person, look.documents)
            told = await audience.news(tx, look.documents) if person.posts else {}
            request = look.documents[0].request
            given = await handovers.of_request(tx, request)
            damage = await consignments.damage(tx, request) if person.posts else ()
        return history_screen(viewer.workflow, person, look, events, Beside(told, given, damage), viewer.t, viewer.now)


class FollowsView(View, name="follows"):
    """The numbers this chat follows."""

    async def show(self, viewer: Viewer) -> Screen:
        found = await followed(viewer)
        async with viewer.storage.reading() as tx:
            count = await askers.followed(tx, viewer.person.chat)
        return follows_screen(viewer.workflow, found, viewer.t, count)


class WordsView(View, name="words"):
    """What was said in plain words is answered: `meaning` is thanks, cost, hours, lost, unreceived, when, who may
    fetch, what is written wrong, how to withdraw (cancel), a complaint, what other offices do (elsewhere), or that a
    number is wanted. Below it stand the numbers this chat follows. `is_mourned`: it was said that somebody died.
    """

    meaning: str
    is_mourned: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        found, is_staff = await followed(viewer), bool(viewer.person.posts)
        sorry = viewer.t("We are sorry for your loss.") if self.is_mourned else ""
        return words_screen(viewer.workflow, self.meaning, found, viewer.t, viewer.now, sorry, for_staff=is_staff)


class NamingView(View, name="naming"):
    """What was written may be meant as a name for one of the numbers that are followed."""

    text: str

    async def show(self, viewer: Viewer) -> Screen:
        return naming_screen(viewer.workflow, self.text, await followed(viewer), viewer.t)


async def followed(viewer: Viewer) -> list[tuple[Follow, tuple[Document, ...]]]:
    """The numbers somebody follows, newest first, with their documents."""
    chat = viewer.person.chat
    async with viewer.storage.reading() as tx:
        found = await people.follows(tx, chat)
        looks = [await documents.status(tx, follow.number, chat, viewer.now) for follow in found]
    return [(follow, look.documents) for follow, look in zip(found, looks, strict=True)]


class BreakerView(View, name="breaker"):
    """The head is told that many numbers are being guessed, and since when; in chats, or by `visitors` of the page."""

    at: int
    visitors: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        return breaker_screen(viewer.workflow, self.at, viewer.t, viewer.now, on_the_page=bool(self.visitors))

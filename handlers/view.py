"""What handlers answer with: a View says what is shown, an Answer also how, and Refused why not. Whoever is no officer,
or no head, is refused here for all of them.

A view holds facts, small and JSON-able, and reads the rest when it is shown. So it can be kept in the outbox and shown
later, as things are then, in the language of then. Each feature has its own, in its `views.py`; those here are for all.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field, fields
from typing import Any, ClassVar, NamedTuple

from telegram import Bot

from handlers.callbacks import Value
from handlers.context import Request, Services, Viewer, viewer_of
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Message, Rows, Screen
from handlers.wording.layout import ROOM, button, grouped, page
from handlers.wording.notices import is_for_card, notice
from handlers.wording.sentences import Until, sentence
from locales import Words, negotiate, words
from storage import people
from storage.counter import custody
from storage.counter.handovers import KEPT
from storage.db.protocol import Tx
from storage.news.cards import CONCERNS, EVERY_STAGE
from storage.originals.steps import NO_PAPERS, Papers
from storage.records import Owed, Person, Post

OWED_BY_THE_REGISTER = {  # which knows no views: the kind of what is owed, and the view
    "staff": "arrived", "regret": "corrected", "held": "held", "returned": "returned", "papers": "papers_news",
    "stand_in": "stand_in_news", "consigned": "consignment",
    "relay": "relay_news",
}  # fmt: skip
CARD = "card"  # the kind of what is not owed but shown: the status of the request that something is owed about
_views: dict[str, "type[View]"] = {}


class View(Value, ABC):
    """Facts, and how they become a screen. The outbox keeps them under a name; tests pin how they are spelled there."""

    name: ClassVar[str]

    def __init_subclass__(cls, name: str) -> None:
        super().__init_subclass__()
        cls.name = name
        _views[name] = cls

    @abstractmethod
    async def show(self, viewer: Viewer) -> Screen | None:
        """The screen as things are now; None if there is nothing to say any more. May raise Refused."""

    def facts(self, lang: str = "") -> dict[str, Any]:
        """What the outbox keeps. `lang` is what a stranger's Telegram spoke."""
        return {"view": self.name, "args": self.named(), "lang": lang}


def kept(facts: Mapping[str, Any]) -> View:
    """The view that was kept; facts that it no longer has are left out."""
    kind, args = _views[facts["view"]], facts.get("args", {})
    return kind(**{one.name: _frozen(args[one.name]) for one in fields(kind) if one.name in args})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def looked_up() -> Any:
    """A field for what the handler has looked up already, so that the view need not. The outbox does not keep it."""
    return field(default=None, compare=False, repr=False)


class NoteView(View, name="note"):
    """A sentence that a feature has added, by its key; `until` fills its place."""

    key: str
    until: int = 0

    def words(self, viewer: Viewer) -> str:
        """The sentence alone."""
        return sentence(self.key, viewer.t, viewer.now, until=Until(self.until, viewer.workflow.zone))

    async def show(self, viewer: Viewer) -> Screen:
        return Screen(page(self.words(viewer)))


class RefusalView(View, name="refused"):
    """A refusal as a message of its own. `key` names its sentence, `number` and `until` fill its places."""

    key: str
    number: str = ""
    until: int = 0

    def words(self, viewer: Viewer) -> str:
        """The sentence alone. Who holds a post is not told to ask for one."""
        key = "not_yours" if self.key == "not_staff" and viewer.person.posts else self.key
        return sentence(key, viewer.t, viewer.now, self.number, Until(self.until, viewer.workflow.zone))

    async def show(self, viewer: Viewer) -> Screen:
        return Screen(page(self.words(viewer)))


class SorryView(View, name="sorry"):
    """A handler failed."""

    async def show(self, viewer: Viewer) -> Screen:
        return Screen(page(sentence("sorry", viewer.t, viewer.now)))


class Refused(Exception):
    """A polite no: its sentence, what fills its places, and what the card turns into if it was a tap."""

    def __init__(self, key: str, then: View | None = None, *, number: str = "", until: int = 0) -> None:
        super().__init__(key)
        self.view, self.then = RefusalView(key, number, until), then

    async def show(self, viewer: Viewer) -> Screen:
        """Why, and below it what there is instead: for a message of its own."""
        why = await self.view.show(viewer)
        with suppress(Refused):
            if self.then and (there := await self.then.show(viewer)):
                return there._replace(text=f"{why.text}\n\n{there.text}")
        return why


def staff_only(person: Person) -> None:
    """Raises Refused for whoever holds no post."""
    if not person.posts:
        raise Refused("not_staff")


def head_only(person: Person) -> Post:
    """The post of a head. Raises Refused for whoever holds none such."""
    staff_only(person)
    found = next((post for post in person.posts if post.role == "head"), None)
    if found is None:
        raise Refused("not_yours")
    return found


async def must_not_rest(tx: Tx, request: Request) -> None:
    """Raises Refused for whoever has deleted everything a short while ago, and would have an officer asked again."""
    if until := await people.rests_until(tx, request.person.chat, request.now):
        raise Refused("just_deleted", until=until)


async def officer_of(tx: Tx, request: Request) -> Person:
    """Who asks, with the posts held in this very transaction. Raises Refused for whoever holds none."""
    officer = await people.get(tx, request.person.chat, request.now)
    if not officer.posts:
        raise Refused("not_staff")
    return officer


async def head_of(tx: Tx, request: Request) -> Post:
    """The head's post by which somebody asks, as it is held in this very transaction. Raises Refused without one."""
    return head_only(await officer_of(tx, request))


class Answer(NamedTuple):
    """How the answer to a tap is shown. Without a view the card stays as it is.

    The toast is said over the card, and dropped when that cannot be: the card says as much. It may be that this tap
    `recorded` something, or (False) that this had been recorded before. What must be read is an `alert` instead, and a
    message of its own where it cannot be said over the card. `fresh` asks for a message instead of the card's place.
    `passing` says that the next tap of this kind shows the same card, so that whoever taps quickly need not wait for
    each.
    """

    view: View | None
    toast: str = ""
    recorded: bool | None = None
    alert: NoteView | RefusalView | None = None
    fresh: bool = False
    passing: bool = False


class Unanswered(Exception):
    """The effect is done and the answer, which was `began` then (epoch ms), could not be sent; `__cause__` says why.
    Whoever runs the handlers owes it.
    """

    def __init__(self, chat: int, facts: Mapping[str, Any], began: int) -> None:
        super().__init__(facts["view"])
        self.chat, self.facts, self.began = chat, facts, began


async def screen_of(view: View, viewer: Viewer) -> Screen | None:
    """The screen of a view as things are now. A view that refuses shows why, and what there is instead. None if there
    is nothing to say.
    """
    try:
        return await view.show(viewer)
    except Refused as refused:
        return await refused.show(viewer)


async def render(services: Services, bot: Bot, owed: Owed) -> Message | None:
    """The words of whatever is owed, as things are now. None if there is nothing to say any more."""
    if owed.kind == CARD:
        return await _card(services, bot, owed)
    if owed.kind == "act":
        message = await _news(services, bot, owed)
        return repeated(message, words(negotiate(owed.lang, owed.code))) if message and owed.repeated else message
    facts = json.loads(owed.facts)
    if _is_unsaid(owed, facts.get("unsaid")):
        return None
    if owed.kind in OWED_BY_THE_REGISTER:
        facts = {"view": OWED_BY_THE_REGISTER[owed.kind], "args": facts}
    viewer = await viewer_of(services, bot.username, owed.chat, facts.get("lang", ""), owed.family)
    screen = await screen_of(kept(facts), viewer)
    # A picture or PDF comes with what has rung already; to staff it is work, and work does not ring.
    is_quiet = owed.kind in ("picture", "paper", "staff", "held", "returned", "consigned", "relay")
    is_silent = is_quiet or not facts["args"].get("heard", 1)
    found = None if screen is None else (screen, is_silent)
    return repeated(found, viewer.t) if found and owed.repeated else found


def _is_unsaid(owed: Owed, to: str | None) -> bool:
    """True if what is put right stood on a card alone, which has been brought up to date by now."""
    return to == EVERY_STAGE or (to == CONCERNS and owed.card != 0 and owed.news != EVERY_STAGE)


async def _news(services: Services, bot: Bot, owed: Owed) -> Message | None:
    """What a family is told of a request, or of several in one message.

    What it did not ask to hear is on the card of that request. Of one that has no card it is the card that comes, or it
    stands among what is told of others. Where one of them is of somebody's death, no other has pictures.
    """
    workflow, parts = services.workflow, (owed, *owed.also)
    unseen = [one for one in parts if not one.card and one.news != EVERY_STAGE and is_for_card(one, workflow)]
    if unseen and len(parts) == 1:
        return await _card(services, bot, owed)
    plain, said = any(one.mourned for one in parts), list[tuple[Owed, Message]]()
    for one in parts:
        papers = await _left_behind(services, one) if KEPT in one.facts else NO_PAPERS
        told = one._replace(news=EVERY_STAGE) if one in unseen else one
        if message := notice(told, workflow, services.now(), papers, plain=plain):
            said.append((one, message))
    if len(said) > 1:
        return _together(said)
    if unseen:
        return await _card(services, bot, unseen[0])
    return said[0][1] if said else None


def _together(said: Sequence[tuple[Owed, Message]]) -> Message:
    """One message of several; what it has no room for is a button."""
    texts: list[str] = []
    rows: Rows = ()
    for owed, (screen, _) in said:
        if len("\n\n".join([*texts, screen.text])) <= ROOM or not texts:
            texts.append(screen.text)
            rows += screen.rows
        else:
            rows += ((button(grouped(owed.number), ShowStatus(owed.number)),),)
    return Screen("\n\n".join(texts), rows), all(is_silent for _, (_, is_silent) in said)


async def _card(services: Services, bot: Bot, owed: Owed) -> Message | None:
    viewer = await viewer_of(services, bot.username, owed.chat, owed.code, owed.family)
    screen = await screen_of(_views["status"]((owed.number,)), viewer)
    return (screen, True) if screen else None


async def _left_behind(services: Services, owed: Owed) -> Papers:
    """The originals of a request whose documents were handed over without them, as they are now."""
    async with services.storage.reading() as tx:
        return await custody.of(tx, owed.request or 0)


def repeated(message: Message, t: Words) -> Message:
    """The same without a sound, and at its end that it may be known already: news comes first."""
    (screen, _), note = message, page(t("You may have received this already."))
    return screen._replace(text=f"{screen.text}\n\n<i>{note}</i>"), True

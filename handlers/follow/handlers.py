"""Follow numbers, and stop."""

import re
from dataclasses import replace

from handlers.bags.views import TasksView
from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.follow.buttons import ChooseNews, Decide, FollowNumber, GiveName, NameNumber, UnfollowNumber, promised
from handlers.follow.views import AskerView, NameView, NewsView, ProofView, StopWhichView
from handlers.lookup.handlers import MOST_NUMBERS, look_up, look_up_sound, sound
from handlers.lookup.views import StatusView
from handlers.view import Answer, NoteView, RefusalView, Refused, View, must_not_rest, officer_of
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, numbers, people
from storage.counter import pickup
from storage.db.protocol import Tx
from storage.families import askers, nicknames
from storage.masking.digits import typed
from storage.news import cards
from storage.news.cards import CONCERNS, EVERY_STAGE
from storage.records import DAY, LookUp

_NAMED = re.compile(r"([^=]*)=(.*)")
_LETTER = re.compile(r"[^\W\d]")
WORD = 7 * DAY  # after a reserved number lapsed, in which whoever waits for it hears that

SENTENCES |= {
    "follow_how": _("Send a receipt number (12 digits) and tap “Tell me”."),
    "stopped": _("Updates stopped. No application is stopped by that."),
    "follow_promise": _(
        "You will be told at each stage. For that the district office keeps this number, this chat's number, your "
        "language and this consent: /privasi. Delete it any time: /hapus."
    ),
    "follows_full": _("You follow {number} numbers, and no more are possible. Please stop one first: /berhenti."),
    "follow_asked": _(
        "Some are told of {number} already. The village office is asked first: you hear what it says, or can ask there."
    ),
    "code_first": _("{number}: please name the pickup code on the slip first."),
    "follow_allowed": _("The village office agrees: you are told from now on."),
    "follow_refused": _("{number}: the village office does not agree that you are told. Please ask there."),
    "follow_unheard": _("{number}: the village office has not answered whether you are told. Please ask there."),
    "asker_decided": _("Recorded. Whoever asked hears of it."),
    "named": _("This chat now calls it so. Nobody else sees that."),
    "unnamed": _("It has no name of its own any more."),
    "odd_name": _("A name has 24 letters at most, and no long numbers in it. Please write it again, a bit shorter."),
    "follow_promise_card": _(
        "You will be told what concerns you; this message always shows the latest. The district office keeps this "
        "number, this chat's number, your language and this consent: /privasi, /hapus."
    ),
    "wait_promise": _(
        "You will be told when it is registered, or by {date} that we stop waiting. Until then the "
        "office keeps this number, this chat's number, your language and this consent: /privasi, /hapus."
    ),
    "follow_again": _("You will be told of this number, too."),
    "wait_again": _("You will be told when it is registered, or by {date} that we stop waiting."),
}


async def follow(request: Request) -> View:
    """/daftar: follow the numbers behind it."""
    wanted = request.update.sought
    if not wanted:
        return NoteView("follow_how")
    found = numbers.find(wanted)
    allowed = await look_up(request, found)
    is_told = await _is_told(request)
    untils: list[int] = []
    refused: Refused | None = None
    for number in (*allowed.numbers, *allowed.unknown):
        try:
            untils.append(await _follow(request, number))
        except Refused as one:
            refused = one
    if refused:
        raise refused
    view = await look_up(request, found)
    if is_told or not untils:
        return view
    promise = _promise(request, max(untils) if all(untils) else 0, is_told=False)
    return replace(view, notes=(*view.notes, promise.key), until=promise.until)


async def tap_follow(request: Request, button: FollowNumber) -> Answer:
    """Tell me of each step: the consent is this tap."""
    number = sound(button.number)
    allowed = await look_up_sound(request, (number,))
    if allowed.paused:
        raise Refused("too_many", until=allowed.paused)
    promise = await follow_with_consent(request, number)
    return Answer(await look_up_sound(request, (number,)), alert=promise)


async def follow_with_consent(request: Request, number: str, *, proved: bool = False) -> NoteView:
    """Follow a number; what is promised, with who keeps what.

    `proved`: its pickup code was named. Raises Refused.
    """
    is_told = await _is_told(request)
    return _promise(request, await _follow(request, number, proved=proved), is_told=is_told)


async def _is_told(request: Request) -> bool:
    """True if they know already who keeps what, in the present wording."""
    async with request.storage.reading() as tx:
        return await people.has_agreed(tx, request.person.chat)


def _promise(request: Request, until: int, *, is_told: bool) -> NoteView:
    """What is promised to whoever follows, or waits `until` a time: with who keeps what, unless that was told."""
    if until:
        return NoteView("wait_again" if is_told else "wait_promise", until + askers.TOLD_WITHIN)
    if is_told:
        return NoteView("follow_again")
    return NoteView("follow_promise" if request.person.news == EVERY_STAGE else "follow_promise_card")


async def _follow(request: Request, number: str, *, proved: bool = False) -> int:
    """Follow a number that this person may look up; until when it is waited for, 0 if it is in the register. Raises
    Refused if they follow as many as they may, if its pickup code is wanted, or if its village is asked first.
    """
    until = await _begin(request, number, proved=proved)
    if until is None:
        raise Refused("follow_asked", number=number)
    return until


async def _begin(request: Request, number: str, *, proved: bool) -> int | None:
    """0 if it is in the register, else until when it is waited for; None if its village is asked. Raises Refused."""
    chat, code, lang, now = request.person.chat, request.update.language_code, request.t.lang, request.now
    async with request.storage.transaction() as tx:
        look = await documents.status(tx, number, chat, now)
        is_known = bool(look.documents)
        if not proved and pickup.is_asked(request.workflow, request.person, look):
            raise Refused("code_first", then=ProofView(number), number=number)
        if not request.person.posts and await people.follow_of(tx, chat, number) is None:
            if await askers.is_full(tx, chat):
                raise Refused("follows_full", number=str(askers.MOST))
            if is_known and await askers.followers(tx, number) >= request.workflow.district.district.followers:
                if await askers.is_refused(tx, chat, number):
                    raise Refused("follow_refused", number=number)
                await _ask(tx, request, look)
                return None
            await askers.drop(tx, chat, number)
        until = look.reserved_until + WORD if look.reserved_until else now + people.WAIT_LASTS
        await people.follow(tx, chat, number, code, lang, known=is_known, now=now, until=until)
    return 0 if is_known else until


async def _ask(tx: Tx, request: Request, look: LookUp) -> None:
    """Ask those who decide for the village, once."""
    await must_not_rest(tx, request)
    village, now = look.documents[0].village, request.now
    asker = await askers.ask(tx, request.person.chat, look.number, village, request.t.lang, now)
    if asker is not None:
        await askers.tell(tx, asker, village, AskerView(asker).facts(), now)


async def decide(request: Request, button: Decide) -> Answer:
    """Whoever asked to be told of a number is told from now on, or not; either way they hear so."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        asker = await askers.get(tx, button.asker)
        if asker is None:
            raise Refused("changed", then=TasksView())
        if not askers.may_decide(officer, asker.village):
            raise Refused("not_yours")
        if button.allowed:
            facts = StatusView((asker.number,), notes=("follow_allowed",)).facts(asker.lang)
            await askers.allow(tx, asker, facts, request.now)
        else:
            facts = RefusalView("follow_refused", number=asker.number).facts(asker.lang)
            await askers.refuse(tx, asker, facts, request.now)
    return Answer(NoteView("asker_decided"))


async def ask_name(request: Request, button: NameNumber) -> View:
    """How a number is given a name, in place of the card; or the card again."""
    number = sound(button.number)
    view = await look_up_sound(request, (number,))
    if button.asked:
        return view
    _must_follow(view)
    return NameView(number)


def _must_follow(view: StatusView) -> None:
    """Raises Refused on a card of before, whose number is followed no more."""
    if not any(look.followed for look in view.looks or ()):
        raise Refused("changed", then=view)


async def name_written(request: Request, button: NameNumber) -> View | None:
    """A name that was written as the answer to the card that asks for it. Raises Refused."""
    text = request.update.arguments
    return await _give_name(request, sound(button.number), text) if button.asked and "=" not in text else None


async def give_name(request: Request, button: GiveName) -> View:
    """The name that an older keyboard carries. Raises Refused."""
    return await _give_name(request, sound(button.number), button.name)


async def _give_name(request: Request, number: str, text: str) -> View:
    name = nicknames.cleaned(text)
    if name is None:
        raise Refused("odd_name")
    async with request.storage.transaction() as tx:
        if not await nicknames.give(tx, request.person.chat, number, name):
            raise Refused("old_button")
    return replace(await look_up_sound(request, (number,)), notes=("named" if name else "unnamed",))


async def named(request: Request) -> View | None:
    """`5492 = KIA adik`, on a line: a name of one's own for a number that one follows. None if there is no such line.
    Raises Refused.
    """
    view = None
    for found in filter(None, map(_NAMED.fullmatch, request.update.arguments.splitlines())):
        if not _LETTER.search(typed(found[1])) and (number := await _mine(request, numbers.digits_of(found[1]))):
            view = await _give_name(request, number, found[2])
    return view


async def _mine(request: Request, digits: str) -> str | None:
    async with request.storage.reading() as tx:
        follows = await people.follows(tx, request.person.chat)
    mine = [one.number for one in follows if len(digits) >= nicknames.TAIL and one.number.endswith(digits)]
    return mine[0] if len(mine) == 1 else None


async def unfollow(request: Request) -> View:
    """/berhenti: the numbers behind it, or the choice. Asked once more, as after a crash, it says what is true then."""
    found = numbers.find(request.update.sought).good
    async with request.storage.reading() as tx:
        followed = {follow.number for follow in await people.follows(tx, request.person.chat)}
    if followed.isdisjoint(found):
        return StopWhichView(found[:MOST_NUMBERS])
    for number in found:
        await _unfollow(request, number)
    return NoteView("stopped")


async def tap_unfollow(request: Request, button: UnfollowNumber) -> Answer:
    """Tell me no more."""
    view: View = StopWhichView() if button.listed else NoteView("stopped")
    if button.number and not button.listed:
        # Looked up while it is followed, lest it counts as a guess; shown as it is afterwards.
        view = replace(await look_up_sound(request, (sound(button.number),)), looks=None)
    await _unfollow(request, button.number or None)
    return Answer(view, toast=request.t("Updates stopped. No application is stopped by that."))


async def _unfollow(request: Request, number: str | None) -> None:
    async with request.storage.transaction() as tx:
        await people.unfollow(tx, request.person.chat, number, request.now)


async def news(request: Request) -> View:
    """/kabar: which news this chat wants."""
    return NewsView()


async def choose_news(request: Request, button: ChooseNews) -> Answer:
    """From now on every stage, or what concerns me; seen on the card on which it was chosen."""
    if button.news not in (EVERY_STAGE, CONCERNS):
        raise Refused("old_button")
    view = await look_up_sound(request, (sound(button.number),)) if button.number else None
    if view:
        _must_follow(view)
    async with request.storage.transaction() as tx:
        await cards.choose(tx, request.person.chat, button.news)
    if view is None:
        return Answer(NewsView(button.news))
    return Answer(replace(view, news=button.news), toast=promised(button.news, request.t))


FOLLOW = Feature(
    commands=(
        Command(("ikuti", "daftar", "follow"), follow),
        Command(("berhenti", "stop", "unfollow"), unfollow, _("stop updates")),
        Command(("kabar", "news"), news, _("which news you want")),
    ),
    buttons={
        FollowNumber: tap_follow,
        UnfollowNumber: tap_unfollow,
        ChooseNews: choose_news,
        Decide: decide,
        NameNumber: ask_name,
        GiveName: give_name,
    },
    replies={NameNumber: name_written},
)

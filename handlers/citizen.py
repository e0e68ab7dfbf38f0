"""What anyone can do: look up numbers, follow them, choose a language, see and delete what is kept."""

import re

from handlers import views
from handlers.context import Request
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.language.buttons import Speak
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.refused import Refused
from handlers.reply import Answer, Screen
from handlers.screens.citizen import welcome
from handlers.start.buttons import Help
from locales import LANGUAGES, words
from storage import documents, numbers, outbox, people
from storage.records import LookUp

MOST_NUMBERS = 10
INVITE = "i_"


async def start(asked: Request) -> Answer:
    """/start: welcome, or what the deep link asks for."""
    payload = _rest(asked)
    if payload.startswith(INVITE):
        return await _join(asked, payload.removeprefix(INVITE))
    return await _look_up(asked, numbers.find(payload)) if payload else Answer("welcome")


async def _join(asked: Request, token: str) -> Answer:
    async with asked.services.storage.transaction() as tx:
        invite = await people.accept(tx, token, asked.chat, asked.code, asked.now)
    if invite is None:
        raise Refused("link")
    return Answer("joined", {"role": invite.role, "village": invite.village})


async def status(asked: Request) -> Answer:
    """/status: the numbers given, or those followed."""
    rest = _rest(asked)
    return await _look_up(asked, numbers.find(rest)) if rest else Answer("follows")


async def text(asked: Request) -> Answer:
    """A message that is no command: the numbers in it, or a word on how to go on."""
    found = numbers.find(asked.text)
    if found.good or found.typos or found.odd or found.nik:
        return await _look_up(asked, found)
    raise Refused("words_only")


async def other(asked: Request) -> Answer | None:
    """A photo, a voice message, a sticker: kept nowhere; photos may be of papers, so we say so."""
    raise Refused("photo" if asked.text in ("photo", "document", "video") else "words_only")


async def unknown_command(asked: Request) -> Answer:
    """A command that we do not have."""
    raise Refused("command")


async def _look_up(asked: Request, found: numbers.Found) -> Answer:
    _usable(found)
    return await _numbers(asked, found.good, found.typos)


def _usable(found: numbers.Found) -> None:
    """Raises Refused unless there is one sound number at least, and not too many."""
    if found.nik:
        raise Refused("nik")
    if len(found.good) + len(found.typos) > MOST_NUMBERS:
        raise Refused("too_long")
    if not found.good:
        raise Refused("typo", number=found.typos[0]) if found.typos else Refused("format")


async def _numbers(asked: Request, wanted: tuple[str, ...], typos: tuple[str, ...]) -> Answer:
    async with asked.services.storage.reading() as tx:
        looks = [await documents.status(tx, number, asked.chat, asked.now) for number in wanted]
    open_to = [look for look in looks if people.open_to(look, asked.person)]
    rest = [look.number for look in looks if look not in open_to]
    args = {
        "numbers": [look.number for look in open_to],
        "typos": typos,
        **(await _missing(asked, rest) if rest else {}),
    }
    return Answer("status", args, ready=_ready(asked, open_to, args))


def _ready(asked: Request, looks: list[LookUp], args: dict[str, object]) -> Screen | None:
    # Looked up a moment ago: the usual answer needs no second look.
    return None if args.get("unknown") else views.status_screen(asked, looks, args, frozenset())


async def _missing(asked: Request, rest: list[str]) -> dict[str, object]:
    """Count the misses, unless staff asks; a chat that guessed too often sees nothing more of these numbers."""
    async with asked.services.storage.transaction() as tx:
        waits = [number for number in rest if await people.follow_of(tx, asked.chat, number)]
        guesses = [number for number in rest if number not in waits]
        until = await people.may_guess(tx, asked.chat, asked.now) if guesses and not asked.person.posts else None
        if until is None:
            for number in guesses if not asked.person.posts else ():
                await people.missed(tx, asked.chat, number, asked.now)
    return {"unknown": waits, "paused": until} if until else {"unknown": rest}


async def show_status(asked: Request, button: ShowStatus) -> Answer:
    """A number as it is now, in place of the card."""
    return await _numbers(asked, _sound(button.number), ())


async def show_history(asked: Request, button: ShowHistory) -> Answer:
    """Every step of a number, in place of the card."""
    return Answer("history", {"number": _sound(button.number)[0]})


def _sound(number: str) -> tuple[str]:
    if not numbers.is_number(number):
        raise Refused("old_button")
    return (number,)


# Following


async def follow(asked: Request) -> Answer:
    """/daftar: follow the numbers given."""
    if not _rest(asked):
        return Answer("note", {"key": "follow_how"})
    found = numbers.find(_rest(asked))
    _usable(found)
    for number in found.good:
        await _follow(asked, number, shown=False)
    return await _numbers(asked, found.good, found.typos)


async def tap_follow(asked: Request, button: FollowNumber) -> Answer:
    """Tell me of each step: the consent is this tap."""
    (number,) = _sound(button.number)
    known = await _follow(asked, number, shown=True)
    answer = await _numbers(asked, (number,), ())
    return Answer(answer.view, answer.args, toast=_promise(asked, known=known), alert=True, ready=answer.ready)


async def _follow(asked: Request, number: str, *, shown: bool) -> bool:
    """True if the number is known. One that is not, and was not on a card (`shown`) that counted it, is a guess."""
    async with asked.services.storage.transaction() as tx:
        look = await documents.status(tx, number, asked.chat, asked.now)
        known = people.open_to(look, asked.person)
        if not known and not asked.person.posts:
            until = await people.may_guess(tx, asked.chat, asked.now)
            if until:
                raise Refused("too_many", until=until)
            if not shown and not await people.follow_of(tx, asked.chat, number):
                await people.missed(tx, asked.chat, number, asked.now)
        await people.follow(tx, asked.chat, number, asked.code, asked.t.lang, known=bool(look.documents), now=asked.now)
    return known


def _promise(asked: Request, *, known: bool) -> str:
    t = asked.t
    if not known:
        return t("You will be told when it is filed. We wait 30 days.")
    return t("You will be told at each stage. We keep only this number and this chat's ID. Delete it any time: /hapus.")


async def unfollow(asked: Request) -> Answer:
    """/berhenti: the numbers given, or the choice."""
    found = numbers.find(_rest(asked)).good
    if not found:
        return Answer("stop_which")
    for number in found:
        await _unfollow(asked, number)
    return Answer("note", {"key": "stopped"})


async def tap_unfollow(asked: Request, button: UnfollowNumber) -> Answer:
    """Tell me no more."""
    stopped = asked.t("No more notices.")
    if not button.number:
        await _unfollow(asked, None)
        return Answer("note", {"key": "stopped"}, toast=stopped)
    # Looked up while it is followed, lest it counts as a guess; shown as it is afterwards.
    answer = await _numbers(asked, _sound(button.number), ())
    await _unfollow(asked, button.number)
    return Answer(answer.view, answer.args, toast=stopped)


async def _unfollow(asked: Request, number: str | None) -> None:
    async with asked.services.storage.transaction() as tx:
        await people.unfollow(tx, asked.chat, number, asked.now)


# Language, help, privacy


async def language(asked: Request) -> Answer:
    """/bahasa: the choice."""
    return Answer("languages")


async def speak(asked: Request, button: Speak) -> Answer:
    """Speak this language from now on."""
    if button.lang not in LANGUAGES:
        return Answer("languages", fresh=True)
    async with asked.services.storage.transaction() as tx:
        await people.choose_language(tx, asked.chat, button.lang)
    return Answer("welcome", ready=welcome(asked.workflow, words(button.lang)))


async def help(asked: Request) -> Answer:
    """/bantuan."""
    return Answer("help")


async def tap_help(asked: Request, button: Help) -> Answer:
    """Help, as a message of its own."""
    return Answer("help", fresh=True)


async def privacy(asked: Request) -> Answer:
    """/privasi."""
    return Answer("privacy")


async def my_data(asked: Request) -> Answer:
    """/dataku."""
    return Answer("my_data")


async def forget(asked: Request) -> Answer:
    """/hapus: everything kept about this chat goes, at once."""
    async with asked.services.storage.transaction() as tx:
        await people.forget(tx, asked.chat)
    return Answer("note", {"key": "deleted_staff" if asked.person.posts else "deleted"})


async def came_or_went(asked: Request) -> None:
    """The person blocked the bot, or took it back."""
    async with asked.services.storage.transaction() as tx:
        if asked.update.kind == "blocked":
            await outbox.lose(tx, asked.chat, "blocked", asked.now)
        else:
            await outbox.find(tx, asked.chat, asked.now)


def _rest(asked: Request) -> str:
    """What follows the command."""
    return re.sub(r"^\S+\s*", "", asked.text, count=1)

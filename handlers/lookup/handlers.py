"""Look up numbers: those sent, or those followed."""

from handlers.context import Request
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.lookup.views import numbers_screen
from handlers.refused import Refused
from handlers.reply import Answer, Screen
from storage import documents, numbers, people
from storage.records import LookUp

MOST_NUMBERS = 10


async def status(asked: Request) -> Answer:
    """/status: the numbers given, or those followed."""
    rest = asked.rest
    return await look_up(asked, numbers.find(rest)) if rest else Answer("follows")


async def look_up(asked: Request, found: numbers.Found) -> Answer:
    usable(found)
    return await numbers_answer(asked, found.good, found.typos)


def usable(found: numbers.Found) -> None:
    """Raises Refused unless there is one sound number at least, and not too many."""
    if found.nik:
        raise Refused("nik")
    if len(found.good) + len(found.typos) > MOST_NUMBERS:
        raise Refused("too_long")
    if not found.good:
        raise Refused("typo", number=found.typos[0]) if found.typos else Refused("format")


async def numbers_answer(asked: Request, wanted: tuple[str, ...], typos: tuple[str, ...]) -> Answer:
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
    return None if args.get("unknown") else numbers_screen(asked, looks, args, frozenset())


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
    return await numbers_answer(asked, sound(button.number), ())


async def show_history(asked: Request, button: ShowHistory) -> Answer:
    """Every step of a number, in place of the card."""
    return Answer("history", {"number": sound(button.number)[0]})


def sound(number: str) -> tuple[str]:
    if not numbers.is_number(number):
        raise Refused("old_button")
    return (number,)

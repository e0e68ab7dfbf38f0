"""Look up numbers: those sent, or those followed."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.lookup.views import numbers_screen
from handlers.refused import Refused
from handlers.reply import Answer
from locales import _
from storage import documents, numbers, people

MOST_NUMBERS = 10


async def status(request: Request) -> Answer:
    """/status: the numbers given, or those followed."""
    rest = request.rest
    return await look_up(request, numbers.find(rest)) if rest else Answer("follows")


async def look_up(request: Request, found: numbers.Found) -> Answer:
    usable(found)
    return await numbers_answer(request, found.good, found.typos)


def usable(found: numbers.Found) -> None:
    """Raises Refused unless there is one sound number at least, and not too many."""
    if found.nik:
        raise Refused("nik")
    if len(found.good) + len(found.typos) > MOST_NUMBERS:
        raise Refused("too_long")
    if not found.good:
        raise Refused("typo", number=found.typos[0]) if found.typos else Refused("format")


async def numbers_answer(request: Request, wanted: tuple[str, ...], typos: tuple[str, ...]) -> Answer:
    async with request.services.storage.reading() as tx:
        looks = [await documents.status(tx, number, request.chat, request.now) for number in wanted]
    open_to = [look for look in looks if people.open_to(look, request.person)]
    rest = [look.number for look in looks if look not in open_to]
    args = {
        "numbers": [look.number for look in open_to],
        "typos": typos,
        **(await _missing(request, rest) if rest else {}),
    }
    # Looked up a moment ago: the usual answer needs no second look.
    ready = None if args.get("unknown") else numbers_screen(request, open_to, args, frozenset())
    return Answer("status", args, ready=ready)


async def _missing(request: Request, rest: list[str]) -> dict[str, object]:
    """Count the misses, unless staff asks; a chat that guessed too often sees nothing more of these numbers."""
    async with request.services.storage.transaction() as tx:
        waits = [number for number in rest if await people.follow_of(tx, request.chat, number)]
        guesses = [number for number in rest if number not in waits]
        until = await people.may_guess(tx, request.chat, request.now) if guesses and not request.person.posts else None
        if until is None:
            for number in guesses if not request.person.posts else ():
                await people.missed(tx, request.chat, number, request.now)
    return {"unknown": waits, "paused": until} if until else {"unknown": rest}


async def show_status(request: Request, button: ShowStatus) -> Answer:
    """A number as it is now, in place of the card."""
    return await numbers_answer(request, sound(button.number), ())


async def show_history(request: Request, button: ShowHistory) -> Answer:
    """Every step of a number, in place of the card."""
    return Answer("history", {"number": sound(button.number)[0]})


def sound(number: str) -> tuple[str]:
    if not numbers.is_number(number):
        raise Refused("old_button")
    return (number,)


LOOKUP = Feature(
    commands=(Command(("status",), status, _("the numbers you follow")),),
    buttons={ShowStatus: show_status, ShowHistory: show_history},
)

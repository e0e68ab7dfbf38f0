"""Look up numbers: those that were sent, or those that are followed."""

import re
from dataclasses import replace

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.lookup.buttons import ShowFollows, ShowHistory, ShowStatus
from handlers.lookup.views import FollowsView, HistoryView, StatusView
from handlers.view import Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, guesses, numbers, people
from storage.counter import pickup
from storage.heads import looks
from storage.masking import asides
from storage.masking.digits import typed
from storage.numbers import EXAMPLE

MOST_NUMBERS = 10
_TAIL = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_YEAR = re.compile(r"\b(?:tahun|thn?|warsa|year)\b\W*\d{4}(?!\d)", re.IGNORECASE)
PICTURES = frozenset({"photo", "live_photo", "document", "video", "paid_media", "file"})  # they may show papers
SENTENCES |= {
    "format": _("A receipt number has 12 digits, for example {example}."),
    "example": _("{example} is only an example. Please send the number on your own slip."),
    "typo": _("{number}: a digit looks wrong, or two are swapped. Please check it against your receipt."),
    "near": _("{number}: a receipt number has 12 digits. Please check it against your receipt."),
    "struck": _("We did not read the other digits in it. A receipt number has 12 digits."),
    "telephone": _(
        "This looks like a telephone number; we did not keep it. "
        "Please send the receipt number: the 12 digits on the slip."
    ),
    "alone": _("Please send the receipt number (12 digits) alone, without other numbers."),
    "crowded": _("Please send receipt numbers (12 digits) alone, up to 10 at once, without other numbers."),
    "nik": _(
        "Please do not send a NIK or family card number. We did not keep that message; "
        "please delete it from this chat, too. Just the receipt number (12 digits)."
    ),
    "no_picture": _("The number is enough: we did not keep the photo or file."),
    "too_long": _("One message may hold up to 10 numbers. Please send them in several messages."),
    "too_many": _(
        "Too many numbers were not found. Try again after {time}. You can still see the numbers you follow: /status."
    ),
}


async def status(request: Request) -> View:
    """/status: the numbers behind it, or those followed."""
    found = numbers.find(request.update.sought)
    if not found.good and (ending := await followed_ending(request)):
        return await look_up_sound(request, ending)
    if not any(map(str.isdigit, request.update.sought)):
        return FollowsView()
    if request.person.posts and not found.is_meant:
        raise Refused("find")
    return await look_up(request, found)


async def numbers_followed(request: Request) -> tuple[str, ...]:
    """The numbers that this chat follows."""
    async with request.storage.reading() as tx:
        return tuple(follow.number for follow in await people.follows(tx, request.person.chat))


async def followed_ending(request: Request) -> tuple[str, ...]:
    """Those of which the last digits stand in what was said, wherever, and are of no other. None beside other digits,
    unless these are a day, this year, a sum or a telephone: they may have been meant for a number, too.
    """
    left = _YEAR.sub(" ", asides.left_out(typed(request.update.arguments)))
    said = [digits for digits in _TAIL.findall(left) if not numbers.is_telephone(digits)]
    mine = await numbers_followed(request) if said else ()
    hits = {digits: [number for number in mine if number.endswith(digits)] for digits in said}
    year = str(request.workflow.calendar.day(request.now).year)
    found = [hit for digits, hit in hits.items() if hit or digits != year]
    return tuple(dict.fromkeys(hit[0] for hit in found)) if all(len(hit) == 1 for hit in found) else ()


async def look_up(request: Request, found: numbers.Found) -> StatusView:
    """What this person may see of the numbers in a message. Raises Refused if these are not sound."""
    refuse_unsound(found)
    notes = {
        "nik": found.nik,
        "struck": found.struck and not found.nik,
        "no_picture": request.update.attached in PICTURES,
        "example": EXAMPLE in found.good,
    }
    wanted = tuple(number for number in found.good if number != EXAMPLE)
    return await look_up_sound(request, wanted, found.typos, tuple(key for key, is_due in notes.items() if is_due))


def refuse_unsound(found: numbers.Found) -> None:
    """Raises Refused unless there is one sound number at least besides the example, and not too many."""
    if found.nik and not found.good:
        raise Refused("nik")
    if len(found.good) + len(found.typos) > MOST_NUMBERS:
        raise Refused("too_long")
    if found.good == (EXAMPLE,):
        raise Refused("example")
    if not found.good:
        fault, number = found.fault
        raise Refused(fault, number=number)


async def look_up_sound(
    request: Request, wanted: tuple[str, ...], typos: tuple[str, ...] = (), notes: tuple[str, ...] = ()
) -> StatusView:
    """What this person may see of numbers that are sound. Those that are not in the register count as guesses."""
    chat, now = request.person.chat, request.now
    async with request.storage.reading() as tx:
        found = [await documents.status(tx, number, chat, now) for number in wanted]
        unknown = [look.number for look in found if not look.documents]
        waits = frozenset([number for number in unknown if await people.follow_of(tx, chat, number)])
        sifted = await guesses.sift(tx, request.person, found, waits, now)
    shown = tuple(look.number for look in sifted.shown)
    if sifted.misses or request.person.posts:
        async with request.storage.transaction() as tx:
            await guesses.count(tx, chat, sifted.misses, now)
            await looks.note(tx, request.workflow, request.person, looks.NUMBER, shown, now)
    return StatusView(shown, typos, sifted.unknown, sifted.until, notes, looks=sifted.shown, waits=waits)


async def look_up_all(request: Request, followed: tuple[str, ...]) -> View:
    """Where everything is that this chat follows: a line each if it is more than a message holds."""
    return await look_up_sound(request, followed) if len(followed) <= MOST_NUMBERS else FollowsView()


async def show_status(request: Request, button: ShowStatus) -> View:
    """A number as it is now, in place of the card."""
    return replace(await look_up_sound(request, (sound(button.number),)), page=button.page)


async def show_follows(request: Request, button: ShowFollows) -> View:
    """The numbers this chat follows, in place of the card."""
    return FollowsView()


async def show_history(request: Request, button: ShowHistory) -> View:
    """Every step of a number, in place of the card; the card, if there is nothing to see of it."""
    found = await look_up_sound(request, (sound(button.number),))
    is_shut = pickup.any_asked(request.workflow, request.person, found.looks or ())
    return HistoryView(button.number) if found.numbers and not is_shut else found


def sound(number: str) -> str:
    """The number on a button. Raises Refused if it cannot be one."""
    if not numbers.is_number(number):
        raise Refused("old_button")
    return number


LOOKUP = Feature(
    commands=(Command(("status",), status, _("the numbers you follow")),),
    buttons={ShowStatus: show_status, ShowFollows: show_follows, ShowHistory: show_history},
)

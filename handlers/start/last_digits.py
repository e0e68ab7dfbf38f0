"""Digits alone that are no number: the last ones of one, or of several."""

import re

from handlers.context import Request
from handlers.lookup.handlers import MOST_NUMBERS, followed_ending, look_up_sound, numbers_followed
from handlers.road.reading import blocks_of, listed
from handlers.search.handlers import are_ends, search, search_each
from handlers.view import Refused, View
from locales import moments
from storage import numbers
from storage.counter import pickup
from storage.masking.digits import typed
from storage.numbers import Found
from storage.road import tails

LAST_DIGITS = re.compile(
    r"[\W_]*(?:(?:cari|find|no(?:m[eo]r)?|number|resi|(?:kode|code)(?: ambil)?)\b[\W_]*)*(?:\d[\s.-]?){4,11}[\W_]*",
    re.IGNORECASE,
)
_TOO_MANY_DIGITS = re.compile(r"[\W_]*(?:\d[\s.-]?){13,15}[\W_]*")


async def by_last_digits(request: Request, said: str, found: Found) -> View | None:
    """Digits alone that are no number: a search by the last ones. None if other things are said, or a number is `found`
    in it. Raises Refused.
    """
    said = typed(said)
    if numbers.is_telephone(said):
        raise Refused("telephone")
    ends = listed(said)
    if await are_ends(request, ends, found) and (each := await _each(request, ends)):
        return each
    if found.good:
        return None
    if LAST_DIGITS.fullmatch(said):
        return await _search(request, numbers.digits_of(said))
    if _TOO_MANY_DIGITS.fullmatch(said):
        raise Refused("digits", number=str(len(numbers.digits_of(said))))
    return None


async def _search(request: Request, digits: str) -> View:
    """The last digits of a number: staff search the register, others among what they follow. Raises Refused."""
    if request.person.posts:
        return await search(request, digits)
    mine = tuple(number for number in await numbers_followed(request) if number.endswith(digits))
    if not mine:
        raise Refused("code_where") if len(digits) == pickup.DIGITS else Refused("digits", number=str(len(digits)))
    return await look_up_sound(request, mine[:MOST_NUMBERS])


async def _each(request: Request, ends: tuple[str, ...]) -> View | None:
    """Where the numbers are in which each of these ends: for staff of the register, for others of what they follow.
    None if for others several or none do. Raises Refused.
    """
    if request.person.posts:
        return await search_each(request, ends)
    mine = [[number for number in await numbers_followed(request) if number.endswith(end)] for end in ends]
    if any(len(of_it) != 1 for of_it in mine):
        return None
    return await look_up_sound(request, tuple(dict.fromkeys(of_it[0] for of_it in mine)))


async def amid_words(request: Request, whole: Found) -> View | None:
    """The numbers whose last digits are written among words, as people ask for them or tell of them: by staff, if each
    of these digits ends one number that is open; of others those they follow. None beside a `whole` number or a NIK.
    """
    if whole.good or whole.nik:
        return None
    if not request.person.posts:
        ending = await followed_ending(request)
        return await look_up_sound(request, ending) if ending else None
    moment = moments.find(request.update.arguments, request.now, request.workflow.zone)
    ends = blocks_of(moment.rest)
    if not ends or len(ends) > MOST_NUMBERS or min(map(len, ends)) < pickup.DIGITS:
        return None
    async with request.storage.reading() as tx:
        hits = [await tails.ending_with(tx, request.workflow, request.person, end, request.now) for end in ends]
    found = [{one.number for one in hit} for hit in hits]
    if any(len(of_it) != 1 for of_it in found):
        return None
    return await look_up_sound(request, tuple(dict.fromkeys(number for of_it in found for number in of_it)))

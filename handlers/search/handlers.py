"""Find open files. Who may see what is asked at each tap; a search holds nothing but what its buttons say."""

import re
from collections.abc import Sequence

from handlers.chosen import must_see
from handlers.context import Request
from handlers.feature import Command, Feature, is_staff
from handlers.lookup.handlers import MOST_NUMBERS, look_up, look_up_sound
from handlers.search.buttons import OpenFound, ShowFound
from handlers.search.packing import unpacked
from handlers.search.views import FoundView, NumberFoundView
from handlers.view import Answer, Refused, View, staff_only
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, numbers
from storage.heads import looks
from storage.numbers import Found
from storage.search import filters
from storage.search.filters import MOST, Filter

SHORTEST, LONGEST = 3, 12  # digits to search by; a whole number has 12
NOTED = 4  # of them
SENTENCES |= {
    "find": _("Please send /cari with the last 3 to 12 digits, for example /cari 5492."),
    "one_by_one": _("{number}: no open file ends so, or several do. Please check it, or send it alone."),
}


async def find(request: Request) -> View:
    """/cari: all that is open; with digits, what ends so."""
    staff_only(request.person)
    wanted = request.update.arguments or request.update.referred
    if not wanted:
        return FoundView()
    if numbers.is_telephone(wanted):
        raise Refused("telephone")
    ends, found = tuple(map(numbers.digits_of, re.findall(r"\d+", wanted))), numbers.find(wanted)
    if await are_ends(request, ends, found) and (each := await search_each(request, ends)):
        return each
    if found.good or found.nik:
        return await look_up(request, found)
    return await search(request, _sound(numbers.digits_of(wanted)))


async def search(request: Request, digits: str) -> View:
    """What ends with these digits. The last four are noted, as all of them may be somebody's telephone or birthday; and
    the number, if there is but one, for that is shown.
    """
    person, now = request.person, request.now
    async with request.storage.transaction() as tx:
        hits = await filters.find(tx, request.workflow, person, Filter(digits=digits), MOST, now)
        found = {one.number for one in hits.oldest}
        await looks.note(tx, request.workflow, person, looks.SEARCH, [digits[-NOTED:]], now)
        await looks.note(tx, request.workflow, person, looks.NUMBER, found if len(found) == 1 else (), now)
    return FoundView(digits)


async def are_ends(request: Request, ends: Sequence[str], found: Found) -> bool:
    """True if blocks of digits may be the last ones of as many numbers: `found` in them is no number, or just one by
    all of them together, by chance, as it is not in the register.
    """
    is_list = 1 < len(ends) <= MOST_NUMBERS and all(len(end) >= SHORTEST for end in ends)
    if not is_list or found.good not in ((), ("".join(ends),)):
        return False
    async with request.storage.reading() as tx:
        looks_ = [await documents.status(tx, one, request.person.chat, request.now) for one in found.good]
    return not any(look.documents or look.reserved_until for look in looks_)


async def search_each(request: Request, ends: Sequence[str]) -> View | None:
    """The numbers in which each of these last digits ends. None if all of them together are the last digits of one, or
    must be, as none of them ends one, or a whole number. Raises Refused if some of them end none, or several.
    """
    person, now, together = request.person, request.now, "".join(ends)
    async with request.storage.transaction() as tx:
        if (await filters.find(tx, request.workflow, person, Filter(digits=together), MOST, now)).oldest:
            return None
        hits = [await filters.find(tx, request.workflow, person, Filter(digits=end), MOST, now) for end in ends]
        found = [{one.number for one in hit.oldest} for hit in hits]
        odd = [f"…{end}" for end, of_it in zip(ends, found, strict=True) if len(of_it) != 1]
        if odd and (numbers.is_number(together) or (not any(found) and len(together) <= LONGEST)):
            return None
        await looks.note(tx, request.workflow, person, looks.SEARCH, [end[-NOTED:] for end in ends], now)
    if odd:
        raise Refused("one_by_one", number=", ".join(odd))
    return await look_up_sound(request, tuple(dict.fromkeys(number for of_it in found for number in of_it)))


async def show_found(request: Request, button: ShowFound) -> View:
    """A page of a search, or the values of a part of it."""
    staff_only(request.person)
    if button.digits:
        _sound(button.digits)
    if unpacked(request.workflow, button.which, button.digits, button.page) is None:
        raise Refused("changed", then=FoundView(button.digits))
    return FoundView(button.digits, button.page, button.which)


async def open_found(request: Request, button: OpenFound) -> Answer:
    """A number that was found, as a message of its own: the search stays above, and has its way back on the card."""
    staff_only(request.person)
    async with request.storage.transaction() as tx:
        look = await documents.status(tx, button.number, request.person.chat, request.now)
        if not look.documents:
            raise Refused("changed", then=FoundView(button.digits, button.page, button.which))
        await must_see(tx, request.workflow, request.person, look.documents[0].id)
        await looks.note(tx, request.workflow, request.person, looks.NUMBER, [button.number], request.now)
    return Answer(NumberFoundView(button.number, button.digits, button.page, button.which), fresh=True)


def _sound(digits: str) -> str:
    if not (SHORTEST <= len(digits) <= LONGEST and digits.isdecimal()):
        raise Refused("find")
    return digits


SEARCH = Feature(
    commands=(Command(("cari", "find"), find, _("find an application"), may=is_staff, example=" 5492", is_read=True),),
    buttons={ShowFound: show_found, OpenFound: open_found},
)

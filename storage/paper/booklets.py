"""Receipt numbers: drawn when something is filed, or before, for the slips of a booklet.

A village without signal gives out slips whose numbers are reserved; they can be followed, and looked up like every
number that is not filed yet. Once there is signal, the papers are filed under them::

    reserve ──▶ reserved ── give, with the number of the slip ──▶ used, for good
"""

from dataclasses import dataclass
from typing import NamedTuple

from storage import numbers
from storage.db.protocol import Tx
from storage.paper.slips import Slip

MOST_OPEN = 200  # reserved numbers of a village under which nothing is filed yet


class Used(Exception):
    """Something is filed under the number of a slip already, or it is not a slip of this village."""


class Enough(Exception):
    """A village has so many slips left that it needs no more."""


class Reserved(NamedTuple):
    """A number that is on a slip of a village; `filed_at` is None until something is filed under it."""

    number: str
    village: str
    booklet: int
    reserved_at: int
    filed_at: int | None


@dataclass(frozen=True, slots=True)
class Booklet:
    """Slips that were made together: how many, and under how many something is filed."""

    id: int
    made_at: int
    count: int
    used: int


async def reserve(tx: Tx, booklet: int, village: str, count: int, post: int | None, now: int) -> None:
    """Reserve numbers for a booklet, once, however often it is asked for. Raises Enough."""
    if await of_booklet(tx, booklet):
        return
    if sum(one.count - one.used for one in await of_village(tx, village)) + count > MOST_OPEN:
        raise Enough
    drawn: set[str] = set()
    while len(drawn) < count:
        number = numbers.draw()
        values = {"number": number, "village": village, "booklet": booklet, "post": post}
        if await tx.one("reserve", **values, now=now):
            drawn.add(number)


async def keep(tx: Tx, booklet: int, number: str, village: str, now: int) -> bool:
    """Reserve a number that is on paper already, its filing being lost. False if it is known."""
    values = {"number": number, "village": village, "booklet": booklet, "post": None}
    return await tx.one("reserve", **values, now=now) is not None


async def give(tx: Tx, request: int, village: str, slip: str, now: int) -> str:
    """Give a request its number: that of the slip, or a new one. Raises Used."""
    if slip:
        if not await tx.one("use_reserved", number=slip, village=village, now=now):
            raise Used
        await tx.one("add_number", number=slip, request=request, now=now)
        return slip
    while not await tx.one("add_number", number=(number := numbers.draw()), request=request, now=now):
        pass
    return number


async def of_number(tx: Tx, number: str) -> Reserved | None:
    """The slip with this number, if it is from a booklet."""
    row = await tx.one("reserved", number=number)
    return Reserved(*row) if row else None


async def of_booklet(tx: Tx, booklet: int) -> list[Reserved]:
    """All slips of a booklet."""
    return [Reserved(*row) for row in await tx.all("booklet", booklet=booklet)]


async def of_village(tx: Tx, village: str) -> list[Booklet]:
    """The booklets of a village in which there are slips left, oldest first."""
    return [Booklet(*row) for row in await tx.all("booklets", village=village)]


async def are_left(tx: Tx, village: str) -> bool:
    """True if a village has slips under which nothing is filed."""
    return await tx.one("is_reserved_in", village=village) is not None


def left_of(found: list[Reserved]) -> list[Slip]:
    """What is still to be given out of a booklet, as it is printed."""
    return [Slip(one.number, one.village) for one in found if one.filed_at is None]

"""Numbers that are given at a birth before there are papers, and births that wait for a name."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from storage import documents
from storage.db.protocol import Tx
from storage.holds import papers
from storage.paper import booklets
from storage.records import DAY, Actor, Document, MoveResult, Person, Seen
from storage.workflow import Workflow

NAMELESS = "babyname"  # the reason of the district file for which a birth without a name is on hold
GENTLE, FIRM = 7, 45  # days after the birth on which it is reminded of
LIMIT = 60  # days within which a birth is reported (UU 23/2006, art. 27)
MOST = 5  # reserved numbers that somebody may hold at once
KEPT = 90 * DAY  # for which the day of a birth is kept: the limit, and a month in which a lapsed number says so


class TooMany(Exception):
    """Somebody holds as many reserved numbers as they may."""


class Birth(NamedTuple):
    """A number that was given at a birth, or under which one was filed without a name: for a village, by a post.

    `born` and `ends_at` are when that day began, and when the first day after the limit does.
    """

    id: int
    number: str
    village: str
    post: int
    born: int
    ends_at: int
    request: int | None
    ended_at: int | None
    reminded: int

    @property
    def is_reserved(self) -> bool:
        """True while nothing was filed under it, and it has not lapsed."""
        return self.request is None and self.ended_at is None


def day_of(workflow: Workflow, now: int, days: int) -> int:
    """When the day began that was so many days ago; or is to come, if they are less than 0."""
    return workflow.calendar.instant(datetime.combine(workflow.calendar.day(now) - timedelta(days=days), time.min))


async def reserve(tx: Tx, workflow: Workflow, village: str, id: int, days: int, actor: Actor) -> Birth:
    """A number for a birth of so many days ago. The same id reserves once, however often it is asked for.

    Raises PermissionError if this person may not file for the village, and TooMany.
    """
    await tx.all("lock_posts", chat=actor.person.chat)  # PostgreSQL: of two at once the second counts the first
    if found := await get(tx, id):
        if found.village == village and may_open(workflow, actor.person, found):
            return found
        raise PermissionError("somebody else's")
    post = documents.filing_post(workflow, actor.person, village)
    if len(await held_by(tx, actor.person)) >= MOST:
        raise TooMany
    await booklets.reserve(tx, id, village, 1, post.id, actor.now)
    [slip] = await booklets.of_booklet(tx, id)
    return await _add(tx, workflow, id, slip.number, village, post.id, days, actor.now)


async def _add(tx: Tx, workflow: Workflow, id: int, number: str, village: str, post: int, days: int, now: int) -> Birth:
    """Write down the day of a birth."""
    born, ends_at = day_of(workflow, now, days), day_of(workflow, now, days - LIMIT - 1)
    new = Birth(id, number, village, post, born, ends_at, None, None, 0)
    await tx.all("add_birth", id=id, number=number, village=village, post=post, born=born, ends_at=ends_at)
    return new


async def give_back(tx: Tx, birth: Birth, person: Person, now: int) -> list[int] | None:
    """A number that nobody needs goes, and its slip with it. The chats that follow it; None if something is filed
    under it by now, or it has lapsed.

    Raises PermissionError for a number that somebody else reserved.
    """
    if not is_own(person, birth):
        raise PermissionError("somebody else's")
    if not await tx.one("lapse_slip", number=birth.number):
        return None
    await tx.all("end_birth", id=birth.id, now=now)
    waiting = await tx.all("waits_for_birth", number=birth.number, now=now)
    await end_waits(tx, birth)
    return [chat for (chat,) in waiting if chat != person.chat]


def is_own(person: Person, birth: Birth) -> bool:
    """True if a person reserved it."""
    return birth.post in {post.id for post in person.posts}


def may_open(workflow: Workflow, person: Person, birth: Birth) -> bool:
    """True if a number may be listed and opened for a person: who files for its village and sees that, or gave it. Who
    files there and is told the number files under it as under any slip.
    """
    sees = is_own(person, birth) or workflow.is_in_sight(person, birth.village)
    return birth.village in workflow.filing_villages(person) and sees


async def get(tx: Tx, id: int) -> Birth | None:
    """A birth by the id under which its number was reserved."""
    row = await tx.one("birth", id=id)
    return Birth(*row) if row else None


async def of_number(tx: Tx, number: str) -> Birth | None:
    """A birth by its number."""
    row = await tx.one("birth_of_number", number=number)
    return Birth(*row) if row else None


async def held_by(tx: Tx, person: Person) -> list[Birth]:
    """The reserved numbers that a person gave, oldest first."""
    return [Birth(*row) for row in await tx.all("reserved_by", chat=person.chat)]


async def reserved(tx: Tx, workflow: Workflow, person: Person, village: str) -> list[Birth]:
    """The reserved numbers of a village under which a person may file, oldest first."""
    found = [Birth(*row) for row in await tx.all("reserved_in", village=village)]
    return [one for one in found if may_open(workflow, person, one)]


# Without a name


def nameless(workflow: Workflow, person: Person, found: Sequence[Document]) -> list[Document]:
    """What of a birth a person may put on hold because there is no name yet; nothing of what is no birth."""
    if not any(one.type in workflow.types and workflow.types[one.type].birth for one in found):
        return []
    return [one for one in found if not one.hold and NAMELESS in workflow.holds_open_to(person, one)]


async def hold(tx: Tx, workflow: Workflow, found: Sequence[Document], days: int, actor: Actor) -> MoveResult:
    """Put a birth on hold that waits for a name; it was so many days ago, unless its number was given at that time."""
    wanted = [Seen(one.id, one.version) for one in nameless(workflow, actor.person, found)]
    result = await papers.hold(tx, workflow, wanted, NAMELESS, None, actor)
    if result.act is not None and not await of_number(tx, found[0].number):
        first = found[0]
        post = next(one.id for one in actor.person.posts if one.village in ("", first.village))
        await _add(tx, workflow, result.act, first.number, first.village, post, days, actor.now)
    return result


async def named(tx: Tx, workflow: Workflow, found: Sequence[Document], actor: Actor) -> MoveResult:
    """The name is there: all of a birth that waited for it goes on."""
    wanted = [Seen(one.id, one.version) for one in found if one.hold == NAMELESS]
    return await papers.release(tx, workflow, wanted, actor)


async def is_waiting(tx: Tx, birth: Birth) -> bool:
    """True while a birth has no papers, or papers on hold without a name."""
    if birth.request is None:
        return birth.ended_at is None
    return bool(await tx.all("nameless", request=birth.request, hold=NAMELESS))


# By the day


def due(workflow: Workflow, birth: Birth, now: int) -> int:
    """The day that is to be told now: GENTLE, FIRM, or LIMIT when that is over; 0 if none is."""
    age = (workflow.calendar.day(now) - workflow.calendar.day(birth.born)).days
    reached = [day for day, since in ((GENTLE, GENTLE), (FIRM, FIRM), (LIMIT, LIMIT + 1)) if age >= since]
    return max((day for day in reached if day > birth.reminded), default=0)


async def to_remind(tx: Tx, now: int) -> list[Birth]:
    """What is old enough to be reminded of, and was not on its last day."""
    rows = await tx.all("births_to_remind", before=now - (GENTLE - 1) * DAY, last=LIMIT)
    return [Birth(*row) for row in rows]


async def told(tx: Tx, birth: Birth, day: int, now: int) -> bool:
    """Mark that a day was told of; after the limit a reserved number lapses. True if somebody is to be told."""
    is_waiting_ = await is_waiting(tx, birth)
    if not await tx.one("mark_birth", id=birth.id, day=day):
        return False
    if day == LIMIT:
        await tx.all("end_birth", id=birth.id, now=now)
        return await tx.one("lapse_slip", number=birth.number) is not None
    return is_waiting_


async def hearers(tx: Tx, birth: Birth, now: int) -> tuple[list[int], list[int]]:
    """Who is told of a birth: staff (who gave the number or filed, and the village's officers), and whoever follows."""
    staff = [chat for (chat,) in await tx.all("hears_births", post=birth.post, village=birth.village, now=now)]
    following = [chat for (chat,) in await tx.all("waits_for_birth", number=birth.number, now=now)]
    return staff, [chat for chat in following if chat not in staff]


async def end_waits(tx: Tx, birth: Birth) -> None:
    """Nobody waits any longer for a number under which nothing can be filed any more."""
    await tx.all("end_waits", number=birth.number)


async def purge(tx: Tx, now: int) -> None:
    """Forget the days of births that nobody counts any more."""
    await tx.all("purge_births", before=now - KEPT)

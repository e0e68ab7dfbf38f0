"""Days on which the counters stay closed although the district file does not know them: a head says so in the chat.

A day is the number of its date. The calendar holds them in memory, for it is asked amid each answer; `learn` brings
them there: where they are written down, at the start, and every few seconds in a process that may have missed it.
"""

from datetime import date
from typing import NamedTuple

from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.workflow import Workflow

LONGEST = 30  # days that may be closed at once
KNOWN = 400  # days back for which the calendar counts ages in working days
REASONS = ("event", "training", "power", "road", "leave", "other")


class Closure(NamedTuple):
    """From which day to which, and why."""

    id: int
    first_day: int
    last_day: int
    reason: str

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [date.fromordinal(day) for day in range(self.first_day, self.last_day + 1)]


async def from_day(tx: Tx, day: int) -> list[Closure]:
    """What is closed on a day or later, the earliest first."""
    return [Closure(*row) for row in await tx.all("closures", day=day)]


async def close(tx: Tx, first: int, last: int, reason: str, post: int, now: int) -> int | None:
    """Close these days. None if one of them is closed already. Raises ValueError for days that cannot be closed."""
    if not is_sound(first, last) or reason not in REASONS:
        raise ValueError("no days to close")
    row = await tx.one("close_days", id=new_id(now), first_day=first, last_day=last, reason=reason, post=post, now=now)
    return int(row[0]) if row else None


def is_sound(first: int, last: int) -> bool:
    """True of days in their order that are not too many."""
    return 0 < first <= last < first + LONGEST


async def reopen(tx: Tx, id: int, now: int) -> bool:
    """Take a closure back. False if that was done before."""
    return await tx.one("reopen_days", id=id, now=now) is not None


async def learn(tx: Tx, workflow: Workflow, now: int) -> None:
    """Bring the calendar up to date."""
    calendar = workflow.calendar
    closed = await from_day(tx, calendar.day(now).toordinal() - KNOWN)
    calendar.close(day for one in closed for day in one.days)

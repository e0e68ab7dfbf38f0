"""Births, deaths and moves that a village has filed in a month (Lampid: lahir, mati, pindah, datang): counts alone."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from storage.db.protocol import Tx
from storage.workflow import Workflow


class Lampid(NamedTuple):
    """How many documents of each kind were filed."""

    births: int = 0
    deaths: int = 0
    out: int = 0
    into: int = 0

    def __bool__(self) -> bool:
        return bool(self.births or self.deaths or self.out or self.into)


async def of_month(tx: Tx, workflow: Workflow, village: str, month: int) -> Lampid:
    """What a village filed in a month (`number_of`), without what was withdrawn or refused."""
    first, calendar = first_day(month), workflow.calendar
    since, until = (calendar.end_of(date.fromordinal(day.toordinal() - 1)) for day in (first, first_day(month + 1)))
    found: Counter[str] = Counter()
    for type, stage, count in await tx.long("filed_in_month", village=village, since=since, until=until):
        if stage not in workflow.exits or not workflow.exits[stage].ends:
            found[event_of(workflow, type)] += count
    return Lampid(found["birth"], found["death"], found["out"], found["in"])


def event_of(workflow: Workflow, type: str) -> str:
    """What happened in a family that asks for this kind of document: birth, death, out, in, or nothing of that."""
    known = workflow.types.get(type)
    if known is None:
        return ""
    return "birth" if known.birth else "death" if known.mourning else known.moves or ""


def number_of(day: date) -> int:
    """A month as a number: each is one more than that before it."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The day with which a month begins."""
    return date(month // 12, month % 12 + 1, 1)


def is_first_working_day(workflow: Workflow, day: date) -> bool:
    """True of a day before which no other of its month is worked on."""
    return not any(workflow.calendar.is_working(day.replace(day=one)) for one in range(1, day.day))

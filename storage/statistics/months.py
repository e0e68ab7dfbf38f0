"""Figures by month, for the district's head and the registry."""

import asyncio
from datetime import date, datetime
from itertools import pairwise

from storage.db.protocol import Tx
from storage.records import DAY
from storage.statistics import trips
from storage.statistics.figures import Summary, Tally
from storage.workflow import Workflow

_BEFORE = 92 * DAY  # what became ready within a month was filed no longer before it, but for stragglers


async def until(tx: Tx, workflow: Workflow, last: date, count: int) -> list[Summary]:
    """The figures of so many months of the district's calendar up to that of `last`, oldest first.

    What was filed more than a quarter of a year before the first of them is in none. Others go on meanwhile.
    """
    firsts = [months_from(last, n - count) for n in range(1, count + 2)]
    starts = [workflow.calendar.instant(datetime(day.year, day.month, 1)) for day in firsts]  # noqa: DTZ001  # the district's
    tallies = [Tally(workflow, since, end) for since, end in pairwise(starts)]
    async for trip in trips.filed(tx, workflow, starts[0] - _BEFORE, starts[-1]):
        for tally in tallies:
            tally.add(trip)
    return [await asyncio.to_thread(tally.summary) for tally in tallies]


def months_from(day: date, count: int) -> date:
    """The first day of the month that is so many months after a day's."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)

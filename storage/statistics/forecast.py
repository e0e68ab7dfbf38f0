"""When a document will be ready, from what the district's own documents took lately. Days are working days.

A forecast is the range in which four of five were ready, of those that had waited as long as this one has. What is not
ready yet counts as longer than everything known, so that slow times make no forecast look quick. The last half year
is asked, and so each season knows its own; fewer than 20 documents tell nothing.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf
from typing import NamedTuple

from storage.db.protocol import Tx
from storage.records import DAY, Document
from storage.statistics import trips
from storage.statistics.figures import ready_stages, service_days, share
from storage.statistics.trips import Trip
from storage.workflow import Workflow

ENOUGH = 20  # documents, under which the past tells nothing
_LEFT = 5  # of them that waited as long as this one
_LOOKS_BACK, _SETTLED = 182 * DAY, 30 * DAY  # filed within this time, and so long ago that nearly all are ready
_KEPT = 100  # of the times from a stage

Pace = Mapping[tuple[str, str], Sequence[float]]  # by kind and stage, sorted


class Expected(NamedTuple):
    """The times (epoch ms) between which it will be ready, in four of five cases."""

    earliest: int
    latest: int


class Lessons:
    """How long journeys took from each of their stages to where the family can fetch it."""

    def __init__(self, workflow: Workflow) -> None:
        self._workflow = workflow
        self._days: dict[tuple[str, str], list[float]] = defaultdict(list)

    def add(self, journey: Trip) -> None:
        """One more."""
        goal = ready_stages(self._workflow, journey.type)
        ready = journey.reached(goal)
        for stage, at in journey.times.items():
            if stage not in goal:
                took = inf if ready is None else service_days(self._workflow, journey, at, ready)
                self._days[journey.type, stage].append(took)

    def pace(self) -> Pace:
        """What all of them teach."""
        return {key: sorted(values) for key, values in self._days.items()}


async def learn(tx: Tx, workflow: Workflow, now: int) -> Pace:
    """What the last half year teaches. Others go on meanwhile."""
    lessons = Lessons(workflow)
    async for journey in trips.filed(tx, workflow, now - _LOOKS_BACK, now - _SETTLED):
        lessons.add(journey)
    return await asyncio.to_thread(lessons.pace)


async def keep(tx: Tx, found: Pace) -> None:
    """Remember it, in place of what was known before."""
    await tx.all("forget_pace")
    rows = [
        {
            "type": type,
            "stage": stage,
            "days": json.dumps([None if one == inf else round(one, 3) for one in _few(days)]),
        }
        for (type, stage), days in found.items()
        if len(days) >= ENOUGH
    ]
    await tx.many("add_pace", rows)


def _few(days: Sequence[float]) -> Sequence[float]:
    """A hundred of very many, evenly: they tell the same range, and every look at a number reads them."""
    return days if len(days) <= _KEPT else [share(days, n / (_KEPT - 1)) for n in range(_KEPT)]


def read(days: str) -> list[float]:
    """What was kept."""
    return [inf if value is None else float(value) for value in json.loads(days)]


def expected(workflow: Workflow, days: Sequence[float], since: int, now: int) -> Expected | None:
    """When what came to its stage at a time will be ready, from the days (sorted) that others took from there. None if
    nobody knows: too few have gone before it, or it took longer than nearly all of them.
    """
    waited = workflow.calendar.elapsed(since, now)
    alike = [one for one in days if one > waited]
    if len(days) < ENOUGH or len(alike) < _LEFT:
        return None
    low, high = share(alike, 0.1), share(alike, 0.9)
    if high == inf:
        return None
    return Expected(workflow.calendar.due(since, low), workflow.calendar.due(since, high))


def due(workflow: Workflow, document: Document) -> int | None:
    """By when a document is ready if each leg that is left takes as long as it may. None if it stands still, is ready,
    or has left its road.
    """
    route, goal = workflow.route(document.type), ready_stages(workflow, document.type)
    if document.hold or document.stage not in route or document.stage in goal:
        return None
    left = route[route.index(document.stage) + 1 : route.index(goal[0]) + 1]
    days = sum(workflow.stages[stage].target or 0 for stage in left)
    return workflow.calendar.due(document.since + document.stopped, days)


def ready_by(workflow: Workflow, document: Document, days: str, now: int) -> int | None:
    """The day by which it is ready in four of five cases, from what was kept of its kind; or else by what each leg may
    take.
    """
    since, by_target = document.since + document.stopped, due(workflow, document)
    if by_target is None:
        return None
    found = expected(workflow, read(days), since, now) if days else None
    return found.latest if found else by_target

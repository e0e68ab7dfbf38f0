"""Summary of a time: how many, how long, for which reasons. Pure arithmetic over journeys; days are working days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from storage.statistics.trips import Trip
from storage.workflow import Workflow

FEW = 5  # documents, below which nobody outside the office reads of them: one family may be it
_LOW, _HIGH = 0.1, 0.9  # between them lie four of five


@dataclass(frozen=True, slots=True)
class Spread:
    """Of so many: the middle one, and the range in which the middle four of five lie."""

    count: int
    low: float
    median: float
    high: float


def spread(values: Iterable[float]) -> Spread | None:
    """Of any values, or None of none. Between two values it goes straight (R's type 7, as spreadsheets do)."""
    ranked = sorted(values)
    if not ranked:
        return None
    return Spread(len(ranked), share(ranked, _LOW), share(ranked, 0.5), share(ranked, _HIGH))


def share(ranked: Sequence[float], part: float) -> float:
    """The value below which this part of sorted values lies."""
    place = part * (len(ranked) - 1)
    below = int(place)
    if place == below or ranked[below] == ranked[below + 1]:  # both may be without end
        return ranked[below]
    return ranked[below] + (place - below) * (ranked[below + 1] - ranked[below])


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of documents within a time (epoch ms).

    `days` run from filing to ready, without the family's turn, of what became ready within the time; so do `by_type`
    and `by_village`. `legs`: by the stage that was reached, how long it took from the stage before. `kept`: how many of
    those were not longer than promised, and `promise` (at least, at most). `waits`: by reason how many, and their days.
    """

    since: int
    until: int
    promise: tuple[float, float]
    filed: int = 0
    ready: int = 0
    handed_over: int = 0
    kept: int = 0
    days: Spread | None = None
    legs: Mapping[str, Spread] = field(default_factory=dict)
    by_type: Mapping[str, Spread] = field(default_factory=dict)
    by_village: Mapping[str, Spread] = field(default_factory=dict)
    in_time: Mapping[str, int] = field(default_factory=dict)
    waits: Mapping[str, tuple[int, float]] = field(default_factory=dict)


def summary(workflow: Workflow, journeys: Iterable[Trip], since: int, until: int) -> Summary:
    """The figures of a time, of journeys that began long enough before it."""
    counts: Counter[str] = Counter()
    total: list[float] = []
    kinds, villages, legs = defaultdict(list), defaultdict(list), defaultdict(list)
    waits: dict[str, list[float]] = defaultdict(list)
    promise = workflow.district.district.promise
    for journey in journeys:
        counts["filed"] += since <= journey.filed_at < until
        over = journey.times.get(workflow.route(journey.type)[-1])
        counts["handed_over"] += over is not None and since <= over < until
        for stage, days in _legs(workflow, journey, since, until):
            legs[stage].append(days)
        for wait in journey.waits:
            if since <= wait.until < until:
                waits[wait.reason].append(workflow.calendar.elapsed(wait.since, wait.until))
        ready = journey.reached(ready_stages(workflow, journey.type))
        if ready is not None and since <= ready < until:
            days = service_days(workflow, journey, journey.filed_at, ready)
            total.append(days)
            kinds[journey.type].append(days)
            villages[journey.village].append(days)
    targets = {stage: workflow.stages[stage].target for stage in legs}
    return Summary(
        since, until, promise, counts["filed"], len(total), counts["handed_over"],
        kept=sum(days <= promise[1] for days in total), days=spread(total),
        legs=_spreads(legs), by_type=_spreads(kinds), by_village=_spreads(villages),
        in_time={key: sum(days <= most for days in legs[key]) for key, most in targets.items() if most},
        waits={reason: (len(days), sum(days)) for reason, days in waits.items()},
    )  # fmt: skip


def ready_stages(workflow: Workflow, type: str) -> tuple[str, ...]:
    """Where a family can fetch a document of a kind, nearest to it: the last such place of its road, and all behind."""
    route = workflow.route(type)
    last = max((place for place, stage in enumerate(route) if workflow.stages[stage].ready), default=len(route) - 1)
    return route[last:]


def service_days(workflow: Workflow, journey: Trip, since: int, until: int) -> float:
    """Working days between two times of a journey that are not the family's turn."""
    days = workflow.calendar.elapsed(since, until)
    for wait in journey.waits:
        begun, ended = max(wait.since, since), min(wait.until, until)
        if begun < ended and (workflow.stops_clock(wait.reason) or wait.reason in workflow.exits):
            days -= workflow.calendar.elapsed(begun, ended)
    return max(0.0, days)


def _legs(workflow: Workflow, journey: Trip, since: int, until: int) -> Iterable[tuple[str, float]]:
    for (_, left), (stage, at) in pairwise(journey.times.items()):
        if since <= at < until:
            yield stage, service_days(workflow, journey, left, at)


def _spreads(found: Mapping[str, Sequence[float]]) -> dict[str, Spread]:
    return {key: made for key, values in found.items() if (made := spread(values))}

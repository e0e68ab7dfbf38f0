"""Summary of a time: how many, how long, for which reasons. Pure arithmetic over journeys; days are working days."""

from array import array
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


class Tally:
    """Journeys of a time, put down one after the other: of each there stay its days alone."""

    def __init__(self, workflow: Workflow, since: int, until: int) -> None:
        self._workflow, self._since, self._until = workflow, since, until
        self._counts: Counter[str] = Counter()
        self._days, self._kinds, self._villages, self._legs, self._waits = _Days(), _Days(), _Days(), _Days(), _Days()

    def add(self, journey: Trip) -> None:
        """One that began long enough before the time, or within it; one of later changes nothing."""
        workflow = self._workflow
        over = journey.times.get(workflow.route(journey.type)[-1])
        self._counts["filed"] += self._holds(journey.filed_at)
        self._counts["handed_over"] += over is not None and self._holds(over)
        for (_, left), (stage, at) in pairwise(journey.times.items()):
            if self._holds(at):
                self._legs[stage].append(service_days(workflow, journey, left, at))
        for wait in journey.waits:
            if self._holds(wait.until):
                self._waits[wait.reason].append(workflow.calendar.elapsed(wait.since, wait.until))
        ready = journey.reached(ready_stages(workflow, journey.type))
        if ready is not None and self._holds(ready):
            days = service_days(workflow, journey, journey.filed_at, ready)
            for found, key in ((self._days, ""), (self._kinds, journey.type), (self._villages, journey.village)):
                found[key].append(days)

    def summary(self) -> Summary:
        """The figures of all that was put down."""
        promise, total = self._workflow.district.district.promise, self._days[""]
        targets = {stage: self._workflow.stages[stage].target for stage in self._legs}
        return Summary(
            self._since, self._until, promise, self._counts["filed"], len(total), self._counts["handed_over"],
            kept=sum(days <= promise[1] for days in total), days=spread(total),
            legs=_spreads(self._legs), by_type=_spreads(self._kinds), by_village=_spreads(self._villages),
            in_time={key: sum(days <= most for days in self._legs[key]) for key, most in targets.items() if most},
            waits={reason: (len(days), sum(days)) for reason, days in self._waits.items()},
        )  # fmt: skip

    def _holds(self, at: int) -> bool:
        return self._since <= at < self._until


class _Days(defaultdict[str, "array[float]"]):
    """Numbers of days by a key, in eight bytes each."""

    def __init__(self) -> None:
        super().__init__(lambda: array("d"))


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


def _spreads(found: Mapping[str, Sequence[float]]) -> dict[str, Spread]:
    return {key: made for key, values in found.items() if (made := spread(values))}

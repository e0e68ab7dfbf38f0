"""How single documents travelled: when each came to each stage of its road, and what it waited for on the way."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from storage.db.ids import first_of
from storage.db.protocol import Tx
from storage.records import Event
from storage.road.way import still_counting, way
from storage.workflow import Workflow

AT_ONCE = 25  # documents, with some ten steps each: others go on between one slice and the next


class Wait(NamedTuple):
    """For what something stood still, from when until when (epoch ms): a hold, or the exit to which it had left."""

    reason: str
    since: int
    until: int


class Trip(NamedTuple):
    """One document: when (epoch ms) it came to each stage of its road, in the order of the road, and its waits.

    A stage that was jumped has no time. What was taken back or put right is in it as if it had not happened.
    """

    type: str
    village: str
    times: Mapping[str, int]
    waits: Sequence[Wait] = ()

    @property
    def filed_at(self) -> int:
        """When it began (epoch ms)."""
        return next(iter(self.times.values()))

    def reached(self, stages: Iterable[str]) -> int | None:
        """When it came to the first of these stages that it came to; None if it came to none of them yet."""
        return min((self.times[stage] for stage in stages if stage in self.times), default=None)


async def filed(tx: Tx, workflow: Workflow, since: int, until: int) -> AsyncIterator[Trip]:
    """The journey of each document that was filed from one time (epoch ms) to another, in the order of their filing."""
    after = first_of(since) - 1  # an id is never older than what it names, but younger after the clock was set back
    while found := await tx.long("filed_after", after=after, most=AT_ONCE):
        first, after = found[0][0], found[-1][0]
        events = [Event(*row) for row in await tx.long("steps_between", first=first, last=after)]
        waits = defaultdict(list)
        for document, version, reason, begun, ended in await tx.long("ends_of_waits", first=first, last=after):
            waits[document].append((version, Wait(reason, begun, ended)))
        steps = {document: list(some) for document, some in groupby(events, key=lambda event: event.document)}
        for document, type, village in found:
            journey = _trip(workflow, type, village, steps[document], waits[document])
            if since <= journey.filed_at < until:
                yield journey


def _trip(
    workflow: Workflow, type: str, village: str, events: Sequence[Event], waits: Sequence[tuple[int, Wait]]
) -> Trip:
    route, kept = workflow.route(type), still_counting(events)
    times = way(route, events[-1].to_stage, kept).times
    counted = {event.version for event in kept}
    stood = tuple(wait for version, wait in waits if version in counted)
    return Trip(type, village, {stage: times[stage] for stage in route if stage in times}, stood)

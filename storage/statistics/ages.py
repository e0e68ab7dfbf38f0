"""How long what is under way has been so, by the place where it is."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from storage.db.protocol import Tx
from storage.statistics.figures import share
from storage.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Ages:
    """Of so many open documents, in working days since they were filed: the middle one, and the oldest."""

    count: int
    median: float
    oldest: float


async def under_way(tx: Tx, workflow: Workflow, now: int) -> dict[str, Ages]:
    """By stage or exit, in the order of the district file, whatever waits for whomever; all together under ""."""
    rows = [(stage, filed_at, count) for stage, filed_at, count in await tx.long("open_since")]
    return await asyncio.to_thread(_ages, workflow, rows, now)


def _ages(workflow: Workflow, rows: Iterable[tuple[str, int, int]], now: int) -> dict[str, Ages]:
    days: defaultdict[str, list[float]] = defaultdict(list)
    for stage, filed_at, count in rows:
        for key in ("", stage):
            days[key] += [workflow.calendar.elapsed(filed_at, now)] * count
    return {
        key: Ages(len(found), share(found, 0.5), found[-1])
        for key in ("", *workflow.stages, *workflow.exits)
        if (found := sorted(days[key]))
    }

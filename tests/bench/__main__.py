"""`make bench`: the rows of docs/performance.md. `ARGS=quick` for a short one, `ARGS="start sending"` for some rows."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import uvloop

from tests.bench.bulk import bulk
from tests.bench.headroom import headroom
from tests.bench.losses import losses
from tests.bench.million import million
from tests.bench.scales import Result
from tests.bench.sending import sending
from tests.bench.speed import Plan, speed
from tests.bench.start import start

Row = Callable[[Path], Awaitable[list[Result]]]


@dataclass(frozen=True, slots=True)
class Size:
    """How long a run may take."""

    rounds: int
    kills: int
    seconds: float
    taps: int
    bulk: int
    sent: int
    documents: int


FULL = Size(5, 5, 3.0, 150, 10, 4, 1_000_000)
QUICK = Size(2, 2, 1.5, 60, 3, 2, 100_000)


def rows(size: Size) -> dict[str, Row]:
    async def one(row: Awaitable[Result]) -> list[Result]:
        return [await row]

    return {
        "headroom": lambda _: one(headroom(size.seconds)),
        "start": lambda folder: one(start(folder, min(size.rounds, 3))),
        "losses": lambda folder: one(losses(folder, size.kills)),
        "bulk": lambda folder: bulk(folder, size.bulk),
        "speed": lambda folder: speed(folder, Plan(size.rounds, size.seconds, size.taps)),
        "sending": lambda folder: one(sending(folder, size.rounds, size.sent)),
        "million": lambda _: one(million(size.documents, 20 * size.rounds)),
    }


async def bench(asked: set[str], size: Size) -> bool:
    """Print each row as it is ready. False if a target is missed."""
    begun, met = time.perf_counter(), True
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; ratios count, absolute figures are this machine's\n"
    )
    for name, row in rows(size).items():
        if asked and name not in asked:
            continue
        with tempfile.TemporaryDirectory(prefix="jekduk-bench-") as folder:
            for result in await row(Path(folder)):
                met &= result.met
                print("\n".join(result.lines()), end="\n\n", flush=True)
    print(f"{time.perf_counter() - begun:.0f} s")
    return met


if __name__ == "__main__":
    words = set(sys.argv[1:])
    size = QUICK if "quick" in words else FULL
    known = rows(size)
    if unknown := words - {"quick", *known}:
        sys.exit(f"no such row: {', '.join(unknown)}; there are {', '.join(known)}")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(bench(words - {"quick"}, size))

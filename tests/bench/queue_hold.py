"""Two thousand documents are put on hold, let go on and held no more: each in one commit, beside single taps."""

import shutil
import time
from collections.abc import Awaitable
from itertools import count
from pathlib import Path
from statistics import median
from typing import TypeVar

from storage import Storage, district, documents, open_storage, overview, people
from storage.holds import queues
from storage.holds.queues import Queue
from storage.mistakes import taking_back
from storage.records import Actor, Seen
from storage.workflow import Workflow
from tests.bench import registers
from tests.bench.million import FOLLOWERS, TUESDAY
from tests.bench.registers import FIRST_CITIZEN, FIRST_OFFICER, Paper
from tests.bench.scales import Result

QUEUE, COMING = 2_000, 10
REASON = "siak"
HERE = Queue("at_registry")
T = TypeVar("T")


def papers() -> list[Paper]:
    """As many as the queue has, and first a few that come to it. Each has three followers."""
    drawn, villages = registers.numbers(), [village.key for village in district.load().villages]
    stages = ["to_registry"] * COMING + ["at_registry"] * QUEUE
    followers = [[FIRST_CITIZEN + i % 500 * FOLLOWERS + k for k in range(FOLLOWERS)] for i in range(len(stages))]
    return [Paper(next(drawn), villages[i % len(villages)], at, followers[i]) for i, at in enumerate(stages)]


class _Desk:
    """A copy of the register, and whoever acts in it."""

    def __init__(self, opened: Storage) -> None:
        self._storage, self._workflow, self._clock = opened, Workflow(district.load()), count(TUESDAY, 1000)

    async def hold(self) -> int:
        async with self._storage.transaction() as tx:
            result = await queues.hold(tx, self._workflow, HERE, REASON, None, await self._actor(tx))
        assert result  # a bench of nothing would be fast
        return result.act or 0

    async def let_go(self) -> None:
        async with self._storage.transaction() as tx:
            (cause,) = [one.cause for one in await queues.everything(tx)]
            await queues.release(tx, self._workflow, cause, await self._actor(tx))

    async def all_sent(self) -> None:
        """Everybody has heard of it, so that everybody hears again."""
        async with self._storage.transaction() as tx:
            await tx.script(f"update outbox set sent_at = {next(self._clock)} where sent_at is null")

    async def take_back(self, act: int) -> None:
        async with self._storage.transaction() as tx:
            await taking_back.undo(tx, self._workflow, act, await self._actor(tx))

    async def tap(self, one: Seen) -> None:
        async with self._storage.transaction() as tx:
            await documents.move(tx, self._workflow, [one], "at_registry", await self._actor(tx))

    async def coming(self) -> list[Seen]:
        async with self._storage.reading() as tx:
            return [Seen(d.id, d.version) for d in await overview.everything(tx, 0) if d.stage == "to_registry"]

    async def _actor(self, tx: object) -> Actor:
        return Actor(await people.get(tx, FIRST_OFFICER), next(self._clock))  # type: ignore[arg-type]  # a Tx


async def queue_hold(folder: Path, rounds: int) -> Result:
    """Times of each, in rounds on fresh copies."""
    made = folder / "queue.db"
    await registers.create(made, papers(), QUEUE + COMING, couriers=1)
    taken: dict[str, list[float]] = {name: [] for name in ("tap", "hold", "let go", "hold, taken back", "taken back")}
    for n in range(rounds):
        copy = folder / f"{n}.db"
        shutil.copyfile(made, copy)
        opened = await open_storage(f"sqlite:///{copy}")
        desk = _Desk(opened)
        for one in await desk.coming():
            await timed(desk.tap(one), taken["tap"])
        await timed(desk.hold(), taken["hold"])
        await desk.all_sent()
        await timed(desk.let_go(), taken["let go"])
        act = await timed(desk.hold(), taken["hold, taken back"])
        await timed(desk.take_back(act), taken["taken back"])
        await opened.close()
    del taken["hold, taken back"]
    middle = {name: median(times) for name, times in taken.items()}
    share = max(middle["hold"], middle["let go"]) / (QUEUE * middle["tap"])
    return Result(
        f"a queue of {QUEUE:,} documents with {FOLLOWERS} followers each is held, in one commit",
        {name: f"{1000 * seconds:.1f} ms" for name, seconds in middle.items()},
        f"{share:.2f} × as long a document as a tap at most; at most 0.25", share <= 0.25,
        ["the ten taps before it have three followers each, too; medians"],
    )  # fmt: skip


async def timed(doing: Awaitable[T], times: list[float]) -> T:
    begun = time.perf_counter()
    done = await doing
    times.append(time.perf_counter() - begun)
    return done

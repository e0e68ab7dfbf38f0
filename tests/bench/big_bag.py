"""Five hundred documents in one bag: packed, shown, unticked and completed in one commit, beside single taps."""

import shutil
from itertools import count
from pathlib import Path
from statistics import median

from handlers.bags.views import BagView
from handlers.context import Services, viewer_of
from storage import Storage, bags, district, documents, open_storage, overview, people
from storage.mistakes import taking_back
from storage.records import Actor, Seen
from storage.workflow import Workflow
from tests.bench import registers
from tests.bench.million import FOLLOWERS, TUESDAY
from tests.bench.queue_hold import timed
from tests.bench.registers import FIRST_CITIZEN, FIRST_OFFICER, Paper
from tests.bench.scales import Result

BAG, TAPPED, MOST = 500, 10, 0.150
ORIGIN, TO = "at_district", "to_registry"


def papers() -> list[Paper]:
    """As many as the bag has, and first a few that are tapped one by one. Each has three followers."""
    drawn, villages = registers.numbers(), [village.key for village in district.load().villages]
    stages = ["filed"] * TAPPED + [ORIGIN] * BAG
    followers = [[FIRST_CITIZEN + i * FOLLOWERS + k for k in range(FOLLOWERS)] for i in range(len(stages))]
    return [Paper(next(drawn), villages[i % len(villages)], at, followers[i]) for i, at in enumerate(stages)]


class _Courier:
    """A copy of the register, and the courier who acts in it."""

    def __init__(self, opened: Storage) -> None:
        self._storage, self._workflow, self._clock = opened, Workflow(district.load()), count(TUESDAY, 1000)

    async def tap(self, one: Seen) -> None:
        async with self._storage.transaction() as tx:
            await documents.move(tx, self._workflow, [one], "to_district", await self._actor(tx))

    async def single(self) -> list[Seen]:
        async with self._storage.reading() as tx:
            return [Seen(d.id, d.version) for d in await overview.everything(tx, 0) if d.stage == "filed"]

    async def pack(self) -> int:
        async with self._storage.transaction() as tx:
            return await bags.pack(tx, self._workflow, await self._actor(tx), ORIGIN, TO) or 0

    async def untick(self, bag: int) -> None:
        async with self._storage.transaction() as tx:
            await bags.tick(tx, bag, [0], FIRST_OFFICER, ticked=False)

    async def show(self, bag: int) -> None:
        services = Services(self._storage, self._workflow, lambda: next(self._clock))
        await BagView(bag).show(await viewer_of(services, "jekduk_bot", FIRST_OFFICER, "id"))

    async def complete(self, bag: int) -> int:
        async with self._storage.transaction() as tx:
            packed = await bags.get(tx, bag)
            assert packed
            result = await bags.complete(tx, self._workflow, packed, TO, await self._actor(tx))
        assert (len(result.moved), result.told) == (BAG - 1, FOLLOWERS * (BAG - 1))  # a bench of nothing would be fast
        return result.act or 0

    async def take_back(self, act: int) -> None:
        async with self._storage.transaction() as tx:
            await taking_back.undo(tx, self._workflow, act, await self._actor(tx))

    async def _actor(self, tx: object) -> Actor:
        return Actor(await people.get(tx, FIRST_OFFICER), next(self._clock))  # type: ignore[arg-type]  # a Tx


async def big_bag(folder: Path, rounds: int) -> Result:
    """Times of each, in rounds on fresh copies."""
    made = folder / "bag.db"
    await registers.create(made, papers(), BAG + TAPPED, couriers=1)
    taken: dict[str, list[float]] = {
        name: [] for name in ("tap", "packed", "a tick", "shown", "completed", "taken back")
    }
    for n in range(rounds):
        copy = folder / f"{n}.db"
        shutil.copyfile(made, copy)
        opened = await open_storage(f"sqlite:///{copy}")
        courier = _Courier(opened)
        for one in await courier.single():
            await timed(courier.tap(one), taken["tap"])
        bag = await timed(courier.pack(), taken["packed"])
        await timed(courier.untick(bag), taken["a tick"])
        await timed(courier.show(bag), taken["shown"])
        act = await timed(courier.complete(bag), taken["completed"])
        await timed(courier.take_back(act), taken["taken back"])
        await opened.close()
    middle = {name: median(times) for name, times in taken.items()}
    return Result(
        f"a bag of {BAG} documents with {FOLLOWERS} followers each is completed, in one commit",
        {name: f"{1000 * seconds:.1f} ms" for name, seconds in middle.items()},
        f"{1000 * middle['completed']:.0f} ms; at most {1000 * MOST:.0f}", middle["completed"] <= MOST,
        [f"{middle['completed'] / (BAG * middle['tap']):.2f} × as long a document as a tap; medians"],
    )  # fmt: skip

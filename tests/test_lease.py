"""Who leads."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Sized
from contextlib import AsyncExitStack, closing
from pathlib import Path

import asyncpg
import pytest

from bot.clock import Clock, set_offset
from bot.exits import ExitCode, Stop
from bot.lease import LASTS, Lease, is_dead
from handlers.context import Services
from storage import open_storage
from storage.db import leases
from tests.storage.cast import ask
from tests.town import WORKFLOW, Town, migrated

PLACE, HASTE = "boot/42", 10


async def _dead_process() -> int:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await process.wait()
    return process.pid


async def test_a_dead_process_of_this_place_leads_no_more():
    gone = await _dead_process()
    assert is_dead(f"{PLACE}:{gone}:ab", PLACE)


@pytest.mark.parametrize(
    "holder",
    [f"{PLACE}:{os.getpid()}:ab", f"{PLACE}:1:ab", "boot/43:{gone}:ab", "{gone}", f"{PLACE}:x:ab", ""],
    ids=["ourselves", "the first process", "another place", "no place", "no number", "nothing"],
)
async def test_whatever_may_live_is_waited_for(holder: str):
    assert not is_dead(holder.format(gone=await _dead_process()), PLACE)


async def test_without_a_place_nobody_is_thought_dead():
    assert not is_dead(f":{await _dead_process()}:ab", "")


async def test_after_a_power_cut_the_next_process_leads_at_once(any_town: Town):
    town = any_town
    one = Lease(town.services)
    async with town.storage.transaction() as tx:
        gone = f"{one.place}:{await _dead_process()}:ab"
        assert await leases.take(tx, "lead", gone, await tx.clock(), 10)
    assert await asyncio.wait_for(one.take(), 5)  # it was another's
    assert one.held


async def test_a_living_leader_is_waited_for_and_its_going_is_noticed(town: Town):
    one, two = Lease(town.services, haste=100), Lease(town.services, haste=100)
    assert not await one.take()
    waiting = asyncio.create_task(two.take())
    await asyncio.sleep(0.05)  # several looks
    assert not two.held
    await one.drop()
    assert await asyncio.wait_for(waiting, 5)
    assert two.held


async def test_whoever_lost_the_lease_stops(town: Town):
    one = Lease(town.services, haste=100)
    await one.take()
    async with town.storage.transaction() as tx:
        await leases.drop(tx, "lead", one.holder)
        assert await leases.take(tx, "lead", "another", await tx.clock(), 0.15)
    with pytest.raises(Stop):
        await asyncio.wait_for(one.keep(), 5)
    assert not one.is_sure()  # while it ends


@pytest.mark.parametrize("hours", [1, -1], ids=["ahead", "behind"])
async def test_of_two_whose_clocks_are_an_hour_apart_one_leads_all_the_time(database_url, tmp_path, caplog, hours):
    async with AsyncExitStack() as stack:
        one = await _lease(stack, database_url, Clock())
        set_offset(tmp_path / "clock", hours * 3_600_000)
        two = await _lease(stack, database_url, Clock(tmp_path / "clock"))
        await one.take()
        keeping, waiting = asyncio.create_task(one.keep()), asyncio.create_task(two.take())
        await asyncio.sleep(2 * LASTS / HASTE)
        assert (keeping.done(), waiting.done()) == (False, False)
        keeping.cancel()
        await one.drop()
        await asyncio.wait_for(waiting, 5)
        is_remote = database_url.startswith("postgres")  # what is on this machine has no other clock
        assert [round(lease.clock_skew) for lease in (one, two)] == [0, hours * 3600 * is_remote]
    told = [record for record in caplog.records if record.message == "the clock is not the database's"]
    assert len(told) == is_remote


async def test_the_clock_of_a_database_runs(database_url):
    storage = await open_storage(database_url)
    async with storage.transaction() as tx:
        before = await tx.clock()
        await asyncio.sleep(0.05)
        assert 40 <= await tx.clock() - before < 2000
    await storage.close()


async def _lease(stack: AsyncExitStack, url: str, clock: Clock) -> Lease:
    storage = await open_storage(url)
    stack.push_async_callback(storage.close)
    return Lease(Services(storage, WORKFLOW, clock), HASTE, clock)


async def test_whoever_waits_bears_a_database_that_is_away(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    await migrated(f"sqlite:///{tmp_path / 'town.db'}")
    storage = await open_storage(f"sqlite:///{tmp_path / 'town.db'}")
    other = sqlite3.connect(tmp_path / "town.db", isolation_level=None)
    other.execute("begin exclusive")
    waiting = asyncio.create_task(Lease(Services(storage, WORKFLOW, Clock())).take())
    while "database trouble" not in caplog.text and not waiting.done():  # noqa: ASYNC110  # a log has no event
        await asyncio.sleep(0.05)
    other.execute("rollback")
    await asyncio.wait_for(waiting, 10)
    await storage.close()


async def test_each_renewal_looks_whether_the_register_is_there_and_says_when_it_was(town: Town):
    looks: list[float] = []
    one = Lease(town.services, haste=100, look=lambda: looks.append(one.renewed_at))
    began = one.renewed_at
    await one.take()
    assert looks == [began]
    assert one.renewed_at > began


async def keeps(one: Lease, looks: Sized, times: int) -> None:
    """It is taken and kept until it was looked at so many times."""
    await one.take()
    keeping = asyncio.create_task(one.keep())
    while len(looks) < times:  # noqa: ASYNC110  # a look has no event
        await asyncio.sleep(0.01)
    keeping.cancel()


async def test_a_renewal_that_failed_is_tried_again_sooner_than_the_next_would_be(town: Town):
    looks: list[float] = []

    def look() -> None:
        looks.append(asyncio.get_running_loop().time())
        if len(looks) == 2:
            raise sqlite3.OperationalError("database is locked")

    one = Lease(town.services, haste=2, look=look)
    await keeps(one, looks, 3)
    assert looks[2] - looks[1] < (looks[1] - looks[0]) / 2  # 0.5 s and 2.5 s


async def test_renewals_that_fail_are_told_once_until_one_goes_through(town: Town, caplog):
    looks: list[int] = []

    def look() -> None:
        looks.append(told())
        if len(looks) in {2, 3, 4, 6}:  # the first takes it
            raise asyncpg.ReadOnlySQLTransactionError("cannot execute UPDATE in a read-only transaction")

    def told() -> int:
        return sum(record.message == "the lease could not be renewed" for record in caplog.records)

    one = Lease(town.services, haste=100, look=look)
    await keeps(one, looks, 7)
    assert looks == [0, 0, 1, 1, 1, 1, 2]
    assert "read-only" in caplog.records[-1].__dict__["error"]


async def test_who_lost_it_does_not_take_it_again_though_it_is_free(any_town: Town):
    one = Lease(any_town.services, HASTE)
    await one.take()
    async with any_town.storage.transaction() as tx:  # another led meanwhile, and has ended
        await leases.drop(tx, "lead", one.holder)
    with pytest.raises(Stop):
        await asyncio.wait_for(one.keep(), 10)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)  # on SQLite nobody can take it meanwhile
async def test_whoever_takes_over_leads_once_what_the_one_before_had_begun_to_write_is_over(any_town: Town):
    one = Lease(any_town.services)
    async with any_town.storage.transaction() as tx:
        await tx.all("update_done", update_id=1, now=0)
        taking = asyncio.create_task(one.take())
        while await ask(any_town.storage, "select 1 from pg_locks where not granted") == []:
            assert not taking.done()
        assert not one.held
    await asyncio.wait_for(taking, 10)
    assert one.held


async def test_whoever_cannot_write_the_lease_for_damage_ends_and_does_not_lead(tmp_path: Path, monkeypatch):
    file = tmp_path / "town.db"
    await migrated(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as found:
        [(page,)] = found.execute("select rootpage from sqlite_master where name = 'lease'")
    with file.open("r+b") as opened:
        opened.seek(4096 * (page - 1))
        opened.write(b"\xff" * 4096)
    storage = await open_storage(f"sqlite:///{file}")
    monkeypatch.setattr("bot.retry.LASTING", 0.0)
    for waits in (Lease.take, Lease.keep):
        with pytest.raises(Stop, match="the database is damaged") as stop:
            await asyncio.wait_for(waits(Lease(Services(storage, WORKFLOW, Clock()), haste=100)), 5)
        assert stop.value.code == ExitCode.DATABASE_GONE
    await storage.close()

"""Who leads."""

import asyncio
import os
import sys

import pytest

from bot.exits import Stop
from bot.lease import Lease, is_dead
from storage.db import leases
from tests.town import Town

PLACE = "boot/42"


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
        assert await leases.take(tx, "lead", gone, town.clock, 3600)
    await asyncio.wait_for(one.take(), 5)
    assert one.held


async def test_a_living_leader_is_waited_for_and_its_going_is_noticed(town: Town):
    one, two = Lease(town.services, haste=100), Lease(town.services, haste=100)
    await one.take()
    waiting = asyncio.create_task(two.take())
    await asyncio.sleep(0.05)  # several looks
    assert not two.held
    await one.drop()
    await asyncio.wait_for(waiting, 5)
    assert two.held


async def test_whoever_lost_the_lease_stops(town: Town):
    one = Lease(town.services, haste=100)
    await one.take()
    async with town.storage.transaction() as tx:
        await leases.drop(tx, "lead", one.holder)
        assert await leases.take(tx, "lead", "another", town.clock, 0.15)
    with pytest.raises(Stop):
        await asyncio.wait_for(one.keep(), 5)

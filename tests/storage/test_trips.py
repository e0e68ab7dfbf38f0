"""The record tells of each document when it came where, and what it waited for."""

import asyncio
from itertools import pairwise

import pytest

from storage.statistics import trips
from storage.statistics.figures import service_days
from storage.statistics.trips import AT_ONCE, Trip, Wait
from tests.storage.cast import HADI, HOUR, NOW, WATI, YANTI, Register
from tests.storage.holding import hold, release

pytestmark = pytest.mark.asyncio
DAY = 24 * HOUR


async def told(register: Register, since: int = NOW - DAY, until: int = NOW + 30 * DAY) -> list[Trip]:
    async with register.storage.reading() as tx:
        return [one async for one in trips.filed(tx, register.workflow, since, until)]


async def test_a_journey_has_the_times_that_count(register: Register):
    card = await register.one("KK")
    register.now = NOW + HOUR
    wrong = await register.move(WATI, "to_district", card)
    register.now += 60_000
    await register.undo(WATI, wrong.act)
    register.now = NOW + 2 * HOUR
    card = (await register.move(WATI, "to_district", await register.get(card))).moved[0]
    register.now = NOW + 4 * HOUR
    await register.move(YANTI, "at_district", card)
    assert await told(register) == [
        Trip(
            "KK", "tlogopakis", {"filed": NOW, "to_district": NOW + 2 * HOUR, "at_district": NOW + 4 * HOUR}
        )
    ]  # fmt: skip


async def test_what_it_waited_for_is_told_and_the_family_s_turn_is_not_the_service_s(register: Register):
    card = await register.brought(await register.one("KTP"), "at_registry")
    for hours, reason in ((1, "blank"), (3, "attend")):
        register.now = NOW + hours * HOUR
        await hold(register, HADI, reason, await register.get(card))
        register.now += HOUR
        await release(register, HADI, await register.get(card))
    register.now = NOW + 5 * HOUR
    await register.move(HADI, "issued", await register.get(card))
    (journey,) = await told(register)
    assert journey.waits == (
        Wait("blank", NOW + HOUR, NOW + 2 * HOUR),
        Wait("attend", NOW + 3 * HOUR, NOW + 4 * HOUR),
    )
    # Five hours of a day of six hours; one of them was the family's turn.
    assert service_days(register.workflow, journey, NOW, NOW + 5 * HOUR) == pytest.approx(4 / 6)


async def test_a_document_that_ends_in_a_tap_while_it_is_held_has_waited_until_then(register: Register):
    card = await register.brought(await register.one("KTP"), "at_registry")
    await hold(register, HADI, "blank", await register.get(card))
    register.now = NOW + 2 * HOUR
    await register.move(HADI, "issued", await register.get(card))
    (journey,) = await told(register)
    assert journey.waits == (Wait("blank", NOW, NOW + 2 * HOUR),)
    assert journey.times["issued"] == NOW + 2 * HOUR


async def test_only_what_was_filed_in_the_time_is_told(register: Register):
    await register.one("KK")
    register.now = NOW + DAY
    await register.brought(await register.one("KIA"), "to_registry")
    assert [one.type for one in await told(register, until=NOW + DAY)] == ["KK"]
    assert [one.type for one in await told(register, since=NOW + 1, until=NOW + DAY + 1)] == ["KIA"]
    (later,) = await told(register, since=NOW + DAY)
    assert list(later.times) == ["filed", "to_district", "at_district", "to_registry"]


async def test_others_go_on_while_the_figures_of_many_are_made(register: Register):
    papers, read, turns = [await register.one() for _ in range(2 * AT_ONCE + 1)], 0, [0]

    async def others() -> None:
        while True:
            turns.append(read)
            await asyncio.sleep(0)

    going = asyncio.create_task(others())
    async with register.storage.reading() as tx:
        async for _ in trips.filed(tx, register.workflow, NOW, NOW + 1):
            read += 1
    going.cancel()
    assert read == len(papers)
    assert max(now - before for before, now in pairwise([*turns, read])) <= AT_ONCE

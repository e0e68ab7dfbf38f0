"""The heads hear of messages that were given up and of faults that last: once a day, and nothing about anybody."""

import asyncio
import json

import pytest

from bot.chores import alarms, heads
from bot.demo.cast import CAST
from bot.web.health import LIMITS
from handlers.staff.screens import FAULTS
from handlers.staff.views import FaultView
from storage import outbox
from storage.news import leftovers
from storage.records import DAY, HOUR
from tests.chores.stage import CLOSING, OPENING, Morning
from tests.chores.test_breaker import told
from tests.town import Town


async def gives_up(morning: Morning, *keys: str) -> None:
    """Telegram would not take these."""
    async with morning.storage.real.transaction() as tx:
        await outbox.owe(tx, [outbox.Due(key, 9001, "note", 0, morning.now) for key in keys], morning.now)
        for owed in await outbox.claim(tx, 0, morning.now, 100):
            await outbox.give_up(tx, owed, morning.now, "odd")


async def test_the_head_is_told_once_a_day_how_many(quiet_morning):
    morning, head = quiet_morning, CAST["hadi"].chat
    await gives_up(morning, "a", "b")
    assert [await alarms.undelivered(morning.services) for _ in range(2)] == [True, False]
    morning.now += HOUR
    await gives_up(morning, "c")
    assert not await alarms.undelivered(morning.services)
    morning.now = OPENING + DAY
    assert [await alarms.undelivered(morning.services) for _ in range(2)] == [True, False]
    expected = [{"view": "undelivered", "args": {"messages": n}, "lang": ""} for n in (2, 1)]
    assert await told(morning) == [(head, facts) for facts in map(compact, expected)]


def compact(facts: object) -> str:
    return json.dumps(facts, separators=(",", ":"))


async def test_nobody_is_woken_at_night_or_told_of_nothing(quiet_morning):
    morning = quiet_morning
    assert not await alarms.undelivered(morning.services)
    morning.now = CLOSING + HOUR
    await gives_up(morning, "a")
    assert not await alarms.undelivered(morning.services)
    morning.now = OPENING + DAY
    assert await alarms.undelivered(morning.services)


async def test_what_was_sent_after_all_is_not_told(quiet_morning):
    morning = quiet_morning
    await gives_up(morning, "a")
    async with morning.storage.real.transaction() as tx:
        [(id, *_)] = await leftovers.given_up(tx)
        await leftovers.retry(tx, id, morning.now)
    assert not await alarms.undelivered(morning.services)


async def test_the_head_reads_how_many_and_whom_to_ask(town: Town):
    async with town.storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("a", town.sari.chat, "note", 0, town.clock)], town.clock)
        [owed] = await outbox.claim(tx, 0, town.clock, 1)
        await outbox.give_up(tx, owed, town.clock, "odd")
    await town.chores()
    await town.settled()
    assert "1 pesan tidak dapat dikirim." in town.hadi.heard[-1]
    assert "pengelola bot" in town.hadi.heard[-1]


def faults(morning: Morning, *there: str) -> alarms.Faults:
    async def look() -> tuple[str, ...]:
        return there

    return alarms.Faults(morning.services, look)


async def test_a_fault_that_lasts_is_told_once_a_day_and_one_that_passes_is_not(quiet_morning):
    morning, head = quiet_morning, CAST["hadi"].chat
    lasting = faults(morning, "backup_age", "poll_age")
    assert [await lasting.watch() for _ in range(alarms.LASTS)] == [False, False, True]
    assert sum([await lasting.watch() for _ in range(2 * alarms.AGAIN)]) == 2
    assert await told(morning) == [(head, compact({"view": "fault", "args": {"fault": "backup_age"}, "lang": ""}))]
    morning.now += DAY
    assert sum([await lasting.watch() for _ in range(alarms.AGAIN)]) == 1
    assert len(await told(morning)) == 2


async def test_a_clock_that_is_wrong_is_told_once_whatever_it_differs_from(quiet_morning):
    morning, facts = quiet_morning, {"view": "fault", "args": {"fault": "clock_skew"}, "lang": ""}
    for there in (("server_skew",), ("clock_skew", "server_skew")):
        lasting = faults(morning, *there)
        assert sum([await lasting.watch() for _ in range(alarms.LASTS)]) == 1
    assert await told(morning) == [(CAST["hadi"].chat, compact(facts))]


async def test_a_fault_that_breaks_off_begins_anew(quiet_morning):
    there = ["disk_free"]
    passing = faults(quiet_morning)
    passing._look = lambda: asyncio.sleep(0, there)
    found = []
    for look in range(12):
        there[:] = ["disk_free"] if look % alarms.LASTS else []
        found.append(await passing.watch())
    assert found == [False] * 12


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_head_reads_what_is_wrong_and_whom_to_ask(town: Town, fault):
    assert FAULTS.keys() < {*LIMITS, "disk_free", "certificate_left"}
    async with town.storage.transaction() as tx:
        await heads.tell(tx, town.services, fault, FaultView(fault))
    await town.settled()
    assert "pengelola bot" in town.hadi.heard[-1]

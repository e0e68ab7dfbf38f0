"""What is owed by the clock is owed once, whatever happens to process and clock."""

import asyncio
import sqlite3
import time
from contextlib import asynccontextmanager
from datetime import date

import pytest

from bot.chores.timetable import DAY, HOUR, MINUTE, Reminders, Schedule
from bot.demo import cast
from bot.demo.cast import CAST
from handlers.context import Services
from storage import Storage, bags, inbox, marks, open_storage, outbox, people
from storage.records import StoredUpdate
from storage.workflow import Workflow
from tests.town import WORKFLOW

DAY_OF_WORK = date(2026, 11, 24)
OPENING = WORKFLOW.calendar.opening(DAY_OF_WORK)
CLOSING = WORKFLOW.calendar.closing(DAY_OF_WORK)


class Watchful:
    """A database that counts what is asked of it, and can be full."""

    def __init__(self, storage: Storage) -> None:
        self.real, self.asked, self.full = storage, 0, False

    @asynccontextmanager
    async def transaction(self):
        self.asked += 1
        async with self.real.transaction() as tx:
            yield tx
            if self.full:
                raise sqlite3.OperationalError("database or disk is full")

    def reading(self):
        self.asked += 1
        return self.real.reading()

    async def tidy(self) -> None:
        await self.real.tidy()

    async def close(self) -> None:
        await self.real.close()


class Morning:
    """A district at a time of day, with a ticker that is moved by hand."""

    def __init__(self, storage: Storage) -> None:
        self.now, self.wakes = OPENING, 0
        self.storage = Watchful(storage)
        self.services = Services(self.storage, WORKFLOW, lambda: self.now)
        self.schedule = self.process()

    def process(self) -> Schedule:
        return Schedule(self.services, self.wake)

    def wake(self) -> None:
        self.wakes += 1

    async def lies(self, village: str, stage: str, *types: str) -> None:
        async with self.storage.real.transaction() as tx:
            draft = f"{village}:{stage}:{types}"
            await cast._walk(tx, WORKFLOW, village, types or ("KK",), stage, OPENING - DAY, draft)

    async def ticks(self, at: int) -> None:
        self.now = at
        await self.schedule.tick()

    async def reminded(self) -> list[str]:
        """Who of the cast is owed a reminder, newest notices and all."""
        async with self.storage.real.transaction() as tx:
            owed = await outbox.claim(tx, outbox.NOTICE, self.now + 9 * DAY, 500)
            await outbox.release(tx)
        names = {member.chat: member.key for member in CAST.values()}
        return sorted(names[one.chat] for one in owed if one.kind == "reminder")


@pytest.fixture
async def morning(database_url):
    storage = await open_storage(database_url)
    morning = Morning(storage)
    await morning.lies("tlogopakis", "ready_at_district")
    await morning.lies("kayupuring", "ready_at_village", "KK", "KTP")
    await morning.lies("simego", "at_district")
    await morning.lies("gumelem", "handed_over")
    yield morning
    await storage.close()


@pytest.fixture
async def quiet_morning(database_url):
    storage = await open_storage(database_url)
    yield Morning(storage)
    await storage.close()


EXPECTED = ["kayupuring", "warni"]


async def test_at_opening_time_villages_hear_of_what_lies_ready(morning):
    await morning.ticks(OPENING)
    assert await morning.reminded() == EXPECTED
    assert morning.wakes >= 1


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(OPENING - 1000, id="before-opening"),
        pytest.param(CLOSING, id="after-closing"),
        pytest.param(WORKFLOW.calendar.opening(date(2026, 11, 23)) - 2 * DAY, id="a-saturday"),
        pytest.param(WORKFLOW.calendar.opening(date(2026, 12, 25)), id="christmas-is-a-friday"),
    ],
)
async def test_nobody_is_reminded_while_the_counters_are_closed(morning, at):
    await morning.ticks(at)
    assert await morning.reminded() == []


async def test_a_process_that_starts_late_reminds_still_and_once(morning):
    await morning.ticks(CLOSING - 1000)
    await morning.ticks(CLOSING - 500)
    assert await morning.reminded() == EXPECTED


async def test_a_restart_repeats_nothing(morning):
    await morning.ticks(OPENING)
    morning.schedule = morning.process()
    await morning.ticks(OPENING + HOUR)
    assert await morning.reminded() == EXPECTED


async def test_a_restart_begins_no_second_round(morning):
    await morning.ticks(OPENING)
    await morning.lies("yosorejo", "ready_at_district")
    morning.schedule = morning.process()
    await morning.ticks(OPENING + HOUR)
    assert await morning.reminded() == EXPECTED


async def test_each_day_has_its_reminder(morning):
    for day in (0, 1, 0, 1):  # the clock may go back, too
        await morning.ticks(OPENING + day * DAY)
    assert await morning.reminded() == sorted(EXPECTED * 2)


async def test_two_processes_remind_once(morning):
    await asyncio.gather(morning.schedule.tick(), morning.process().tick())
    assert await morning.reminded() == EXPECTED


async def test_a_full_disk_leaves_nothing_half_done(morning):
    reminders, morning.storage.full = Reminders(morning.services), True
    with pytest.raises(sqlite3.OperationalError):
        await reminders(OPENING)
    assert await morning.reminded() == []
    morning.storage.full = False
    assert await reminders(OPENING + MINUTE)
    assert await morning.reminded() == EXPECTED


async def test_where_nothing_waits_nobody_is_reminded_all_day(quiet_morning):
    await quiet_morning.ticks(OPENING)
    await quiet_morning.lies("tlogopakis", "ready_at_district")
    await quiet_morning.ticks(OPENING + HOUR)
    assert await quiet_morning.reminded() == []


async def test_whoever_lost_the_post_is_not_reminded(morning):
    async with morning.storage.real.transaction() as tx:
        [post] = [post for post in await people.posts(tx) if post.chat == CAST["warni"].chat]
        await people.dismiss(tx, post.id, OPENING)
    await morning.ticks(OPENING)
    assert await morning.reminded() == ["kayupuring"]


async def test_which_stages_count_stands_in_the_district_file(morning):
    stages = tuple(stage.model_copy(update={"ready": stage.key == "filed"}) for stage in WORKFLOW.district.stages)
    other = Workflow(WORKFLOW.district.model_copy(update={"stages": stages}))
    await morning.lies("yosorejo", "filed")
    morning.services = Services(morning.storage, other, lambda: morning.now)
    await morning.process().tick()
    assert await morning.reminded() == ["yosorejo"]


async def test_the_database_is_not_asked_while_nothing_is_due(morning):
    await morning.ticks(OPENING)
    asked = morning.storage.asked
    for second in range(50):
        await morning.ticks(OPENING + second * 1000)
    assert morning.storage.asked == asked


async def test_a_tick_costs_nothing_at_night(quiet_morning):
    quiet_morning.now = OPENING - 2 * HOUR
    quiet_morning.schedule = quiet_morning.process()
    begun = time.perf_counter()
    for second in range(50):
        await quiet_morning.ticks(OPENING - 2 * HOUR + second * 1000)
    assert (time.perf_counter() - begun) / 50 < 0.001
    assert quiet_morning.storage.asked == 1  # what time it was before the start


# Forgetting


async def old_and_young(morning: Morning, now: int) -> list[int | None]:
    """One of each that has had its time and one that has not; the ids of the bags."""
    async with morning.storage.real.transaction() as tx:
        for id, age in ((1, 49 * HOUR), (2, 47 * HOUR)):
            await inbox.store(tx, [StoredUpdate(id, 7, "{}")], now - age)
            await inbox.done(tx, [id], now - age)
        for id, age in ((3, 31 * DAY), (4, 29 * DAY)):
            await outbox.owe(tx, [outbox.Due(str(id), id, "answer", outbox.BULK, now - age)], now - age)
            await marks.mark_once(tx, f"day:{id}", now - age)
        officer = await people.get(tx, CAST["warni"].chat)
        leg = ("ready_at_district", "to_village")
        return [await bags.pack(tx, WORKFLOW, officer, *leg, now - age) for age in (8 * DAY, 6 * DAY)]


async def test_what_had_its_time_is_forgotten_and_the_rest_is_not(morning):
    now = OPENING - 2 * HOUR
    packed = await old_and_young(morning, now)
    await morning.ticks(now + MINUTE)
    async with morning.storage.real.transaction() as tx:
        assert len(await inbox.store(tx, [StoredUpdate(1, 7, "{}"), StoredUpdate(2, 7, "{}")], now)) == 1
        assert [one.chat for one in await outbox.claim(tx, outbox.BULK, now, 10)] == [4]
        assert [await marks.mark_once(tx, f"day:{id}", now) for id in (3, 4)] == [True, False]
        assert [bool(id and await bags.get(tx, id)) for id in packed] == [False, True]


async def test_forgetting_happens_each_hour(quiet_morning):
    now, asked = OPENING - 2 * HOUR, []
    quiet_morning.now = now
    quiet_morning.schedule = quiet_morning.process()
    for minute in (0, 1, 2, 60, 61, 62, -600, -599, -540):  # at last the clock is set back
        before = quiet_morning.storage.asked
        await quiet_morning.ticks(now + minute * MINUTE)
        asked.append(quiet_morning.storage.asked > before)
    assert asked == [True, True, False, False, True, False, True, False, True]


# The whole way


async def test_a_village_officer_reads_it_in_the_morning_and_once(town):
    await town.carries((await town.files("KK"))[0], "ready_at_district")
    town.clock = OPENING + DAY
    before = len(town.warni.heard)
    for _ in range(2):
        await town.parts.schedule.tick()
        await town.passes(1)
    [said] = [text for text in town.warni.heard[before:] if "Selamat pagi" in text]
    assert "Siap dijemput di kecamatan: 1" in said
    assert town.joko.heard == []


async def test_what_was_fetched_before_it_went_out_is_not_mentioned(town):
    [found] = await town.files("KK")
    found = await town.carries(found, "ready_at_district")
    town.clock = OPENING + DAY
    async with town.storage.transaction() as tx:
        await outbox.pause(tx, town.warni.chat, town.clock + HOUR)
    await town.parts.schedule.tick()
    await town.carries(found, "handed_over")
    await town.passes(2 * HOUR / 1000)
    assert not any("Selamat pagi" in text for text in town.warni.heard)

"""Reminders are owed once a day, whatever happens to process and clock."""

import asyncio
import sqlite3
import time
from datetime import date

import pytest

from bot.chores.reminders import Reminders
from bot.demo.cast import CAST
from handlers.context import Services
from storage import outbox, people
from storage.records import DAY, HOUR, MINUTE
from storage.workflow import Workflow
from tests.chores.stage import CLOSING, OPENING
from tests.town import WORKFLOW

EXPECTED = ["kayupuring", "warni"]


async def test_at_opening_time_villages_hear_of_what_lies_ready(morning):
    assert await morning.is_at(OPENING)
    assert await morning.reminded() == EXPECTED


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
    await morning.is_at(at)
    assert await morning.reminded() == []


async def test_a_process_that_starts_late_reminds_still_and_once(morning):
    await morning.is_at(CLOSING - 1000)
    await morning.is_at(CLOSING - 500)
    assert await morning.reminded() == EXPECTED


async def test_a_restart_repeats_nothing(morning):
    await morning.is_at(OPENING)
    morning.restarts()
    await morning.is_at(OPENING + HOUR)
    assert await morning.reminded() == EXPECTED


async def test_a_restart_begins_no_second_round(morning):
    await morning.is_at(OPENING)
    await morning.lies("yosorejo", "ready_at_district")
    morning.restarts()
    await morning.is_at(OPENING + HOUR)
    assert await morning.reminded() == EXPECTED


async def test_each_day_has_its_reminder(morning):
    for day in (0, 1, 0, 1):  # the clock may go back, too
        await morning.is_at(OPENING + day * DAY)
    assert await morning.reminded() == sorted(EXPECTED * 2)


async def test_two_processes_remind_once(morning):
    await asyncio.gather(morning.reminders.owe(), Reminders(morning.services).owe())
    assert await morning.reminded() == EXPECTED


async def test_a_full_disk_leaves_nothing_half_done(morning):
    morning.storage.full = True
    with pytest.raises(sqlite3.OperationalError):
        await morning.is_at(OPENING)
    assert await morning.reminded() == []
    morning.storage.full = False
    assert await morning.is_at(OPENING + MINUTE)
    assert await morning.reminded() == EXPECTED


async def test_where_nothing_waits_nobody_is_reminded_all_day(quiet_morning):
    await quiet_morning.is_at(OPENING)
    await quiet_morning.lies("tlogopakis", "ready_at_district")
    await quiet_morning.is_at(OPENING + HOUR)
    assert await quiet_morning.reminded() == []


async def test_whoever_lost_the_post_is_not_reminded(morning):
    async with morning.storage.real.transaction() as tx:
        [post] = [post for post in await people.posts(tx) if post.chat == CAST["warni"].chat]
        await people.dismiss(tx, post.id, OPENING)
    await morning.is_at(OPENING)
    assert await morning.reminded() == ["kayupuring"]


async def test_which_stages_count_stands_in_the_district_file(morning):
    stages = tuple(stage.model_copy(update={"ready": stage.key == "filed"}) for stage in WORKFLOW.district.stages)
    other = Workflow(WORKFLOW.district.model_copy(update={"stages": stages}))
    await morning.lies("yosorejo", "filed")
    assert await Reminders(Services(morning.storage, other, lambda: morning.now)).owe()
    assert await morning.reminded() == ["yosorejo"]


async def test_the_database_is_not_asked_while_nothing_is_due(morning):
    await morning.is_at(OPENING)
    asked = morning.storage.asked
    for second in range(50):
        await morning.is_at(OPENING + second * 1000)
    assert morning.storage.asked == asked


async def test_to_look_at_night_costs_nothing(quiet_morning):
    begun = time.perf_counter()
    for second in range(50):
        await quiet_morning.is_at(OPENING - 2 * HOUR + second * 1000)
    assert (time.perf_counter() - begun) / 50 < 0.001
    assert quiet_morning.storage.asked == 0


# The whole way


async def test_a_village_officer_reads_it_in_the_morning_and_once(town):
    await town.carries((await town.files("KK"))[0], "ready_at_district")
    town.clock = OPENING + DAY
    before = len(town.warni.heard)
    for _ in range(2):
        await town.chores()
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
    await town.chores()
    await town.carries(found, "handed_over")
    await town.passes(2 * HOUR / 1000)
    assert not any("Selamat pagi" in text for text in town.warni.heard)

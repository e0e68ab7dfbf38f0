"""Reminders are owed once a day, whatever happens to process and clock."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from bot.chores.reminders import Reminders
from bot.demo.cast import CAST
from handlers.context import Services
from storage import outbox, overview, people
from storage.records import DAY, HOUR, MINUTE
from storage.workflow import Workflow
from tests.chores.stage import CLOSING, OPENING
from tests.town import WORKFLOW

EXPECTED = [
    "hadi",
    "joko",
    "kayupuring",
    "slamet",
    "warni",
]  # couriers of what has stood at the district since yesterday


async def test_at_opening_time_villages_hear_of_what_lies_ready(morning):
    assert await morning.is_at(OPENING)
    assert await morning.reminded() == EXPECTED


async def test_five_hundred_of_the_staff_cost_no_query_more_than_the_first(morning):
    await morning.is_at(OPENING)
    first, villages = len(morning.storage.queries), list(WORKFLOW.villages)
    async with morning.storage.real.transaction() as tx:
        for i in range(500):
            role = ("courier", "district_desk", "village_officer")[i % 3]
            village = villages[i % len(villages)] if role == "village_officer" else ""
            await people.give_post(tx, 9_000_000 + i, role, village, None, OPENING)
    morning.restarts()
    morning.storage.queries.clear()
    await morning.is_at(OPENING + DAY)
    assert 0 < len(morning.storage.queries) <= first
    async with morning.storage.real.reading() as tx:
        assert (await overview.oldest_owed(tx))[1] > 200


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
    assert await morning.reminded() == ["hadi", "joko", "kayupuring", "slamet"]


async def test_which_stages_count_stands_in_the_district_file(morning):
    stages = tuple(replace(stage, ready=stage.key == "filed") for stage in WORKFLOW.district.stages)
    other = Workflow(replace(WORKFLOW.district, stages=stages))
    await morning.lies("yosorejo", "filed", at=OPENING - MINUTE)
    assert await Reminders(Services(morning.storage, other, lambda: morning.now)).owe()
    assert "yosorejo" in await morning.reminded()
    assert "kayupuring" not in await morning.reminded()


async def test_the_database_is_not_asked_while_nothing_is_due(morning):
    await morning.is_at(OPENING)
    asked = morning.storage.asked
    for second in range(50):
        await morning.is_at(OPENING + second * 1000)
    assert morning.storage.asked == asked


async def test_to_look_at_night_costs_nothing(quiet_morning):
    for second in range(50):
        await quiet_morning.is_at(OPENING - 2 * HOUR + second * 1000)
    assert quiet_morning.storage.asked == 0


# What stands still


@pytest.mark.parametrize(
    "stage, reminded",
    [
        ("filed", ["hadi", "joko", "slamet", "warni"]),
        (
            "to_district",
            ["hadi", "joko", "rina", "slamet"],
        ),  # brought by a village officer, to be received by whoever may
        ("at_district", ["hadi", "joko", "slamet"]),
        ("at_registry", ["budi", "hadi", "joko", "slamet"]),
        ("issued", ["hadi", "joko", "slamet"]),
        ("from_registry", ["hadi", "joko", "rina"]),  # Joko carries it, and Slamet does not
    ],
)
async def test_what_waits_beyond_its_target_reminds_whoever_can_take_it_further(quiet_morning, stage, reminded):
    since = OPENING - (3 if stage == "at_registry" else 1) * DAY  # to issue it may take a day
    await quiet_morning.lies("tlogopakis", stage, at=since)
    await quiet_morning.is_at(OPENING)
    assert await quiet_morning.reminded() == reminded


async def test_what_came_today_reminds_nobody_of_itself(quiet_morning):
    await quiet_morning.lies("tlogopakis", "at_district", at=OPENING)
    await quiet_morning.is_at(OPENING)
    assert await quiet_morning.reminded() == []


# The whole way


async def test_a_village_officer_reads_it_in_the_morning_and_once(town):
    await town.carries((await town.files("KK"))[0], "ready_at_district")
    town.clock = OPENING + DAY
    before = len(town.warni.heard)
    for _ in range(2):
        await town.chores()
        await town.passes(1)
    [said] = [text for text in town.warni.heard[before:] if "Selamat pagi" in text]
    assert "Siap dijemput di kecamatan: 1 (terlama 1 hari kerja)" in said
    assert town.joko.heard == []


async def test_a_courier_reads_where_to_fetch_what_the_oldest_first_and_each_button_opens_that_bag(town):
    for village, days in (("simego", 7), ("tlogopakis", 1), ("gumelem", 14)):
        by = "warni" if village == "tlogopakis" else village
        town.clock = OPENING + DAY - days * DAY
        await town.files("KK", village=village, by=by)
    town.clock = OPENING + DAY
    await town.chores()
    await town.passes(1)
    [morning] = [seen for seen in town.joko.phone.heard if "Selamat pagi" in seen.text]
    assert morning.text.replace("\u00a0", " ").splitlines() == [
        "Selamat pagi. Rabu 25 Nov",
        "Menunggu dibawa ke kecamatan: Gumelem sejak 11 Nov · Simego sejak 18 Nov · Tlogopakis sejak Selasa",
    ]
    assert morning.buttons == [
        "Gumelem (1): Bawa ke kecamatan", "Simego (1): Bawa ke kecamatan", "Tlogopakis (1): Bawa ke kecamatan",
    ]  # fmt: skip
    assert "Bawa ke kecamatan · Simego · 1 dari 1 dipilih" in await town.joko.taps("Simego (1)")
    assert (await town.joko.taps("✅ 1 berkas · Simego")).startswith("1 berkas dibawa ke kecamatan")


@pytest.mark.parametrize(
    "lang, line",
    [
        ("id", "Menunggu dibawa ke kecamatan: 1 (terlama 1 hari kerja)"),
        ("jv", "Nengga dipunbekta dhateng kecamatan: 1 (paling dangu 1 dinten kerja)"),
        ("en", "Waiting to be taken to the district office: 1 (oldest: 1 working day)"),
    ],
)
async def test_a_village_reads_by_age_what_it_holds_back(town, lang, line):
    async with town.storage.transaction() as tx:
        await people.choose_language(tx, town.warni.chat, lang)
    await town.files("KK")
    town.clock = OPENING + DAY
    await town.chores()
    await town.passes(1)
    assert line in town.warni.screen


async def test_a_stale_reminder_turns_into_the_present(town):
    [found] = await town.files("KK")
    town.clock = OPENING + DAY
    await town.chores()
    await town.passes(1)
    await town.carries(found, "to_district")
    await town.joko.taps("Tlogopakis (1): Bawa ke kecamatan")
    assert "Sudah berubah" in town.joko.alert
    assert "Tugas" in town.joko.screen


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

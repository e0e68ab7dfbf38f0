"""A head closes the counters for some days, and everything that counts working days knows it."""

from datetime import date

import pytest

from bot.chores import closing
from handlers.closures.buttons import Close
from handlers.context import Services
from storage.district import load
from storage.records import HOUR
from storage.workflow import Workflow
from tests.town import Town

WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (25, 26, 27))


@pytest.fixture
async def town(tmp_path):
    """One with a calendar of its own: what is closed here is open for the others."""
    async with Town.open(tmp_path, Workflow(load())) as town:
        yield town


async def test_days_are_closed_by_buttons_and_the_calendar_knows_it_at_once(town: Town):
    assert "Belum ada" in await town.hadi.says("/tutup")
    assert "Sampai hari apa?" in await town.hadi.taps("Rabu 25 Nov")
    await town.hadi.taps("Kamis 26 Nov")
    assert "Rabu 25 Nov–Kamis 26 Nov: jalan tertutup" in await town.hadi.taps("jalan tertutup")
    calendar = town.workflow.calendar
    assert [calendar.is_working(day) for day in (WEDNESDAY, THURSDAY, FRIDAY)] == [False, False, True]


async def test_families_are_told_a_later_day(town: Town):
    town.clock = town.workflow.calendar.closing(date(2026, 11, 24)) - HOUR
    (card,) = await town.files("KK")
    assert "Rabu 25 Nov" in (await town.sari.says(card.number)).splitlines()[-3]
    await town.hadi.forges(close(WEDNESDAY, THURSDAY))
    shown = await town.sari.says(card.number)
    assert "Jumat 27 Nov" in shown


async def test_it_is_taken_back(town: Town):
    await town.hadi.forges(close(WEDNESDAY, WEDNESDAY))
    assert "Belum ada" in await town.hadi.taps("Buka lagi: 25 Nov")
    assert town.workflow.calendar.is_working(WEDNESDAY)


async def test_a_line_closes_days_as_well(town: Town):
    assert "Tutup: Kamis 24 Des–Kamis 31 Des. Alasannya?" in await town.hadi.says("/tutup 24/12 31/12")
    assert "Tutup: Minggu 3 Jan 2027. Alasannya?" in await town.hadi.says("/tutup 3-1")
    assert "Tutup: Kamis 24 Des. Alasannya?" in await town.hadi.says("/tutup 2026-12-24")
    for days in ("besok", "Rabu", "25 Nov", "sesuk", "Nov 25", "Rabu, 25 November 2026"):
        assert "Tutup: Rabu 25 Nov. Alasannya?" in await town.hadi.says(f"/tutup {days}"), days
    for days in (
        "24/12-31/12",
        "24/12-31/12/2026",
        "24/12/2026-31/12",
        "24/12/2026 31/12/2026",
        "24-12-2026 - 31-12-2026",
        "24.12-31.12",
        "24/12 - 31/12",
        "24-31 Des",
        "24 Des s.d. 31 Desember",
    ):
        assert "Tutup: Kamis 24 Des–Kamis 31 Des." in await town.hadi.says(f"/tutup {days}"), days


@pytest.mark.parametrize(
    "line, told",
    [
        ("23/11", "sudah lewat"),
        ("1/12 31/12", "Paling banyak 30 hari"),
        ("31/12 24/12", "Mohon tulis tanggal"),
        ("31/2", "Mohon tulis tanggal"),
        ("Rabu dan Jumat", "Hari yang terpisah: satu per satu"),
        ("minggu depan", "Mohon tulis tanggal"),
        ("1/12/2999", "Mohon tulis tanggal"),
        ("24/12/26", "Mohon tulis tanggal"),  # no two days, and not 12/26
        ("24-12-26", "Mohon tulis tanggal"),
        ("24/12-31", "Mohon tulis tanggal"),
        ("24/12 sampai 31", "Mohon tulis tanggal"),
        ("Jumat 27/11/2026 08.00-12.00", "Mohon tulis tanggal"),  # no whole day
        ("Jumat 9999 8888 7777 6666", "Mohon tulis tanggal"),  # what may be a NIK does not come so far
    ],
)
async def test_what_is_over_too_long_or_no_day_is_refused(town: Town, line, told):
    assert told in await town.hadi.says(f"/tutup {line}")


async def test_days_are_closed_once(town: Town):
    await town.hadi.forges(close(WEDNESDAY, THURSDAY))
    await town.hadi.forges(close(THURSDAY, FRIDAY))
    assert "sudah tutup" in town.hadi.alert
    assert town.workflow.calendar.is_working(FRIDAY)


async def test_only_a_head_closes_days(town: Town):
    assert "Ini tugas petugas lain" in await town.rina.says("/tutup")
    await town.rina.forges(close(WEDNESDAY, WEDNESDAY))
    assert town.workflow.calendar.is_working(WEDNESDAY)


async def test_another_process_learns_of_it_and_of_its_end(database_url):
    async with Town.open(database_url, Workflow(load())) as town:
        await town.hadi.forges(close(WEDNESDAY, WEDNESDAY))
        other = Workflow(load())
        await closing.watch(Services(town.storage, other, lambda: town.clock))
        assert not other.calendar.is_working(WEDNESDAY)
        await town.hadi.taps("Buka lagi: 25 Nov")
        await closing.watch(Services(town.storage, other, lambda: town.clock))
        assert other.calendar.is_working(WEDNESDAY)


def close(first: date, last: date) -> Close:
    return Close(first.toordinal(), last.toordinal(), "road")

"""Births, deaths and moves of a village: on the first working day of a month, and by a button."""

from datetime import date

from handlers.village.buttons import ShowLampid
from tests.handlers.test_morning import mornings
from tests.town import WORKFLOW, Town

NOVEMBER = 2026 * 12 + 10
FIRST, SECOND = (WORKFLOW.calendar.opening(date(2026, 12, day)) for day in (1, 2))


async def test_on_the_first_working_day_a_village_hears_its_counts_once_and_without_a_sound(town: Town):
    for kinds in (("AKL", "KK"), ("AKL",), ("AKM",), ("PINDAH",), ("KTP",)):
        await town.files(*kinds)
    await mornings(town, FIRST)
    [told] = [seen for seen in town.warni.phone.heard if seen.text.startswith("Lampid")]
    town.warni.forgets()
    await mornings(town, SECOND)
    assert not any(text.startswith("Lampid") for text in town.warni.heard)
    assert told.text.splitlines() == [
        "Lampid Desa Tlogopakis, November 2026",
        "Lahir: 2", "Meninggal: 1", "Pindah: 1", "Datang: 0",
        "Dihitung dari yang didaftarkan desa bulan itu.",
    ]  # fmt: skip
    assert told.silent
    assert any(text.startswith("Lampid") for text in town.ningsih.heard)
    assert not any(text.startswith("Lampid") for text in [*town.kayupuring.heard, *town.joko.heard])


async def test_what_another_month_or_village_filed_does_not_count_nor_what_was_withdrawn(town: Town):
    await town.files("AKL", village="simego", by="simego")
    (slip,) = await town.files("AKL")
    await town.warni.says(slip.number)
    await town.warni.taps("Betulkan", "Batalkan Akta lahir")
    town.clock = FIRST
    await town.files("AKL")
    await town.warni.forges(ShowLampid("tlogopakis", NOVEMBER))
    assert "Lahir: 0" in town.warni.screen
    assert "Lahir: 1" in await town.warni.taps("Desember 2026")


async def test_the_months_of_a_village_are_a_button_away_for_those_who_work_there(town: Town):
    await town.files("DATANG")
    await town.warni.says("/tugas")
    await town.warni.taps("Semua Tlogopakis", "Lampid November 2026")
    assert "Datang: 1" in town.warni.screen
    assert town.warni.buttons[0] == "Oktober 2026"
    await town.kayupuring.forges(ShowLampid("tlogopakis", NOVEMBER))
    assert "Ini tugas petugas lain" in town.kayupuring.alert

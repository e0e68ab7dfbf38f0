"""The morning of a village: how long things wait, who fetches them when, and who does not want to hear of it today."""

from datetime import date

import pytest

from handlers.morning.buttons import PromisePickup
from handlers.morning.screens import morning_screen
from locales import words
from storage import people
from storage.mornings import snoozes
from storage.mornings.workload import Morning
from storage.records import DAY, Leg
from tests.gallery import person
from tests.handlers.test_returns import returned
from tests.handlers.test_screens import read
from tests.town import WORKFLOW, Town

OPENING = WORKFLOW.calendar.opening(date(2026, 11, 24))  # a Tuesday
WEDNESDAY, THURSDAY, FRIDAY = OPENING + DAY, OPENING + 2 * DAY, OPENING + 3 * DAY


async def mornings(town: Town, at: int) -> None:
    town.clock = at
    await town.chores()
    await town.passes(1)


async def lies_ready(town: Town) -> None:
    (card,) = await town.files("KK")
    await town.carries(card, "ready_at_district")


@pytest.mark.parametrize(
    "days, said, rings",
    [
        (1, "", False),
        (3, "dahulukan yang terlama", True),
        (4, "dahulukan yang terlama", False),
        (7, "menunggu 7 hari kerja. Mohon diurus hari ini, atau pilih harinya", True),
        (8, "menunggu 8 hari kerja. Mohon diurus", False),
        (14, "menunggu 14 hari kerja. Pimpinan kecamatan juga melihatnya", True),
    ],
)
def test_a_reminder_becomes_firmer_and_rings_on_the_days_on_which_it_does(days, said, rings):
    calendar, since = WORKFLOW.calendar, OPENING
    now = calendar.opening_after(since, days)
    morning = Morning([Leg("ready_at_district", "to_village", "tlogopakis", 2, since)])
    shown = read(morning_screen(WORKFLOW, person("village_officer"), morning, words("id"), now))
    assert f"Siap dijemput di kecamatan: 2 (terlama {days} hari kerja)" in shown
    assert said in shown
    assert ("terlama sudah" in shown or "dahulukan" in shown) is bool(said)
    assert morning.rings(WORKFLOW, calendar.opening_after(since, days - 1), now) is rings


async def test_the_morning_comes_without_a_sound_and_on_the_third_day_with_one(town: Town):
    await lies_ready(town)
    for day in (1, 2, 3):
        await mornings(town, OPENING + day * DAY)
    silent = [seen.silent for seen in town.warni.phone.heard if "Selamat pagi" in seen.text]
    assert silent == [True, True, False]


async def test_a_morning_that_was_skipped_on_the_third_day_rings_on_the_next(any_town: Town):
    town = any_town
    await lies_ready(town)
    await mornings(town, THURSDAY)
    assert town.warni.last.silent
    await town.warni.taps("Ingatkan lagi …", "Senin")
    for day in (3, 6, 7, 8, 9):  # from Friday on; Monday is the fourth working day
        await mornings(town, OPENING + day * DAY)
    assert [seen.silent for seen in town.warni.phone.heard if "Siap dijemput" in seen.text] == [
        False, True, True, False
    ]  # fmt: skip


async def test_the_first_morning_of_somebody_does_not_ring_for_what_became_old_before(any_town: Town):
    town = any_town
    await lies_ready(town)
    for day in (6, 7, 8, 9):  # the fourth working day, to the seventh
        await mornings(town, OPENING + day * DAY)
    assert [seen.silent for seen in town.warni.phone.heard if "Siap dijemput" in seen.text] == [True, True, True, False]


async def test_a_ring_by_a_clock_that_has_been_set_back_since_does_not_count(any_town: Town):
    await lies_ready(any_town)
    async with any_town.storage.transaction() as tx:
        await snoozes.ring(tx, [any_town.warni.chat], OPENING + 400 * DAY)
    await mornings(any_town, OPENING + 3 * DAY)
    assert not any_town.warni.last.silent


async def test_what_came_back_to_a_village_is_in_its_morning(town: Town):
    await returned(town)
    await mornings(town, WEDNESDAY)
    assert "Kembali untuk dilengkapi: 1 (terlama 1 hari kerja)" in town.warni.screen
    assert "belum lengkap" in await town.warni.taps("Perlu dilengkapi: 1")


async def test_a_promise_is_seen_by_the_desk_which_prepares_the_bag_and_by_the_other_officers(town: Town):
    await lies_ready(town)
    await mornings(town, WEDNESDAY)
    assert "Tlogopakis mengambil hari Kamis: 1" in await town.warni.taps("Kamis saya ambil")
    assert "Tlogopakis mengambil hari Kamis: 1" in await town.rina.says("/tugas")
    assert "KK" in await town.rina.taps("Siapkan tas Tlogopakis (1)")


@pytest.mark.parametrize(
    "key, shown",
    [("Jemput di kecamatan (1)", "Tugas"), ("Kamis saya ambil", "Selamat pagi"), ("Hari lain …", "Selamat pagi")],
)
async def test_what_a_colleague_has_done_is_said_at_a_tap_on_the_card_of_the_morning(town: Town, key: str, shown: str):
    async with town.storage.transaction() as tx:
        await people.give_post(tx, town.ningsih.chat, "village_officer", "tlogopakis", None, town.clock)
    await lies_ready(town)
    await mornings(town, WEDNESDAY)
    await town.warni.taps("Jemput di kecamatan (1)", "✅ Jemput di kecamatan (1)")
    assert (await town.ningsih.taps(key)).startswith(shown)
    assert "Sudah berubah" in town.ningsih.alert
    assert not [one for one in town.ningsih.buttons if "Jemput" in one or "ambil" in one]


async def test_a_day_beyond_the_next_seven_is_named_with_its_date(town: Town):
    town.clock = WORKFLOW.calendar.opening(date(2027, 3, 4))  # on Monday the week of Eid begins
    await lies_ready(town)
    await mornings(town, WORKFLOW.calendar.opening(date(2027, 3, 5)))
    assert "Selasa 16 Mar saya ambil" in town.warni.buttons
    await town.warni.taps("Hari lain …")
    assert {"Jumat 5 Mar", "Selasa 16 Mar", "Jumat 19 Mar"} <= set(town.warni.buttons)
    assert "mengambil hari Jumat 19 Mar: 1" in await town.warni.taps("Jumat 19 Mar")


async def test_who_promised_is_not_reminded_before_the_day(town: Town):
    await lies_ready(town)
    await mornings(town, WEDNESDAY)
    await town.warni.taps("Hari lain …", "Jumat")
    town.warni.forgets()
    await mornings(town, THURSDAY)
    assert town.warni.heard == []
    await mornings(town, FRIDAY)
    assert "Tlogopakis mengambil hari ini: 1" in town.warni.screen


async def test_a_promise_that_is_missed_rolls_over_to_the_next_morning_and_rings(town: Town):
    await lies_ready(town)
    await mornings(town, WEDNESDAY)
    await town.warni.taps("Kamis saya ambil")
    await mornings(town, FRIDAY)
    assert "Tlogopakis belum jadi mengambil: 1" in town.warni.screen
    assert not town.warni.last.silent
    assert "Tlogopakis belum jadi mengambil: 1" in await town.rina.says("/tugas")
    assert town.ningsih.heard == []  # who files in the village and fetches nothing


async def test_what_is_fetched_ends_the_promise(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "ready_at_district")
    await mornings(town, WEDNESDAY)
    await town.warni.taps("Kamis saya ambil")
    await town.carries(card, "handed_over")
    assert "mengambil" not in await town.rina.says("/tugas")


async def test_a_promise_can_be_taken_back(town: Town):
    await lies_ready(town)
    await mornings(town, WEDNESDAY)
    await town.warni.taps("Kamis saya ambil")
    assert "mengambil" not in await town.warni.taps("Tidak jadi")
    assert "mengambil" not in await town.rina.says("/tugas")


@pytest.mark.parametrize("day", [OPENING - DAY, OPENING + 5 * DAY, OPENING + 30 * DAY])
async def test_a_day_that_was_not_offered_is_not_taken(town: Town, day):
    await lies_ready(town)
    number = WORKFLOW.calendar.day(day).toordinal()
    await town.warni.forges(PromisePickup("tlogopakis", number))
    assert "Sudah berubah" in town.warni.alert
    assert "mengambil" not in await town.rina.says("/tugas")


async def test_another_village_promises_nothing_for_this_one(town: Town):
    await lies_ready(town)
    number = WORKFLOW.calendar.day(THURSDAY).toordinal()
    await town.kayupuring.forges(PromisePickup("tlogopakis", number))
    assert "mengambil" not in await town.rina.says("/tugas")


async def test_who_puts_it_off_hears_of_it_again_on_the_day(town: Town):
    await lies_ready(town)
    await mornings(town, WEDNESDAY)
    await town.warni.taps("Ingatkan lagi …")
    assert "Bapak/Ibu akan diingatkan lagi Jumat 27 Nov" in await town.warni.taps("Jumat")
    town.warni.forgets()
    await mornings(town, THURSDAY)
    assert town.warni.heard == []
    await mornings(town, FRIDAY)
    assert "Siap dijemput" in town.warni.screen

"""The list of work, and reminders of it."""

from dataclasses import replace

import pytest

from handlers.bags.task_lists import Besides, tasks_screen
from handlers.wording.waiting import leg_buttons, next_rows
from locales import words
from storage import people
from storage.records import DAY, Leg
from storage.road.consignments import Consignment
from storage.workflow import Workflow
from tests.gallery import NOW, WORKFLOW, person
from tests.handlers.test_bags import bag_of
from tests.handlers.test_screens import labels, read
from tests.town import Town


async def test_a_courier_sees_what_waits_by_leg_with_counts(town: Town):
    await bag_of(town, 3)
    await bag_of(town, 2, "issued")
    assert "Tugas" in await town.joko.says("/tugas")
    assert [label.split(" · ")[0] for label in town.joko.buttons] == [
        "Bawa ke Disdukcapil (3)", "Jemput dari Disdukcapil (2)", "Muat ulang", "Cari …", "Pengganti …",
    ]  # fmt: skip


async def test_the_oldest_age_is_shown_and_warns(town: Town):
    await bag_of(town, 1)
    town.clock += 3 * 24 * 3600 * 1000
    await town.joko.says("/tugas")
    assert "Bawa ke Disdukcapil: Tlogopakis 1 ⚠ sejak Selasa" in town.joko.screen
    assert "⚠" in town.joko.buttons[0]


async def test_tasks_are_for_staff(town: Town):
    assert "petugas" in await town.sari.says("/tugas")


async def test_what_is_printed_here_and_what_is_brought_here_are_two_tasks(town: Town):
    await bag_of(town, 1, "from_registry")
    (letter,) = await town.files("PINDAH")
    await town.carries(letter, "issued")
    await town.rina.says("/tugas")
    assert town.rina.buttons[:2] == ["Cetak di kecamatan (1)", "Terima dokumen jadi (1)"]
    await town.rina.taps("Cetak di kecamatan")
    assert town.rina.screen.startswith("Cetak di kecamatan · 1 dari 1 dipilih")
    assert town.rina.buttons[1] == "✅ 1 berkas · Tlogopakis"
    assert (await town.rina.taps("✅")).startswith("1 dokumen dicetak di kecamatan, ")


async def test_a_card_names_the_task_in_the_words_of_its_road(town: Town):
    (letter,) = await town.files("PINDAH")
    await town.carries(letter, "issued")
    await town.rina.says(letter.number)
    assert town.rina.buttons[0] == "✅ Cetak di kecamatan"


def test_a_morning_names_the_task_in_the_words_of_its_road():
    printed = Leg("issued", "ready_at_district", "simego", 1, NOW)
    (key,) = leg_buttons(WORKFLOW, person("district_desk"), [printed], words("id"))
    assert key.label == "Simego (1): Cetak di kecamatan"


@pytest.mark.parametrize("count, said", [(16, ""), (17, "Diantar dan belum dihitung: 17; yang terlama di bawah.")])
def test_of_more_that_nobody_has_counted_than_have_a_button_it_is_told_how_many(count: int, said: str):
    brought = Besides(uncounted=[Consignment(1, "at_district", 1, 3, NOW - 2 * DAY)] * count)
    desk = person("district_desk")
    screen = tasks_screen(WORKFLOW, desk, [], [], words("id"), NOW, 0, brought)
    assert sum("Hitung" in label for label in labels(screen)) == 16
    assert "\n".join(read(screen).splitlines()[1:]) == said


def test_two_tasks_of_the_same_name_are_told_apart():
    stages = [replace(stage, on={}, leg_of={}) for stage in WORKFLOW.district.stages]
    district = replace(WORKFLOW.district, stages=tuple(stages))
    found = [Leg(origin, "ready_at_district", "simego", 1, NOW) for origin in ("issued", "from_registry")]
    screen = tasks_screen(Workflow(district), person("courier"), found, [], words("id"), NOW)
    assert labels(screen)[:2] == ["Pulang ke kecamatan (1) · terbit", "Pulang ke kecamatan (1) · dijemput petu…"]


async def test_an_officer_who_was_away_for_days_is_reminded_of_today_alone(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "ready_at_village")
    town.warni.phone.block()
    await town.settled()
    town.warni.forgets()
    for _ in range(3):
        town.clock += 24 * 3600 * 1000
        await town.chores()
        await town.settled()
    town.warni.phone.unblock()
    await town.settled()
    assert sum("Selamat pagi" in text for text in town.warni.heard) == 1


async def test_the_morning_reminder_opens_the_bags(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KTP")
    await town.carries(card, "ready_at_district")
    await town.carries(other, "ready_at_village")
    town.clock += 24 * 3600 * 1000
    await town.chores()
    await town.passes(0)
    assert "Siap dijemput di kecamatan: 1" in town.warni.screen
    assert "Menunggu diambil warga di desa: 1" in town.warni.screen
    assert "Dokumen siapa?" in await town.warni.taps("Serahkan ke warga")


async def test_a_reporter_sees_what_they_filed_and_where_it_is(town: Town):
    assert "belum" in await town.ningsih.says("/tugas")
    (card,) = await town.files("AKL", by="ningsih")
    await town.files("KK")
    await town.carries(card, "at_district")
    shown = await town.ningsih.says("/tugas")
    assert "Akta lahir: Berkas diterima di kecamatan" in shown
    assert len(town.ningsih.buttons) == 2  # a number, and the way to look for another


@pytest.mark.parametrize("role, village", [("village_officer", "simego"), ("courier", "")])
async def test_a_reminder_opens_what_lies_in_its_village_whatever_else_the_officer_is(town: Town, role, village):
    async with town.storage.transaction() as tx:
        await people.give_post(tx, town.warni.chat, role, village, "id", town.clock)
    for where, by in (("tlogopakis", "warni"), ("simego", "simego")):
        (card,) = await town.files("KK", village=where, by=by)
        await town.carries(card, "ready_at_district")
    await town.chores()
    await town.settled()
    (morning,) = [seen for seen in town.warni.phone.heard if "Selamat pagi" in seen.text]  # one, of all posts
    town.warni.phone.tap("Tlogopakis (1): Jemput di kecamatan", message=morning.id)
    await town.settled()
    (packed,) = [seen for seen in town.warni.phone.heard if "1 dari 1 dipilih" in seen.text]
    assert "+" not in packed.text
    town.warni.phone.tap("Muat ulang", message=packed.id)
    await town.settled()
    assert [seen.text for seen in town.warni.phone.heard if "2 dari 2" in seen.text] == []


def test_what_was_just_taken_is_the_first_of_what_is_carried():
    carried = [
        Leg("to_district", "at_district", "simego", 5, NOW, mine=True),
        Leg("to_registry", "at_registry", "simego", 4, NOW, mine=True),
        Leg("from_registry", "ready_at_district", "simego", 3, NOW, mine=True),
    ]
    rows = next_rows(WORKFLOW, person("courier"), carried, ("issued", "from_registry"), "from_registry", words("id"))
    assert [one.label for (one,) in rows] == ["🛵 Pulang ke kecamatan (3)", "🛵 Serahkan di kecamatan (5)"]

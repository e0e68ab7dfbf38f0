"""The list of work and its bags, where roads meet, others were faster, or nothing is left to do."""

import pytest

from handlers.bags.screens import tasks_screen
from locales import words
from storage import bags, people
from storage.workflow import Workflow
from tests.gallery import NOW, WORKFLOW
from tests.handlers.test_officer import bag_of
from tests.handlers.test_screens import labels
from tests.town import Town


async def test_what_is_printed_here_and_what_is_brought_here_are_two_tasks(town: Town):
    await bag_of(town, 1, "from_registry")
    (letter,) = await town.files("PINDAH")
    await town.carries(letter, "issued")
    await town.rina.says("/tugas")
    assert town.rina.buttons[:2] == ["Cetak di kecamatan (1)", "Serahkan ke kecamatan (1)"]
    await town.rina.taps("Cetak di kecamatan")
    assert town.rina.screen.startswith("Cetak di kecamatan · 1 dari 1 dipilih")
    assert town.rina.buttons[1] == "✅ 1 dokumen dicetak di kecamatan"
    assert (await town.rina.taps("✅")).startswith("1 dokumen dicetak di kecamatan, ")


async def test_a_card_names_the_task_in_the_words_of_its_road(town: Town):
    (letter,) = await town.files("PINDAH")
    await town.carries(letter, "issued")
    await town.rina.says(letter.number)
    assert town.rina.buttons[0] == "✅ Cetak di kecamatan"


def test_two_tasks_of_the_same_name_are_told_apart():
    stages = [stage.model_copy(update={"on": {}}) for stage in WORKFLOW.district.stages]
    district = WORKFLOW.district.model_copy(update={"stages": tuple(stages)})
    groups = [(origin, "ready_at_district", 1, NOW) for origin in ("issued", "from_registry")]
    screen = tasks_screen(Workflow(district), groups, words("id"), NOW)
    assert labels(screen)[:2] == ["Serahkan ke kecamatan (1) · terbit", "Serahkan ke kecamatan (1) · dijemput pe…"]


async def test_every_document_that_others_moved_is_counted(town: Town):
    await bag_of(town, 25)
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (25)")
    await town.slamet.taps("✅")
    await town.joko.taps("✅ 25 berkas")
    assert "25 sudah dicatat" in town.joko.screen


async def test_a_full_bag_says_how_many_more_wait(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bags, "MOST", 3)
    await bag_of(town, 5)
    await town.joko.says("/tugas")
    assert "3 dari 3 dipilih" in await town.joko.taps("Bawa ke Disdukcapil (5)")
    assert "2 berkas lagi menunggu" in town.joko.screen
    assert "Muat ulang" not in town.joko.screen


async def test_a_bag_with_nothing_ticked_is_not_completed(town: Town):
    await bag_of(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    town.joko.phone.tap("Kosongkan semua")
    await town.joko.taps("✅ 2 berkas")  # faster than the card can follow
    assert "paling sedikit satu" in town.joko.alert
    assert "0 dari 2" in town.joko.screen


async def test_whoever_unticks_quickly_waits_for_one_card_and_not_for_each(town: Town):
    await bag_of(town, 6)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    town.sandbox.calls.clear()
    lines = [label for label in town.joko.buttons if label.startswith("☑")]
    for line in lines[:5]:
        town.joko.phone.tap(line)
    await town.settled()
    assert "1 dari 6" in town.joko.screen
    assert not town.joko.phone.unanswered
    assert sum(call.method == "editMessageText" for call in town.sandbox.calls) == 1


async def test_a_tap_on_another_card_or_of_another_kind_leaves_no_card_as_it_was(town: Town):
    await bag_of(town, 3)
    for _ in range(2):
        await town.joko.says("/tugas")
        await town.joko.taps("Bawa ke Disdukcapil")
    one, other = [seen.id for seen in town.joko.phone.heard if "3 dari 3" in seen.text]
    line = next(label for label in town.joko.buttons if label.startswith("☑"))
    town.joko.phone.tap(line, message=one)
    town.joko.phone.tap(line, message=other)
    town.joko.phone.tap("Buka satu", message=other)
    await town.settled()
    edited = [call.params["message_id"] for call in town.sandbox.calls if call.method == "editMessageText"]
    assert edited[-3:] == [str(one), str(other), str(other)]


@pytest.mark.parametrize("role, village", [("village_officer", "simego"), ("courier", "")])
async def test_a_reminder_opens_what_lies_in_its_village_whatever_else_the_officer_is(town: Town, role, village):
    async with town.storage.transaction() as tx:
        await people.give_post(tx, town.warni.chat, role, village, "id", town.clock)
    for where, by in (("tlogopakis", "warni"), ("simego", "simego")):
        (card,) = await town.files("KK", village=where, by=by)
        await town.carries(card, "ready_at_district")
    await town.chores()
    await town.settled()
    (tlogopakis,) = [seen for seen in town.warni.phone.heard if "Desa Tlogopakis" in seen.text]
    town.warni.phone.tap("Jemput di kecamatan (1)", message=tlogopakis.id)
    await town.settled()
    (packed,) = [seen for seen in town.warni.phone.heard if "1 dari 1 dipilih" in seen.text]
    assert "+" not in packed.text
    town.warni.phone.tap("Muat ulang", message=packed.id)
    await town.settled()
    assert [seen.text for seen in town.warni.phone.heard if "2 dari 2" in seen.text] == []


async def test_a_tap_resent_after_undo_does_not_say_that_it_counts(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    keys = [key for row in town.joko.last.message.body["reply_markup"]["inline_keyboard"] for key in row]
    (done,) = [key["callback_data"] for key in keys if "✅" in key["text"]]
    await town.joko.taps("✅ 1 berkas")
    await town.joko.taps("Urungkan")
    assert (await town.joko.forges(done)).startswith("Diurungkan")
    assert "Sudah berubah" in town.joko.alert

"""One document at a time: found, moved, taken back."""

import asyncio

import pytest

from handlers.documents.buttons import TakeLeg
from handlers.wording.layout import grouped
from storage import documents
from storage.news import cards
from storage.records import Document
from tests.handlers.test_bags import bag_of
from tests.town import Town


async def test_one_document_can_be_opened_and_completed_alone(town: Town):
    numbers = await bag_of(town, 3)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil", "Buka satu")
    assert grouped(numbers[2]) in await town.joko.taps(grouped(numbers[2]))
    assert (await town.joko.taps("✅ Bawa ke Disdukcapil")).startswith("1 berkas dibawa")


async def test_undo_takes_back_before_anyone_is_told(town: Town):
    numbers = await bag_of(town, 2)
    await town.follows(town.sari, numbers[0])
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil", "✅ 2 berkas", "Urungkan")
    await town.grace()
    assert town.sari.heard == []
    await town.joko.says("/tugas")
    assert town.joko.buttons[0].startswith("Bawa ke Disdukcapil (2)")


async def test_undo_is_over_after_ten_minutes_and_the_card_said_when(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    assert "Bisa diurungkan sampai Selasa 24 Nov pukul 08.21" in await town.joko.taps("✅ 1 berkas")
    await town.passes(600)
    await town.joko.taps("Urungkan")
    assert "terlambat" in town.joko.alert
    assert "Urungkan" not in str(town.joko.buttons)


@pytest.mark.parametrize(
    ("news", "heard"), [("mine", ["sees"]), ("all", ["sees", "hears"])], ids=["what concerns them", "every stage"]
)
async def test_of_a_step_on_the_way_it_is_said_that_whoever_follows_can_see_it(town: Town, news: str, heard: list[str]):
    """For all but those who chose every stage it changes a card, and no message comes."""
    [number] = await bag_of(town, 1)
    await town.follows(town.sari, number)
    await town.sari.says(number)
    async with town.storage.transaction() as tx:
        await cards.choose(tx, town.sari.chat, news)
    before = len(town.sari.heard)
    await town.joko.says("/tugas")
    acted = await town.joko.taps("Bawa ke Disdukcapil", "✅ 1 berkas")
    assert "1 orang yang mengikuti bisa melihatnya; yang memilih setiap tahap akan dikabari." in acted
    await town.grace()
    assert "sedang dibawa petugas Jek-Duk" in str([seen.text for seen in town.sari.phone.heard])
    assert len(town.sari.heard) - before == len(heard) - 1


async def test_of_what_rings_it_is_said_that_they_are_told(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "from_registry")
    await town.follows(town.sari, card.number)
    await town.joko.says(card.number)
    assert "1 orang akan dikabari." in await town.joko.taps("✅")


async def test_whoever_was_told_of_a_mistake_hears_that_it_was_one_and_nobody_else(town: Town):
    numbers = await bag_of(town, 2)
    await town.follows(town.sari, numbers[0])
    await town.follows(town.paijo, numbers[1])
    await town.follows(town.emma, numbers[0])
    town.emma.phone.block()
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil", "✅ 2 berkas")
    await town.grace()
    assert "2 orang yang mengikuti melihat yang benar" in await town.joko.taps("Urungkan")
    await town.settled()
    town.emma.phone.unblock()
    await town.settled()
    assert town.sari.screen.splitlines() == [
        "Mohon maaf, kabar kami keliru.",
        f"Kartu Keluarga {grouped(numbers[0])} sekarang: berkas diterima di kecamatan.",
    ]
    assert town.paijo.screen.startswith("Nyuwun pangapunten")
    assert town.emma.heard == []


async def test_the_next_task_leaves_the_way_back_where_it_is(town: Town):
    numbers = await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil", "✅ 1 berkas", "Tugas berikutnya")
    assert "Tugas" in town.joko.screen
    await town.joko.taps("Urungkan")
    (card,) = await find_all(town, numbers)
    assert card.stage == "at_district"


async def find_all(town: Town, numbers: list[str]) -> list[Document]:
    """The documents of these numbers."""
    async with town.storage.reading() as tx:
        return [one for number in numbers for one in (await documents.status(tx, number, 0, town.clock)).documents]


async def test_a_village_acts_for_itself_alone(town: Town):
    (card,) = await town.files("KK", village="kayupuring", by="kayupuring")
    await town.warni.forges(TakeLeg(card.id, card.version, "to_district"))
    assert "Ini tugas petugas lain" in town.warni.alert
    assert town.warni.heard == []  # not even where it is
    assert (await town.document(card)).stage == "filed"


async def test_a_courier_cannot_hand_over_to_families(town: Town):
    (card,) = await town.files("KTP")
    card = await town.carries(card, "ready_at_village")
    await town.joko.forges(TakeLeg(card.id, card.version, "handed_over"))
    assert "Ini tugas petugas lain" in town.joko.alert
    assert town.sari.heard == []


async def test_the_village_hears_at_once_and_silently_that_something_is_ready(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "from_registry")
    await town.rina.says(card.number)
    await town.rina.taps("✅ Terima dokumen jadi")
    await town.grace()
    assert "siap" in town.warni.screen.lower()


async def test_whoever_was_dismissed_takes_nothing_back(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil", "✅ 1 berkas")
    async with town.storage.transaction() as tx:
        await tx.all("end_post", id=(await town.person(town.joko)).posts[0].id, now=town.clock)
    await town.joko.taps("Urungkan")
    assert "Ini untuk petugas" in town.joko.alert


async def test_officers_find_a_file_by_its_last_digits(town: Town):
    (card,) = await town.files("KK")
    assert grouped(card.number) in await town.warni.says(f"/cari {card.number[-4:]}")
    assert "✅ Bawa ke kecamatan" in town.warni.buttons


async def test_a_village_finds_only_its_own(town: Town):
    (card,) = await town.files("KK", village="kayupuring", by="kayupuring")
    assert "Tidak ada" in await town.warni.says(f"/cari {card.number[-6:]}")


async def test_taps_fifty_milliseconds_apart_by_two_people_move_once(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    tap = TakeLeg(card.id, card.version, "to_registry")
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
    await asyncio.gather(town.joko.forges(tap), town.slamet.forges(tap))
    assert (await town.document(card)).version == card.version + 1
    assert sum("Sudah berubah" in p.alert or "Sampun gantos" in p.alert for p in (town.joko, town.slamet)) == 1


async def test_what_i_moved_myself_by_another_way_is_not_said_to_be_anothers(town: Town):
    one, other = await town.files("KK", "KTP")
    for document in (one, other):
        await town.carries(document, "ready_at_district")
    await town.warni.says("/tugas")
    await town.warni.taps("Jemput di kecamatan")
    old = next(key["callback_data"] for row in town.warni.last.message.buttons for key in row if "✅" in key["text"])
    found = await town.document(one)
    await town.warni.forges(TakeLeg(found.id, found.version, "ready_at_village"))
    await town.warni.forges(old)
    assert "1 berkas sudah Bapak/Ibu catat" in town.warni.screen


async def test_a_tap_resent_after_undo_does_not_say_that_it_counts(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    keys = [key for row in town.joko.last.message.body["reply_markup"]["inline_keyboard"] for key in row]
    (done,) = [key["callback_data"] for key in keys if "✅" in key["text"]]
    await town.joko.taps("✅ 1 berkas", "Urungkan")
    assert (await town.joko.forges(done)).startswith("Diurungkan")
    assert "Sudah berubah" in town.joko.alert

"""What is ticked in a bag, and whole queues of several villages: put on hold, taken back, and seen from open cards."""

from handlers.bags.buttons import CompleteBag
from handlers.holds.buttons import STAGE, THESE, TYPE, PutOnHold
from handlers.wording.layout import grouped
from tests.handlers.test_holds import brought, hold, hold_all
from tests.storage.cast import ask
from tests.town import Town


async def test_the_ticked_lines_of_a_bag_are_held_together(town: Town):
    cards = [await brought(town, at="at_district") for _ in range(3)]
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps(grouped(cards[0].number))
    for label in ("Tunda", "Jalan sedang", "Belum tahu", "✅ Tunda 2 berkas"):
        await town.joko.taps(label)
    assert [(await town.document(each)).hold for each in cards] == [None, "road", "road"]


async def test_a_reason_that_concerns_other_kinds_is_not_offered_nor_taken(town: Town):
    death, card = await brought(town, type="AKM"), await brought(town)
    await town.hadi.says(death.number)
    await town.hadi.taps("Tunda …")
    asks_of_the_dead = ("Kartu kosong", "Alat foto", "Datang sendiri", "Nama bayi")
    assert not [label for label in town.hadi.buttons if label.startswith(asks_of_the_dead)]
    assert "Menunggu tanda tangan Kepala Disdukcapil" in town.hadi.buttons
    await town.hadi.forges(PutOnHold(death.id, death.version, "blank", 0, THESE))
    await town.hadi.forges(PutOnHold(card.id, card.version, "blank", 0, STAGE))
    assert [(await town.document(each)).hold for each in (death, card)] == [None, None]
    await town.hadi.forges(PutOnHold(card.id, card.version, "blank", 0, TYPE))
    assert [(await town.document(each)).hold for each in (death, card)] == [None, "blank"]


async def newest_bag(town: Town) -> int:
    ((bag,),) = await ask(town.storage, "select max(id) from bag")
    return int(bag)


async def test_a_bag_that_was_open_while_its_queue_was_held_takes_nothing_along(town: Town):
    cards = [await brought(town, at="at_district") for _ in range(2)]
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await hold_all(town, town.hadi, cards[0], "Jalan sedang", "Semua di mana pun")
    said = await town.joko.taps(grouped(cards[0].number))
    assert "2 berkas ditunda sementara itu." in said
    assert "dicatat" not in said
    await town.joko.forges(CompleteBag((await newest_bag(town)), "to_registry"))
    assert [(await town.document(each)).stage for each in cards] == ["at_district"] * 2
    await town.joko.says("/tugas")
    assert town.joko.buttons == ["⏸ 2 · Jalan tertutup", "Muat ulang", "Cari …", "Pengganti …"]


async def test_a_bag_whose_lines_were_held_one_by_one_meanwhile_does_not_become_the_card_of_a_family(town: Town):
    cards = [await brought(town, at="at_district") for _ in range(2)]
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    bag = await newest_bag(town)
    for card in cards:
        await town.joko.forges(PutOnHold(card.id, card.version, "road", 0, THESE))
    said = await town.joko.forges(PutOnHold(bag, 0, "road", 0, THESE))
    assert town.joko.alert == "Sudah tercatat sebelumnya."
    assert said.startswith("2 berkas sudah Bapak/Ibu catat")


async def test_a_village_hears_of_its_own_when_the_hold_of_a_whole_queue_is_taken_back(town: Town):
    (card, *_) = [await brought(town) for _ in range(2)]
    for _ in range(2):
        (other,) = await town.files("KTP", village="kayupuring", by="kayupuring")
        await town.carries(other, "at_registry")
    await hold_all(town, town.budi, card, "Kartu kosong", "Semua KTP-el di sini (4)")
    await town.grace()
    assert "Kayupuring" not in town.warni.screen
    await town.budi.taps("Urungkan")
    await town.settled()
    assert "Mohon maaf" in town.warni.screen
    assert "Tlogopakis: KTP-el 2" in town.warni.screen
    assert "Kayupuring" not in town.warni.screen


async def test_the_history_tells_what_stood_still_and_why(any_town: Town):
    town = any_town
    card = await brought(town, town.sari)
    await hold(town, town.budi, card, "Kartu kosong")
    await town.passes(3600)
    await town.budi.says(card.number)
    await town.budi.taps("Lanjutkan")
    await town.sari.says(card.number)
    *_, held, why, released = (await town.sari.taps("Riwayat")).splitlines()
    assert held.endswith("tertunda: berkas diterima di Disdukcapil")
    assert why.strip() == "Sebab: kartu kosong (blangko) sedang habis."
    assert released.endswith("berlanjut: berkas diterima di Disdukcapil")

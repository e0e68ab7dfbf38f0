"""Documents that stand still: put on hold, told once, looked at again, let go on."""

import pytest

from handlers.holds.buttons import (
    EVERYWHERE,
    STAGE,
    THESE,
    Extend,
    HoldWhat,
    HoldWhy,
    LetAllGo,
    LetGo,
    PutOnHold,
    ShowHold,
)
from handlers.wording.layout import grouped
from storage.holds import queues
from storage.records import Document
from tests.town import Inhabitant, Town

WEDNESDAY = "Kami cek Rabu 25 Nov."


async def brought(town: Town, *followers: Inhabitant, type: str = "KTP", at: str = "at_registry") -> Document:
    """A document that has come to a stage, and people who want to know what becomes of it."""
    (card,) = await town.files(type)
    for who in followers:
        await town.follows(who, card.number)
    card = await town.carries(card, at)
    await town.grace()
    for who in (*followers, town.warni):
        who.forgets()
    return card


async def hold(town: Town, who: Inhabitant, card: Document, reason: str, day: str = "Rabu") -> str:
    """With a day for what has one; where it is the family's turn none is asked."""
    await who.says(card.number)
    for label in ("Tunda", reason, *[day] * (reason != "Datang sendiri"), "✅ Tunda 1 berkas"):
        await who.taps(label)
    return who.screen


async def hold_all(town: Town, who: Inhabitant, card: Document, reason: str, much: str) -> str:
    await who.says(card.number)
    for label in ("Tunda", reason, "Rabu", much, "✅ Tunda"):
        await who.taps(label)
    return who.screen


async def cause_of(town: Town, card: Document) -> int:
    async with town.storage.reading() as tx:
        cause = await queues.of_document(tx, card.id)
    assert cause
    return cause.id


async def test_a_card_is_held_in_four_taps_and_its_family_hears_why_and_until_when(town: Town):
    card = await brought(town, town.sari, town.paijo, town.emma)
    assert "1 berkas ditunda" in await hold(town, town.budi, card, "Kartu kosong")
    await town.grace()
    number = grouped(card.number)
    why = f"Tertunda: blangko habis. KTP-el {number}."
    assert town.sari.heard == [f"{why}\nMohon maaf. Cukup menunggu; kami cek Rabu 25 Nov. 🏛"]
    assert town.paijo.heard[0].splitlines() == [
        f"Katundha: blangko telas. KTP-el {number}.",
        "Nyuwun pangapunten. Cekap ngrantos; kula priksa Rebo 25 Nov. 🏛",
    ]
    assert town.emma.heard[0].splitlines() == [
        f"On hold: no blank cards. Identity card (KTP-el) {number}.",
        "Sorry. You only need to wait; we look at it again on Wednesday 25 Nov. 🏛",
    ]
    assert town.warni.heard == [f"{why}\n{WEDNESDAY} 🏛"]
    assert town.sari.last.silent


async def test_what_families_will_read_is_shown_before_it_is_sent(town: Town):
    card = await brought(town)
    await town.budi.says(card.number)
    for label in ("Tunda", "Kartu kosong", "Rabu"):
        await town.budi.taps(label)
    assert f"“Kartu kosong (blangko) sedang habis. {WEDNESDAY}”" in town.budi.screen


async def test_the_phone_rings_when_it_is_the_familys_turn_and_says_what_to_do(town: Town):
    card = await brought(town, town.sari)
    await hold(town, town.budi, card, "Datang sendiri")
    await town.grace()
    assert town.sari.screen.splitlines() == [
        f"Tertunda: datang sendiri rekam data. KTP-el {grouped(card.number)}.",
        "Bawa KK dan resi ke kantor kecamatan. Gratis. 🏛",
    ]
    assert not town.sari.last.silent
    assert town.warni.last.silent
    assert "Bawa" not in town.warni.screen


async def test_where_somebody_died_it_is_told_without_pictures(town: Town):
    card = await brought(town, town.sari, type="AKM")
    await hold(town, town.budi, card, "Listrik")
    await town.grace()
    assert town.sari.screen.startswith("Tertunda: listrik padam. Akta Kematian")


async def test_one_tap_lets_it_go_on_and_whoever_heard_that_it_stopped_hears_so(town: Town):
    card = await brought(town, town.sari)
    await hold(town, town.budi, card, "Kartu kosong", "Belum tahu")
    await town.grace()
    await town.budi.says(card.number)
    assert "1 berkas dilanjutkan" in await town.budi.taps("▶ Lanjutkan")
    await town.grace()
    assert town.sari.screen == (
        f"Berlanjut: KTP-el {grouped(card.number)}.\nBiasanya terbit paling lambat Rabu 25 Nov. 🏛"
    )
    assert town.sari.last.silent


async def test_what_goes_on_before_anybody_heard_that_it_stopped_is_told_to_nobody(town: Town):
    card = await brought(town, town.sari)
    await hold(town, town.budi, card, "Kartu kosong")
    await town.budi.says(card.number)
    await town.budi.taps("▶ Lanjutkan")
    await town.grace()
    assert town.sari.heard == town.warni.heard == []


async def test_a_hold_is_taken_back_as_a_move_is(town: Town):
    card = await brought(town, town.sari)
    await hold(town, town.budi, card, "Kartu kosong")
    await town.budi.taps("Urungkan")
    await town.grace()
    assert (await town.document(card)).hold is None
    assert town.sari.heard == []


async def test_the_status_says_since_when_and_the_familys_place_in_turn(town: Town):
    first, second = await brought(town), await brought(town)
    await hold_all(town, town.budi, second, "Kartu kosong", "Semua KTP-el")
    said = await town.sari.says(second.number)
    assert "Di Disdukcapil. Tertunda sejak 24 Nov: kartu kosong (blangko) sedang habis." in said
    assert f"habis. Giliran ke-2. {WEDNESDAY}" in said
    assert "Giliran ke-1." in await town.sari.says(first.number)
    await town.budi.says(second.number)
    await town.budi.taps("⏸")
    labels = [one for one in town.budi.buttons if "KTP-el" in one]
    assert [one[:4] for one in labels] == [first.number[-4:], second.number[-4:]]


async def test_the_numbers_that_are_followed_say_which_of_them_stand_still(town: Town):
    card = await brought(town, town.sari)
    await brought(town, town.sari)
    await hold(town, town.budi, card, "Kartu kosong")
    said = (await town.sari.says("/status")).splitlines()
    assert [line.endswith("Berkas diterima di Disdukcapil (tertunda)") for line in said if "KTP-el" in line] == [
        False,
        True,
    ]


async def test_a_queue_is_held_and_let_go_on_with_one_tap_each(any_town: Town):
    town = any_town
    one, other, family = await brought(town, town.sari), await brought(town), await brought(town, type="KK")
    town.warni.forgets()
    assert "2 berkas ditunda" in await hold_all(town, town.budi, one, "Kartu kosong", "Semua KTP-el di sini (2)")
    await town.grace()
    assert town.warni.heard == [
        f"Tertunda: 2 berkas.\nTlogopakis: KTP-el 2\nKartu kosong (blangko) sedang habis. {WEDNESDAY}"
    ]
    await town.budi.says(other.number)
    await town.budi.taps("⏸")
    assert "2 berkas dilanjutkan" in await town.budi.taps("✅ Lanjutkan 2 berkas")
    assert [(await town.document(each)).hold for each in (one, other, family)] == [None] * 3
    await town.grace()
    assert town.sari.screen.startswith("Berlanjut")


async def test_what_comes_to_a_held_queue_is_held_and_its_family_hears_both_at_once(town: Town):
    card, coming = await brought(town), await brought(town, town.sari, at="to_registry")
    await town.follows(town.emma, coming.number, news="")
    await hold_all(town, town.budi, card, "Kartu kosong", "Semua KTP-el")
    await town.joko.says(coming.number)
    await town.joko.taps("✅ Serahkan")
    assert "1 berkas tertunda di sana: kartu kosong (blangko) sedang habis." in town.joko.screen
    await town.grace()
    (said,) = town.sari.heard
    assert said.startswith("Diterima Disdukcapil: ")
    assert said.splitlines()[1:] == [
        "Tertunda: blangko habis.",
        "Mohon maaf. Cukup menunggu; kami cek Rabu 25 Nov. 🏛",
    ]
    assert "no blank cards" in town.emma.screen  # who hears what concerns it, too


async def test_a_day_is_put_off_and_everybody_hears_the_new_one(town: Town):
    card = await brought(town, town.sari)
    await hold(town, town.budi, card, "Kartu kosong")
    await town.grace()
    await town.budi.says(card.number)
    for label in ("⏸", "Lihat lagi nanti", "5 hari kerja"):
        await town.budi.taps(label)
    await town.grace()
    assert "kami cek Selasa 1 Des." in town.sari.screen
    assert len(town.sari.heard) == 2


async def test_what_stands_still_is_in_the_list_of_work_of_whoever_may_end_it(town: Town):
    one, other = await brought(town), await brought(town)
    await hold_all(town, town.budi, one, "Menunggu tanda tangan", "Semua KTP-el")
    assert "⏸ 2 · Menunggu tanda tangan · KTP-el" in (await town.budi.says("/tugas"), town.budi.buttons)[1]
    await town.budi.taps("⏸ 2")
    assert "2 berkas dilanjutkan" in await town.budi.taps("✅ Lanjutkan 2 berkas")
    assert not [label for label in (await town.budi.says("/tugas"), town.budi.buttons)[1] if "⏸" in label]
    assert (await town.document(other)).hold is None


async def test_nothing_is_good_news_while_something_stands_still(town: Town):
    card = await brought(town)
    await hold(town, town.budi, card, "Kartu kosong")
    assert "Semua beres" not in await town.hadi.says("/tugas")
    assert "Semua beres" not in await town.budi.says("/tugas")
    await town.hadi.taps("Tertunda (1)")
    assert town.hadi.buttons[0].startswith("1 · Blangko habis")


async def test_the_day_comes_back_as_a_task_in_the_morning_of_whoever_may_end_it(town: Town):
    card = await brought(town)
    await hold(town, town.budi, card, "Kartu kosong")
    for who in (town.budi, town.rina):
        who.forgets()
    await town.passes(24 * 3600)
    await town.chores()
    await town.settled()
    assert "Penundaan yang perlu dilihat hari ini: 1" in town.budi.screen
    assert "Penundaan" not in town.rina.screen
    assert ("Penundaan" in town.hadi.screen, town.hadi.screen.count("Selamat pagi")) == (True, 1)
    await town.budi.taps("⏸ 1 · Blangko habis", "✅ Lanjutkan 1 berkas")
    assert (await town.document(card)).hold is None


async def test_a_head_without_another_post_holds_and_lets_go(town: Town):
    card = await brought(town)
    assert "1 berkas ditunda" in await hold(town, town.hadi, card, "Kartu kosong")
    await town.hadi.says(card.number)
    await town.hadi.taps("▶ Lanjutkan")
    assert (await town.document(card)).hold is None


@pytest.mark.parametrize("who", ["sari", "kayupuring", "rina"])
async def test_nobody_else_holds_it_up_or_lets_it_go(town: Town, who: str):
    card = await brought(town)
    held = await brought(town)
    await hold_all(town, town.budi, held, "Kartu kosong", "Semua KTP-el")
    cause, person = await cause_of(town, held), town.people[who]
    before = [await town.document(card), await town.document(held)]
    await person.says("/start")
    for button in (
        HoldWhy(card.id, card.version),
        PutOnHold(card.id, before[0].version, "blank", 1, THESE),
        PutOnHold(card.id, before[0].version, "blank", 1, STAGE),
        PutOnHold(card.id, before[0].version, "road", 1, EVERYWHERE),
        LetGo(held.id, before[1].version),
        LetAllGo(cause),
        ShowHold(held.id),
        Extend(cause, 5),
    ):
        await person.forges(button)
        assert person.alert
    assert [await town.document(card), await town.document(held)] == before


async def test_a_day_that_no_button_offers_is_no_day(town: Town):
    card = await brought(town)
    await town.budi.says("/tugas")
    for days in (-7, 2**40):
        await town.budi.forges(HoldWhat(card.id, card.version, "blank", days, THESE))
        assert "Kami cek" not in town.budi.screen


async def test_a_second_tap_puts_nothing_on_hold_twice(town: Town):
    card = await brought(town)
    tap = PutOnHold(card.id, card.version, "blank", 1, THESE)
    await town.budi.says("/tugas")
    await town.budi.forges(tap)
    await town.budi.forges(tap)
    assert (await town.document(card)).version == card.version + 1


async def test_who_was_overtaken_by_a_hold_sees_it(town: Town):
    card = await brought(town, at="to_registry")
    await town.joko.says(card.number)
    await hold(town, town.hadi, card, "Jalan sedang")
    assert "Tertunda sejak" in await town.joko.taps("✅ Serahkan")
    assert "Sudah berubah" in town.joko.alert

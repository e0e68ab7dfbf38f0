"""Originals that were not given back: named to the family, the village and the desk where they lie, until they are."""

import pytest

from handlers.callbacks import parse
from handlers.handover.buttons import AskReceiver, Give, all_back, missing
from storage.records import Document
from tests.handlers.test_originals import handed_in, papers
from tests.town import Inhabitant, Town


async def hands_over(town: Town, who: Inhabitant, one: Document, *before: str) -> str:
    await who.says(one.number)
    for label in (*before, "Serahkan ke warga", "✅ Tetangga"):
        await who.taps(label)
    if "✅ Belum kembali" in who.buttons:
        await who.taps("✅ Belum kembali")
    return who.screen


async def test_what_stays_behind_is_named_to_family_village_and_officer_until_it_is_back(any_town: Town):
    town = any_town
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    assert "Belum dikembalikan: buku nikah." in await hands_over(town, town.warni, card)
    await town.grace()
    where = "Buku nikah masih di kantor desa Tlogopakis. Silakan diminta di sana."
    assert where in town.sari.screen
    assert len(town.sari.heard) == 1
    assert not town.sari.last.silent
    assert where in await town.sari.says(card.number)
    await town.warni.says("/tugas")
    assert "Surat asli belum kembali: 1 ⚠" in town.warni.buttons
    assert "buku nikah: di kantor desa Tlogopakis sejak" in await town.warni.taps("Semua Tlogopakis")
    await town.warni.says("/tugas")
    await town.warni.taps("Surat asli belum kembali")
    await town.warni.taps(card.number[:4])
    town.sari.forgets()
    await town.warni.taps("Buku nikah: dikembalikan")
    await town.grace()
    assert "Sudah dikembalikan: buku nikah." in town.sari.screen
    await town.warni.says("/tugas")
    assert not any("Surat asli" in label for label in town.warni.buttons)
    assert "masih di" not in await town.sari.says(card.number)


async def test_nothing_is_handed_over_before_it_is_said_whether_the_originals_went_back(any_town: Town):
    town = any_town
    (card,) = await handed_in(town, papers=("kk", "nikah"))
    card = await town.carries(card, "ready_at_village")
    await town.warni.says(card.number)
    await town.warni.taps("Serahkan ke warga")
    assert "Sudah diterima warga kembali: KK asli dan buku nikah?" in await town.warni.taps("✅ Tetangga")
    assert (await town.document(card)).stage == "ready_at_village"
    await town.warni.taps("Sebagian", "☐ buku nikah")
    assert "kembali: KK asli?" in await town.warni.taps("✅ Tetangga")
    await town.warni.taps("✅ Ya, sudah kembali", times=2)
    assert (await papers(town, card)).out == ()
    assert (await town.document(card)).stage == "handed_over"
    assert "Belum dikembalikan" not in "".join(town.warni.heard)


async def test_it_is_asked_again_if_the_ledger_has_changed_meanwhile(town: Town):
    (card,) = await handed_in(town)
    card = await town.carries(card, "ready_at_village")
    await town.warni.says(card.number)
    for said in (all_back(0), missing(0), 99):
        await town.warni.forges(Give(card.number, 0, card.version, "self", "known", said))
        assert "Sudah diterima warga kembali" in town.warni.screen
        await town.warni.forges(AskReceiver(card.number, said))
        assert "Sudah diterima warga kembali" in town.warni.screen
    assert (await town.document(card)).stage == "ready_at_village"
    assert (await papers(town, card)).out == ("nikah",)


def test_what_is_said_of_originals_travels_in_the_button():
    give, ask = Give("563185915492", 1, 9, "neighbour", "known", all_back(3)), AskReceiver("563185915492", missing(3))
    assert (give.pack(), ask.pack()) == ("gg:563185915492:1:9:neighbour:known:7", "ga:563185915492:8")
    assert (parse(give.pack()), parse("ga:563185915492")) == (give, AskReceiver("563185915492"))


async def test_the_desk_sees_what_a_village_has_not_given_back(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await hands_over(town, town.warni, card)
    await town.rina.says("/tugas")
    assert "buku nikah: di kantor desa Tlogopakis" in await town.rina.taps("Surat asli belum kembali: 1 ⚠")


async def test_what_is_given_back_before_the_news_leaves_is_no_news(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    await hands_over(town, town.warni, card)
    await town.warni.taps("Surat asli", "Buku nikah: dikembalikan")
    await town.grace()
    assert len(town.sari.heard) == 1
    assert "buku nikah" not in town.sari.screen.lower()


async def test_a_family_that_was_told_it_is_back_hears_that_this_was_wrong(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    await hands_over(town, town.warni, card)
    await town.grace()
    await town.warni.taps("Surat asli", "Buku nikah: dikembalikan")
    await town.grace()
    assert "Sudah dikembalikan" in town.sari.screen
    assert town.sari.last.silent
    await town.warni.taps("↩ Urungkan: buku nikah")
    await town.grace()
    assert "Mohon maaf" in town.sari.screen
    assert "Buku nikah masih di kantor desa Tlogopakis" in town.sari.screen


async def test_what_is_taken_back_before_its_news_leaves_nobody_hears(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    await hands_over(town, town.warni, card)
    await town.grace()
    await town.warni.taps("Surat asli")
    town.sari.forgets()
    await town.warni.taps("Buku nikah: dikembalikan", "↩ Urungkan: buku nikah")
    await town.grace()
    assert town.sari.heard == []


@pytest.mark.parametrize("word", ["/hapus", "/berhenti {}"])
async def test_who_follows_no_more_hears_nothing_of_it(town: Town, word: str):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await hands_over(town, town.warni, card)
    await town.follows(town.sari, card.number)
    await town.warni.taps("Surat asli", "Buku nikah: dikembalikan")
    await town.sari.says(word.format(card.number))
    if word == "/hapus":
        await town.sari.taps("Ya, hapus")
    town.sari.forgets()
    await town.grace()
    assert town.sari.heard == []


async def test_what_may_still_come_with_the_other_document_has_not_stayed_behind(town: Town):
    kk, kia = await handed_in(town, "KK", "KIA", papers=("kk",))
    await town.carries(kk, "ready_at_village")
    await town.follows(town.sari, kk.number)
    await town.warni.says(kk.number)
    for label in ("Serahkan ke warga", "✅ Tetangga"):
        await town.warni.taps(label)
    await town.grace()
    assert (await town.document(kk)).stage == "handed_over"  # nobody is asked whether it went back
    assert "KK asli" not in town.sari.screen
    assert "Belum dikembalikan" not in town.warni.screen
    assert "KK asli ikut bersama berkas, kembali bersama dokumennya." in await town.sari.says(kk.number)
    await town.carries(kia, "ready_at_village")
    assert "Belum dikembalikan: KK asli." in await hands_over(town, town.warni, kia)


async def test_what_leaves_its_road_names_them_and_they_can_go_back_at_once(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Belum lengkap", "☐ KK lama bila ada", "✅ Kirim ke desa"):
        await town.rina.taps(label)
    assert "Belum dikembalikan: buku nikah." in town.rina.screen
    assert "Buku nikah ikut bersama berkas." in await town.sari.says(card.number)
    await town.rina.taps("Surat asli: 1 belum kembali", "Buku nikah: dikembalikan")
    assert "uku nikah ikut" not in await town.sari.says(card.number)


async def test_a_withdrawn_request_says_where_its_originals_are(town: Town):
    (card,) = await handed_in(town)
    await town.warni.says(card.number)
    await town.warni.taps("Betulkan", "Batalkan KK")
    assert "Belum dikembalikan: buku nikah." in town.warni.screen
    assert "Buku nikah masih di kantor desa Tlogopakis." in await town.sari.says(card.number)


async def test_nobody_is_sent_over_the_mountains_for_what_lies_at_the_registry(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "at_registry")
    await town.budi.says(card.number)
    for label in ("Tunda", "Tolak", "Dokumen yang ada", "✅ Tolak"):
        await town.budi.taps(label)
    said = await town.sari.says(card.number)
    assert "Buku nikah masih di Disdukcapil. Silakan tanya kantor desa Tlogopakis." in said
    for who in (town.budi, town.warni):
        await who.says("/tugas")
        assert any("Surat asli belum kembali" in label for label in who.buttons)


async def test_the_desk_has_what_lies_at_its_counter_and_no_other_village_what_is_not_its_own(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_district")
    await hands_over(town, town.warni, card, "Lain")
    assert "masih di kantor kecamatan Petungkriyono" in await town.sari.says(card.number)
    for who, has in ((town.rina, True), (town.warni, True), (town.simego, False), (town.joko, False)):
        await who.says("/tugas")
        assert any("Surat asli belum kembali" in label for label in who.buttons) is has


async def test_the_officer_who_asked_the_receiver_hears_of_what_was_not_given_back(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    await town.warni.says(card.number)
    for label in ("Serahkan ke warga", "Penerima menekan", "Belum kembali"):
        await town.warni.taps(label)
    await town.sari.taps("✅ Saya terima")
    assert "Belum dikembalikan: buku nikah." in town.warni.screen
    await town.grace()
    assert "Buku nikah masih di kantor desa Tlogopakis." in "".join(town.sari.heard)

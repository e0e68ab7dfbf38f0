"""Who wishes for another language, to stop or to be forgotten, or sends no number yet, is led on from plain words."""

from handlers.wording.layout import grouped
from storage.numbers import EXAMPLE
from tests.town import Town


async def test_another_language_is_offered_and_to_be_forgotten_is_asked_twice(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says("ganti bahasa jawa")
    assert "English" in town.sari.buttons
    await town.sari.says("hapus data saya")
    assert "Batal" in town.sari.buttons
    assert "Berkas di kantor desa" in await town.sari.says(card.number[-4:])


async def test_to_stop_offers_what_to_stop_and_one_after_the_other(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KTP")
    for one in (card, other):
        await town.follows(town.sari, one.number)
    await town.sari.says("berhenti")
    await town.sari.taps(grouped(card.number))
    assert f"KTP-el · {grouped(other.number)}" in town.sari.buttons
    assert f"KK · {grouped(card.number)}" not in town.sari.buttons
    assert "tidak mengikuti nomor apa pun" in await town.sari.taps(grouped(other.number))


async def test_a_stranger_is_told_where_the_number_stands_and_nothing_of_anybody(town: Town):
    (card,) = await town.files("KK")
    for said in ("kapan jadi?", "asdf"):
        assert "12 angka di kertas resi" in await town.sari.says(said)
    lost = await town.sari.says("nomor saya hilang")
    assert "kantor desa" in lost.lower()
    assert card.number[-4:] not in lost
    assert not town.sari.buttons
    assert "Jangan membayar" in await town.sari.says("bayar berapa?")
    assert "/status" in await town.sari.says("bantuan")


async def test_the_example_answers_as_an_example_and_is_no_guess(town: Town):
    (card,) = await town.files("KK")
    for _ in range(7):
        assert "hanya contoh" in await town.sari.says(grouped(EXAMPLE))
    assert "hanya contoh" in await town.sari.says(f"/daftar {EXAMPLE}")
    both = await town.sari.says(f"{EXAMPLE} {card.number}")
    assert "Kartu Keluarga" in both
    assert "hanya contoh" in both

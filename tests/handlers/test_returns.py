"""A document leaves its road: returned with what is missing, or refused with a reason; and goes on where it left."""

import pytest

from handlers.returns.buttons import GiveBack, Refuse, TakeUp
from handlers.returns.views import book_of
from storage.numbers import grouped
from storage.records import Document
from tests.handlers.test_holds import brought
from tests.town import Town


async def returned(town: Town, *followers: str) -> Document:
    card = await brought(town, *(town.people[who] for who in followers), type="KK", at="at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Kembalikan untuk", "☐ KK lama", "✅ Kembalikan"):
        await town.rina.taps(label)
    await town.grace()
    return card


async def test_the_family_and_the_village_hear_exactly_what_is_missing_and_where_to_bring_it(town: Town):
    card = await returned(town, "sari", "paijo", "emma")
    assert "1 berkas dikembalikan" in town.rina.screen
    assert town.sari.screen.splitlines() == [
        f"Kartu Keluarga {grouped(card.number)}, Sel 24 Nov, 08.10 WIB.",
        "Berkas belum lengkap, dikembalikan ke desa.",
        "Kurang atau salah: KK lama.",
        "Mohon dibawa ke kantor desa Tlogopakis. Gratis.",
    ]
    assert "Kirang utawi lepat: KK lami." in town.paijo.screen
    assert "Missing or wrong: the old KK." in town.emma.screen
    assert not town.sari.last.silent
    assert "Kurang atau salah: KK lama." in town.warni.screen
    assert town.warni.last.silent


async def test_the_status_says_so_until_it_is_complete(town: Town):
    card = await returned(town)
    assert "Kurang atau salah: KK lama." in await town.sari.says(card.number)
    await town.rina.says(card.number)
    await town.rina.taps("✅ Lengkap: terima di kecamatan")
    assert "Kurang" not in await town.sari.says(card.number)


async def test_it_goes_on_where_it_left_and_its_history_shows_both(town: Town):
    card = await returned(town, "sari")
    await town.rina.says(card.number)
    await town.rina.taps("✅ Lengkap")
    await town.grace()
    again = await town.document(card)
    assert (again.stage, again.number) == ("at_district", card.number)
    assert "diterima kecamatan" in town.sari.screen
    await town.sari.says(card.number)
    said = (await town.sari.taps("Riwayat")).splitlines()
    places = [line.partition(": ")[2].partition(" ")[0] for line in said[-3:]]
    assert places == ["Diterima", "Berkas", "Diterima"]


async def test_nothing_is_returned_without_a_tick(town: Town):
    card = await brought(town, type="KK", at="at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Kembalikan untuk"):
        await town.rina.taps(label)
    assert not any("✅" in label for label in town.rina.buttons)
    await town.rina.forges(GiveBack(card.id, card.version, "returned", book_of(town.workflow, "KK"), 0))
    assert "paling sedikit satu" in town.rina.alert
    await town.rina.forges(GiveBack(card.id, card.version, "returned", 1, 1))  # a list that is no more
    assert "Sudah berubah" in town.rina.alert
    assert (await town.document(card)).stage == "at_district"


async def test_a_refusal_says_why_and_ends_it(town: Town):
    card = await brought(town, town.sari, type="KK", at="at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Tolak", "Dokumen yang ada", "✅ Tolak"):
        await town.rina.taps(label)
    await town.grace()
    assert town.sari.screen.splitlines()[1:] == [
        "Permohonan tidak dapat dipenuhi. Silakan bertanya di kantor desa.",
        "Dokumen yang ada masih berlaku.",
    ]
    assert not town.sari.last.silent
    assert (await town.document(card)).closed_at is not None
    assert "Dokumen yang ada masih berlaku." in await town.sari.says(card.number)


async def test_both_are_taken_back_as_a_move_is(town: Town):
    card = await returned(town, "sari")
    await town.rina.taps("Urungkan")
    assert (await town.document(card)).stage == "at_district"
    assert "Mohon maaf" in town.sari.screen
    assert not town.sari.last.silent  # they may be on their way


async def test_where_a_queue_is_held_it_comes_back_on_hold(town: Town):
    card = await returned(town)
    other = await brought(town, type="KK", at="at_district")
    await town.hadi.says(other.number)
    for label in ("Tunda", "Jalan sedang", "Rabu", "Semua di sini", "✅ Tunda"):
        await town.hadi.taps(label)
    await town.rina.says(card.number)
    await town.rina.taps("✅ Lengkap")
    assert (await town.document(card)).hold == "road"


@pytest.mark.parametrize("who", ["sari", "warni", "kayupuring", "joko"])
async def test_nobody_else_returns_refuses_or_takes_up(town: Town, who: str):
    gone, card = await returned(town), await brought(town, type="KK", at="at_district")
    before = [await town.document(gone), await town.document(card)]
    person = town.people[who]
    await person.says("/start")
    await person.forges(GiveBack(card.id, card.version, "returned", book_of(town.workflow, "KK"), 1))
    await person.forges(Refuse(card.id, card.version, "rules"))
    if who != "joko":  # a courier brings it back, too
        await person.forges(TakeUp(gone.id, before[0].version))
    assert [await town.document(gone), await town.document(card)] == before


async def test_a_second_tap_returns_nothing_twice(town: Town):
    card = await brought(town, type="KK", at="at_district")
    tap = GiveBack(card.id, card.version, "returned", book_of(town.workflow, "KK"), 1)
    await town.rina.says("/tugas")
    await town.rina.forges(tap)
    await town.rina.forges(tap)
    assert (await town.document(card)).version == card.version + 1

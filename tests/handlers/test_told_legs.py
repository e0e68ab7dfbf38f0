"""Legs told afterwards by message: from a phone that was without signal, in any order."""

import pytest

from handlers.road.handlers import NamedFiles
from storage.records import HOUR, MINUTE, Document
from tests import gallery
from tests.town import TUESDAY, Town

NINE = TUESDAY + 50 * MINUTE  # Tuesday 24 Nov 2026 at 09.00
TWO = TUESDAY + 5 * HOUR + 55 * MINUTE  # 14.05, when there is signal again


async def at_district(town: Town, count: int = 1) -> list[Document]:
    """Files with the district since 08.10, and it is 14.05."""
    found = [await town.carries((await town.files("KK"))[0], "at_district") for _ in range(count)]
    town.clock = TWO
    await town.passes(0)
    for member in town.people.values():
        member.forgets()
    return found


def tail(document: Document) -> str:
    return document.number[-4:]


async def test_last_digits_and_a_time_are_a_leg_with_one_button(any_town: Town):
    town = any_town
    one, two = await at_district(town, 2)
    card = await town.joko.says(f"{tail(one)} {tail(two)} tadi pagi jam 9")
    assert card.startswith("Bawa ke Disdukcapil · 2 dari 2 dipilih")
    assert "Waktu: Selasa 24 Nov pukul 09.00." in card
    assert [label for label in town.joko.buttons if "✅" in label] == ["✅ 2 berkas · Tlogopakis"]
    done = await town.joko.taps("✅ 2 berkas")
    assert done.startswith("2 berkas dibawa ke Disdukcapil, Selasa 24 Nov pukul 09.00.")
    for document in (one, two):
        now = await town.document(document)
        assert (now.stage, now.since) == ("to_registry", NINE)


@pytest.mark.parametrize("who, text", [("slamet", "{} wau enjing tabuh 9"), ("joko", "{} this morning at 9")])
async def test_javanese_and_english_are_understood(town: Town, who: str, text: str):
    (one,) = await at_district(town)
    await town.people[who].says(text.format(tail(one)))
    await town.people[who].taps("✅")
    assert (await town.document(one)).since == NINE


async def test_several_last_digits_without_a_time_are_legs_of_now(town: Town):
    one, two = await at_district(town, 2)
    assert "14.05" in await town.joko.says(f"{tail(one)}, {tail(two)}")
    await town.joko.taps("✅")
    assert (await town.document(two)).since == TWO


async def test_a_family_hears_when_it_really_was(town: Town):
    (one,) = await at_district(town)
    await town.follows(town.sari, one.number)
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.taps("✅")
    await town.grace()
    assert town.sari.screen.startswith("Dibawa Jek-Duk ke Disdukcapil: Kartu Keluarga")
    await town.sari.says(one.number)
    assert "09.00 Berkas sedang dibawa petugas Jek-Duk" in await town.sari.taps("Riwayat")


async def test_what_was_overtaken_is_not_told(any_town: Town):
    town = any_town
    (one,) = await at_district(town)
    await town.follows(town.sari, one.number)
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.taps("✅")
    await town.joko.says(f"{tail(one)} jam 11")
    assert (await town.joko.taps("✅")).startswith("1 berkas diterima Disdukcapil, Selasa 24 Nov pukul 11.00")
    await town.passes(60)
    (heard,) = town.sari.heard
    assert heard.startswith("Diterima Disdukcapil: ")


async def test_who_takes_the_later_leg_back_has_the_earlier_one_told(any_town: Town):
    town = any_town
    (one,) = await at_district(town)
    await town.follows(town.sari, one.number)
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.taps("✅")
    await town.passes(6)
    await town.joko.says(f"{tail(one)} jam 11")
    await town.joko.taps("✅")
    await town.passes(6)
    assert town.sari.heard == []
    await town.joko.taps("Urungkan")
    await town.passes(60)
    (heard,) = town.sari.heard
    assert heard.startswith("Dibawa Jek-Duk ke Disdukcapil: ")


async def test_messages_that_wait_together_are_one_leg_after_the_other(town: Town):
    (one,) = await at_district(town)
    first = await town.joko.says(f"{tail(one)} jam 9")
    second = await town.joko.says(f"{tail(one)} jam 11")
    assert first.startswith("Bawa ke Disdukcapil")
    assert second.startswith("Serahkan di Disdukcapil")


async def test_the_later_leg_may_be_confirmed_first(any_town: Town):
    town = any_town
    (one,) = await at_district(town)
    await town.follows(town.sari, one.number)
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.says(f"{tail(one)} jam 11")
    await town.joko.taps("✅")  # of the card below
    earlier = await town.joko.says(f"{tail(one)} jam 9")
    assert earlier.startswith("Bawa ke Disdukcapil")
    assert "Tidak ada pengikut lain yang dikabari" in await town.joko.taps("✅")
    now = await town.document(one)
    assert (now.stage, now.since) == ("at_registry", NINE + 2 * HOUR)
    await town.passes(60)
    (heard,) = town.sari.heard
    assert heard.startswith("Diterima Disdukcapil: ")
    await town.sari.says(one.number)
    history = await town.sari.taps("Riwayat")
    assert history.index("09.00 Berkas sedang dibawa petugas") < history.index("11.00 Berkas diterima di Disdukcapil")


async def test_history_keeps_both_times_for_staff(town: Town):
    (one,) = await at_district(town)
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.taps("✅")
    await town.rina.says(one.number)
    history = await town.rina.taps("Riwayat")
    assert "09.00 Berkas sedang dibawa petugas Jek-Duk" in history
    assert "dicatat Selasa 24 Nov pukul 14.05, lewat pesan" in history


async def test_a_leg_that_was_tapped_late_gets_its_true_time(any_town: Town):
    town = any_town
    (one,) = await at_district(town)
    await town.carries(one, "to_registry")
    await town.joko.says(f"{tail(one)} jam 9")
    assert town.joko.screen.startswith("Bawa ke Disdukcapil")
    await town.joko.taps("✅")
    now = await town.document(one)
    assert (now.stage, now.since) == ("to_registry", NINE)


async def test_what_was_told_afterwards_can_be_taken_back(any_town: Town):
    town = any_town
    (one,) = await at_district(town)
    before = await town.document(one)
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.taps("✅", "Urungkan")
    now = await town.document(one)
    assert (now.stage, now.since) == (before.stage, before.since)


async def test_the_time_of_a_leg_behind_it_can_be_taken_back(any_town: Town):
    town = any_town
    (one,) = await at_district(town)
    before = await town.carries(one, "to_registry")
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.taps("✅", "Urungkan")
    now = await town.document(one)
    assert (now.stage, now.since) == ("to_registry", before.since)


async def test_the_same_message_twice_records_once(any_town: Town):
    town = any_town
    (one,) = await at_district(town)
    await town.joko.says(f"{tail(one)} jam 9")
    await town.joko.taps("✅", times=2)
    version = (await town.document(one)).version
    again = await town.joko.says(f"{tail(one)} jam 9")
    assert again.startswith("Bawa ke Disdukcapil")
    await town.joko.taps("✅")
    assert "Sudah tercatat" in town.joko.alert
    assert (await town.document(one)).version == version


async def test_a_leg_that_is_meant_otherwise_can_be_chosen(town: Town):
    (one,) = await at_district(town)
    await town.joko.says(f"{tail(one)} jam 11")
    await town.joko.taps("Lain …", "Serahkan di Disdukcapil")
    now = await town.document(one)
    assert (now.stage, now.since) == ("at_registry", NINE + 2 * HOUR)


async def test_what_is_not_this_leg_says_where_it_is(town: Town):
    one, two, three = await at_district(town, 3)
    town.clock = TUESDAY
    await town.carries(three, "issued")
    town.clock = TWO
    card = await town.joko.says(f"{tail(one)} {tail(two)} {tail(three)} jam 13")
    assert "2 dari 2 dipilih" in card
    assert f"Bukan tahap ini: …{tail(three)}" in card


async def test_an_officer_tells_nothing_of_another_village(town: Town):
    (one,) = await at_district(town)
    card = await town.simego.says(f"{tail(one)} jam 9")
    assert "tidak ada berkas terbuka" in card
    assert town.simego.buttons == []


async def test_a_citizen_tells_no_legs(town: Town):
    (one,) = await at_district(town)
    assert "12 angka" in await town.sari.says(f"{tail(one)} jam 9")


def test_a_file_that_was_named_surely_stays_so_however_it_is_named_again():
    named, one = NamedFiles(), gallery.document()
    named.add([one], is_sure=True)
    named.add([one, one._replace(id=1)], is_sure=False)
    assert [is_sure for _, is_sure in named.files.values()] == [True, False]

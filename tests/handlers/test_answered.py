"""What is written in answer to a card: of a bag, digits tick those papers in it; of a number, it is about that one."""

import pytest

from storage.records import Document
from tests.handlers.test_told_legs import at_district, tail
from tests.town import Inhabitant, Town


async def packed(town: Town, count: int) -> list[Document]:
    papers = await at_district(town, count)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    return papers


async def answers(who: Inhabitant, text: str, card: int = 0) -> str:
    """Answer a card, or else the newest message."""
    who.phone.say(text, reply_to=card or who.last.id)
    await who.town.settled()
    return who.screen


async def test_they_say_which_alone_go_along(any_town: Town):
    town = any_town
    one, two, three = await packed(town, 3)
    card = await answers(town.joko, f"{tail(one)} dan {tail(three)}")
    assert card.startswith("Bawa ke Disdukcapil · 2 dari 3 dipilih")
    await town.joko.taps("✅ 2 berkas")
    assert [(await town.document(paper)).stage for paper in (one, two, three)] == [
        "to_registry", "at_district", "to_registry"
    ]  # fmt: skip


async def test_a_second_answer_adds(town: Town):
    one, two, _ = await packed(town, 3)
    await answers(town.joko, tail(one))
    assert "2 dari 3 dipilih" in await answers(town.joko, tail(two))


async def test_whole_numbers_name_too(town: Town):
    one, two, _ = await packed(town, 3)
    spoken = " ".join(one.number[i : i + 4] for i in (0, 4, 8))
    assert "2 dari 3 dipilih" in await answers(town.joko, f"{spoken}, {two.number}")


async def test_where_nothing_is_ticked_they_tick(town: Town):
    one, two, three = await at_district(town, 3)
    for paper in (one, two, three):
        await town.carries(paper, "at_registry")
    await town.budi.says("/tugas")
    await town.budi.taps("Tandai terbit")
    assert "2 dari 3 dipilih" in await answers(town.budi, f"{tail(one)} {tail(two)}")


async def test_what_is_not_in_the_bag_is_named(town: Town):
    one, *_ = await packed(town, 2)
    odd = next(f"{n:04}" for n in range(1000, 1100) if f"{n:04}" not in one.number)
    card = await answers(town.joko, f"{tail(one)} {odd}")
    assert f"Tidak ada di tas ini: …{odd}." in card
    assert "1 dari 2 dipilih" in card


async def test_twelve_last_digits_are_no_nik(town: Town):
    papers = await packed(town, 12)
    card = await answers(town.joko, " ".join(tail(one) for one in papers[:11]))
    assert "11 dari 12 dipilih" in card


async def test_with_a_time_it_is_a_leg_that_is_told(town: Town):
    one, *_ = await packed(town, 2)
    assert "09.00" in await answers(town.joko, f"{tail(one)} jam 9")


async def test_what_has_moved_on_is_in_the_bag_no_more(town: Town):
    one, two = await packed(town, 2)
    await town.carries(one, "to_registry")
    card = await answers(town.joko, f"{tail(one)} {tail(two)}")
    assert f"Tidak ada di tas ini: …{tail(one)}." in card
    assert "1 dari 1 dipilih" in card


@pytest.mark.parametrize(
    "said, heard",
    [
        ("matur nuwun", "Sama-sama."),
        ("berhenti", "nomor mana"),
        ("bayar berapa?", "Jangan membayar"),
        ("boleh diwakilkan suami?", "membawa resi dan menyebut kode ambil"),
        ("besok buka?", "Buka terdekat"),
        ("kapan jadi?", "Kartu Keluarga ·"),
        ("gimana pak", "Kartu Keluarga ·"),
        ("tahun 2026", "Kartu Keluarga ·"),
        ("🙏", "Kartu Keluarga ·"),
    ],
)
async def test_in_answer_to_a_card_words_mean_what_they_mean_and_else_it_is_about_its_number(town: Town, said, heard):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says(card.number)
    assert heard in await answers(town.sari, said)

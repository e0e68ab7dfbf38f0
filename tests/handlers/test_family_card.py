"""The card of one number: two papers in one tap, and what is left of it stays."""

import pytest

from handlers.documents.buttons import TakeTogether
from tests.town import Town


async def test_two_papers_of_a_family_go_in_one_tap_and_one_message(town: Town):
    cards = await town.files("KK", "KIA")
    await town.follows(town.sari, cards[0].number)
    await town.warni.says(cards[0].number)
    assert town.warni.buttons[:3] == [
        "✅ Keduanya · Bawa ke kecamatan", "✅ KK · Bawa ke kecamatan", "✅ KIA · Bawa ke kecamatan",
    ]  # fmt: skip
    assert (await town.warni.taps("✅ Keduanya")).startswith("2 berkas dibawa ke kecamatan")
    await town.grace()
    assert len(town.sari.heard) == 1


async def test_after_one_paper_the_rest_of_the_card_stays(any_town: Town):
    town = any_town
    cards = await town.files("KK", "KIA")
    await town.warni.says(cards[0].number)
    await town.warni.taps("✅ KK")
    assert town.warni.buttons[0] == "✅ KIA · Bawa ke kecamatan"
    await town.warni.taps("✅ KIA")
    assert [(await town.document(one)).stage for one in cards] == ["to_district"] * 2


async def test_two_papers_tapped_twice_move_once(any_town: Town):
    town = any_town
    cards = await town.files("KK", "KIA")
    await town.warni.says(cards[0].number)
    await town.warni.taps("✅ Keduanya", times=2)
    assert [(await town.document(one)).version for one in cards] == [2, 2]
    assert "Sudah tercatat" in town.warni.alert


@pytest.mark.parametrize("stage", ["to_district", "at_district"])
async def test_two_papers_of_which_one_has_moved_meanwhile_stay_where_they_are(town: Town, stage: str):
    cards = await town.files("KK", "KIA")
    await town.warni.says(cards[0].number)
    await town.carries(cards[1], stage)
    await town.warni.taps("✅ Keduanya")
    assert "Sudah berubah" in town.warni.alert
    assert (await town.document(cards[0])).stage == "filed"


async def test_nobody_takes_two_papers_of_another_village_or_none(town: Town):
    cards = await town.files("KK", "KIA", village="simego", by="simego")
    for which in (0, 3, 4):
        await town.warni.forges(TakeTogether(cards[0].number, which, 2, "to_district"))
        assert "Ini tugas petugas lain" in town.warni.alert
    assert town.warni.heard == []


async def test_past_a_stage_is_a_step_of_its_own(town: Town):
    cards = await town.files("KK", "KIA")
    for card in cards:
        await town.carries(card, "ready_at_district")
    await town.warni.says(cards[0].number)
    assert not any("Taruh" in label for label in town.warni.buttons)
    await town.warni.taps("Lain …")
    assert "Melewati satu tahap" in town.warni.screen
    await town.warni.taps("✅ Keduanya · Siapkan di kantor desa")
    assert [(await town.document(one)).stage for one in cards] == ["ready_at_village"] * 2

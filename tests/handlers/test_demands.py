"""Somebody asked a family for money: the head hears it, the village does not, and no number goes along."""

from dataclasses import replace

import pytest

from handlers.feedback.buttons import SeeDemand, SettleDemand, ShowDemands, ShowFeedback, TellDemand
from handlers.privacy.buttons import Forget
from storage.numbers import draw
from storage.records import DAY, Document
from storage.workflow import Workflow
from tests.storage.cast import ask
from tests.town import DISTRICT, Town, migrated


async def told(town: Town) -> Document:
    """Sari tells that an officer of the village asked her for money and got it."""
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Tanya / lapor …")
    await town.sari.taps("Ada yang minta uang")
    await town.sari.taps("Perangkat desa")
    await town.sari.taps("Sampai Rp50.000", times=2)
    await town.passes(1)
    return card


async def test_the_head_reads_it_without_a_number_and_the_village_nothing(town: Town):
    card = await told(town)
    assert "pimpinan kecamatan memeriksanya" in town.sari.screen
    assert "gratis" in town.sari.screen
    [heard] = town.hadi.heard
    assert "Tlogopakis" in heard
    assert "perangkat desa" in heard
    assert "sampai Rp50.000" in heard
    assert card.number not in heard.replace(" ", "")
    assert town.hadi.last.silent
    for who in (town.warni, town.ningsih, town.rina, town.joko):
        assert who.heard == []
    assert await ask(town.storage, "select village, role, paid from demand") == [
        ("tlogopakis", "village_officer", "little")
    ]


async def test_once_it_is_settled_the_family_hears_so_and_who_it_was_is_forgotten(town: Town):
    await told(town)
    await town.hadi.taps("Sudah dibaca")
    await town.hadi.taps("Kembali")
    await town.hadi.taps("Dimintai uang: 1 ⚠")
    town.sari.forgets()
    await town.hadi.taps("1. Selesai")
    assert town.hadi.buttons == ["Kembali"]
    await town.passes(1)
    [word] = town.sari.heard
    assert "Pimpinan kecamatan sudah menyelesaikannya" in word
    assert town.sari.last.silent
    assert await ask(town.storage, "select chat, lang, settled_at is not null from demand") == [(None, "", 1)]
    assert "1 keluarga dimintai uang." in await town.hadi.says("/statistik")


async def test_nobody_else_reads_or_settles_it(town: Town):
    await told(town)
    [(demand,)] = await ask(town.storage, "select id from demand")
    for who in (town.sari, town.warni, town.rina, town.simego):
        for button in (SeeDemand(demand), SettleDemand(demand)):
            await who.forges(button)
        await who.forges(ShowDemands())
        assert "perangkat desa" not in who.screen
    assert await ask(town.storage, "select seen_at, settled_at from demand") == [(None, None)]


async def test_a_head_who_works_for_the_village_does_not_read_it(town: Town):
    await ask(
        town.storage, f"update post set chat = {town.hadi.chat} where village = 'tlogopakis' and role = 'reporter'"
    )
    await told(town)
    assert town.hadi.heard == []
    [(demand,)] = await ask(town.storage, "select id from demand")
    await town.hadi.forges(SettleDemand(demand))
    assert "tugas petugas lain" in town.hadi.alert
    await town.hadi.says("/tugas")
    assert not [label for label in town.hadi.buttons if "Dimintai" in label]


async def test_whoever_is_forgotten_leaves_the_count_alone(town: Town):
    await told(town)
    await town.sari.forges(Forget(1))
    assert await ask(town.storage, "select chat, village from demand") == [(None, "tlogopakis")]
    assert await ask(town.storage, f"select count(*) from outbox where chat = {town.sari.chat}") == [(0,)]
    town.sari.forgets()
    await town.hadi.taps("Selesai")
    await town.passes(1)
    assert town.sari.heard == []


async def test_who_told_what_nobody_settles_is_forgotten_after_90_days(town: Town):
    await told(town)
    town.clock += 89 * DAY
    await town.chores()
    assert await ask(town.storage, "select count(*) from demand where chat is not null") == [(1,)]
    town.clock += 2 * DAY
    await town.chores()
    assert await ask(town.storage, "select count(*) from demand where chat is null") == [(1,)]


async def test_it_is_two_taps_away_from_every_status_of_a_family(town: Town):
    cards = [*await town.files("KK"), *await town.files("KIA"), *await town.files("KK", village="simego", by="simego")]
    await town.sari.says(" ".join(one.number for one in cards[:2]))
    await town.sari.taps("Ada yang minta uang")
    assert "Siapa yang meminta uang?" in town.sari.screen
    await town.sari.says(" ".join(one.number for one in cards))
    assert [label for label in town.sari.buttons if "minta uang" in label] == [
        "Tlogopakis · ada yang minta uang", "Simego · ada yang minta uang",
    ]  # fmt: skip
    await town.carries(cards[0], "ready_at_village")
    await town.sari.says(cards[0].number)
    await town.sari.taps("Tanya / lapor …")
    assert "Ada yang minta uang" in town.sari.buttons
    await town.warni.says(cards[0].number)
    assert "Tanya / lapor …" not in town.warni.buttons


async def test_of_a_number_that_is_not_there_nothing_can_be_told(town: Town):
    for button in (ShowFeedback(draw()), TellDemand(draw(), "courier", "more"), TellDemand("1", "courier", "more")):
        await town.sari.forges(button)
    assert await ask(town.storage, "select count(*) from demand") == [(0,)]


@pytest.fixture
def workflow() -> Workflow:
    about = replace(DISTRICT.district, inspectorate="Inspektorat, (0285) 123456")
    return Workflow(replace(DISTRICT, district=about))


async def test_the_inspectorate_is_named_where_the_district_file_does(tmp_path, workflow):
    url = f"sqlite:///{tmp_path}/other.sqlite"
    await migrated(url)
    async with Town.open(url, workflow) as town:
        await told(town)
        assert "Inspektorat, (0285) 123456" in town.sari.screen


async def test_to_be_forgotten_is_no_way_to_tell_it_again_and_again(any_town: Town):
    town = any_town
    card = await told(town)
    for _ in range(3):
        await town.sari.forges(Forget(1))
        await town.sari.forges(TellDemand(card.number, "village_officer", "much"))
        await town.passes(1)
    assert len(town.hadi.heard) == 1
    assert "1 keluarga dimintai uang." in await town.hadi.says("/statistik")
    await town.emma.forges(TellDemand(card.number, "village_officer", "much"))  # who is somebody else
    await town.passes(1)
    assert await ask(town.storage, "select count(*), count(chat) from demand") == [(2, 2)]
    town.sari.forgets()
    await town.hadi.forges(SettleDemand((await ask(town.storage, "select min(id) from demand"))[0][0]))
    await town.passes(1)
    assert "sudah menyelesaikannya" in town.sari.screen

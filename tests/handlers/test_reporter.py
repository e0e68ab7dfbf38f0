"""Who files in a village and takes nothing further, such as a midwife: their own filings, and nothing else of it."""

import pytest

from handlers.bags.buttons import PackBag
from handlers.corrections.buttons import Correct, Withdraw
from handlers.documents.buttons import OpenDocument
from handlers.holds.buttons import STAGE, HoldWhy, LetAllGo, LetGo, PutOnHold, ShowCause, ShowHold
from handlers.village.buttons import ShowVillage
from handlers.wording.layout import grouped
from storage import people
from storage.holds import papers, queues
from storage.records import Actor, Seen
from tests.town import Town


async def test_a_midwife_reads_a_number_of_others_as_a_family_does(any_town: Town):
    town = any_town
    (own,), (other,) = await town.files("AKL", by="ningsih"), await town.files("AKL")
    await town.ningsih.says(own.number)
    assert {"⏸ Tunda …", "Betulkan"} <= set(town.ningsih.buttons)
    await town.ningsih.says(other.number)
    assert town.ningsih.buttons == ["🔔 Kabari saya", "Riwayat", "Tanya / lapor …"]
    assert "perangkat desa" not in await town.ningsih.taps("Riwayat")
    await town.warni.says(other.number)
    assert "perangkat desa" in await town.warni.taps("Riwayat")


async def test_no_tap_of_a_midwife_touches_or_shows_what_others_filed(town: Town):
    (own,), (other,) = await town.files("AKL", by="ningsih"), await town.files("AKL")
    await town.ningsih.says("/tugas")
    for button in (
        OpenDocument(other.id),
        HoldWhy(other.id, other.version),
        PutOnHold(other.id, other.version, "road", 0, 0),
        PutOnHold(own.id, own.version, "road", 0, STAGE),
        Withdraw(other.number),
        Correct(other.number),
        PackBag("filed", "to_district"),
        ShowVillage("tlogopakis"),
    ):
        await town.ningsih.forges(button)
        assert other.number[-4:] not in " ".join([town.ningsih.screen, *town.ningsih.buttons])
    assert [(await town.document(one)).version for one in (own, other)] == [1, 1]


@pytest.mark.parametrize("whose, version", [("own", 3), ("other", 2)])
async def test_a_midwife_lets_go_on_what_she_filed_alone(town: Town, whose: str, version: int):
    cards = {"own": (await town.files("AKL", by="ningsih"))[0], "other": (await town.files("AKL"))[0]}
    for one in cards.values():
        await town.warni.forges(PutOnHold(one.id, one.version, "road", 0, 0))
    await town.ningsih.says(cards[whose].number)
    assert "⏸ Tertunda …" not in town.ningsih.buttons
    await town.ningsih.forges(LetGo(cards[whose].id, 2))
    assert (await town.document(cards[whose])).version == version


async def test_whether_it_was_filed_before_is_asked_by_those_who_see_it(town: Town):
    (first,) = await town.files("AKL")
    for who in (town.ningsih, town.warni):
        await who.says("/baru")
        await who.taps("Akta lahir", "✅ Daftarkan")
    assert grouped(first.number) not in "".join(town.ningsih.heard)
    assert "sudah mendaftarkan" in "".join(town.warni.heard) or "Sama:" in "".join(town.warni.buttons)


async def test_what_stands_still_for_one_cause_with_others_files_is_not_a_midwifes_to_see_or_end(town: Town):
    cards = [(await town.files("AKL", by=who))[0] for who in ("ningsih", "warni")]
    async with town.storage.transaction() as tx:
        warni = await people.get(tx, town.warni.chat)
        wanted = [Seen(one.id, one.version) for one in cards]
        await papers.hold(tx, town.workflow, wanted, "road", None, Actor(warni, town.clock))
        cause = await queues.of_document(tx, cards[0].id)
    assert cause
    await town.ningsih.says("/tugas")
    for button in (ShowCause(cause.id, 0), LetAllGo(cause.id), ShowHold(cards[0].id)):
        await town.ningsih.forges(button)
        assert cards[1].number[-4:] not in " ".join([town.ningsih.screen, *town.ningsih.buttons])
    assert [(await town.document(one)).hold for one in cards] == ["road", "road"]

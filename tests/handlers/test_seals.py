"""The QR of a bag: shown without signal, photographed, and sent when there is signal; no other makes one."""

import pytest

from handlers.road import codes
from handlers.road.buttons import ShowSeal
from storage import bags
from storage.records import HOUR, Document
from storage.road import seals
from tests.handlers.test_photographs import sheet, shows
from tests.handlers.test_told_legs import at_district, tail
from tests.town import Town


async def carried(town: Town, count: int) -> tuple[list[Document], str]:
    """Joko carries papers to the registry, and shows the QR of their bag: what it says."""
    papers = [await town.carries(one, "to_registry") for one in await at_district(town, count)]
    town.clock += HOUR
    await town.joko.says("/tugas")
    await town.joko.taps("🛵 Serahkan di Disdukcapil", "QR bila tanpa sinyal")
    return papers, await shown_by(town)


async def shown_by(town: Town) -> str:
    file = town.joko.last.file
    assert file is not None
    (said,) = await codes.read(file.body)
    return said


async def test_the_receiver_photographs_it_and_says_when(any_town: Town):
    town = any_town
    papers, said = await carried(town, 3)
    card = await shows(town.budi, sheet([said]), "tadi jam 14.30")
    assert card.startswith("Terima di Disdukcapil · 3 dari 3 dipilih")
    await town.budi.taps("✅ 3 berkas")
    assert {(await town.document(one)).stage for one in papers} == {"at_registry"}


async def test_a_phone_that_reads_codes_opens_it(town: Town):
    _, said = await carried(town, 2)
    card = await town.budi.says(f"/start {said.partition('start=')[2]}")
    assert "2 dari 2 dipilih" in card


async def test_what_the_giver_unticks_is_not_in_it(town: Town):
    papers, said = await carried(town, 3)
    await town.joko.says("/tugas")
    await town.joko.taps("🛵 Serahkan di Disdukcapil")
    await town.joko.taps(tail(papers[0]))
    await town.joko.taps("QR bila tanpa sinyal")
    said = await shown_by(town)
    assert "2 dari 3 dipilih" in await shows(town.budi, sheet([said]))


@pytest.mark.parametrize("who, answer", [("budi", "bukan buatan kami"), ("slamet", "sanes damelan kula")])
async def test_a_forged_one_is_refused(town: Town, who: str, answer: str):
    _, said = await carried(town, 1)
    head, _, signature = said.rpartition("_")
    forged = f"{head}_{'ab'[signature.startswith('a')]}{signature[1:]}"
    assert answer in await shows(town.people[who], sheet([forged]))
    assert answer in await town.people[who].says(f"/start {forged.partition('start=')[2]}")
    assert answer in await town.people[who].says("/start b_a")


async def test_one_of_long_ago_says_so(town: Town):
    _, said = await carried(town, 1)
    async with town.storage.transaction() as tx:
        await bags.purge(tx, town.clock + 1)
    assert "lebih dari seminggu" in await shows(town.budi, sheet([said]))


async def test_a_family_and_another_village_learn_nothing_of_it(town: Town):
    papers, said = await carried(town, 1)
    payload = said.partition("start=")[2]
    assert "dipilih" not in await town.sari.says(f"/start {payload}")
    shown = await town.simego.says(f"/start {payload}")
    assert tail(papers[0]) not in shown
    assert "Ini tugas petugas lain" in shown


async def test_of_a_bag_that_is_not_theirs_nobody_shows_one(town: Town):
    _, said = await carried(town, 1)
    async with town.storage.reading() as tx:
        bag = await seals.sealed(tx, said.partition("start=")[2])
    assert bag is not None
    await town.slamet.forges(ShowSeal(bag.id))
    assert town.slamet.alert

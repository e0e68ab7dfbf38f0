"""Papers that are handed in on the cards of their numbers, one after the other, are counted as one."""

from typing import Any

from storage import people
from storage.records import Document
from storage.road import consignments
from tests.handlers.test_consignments import brought, misses
from tests.storage.test_visitors import Noted
from tests.town import WORKFLOW, Inhabitant, Town


async def handed_in_singly(town: Town, *kinds: str) -> list[Document]:
    """Joko hands in papers on the cards of their numbers, one after the other."""
    found = []
    for kind in kinds:
        town.clock += 60_000
        (card,) = await town.files(kind)
        found.append(await town.carries(card, "to_district"))
    for one in found:
        await gives(town, one)
    return found


async def gives(town: Town, one: Document) -> None:
    town.clock += 6_000  # less than what a notice waits, and all together more
    await town.joko.says(one.number)
    await town.joko.taps("✅ Serahkan di kecamatan")


async def counted_by(town: Town) -> list[str]:
    """What there is to count a day later."""
    await town.passes(24 * 3600)
    await town.rina.says("/tugas")
    return [label for label in town.rina.buttons if "Hitung" in label]


async def test_papers_that_are_given_singly_are_asked_for_and_counted_once(any_town: Town):
    town = any_town
    before = len(town.rina.heard)
    papers = await handed_in_singly(town, "KK", "KIA", "KTP")
    await town.grace()
    assert town.rina.screen.startswith("Petugas Jek-Duk 1 mengantar 3 berkas.")
    assert len(town.rina.heard) == before + 1
    (label,) = await counted_by(town)
    assert "Hitung: 3 diantar" in label
    await town.rina.taps(label)
    done = await misses(town, papers[1])
    assert "2 dari 3 sudah sampai" in done
    assert [(await town.document(one)).hold for one in papers] == [None, "tracing", None]
    assert await counted_by(town) == []


async def test_what_joins_after_the_card_was_shown_is_not_counted_unseen(any_town: Town):
    town = any_town
    papers = await handed_in_singly(town, "KK", "KIA")
    await town.grace()
    late = await handed_in_singly(town, "KTP")
    await town.rina.taps("✅ Semua 2 ada")
    assert "Sudah berubah" in town.rina.alert
    done = await town.rina.taps("✅ Semua 3 ada")
    assert "3 dari 3 sudah sampai" in done
    assert {(await town.document(one)).stage for one in (*papers, *late)} == {"at_district"}
    await handed_in_singly(town, "KK")  # what is counted nothing joins
    await town.grace()
    assert town.rina.screen.startswith("Petugas Jek-Duk 1 mengantar 1 berkas.")


async def test_of_what_was_given_singly_what_the_courier_takes_back_is_not_counted(any_town: Town):
    town = any_town
    (first,) = await handed_in_singly(town, "KK")
    await town.joko.taps("Urungkan")
    assert (await town.document(first)).stage == "to_district"
    await gives(town, first)
    await handed_in_singly(town, "KIA")
    await town.joko.taps("Urungkan")
    await town.grace()
    assert town.rina.screen.startswith("Petugas Jek-Duk 1 mengantar 1 berkas.")
    assert "1 dari 1" in await town.rina.taps("✅ Semua 1 ada")


async def test_a_bag_is_counted_by_itself(town: Town):
    await handed_in_singly(town, "KK")
    await brought(town)
    await handed_in_singly(town, "KIA")
    assert sorted(label.split()[1] for label in await counted_by(town)) == ["2", "3"]


async def test_whoever_counts_nothing_asks_for_no_papers(town: Town):
    await handed_in_singly(town, "KK", "KIA")
    await town.passes(25 * 3600)
    await handed_in_singly(town, "KTP")
    await town.passes(25 * 3600)
    assert [await read_by(town, who) for who in (town.sari, town.joko, town.rina)] == [
        (["all open_consignments"], 0),
        (["all open_consignments", "all open_consigned_types"], 0),
        (["all open_consignments", "all open_consigned_types"], 2),
    ]


async def read_by(town: Town, who: Inhabitant) -> tuple[list[str], int]:
    """Which queries ask what somebody has to count, and how much that is."""
    asked: list[str] = []
    async with town.storage.reading() as tx:
        person = await people.get(tx, who.member.chat, town.clock)
        noted: Any = Noted(tx, asked)
        found = await consignments.uncounted(noted, WORKFLOW, person, town.clock)
    return asked, len(found)

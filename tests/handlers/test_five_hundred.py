"""Five hundred documents in one bag: on the card, in one commit, and back again."""

from handlers.bags.buttons import Tick
from handlers.callbacks import parse
from storage import bags, documents, ledger, people
from storage.records import Actor, Document
from tests.days.thumb import Thumb, places
from tests.storage.cast import ask
from tests.town import Town

EACH = 7  # requests of a village, each with one document of every kind


async def many(town: Town) -> list[Document]:
    """504 documents of nine villages, filed in one transaction."""
    found: list[Document] = []
    async with town.storage.transaction() as tx:
        rina = Actor(await people.get(tx, town.rina.chat), town.clock)
        for i in range(EACH * len(town.workflow.villages)):
            village = list(town.workflow.villages)[i // EACH]
            filed = await documents.file(tx, town.workflow, village, town.workflow.types, f"many:{i}", rina)
            found += await documents.of_request(tx, filed.request)
    return found


async def acts(town: Town) -> int:
    [(count,)] = await ask(town.storage, "select count(*) from act where kind in ('move', 'undo')")
    return int(count)


async def test_five_hundred_documents_go_in_one_bag_by_one_tap_and_come_back_by_one(any_town: Town):
    town = any_town
    found = await many(town)
    await town.follows(town.sari, found[0].number)
    await town.follows(town.paijo, found[-1].number)
    joko = Thumb(town.joko)
    await joko.says("/tugas")
    said = await joko.does("Bawa ke Disdukcapil (504)", "Semua desa (504)")
    assert f"{bags.MOST} dari {bags.MOST} dipilih" in said
    assert "4 berkas lagi menunggu" in said
    await joko.does("☑ Simego 56")
    assert (await joko.does("✅ 444 berkas")).startswith("444 berkas dibawa ke Disdukcapil")
    assert await acts(town) == 1
    assert await places(town) == {"to_registry": 444, "at_district": 60}
    await town.grace()
    assert (len(town.sari.heard), len(town.paijo.heard)) == (0, 1)  # Sari's are Simego's
    assert (await joko.does("Urungkan")).startswith("Diurungkan: 444 berkas")
    assert await acts(town) == 2
    assert await places(town) == {"at_district": 504}
    assert "444 dari 500 dipilih" in await joko.does("Buka lagi")


async def test_every_line_of_five_hundred_stands_on_some_page_and_can_be_unticked(town: Town):
    await many(town)
    joko = Thumb(town.joko)
    await joko.says("/tugas")
    await joko.does("Bawa ke Disdukcapil (504)", "Semua desa (504)", "Lepas semua")
    seen: set[int] = set()
    while True:
        data = [key["callback_data"] for row in joko.card.message.buttons for key in row]
        seen |= {one.place for one in map(parse, data) if isinstance(one, Tick) and one.place >= 0}
        if "63/63" in town.joko.buttons:
            break
        await joko.does("▶")
    assert seen == set(range(bags.MOST))
    last = next(label for label in town.joko.buttons if label.startswith("☐") and "·" in label)
    assert "1 dari 500 dipilih" in await joko.does(last)
    assert "63/63" in town.joko.buttons  # the page stays
    await joko.does("✅ 1 berkas")
    async with town.storage.reading() as tx:
        [(act,)] = await ask(town.storage, "select max(id) from act")
        assert len(await ledger.events_of(tx, act)) == 1

"""What people read of what an undo puts back where all stands still, or of what goes on by it."""

from handlers.corrections.buttons import Relocate
from handlers.documents.buttons import Undo
from storage import ledger, people
from storage.holds import queues
from storage.holds.queues import Queue
from storage.records import Actor, Document
from tests.handlers.test_holds import brought, hold, hold_all
from tests.town import Town


async def undoes(town: Town, card: Document) -> str:
    """Whoever made the last step of a document takes that back; what they read."""
    async with town.storage.reading() as tx:
        step = (await ledger.history(tx, card.id))[-1]
    who = next(one for one in (town.budi, town.joko, town.rina) if one.chat == step.chat)
    return await who.forges(Undo(step.act))


async def test_whoever_read_that_it_had_left_reads_that_this_was_wrong_and_then_that_it_stands_still(town: Town):
    card, stays = await brought(town, town.sari), await brought(town)
    await town.follows(town.emma, card.number, news="")
    await town.carries(card, "issued")
    await town.grace()
    await hold_all(town, town.budi, stays, "Kartu kosong", "Semua KTP-el")
    screen = await undoes(town, card)
    assert screen.startswith("Diurungkan: 1 dokumen terbit")
    assert "1 berkas tertunda di sana" in screen
    await town.settled()
    first, wrong = town.sari.heard
    assert first.startswith("Terbit: ")
    assert wrong.startswith("Mohon maaf, kabar kami keliru.")
    assert "ertunda" not in wrong
    town.emma.forgets()
    await town.grace()
    assert [text.partition(".")[0] for text in town.sari.heard[2:]] == ["Tertunda: blangko habis"]
    assert [text.partition(".")[0] for text in town.emma.heard] == ["On hold: no blank cards"]


async def test_what_was_held_up_since_it_was_put_right_is_told_by_itself(town: Town):
    card = await brought(town, town.sari)
    await town.carries(card, "issued")
    await town.grace()
    await undoes(town, card)
    town.sari.forgets()
    await hold(town, town.budi, card, "Kartu kosong")
    await town.grace()
    assert [text.partition(".")[0] for text in town.sari.heard] == ["Tertunda: blangko habis"]


async def test_a_village_hears_of_all_that_came_to_a_queue_that_was_held_by_mistake(town: Town):
    stays, *coming = await brought(town), await brought(town, at="to_registry"), await brought(town, at="to_registry")
    await hold_all(town, town.budi, stays, "Kartu kosong", "Semua KTP-el")
    for one in coming:
        await town.carries(one, "at_registry")
    await town.grace()
    town.warni.forgets()
    await undoes(town, stays)
    await town.grace()
    assert any(text.startswith("Berlanjut: 2 berkas.") for text in town.warni.heard)


async def test_of_a_village_that_is_put_back_into_a_held_queue_the_hold_is_told_by_itself(town: Town):
    card = await brought(town, town.sari)
    await town.rina.forges(Relocate(card.id, card.version, "simego"))
    await town.grace()
    async with town.storage.transaction() as tx:
        budi = Actor(await people.get(tx, town.budi.chat), town.clock)
        held = await queues.hold(tx, town.workflow, Queue("at_registry", village="tlogopakis"), "blank", None, budi)
    town.sari.forgets()
    await undoes(town, card)
    await town.settled()
    (wrong,) = town.sari.heard
    assert "ertunda" not in wrong
    assert "habis" not in wrong
    assert held
    await town.budi.forges(Undo(held.act or 0))
    await town.grace()
    assert town.sari.heard == [wrong]
    assert (await town.document(card)).hold is None

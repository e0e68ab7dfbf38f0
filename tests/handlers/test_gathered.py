"""What happens to a family's numbers within a short while is one message."""

import pytest

from handlers.wording.layout import grouped
from storage import corrections, documents, people
from storage.counter import handovers
from storage.db.ids import new_id
from storage.holds import papers, queues
from storage.holds.queues import Queue
from storage.mistakes import taking_back
from storage.paper import booklets
from storage.records import Actor, Document, Seen
from tests.town import Town


async def test_what_two_papers_of_a_number_do_one_after_the_other_is_one_message(patient: Town):
    kk, kia = await patient.files("KK", "KIA")
    await patient.follows(patient.sari, kk.number)
    await patient.carries(kk, "to_district")
    await patient.passes(60)
    await patient.carries(kia, "to_district")
    await patient.passes(60)
    assert patient.sari.heard == []
    await patient.passes(10)
    assert [text.count("Berangkat ke kecamatan") for text in patient.sari.heard] == [1]
    await patient.passes(600)
    assert len(patient.sari.heard) == 1


async def test_what_happens_to_two_numbers_is_one_message_that_rings_if_one_of_them_would(patient: Town):
    (one,), (other,) = await patient.files("KK"), await patient.files("KTP")
    for card in (one, other):
        await patient.follows(patient.sari, card.number, news="")
    one = await patient.carries(one, "from_registry")
    await patient.passes(200)
    patient.sari.forgets()
    await patient.carries(one, "ready_at_district")
    await patient.passes(30)
    await patient.carries(other, "to_district")
    await patient.passes(200)
    assert len(patient.sari.heard) == 1
    assert all(grouped(card.number) in patient.sari.screen for card in (one, other))
    assert not patient.sari.last.silent


async def test_beside_news_of_somebodys_death_no_other_has_pictures(patient: Town):
    (death,), (card,) = await patient.files("AKM"), await patient.files("KTP")
    for one in (death, card):
        await patient.follows(patient.sari, one.number)
    for one in (card, death):
        await patient.carries(one, "to_district")
    await patient.passes(200)
    (together,) = patient.sari.heard
    assert "KTP-el" in together
    assert "Akta Kematian" in together
    assert not set("🏠🏢🏛🛵") & set(together)


async def test_what_is_not_over_its_grace_is_not_told_with_the_rest(patient: Town):
    (mine,), (other,) = await patient.files("KK"), await patient.files("KTP")
    await patient.follows(patient.warni, mine.number)
    mine = await patient.carries(mine, "to_district")
    other = await patient.carries(other, "from_registry")
    await patient.passes(600)
    patient.warni.forgets()
    await patient.carries(mine, "at_district")
    await patient.passes(125)
    await patient.carries(other, "ready_at_district")
    await patient.passes(5)
    assert [grouped(other.number) in text for text in patient.warni.heard] == [False]
    await patient.passes(10)
    assert [grouped(other.number) in text for text in patient.warni.heard] == [False, True]


async def test_an_officer_hears_of_work_at_once(patient: Town):
    (card,) = await patient.files("KK")
    card = await patient.carries(card, "from_registry")
    await patient.carries(card, "ready_at_district")
    await patient.passes(10)
    assert "Siap diambil" in patient.warni.screen


async def test_a_receipt_and_the_hold_that_meets_it_are_one_message_after_the_same_while(patient: Town):
    (card,) = await patient.files("KTP")
    await patient.follows(patient.sari, card.number)
    card = await patient.carries(card, "to_registry")
    await patient.passes(200)
    patient.sari.forgets()
    card = await patient.carries(card, "at_registry")
    await patient.passes(60)
    async with patient.storage.transaction() as tx:
        budi = Actor(await people.get(tx, patient.budi.chat), patient.clock)
        await papers.hold(tx, patient.workflow, [Seen(card.id, card.version)], "blank", None, budi)
    await patient.passes(60)
    assert patient.sari.heard == []
    await patient.passes(200)
    assert ["blangko habis" in text for text in patient.sari.heard] == [True]


async def leaves_for_a_held_queue(patient: Town) -> Document:
    """A card on the road to where its kind is on hold; news of that is about to leave."""
    (card,) = await patient.files("KTP")
    await patient.follows(patient.sari, card.number)
    async with patient.storage.transaction() as tx:
        hadi = Actor(await people.get(tx, patient.hadi.chat), patient.clock)
        await queues.hold(tx, patient.workflow, Queue("at_registry", "KTP"), "blank", None, hadi)
    await patient.passes(200)
    card = await patient.carries(card, "to_registry")
    await patient.passes(125)
    return card


async def test_a_hold_that_meets_the_next_step_is_not_told_before_the_grace_of_that_is_over(patient: Town):
    card = await leaves_for_a_held_queue(patient)
    await patient.carries(card, "at_registry")
    await patient.passes(7)  # the step before is told, or shown by the card
    assert "blangko" not in "".join(patient.sari.heard)
    await patient.passes(200)
    assert "blangko habis" in patient.sari.heard[-1]


async def test_a_step_that_was_corrected_meanwhile_is_not_told_with_the_hold_of_the_correction(patient: Town):
    card = await leaves_for_a_held_queue(patient)
    async with patient.storage.transaction() as tx:
        rina = Actor(await people.get(tx, patient.rina.chat), patient.clock)
        seen = [Seen(card.id, card.version)]
        put = await corrections.put_right(tx, patient.workflow, seen, "at_registry", "slip", rina)
        assert put
    await patient.passes(7)
    assert "blangko" not in "".join(patient.sari.heard)


async def test_a_hold_is_told_though_the_step_that_was_to_tell_it_is_taken_back(patient: Town):
    cards = await patient.files("KTP", "KIA")
    await patient.follows(patient.sari, cards[0].number)
    cards = [await patient.carries(card, "to_registry") for card in cards]
    await patient.passes(200)
    patient.sari.forgets()
    async with patient.storage.transaction() as tx:
        joko = Actor(await people.get(tx, patient.joko.chat), patient.clock)
        seen = [Seen(card.id, card.version) for card in cards]
        received = await documents.move(tx, patient.workflow, seen, "at_registry", joko)
    await patient.passes(20)
    async with patient.storage.transaction() as tx:
        budi = Actor(await people.get(tx, patient.budi.chat), patient.clock)
        [held, *_] = received.moved
        await papers.hold(tx, patient.workflow, [Seen(held.id, held.version)], "blank", None, budi)
    async with patient.storage.transaction() as tx:
        await taking_back.undo(tx, patient.workflow, received.act or 0, joko)
    await patient.passes(300)
    assert ["blangko habis" in text for text in patient.sari.heard] == [True]


async def test_of_each_document_is_told_who_fetched_it_beside_its_own_button(patient: Town):
    cards = await patient.files("KK", "KIA")
    await patient.follows(patient.sari, cards[0].number)
    cards = [await patient.carries(card, "ready_at_village") for card in cards]
    await patient.passes(200)
    patient.sari.forgets()
    for card, who in zip(cards, ("spouse", "neighbour"), strict=True):
        async with patient.storage.transaction() as tx:
            warni = Actor(await people.get(tx, patient.warni.chat), patient.clock)
            await handovers.give(tx, patient.workflow, [card], who, "code", warni)
    await patient.passes(200)
    kk, kia = patient.sari.heard
    assert "Kartu Keluarga" in kk
    assert "suami/istri" in kk
    assert "Kartu Identitas Anak" in kia
    assert "tetangga" in kia
    assert [label for row in patient.sari.last.labels for label in row].count("Kami belum menerima") == 1


async def test_a_hold_that_was_told_with_its_step_is_put_right_when_it_is_taken_back(patient: Town):
    (card,) = await patient.files("KTP")
    await patient.follows(patient.sari, card.number)
    card = await patient.carries(card, "to_registry")
    await patient.passes(200)
    patient.sari.forgets()
    card = await patient.carries(card, "at_registry")
    await patient.passes(60)
    async with patient.storage.transaction() as tx:
        budi = Actor(await people.get(tx, patient.budi.chat), patient.clock)
        held = await papers.hold(tx, patient.workflow, [Seen(card.id, card.version)], "blank", None, budi)
    await patient.passes(100)
    assert ["blangko habis" in text for text in patient.sari.heard] == [True]
    async with patient.storage.transaction() as tx:
        await taking_back.undo(tx, patient.workflow, held.act or 0, budi)
    await patient.passes(200)
    assert "kabar kami keliru" in patient.sari.screen


async def slip_of(town: Town) -> str:
    """A number of a booklet that the village was given: nothing is filed under it yet."""
    booklet = new_id(town.clock)
    async with town.storage.transaction() as tx:
        await booklets.reserve(tx, booklet, "tlogopakis", 3, None, town.clock)
        return (await booklets.of_booklet(tx, booklet))[0].number


async def filed(town: Town, slip: str) -> list[Document]:
    async with town.storage.transaction() as tx:
        warni = Actor(await people.get(tx, town.warni.chat), town.clock)
        request = (await documents.file(tx, town.workflow, "tlogopakis", ("KK", "KIA"), "draft", warni, slip)).request
        return await documents.of_request(tx, request)


@pytest.mark.parametrize(
    "button",
    [
        pytest.param("Kabari bila sudah ada", id="waits before it is filed"),
        pytest.param("Kabari saya", id="asks once it is filed"),
    ],
)
async def test_two_cards_are_five_messages_at_most_until_they_are_in_hand_and_two_ring(patient: Town, button: str):
    sari, slip = patient.sari, await slip_of(patient)
    cards = await filed(patient, slip) if button == "Kabari saya" else []
    await sari.says(slip)
    await sari.taps(button)
    asked = len(sari.phone.heard)  # the answer to a question of one's own
    cards = cards or await filed(patient, slip)
    for stage in patient.workflow.route("KK")[1:]:
        await patient.passes(200)
        for n, card in enumerate(cards):  # each by itself, within a while
            cards[n] = await patient.carries(card, stage)
            await patient.passes(30)
    await patient.passes(200)
    unasked = sari.phone.heard[asked:]
    assert len(unasked) <= 5
    assert sum(not seen.silent for seen in unasked) <= 2
    assert "diserahkan" in sari.screen


async def test_what_has_words_of_its_own_does_not_go_with_what_came_before_another_number(patient: Town):
    (mine,), (other,) = await patient.files("KK"), await patient.files("KTP")
    mine = await patient.carries(mine, "to_village")
    for card in (mine, other):
        await patient.follows(patient.sari, card.number)
    await patient.passes(600)
    patient.sari.forgets()
    mine = await patient.carries(mine, "ready_at_village")
    await patient.passes(1)
    await patient.carries(other, "to_district")
    await patient.passes(1)
    async with patient.storage.transaction() as tx:
        warni = Actor(await people.get(tx, patient.warni.chat), patient.clock)
        await handovers.give(tx, patient.workflow, [mine], "spouse", "code", warni)
    await patient.passes(200)
    first, last = patient.sari.heard
    assert (grouped(other.number) in first, "suami/istri" in last) == (True, True)

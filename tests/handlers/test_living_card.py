"""What a family hears of a family card and a child's card: the messages, and the card that is kept up to date."""

import asyncio
from collections.abc import Callable

import pytest

from handlers.follow.buttons import ChooseNews
from storage import documents, ledger, people
from storage.mistakes import taking_back
from storage.records import Actor, Document, Seen
from tests.storage.cast import ask
from tests.town import Inhabitant, Town

FAMILY = ("KK", "KIA")


async def followed(town: Town) -> list[Document]:
    """A family card and a child's card, which Sari follows as families do."""
    cards = await town.files(*FAMILY)
    await town.sari.says(cards[0].number)
    await town.sari.taps("Kabari saya")
    return cards


async def moves(town: Town, cards: list[Document], stage: str) -> list[Document]:
    """All of them together, by whoever may, and it is told."""
    async with town.storage.transaction() as tx:
        for member in town.people.values():
            person = await people.get(tx, member.chat)
            if town.workflow.doer(person, cards[0].type, cards[0].village, cards[0].stage, stage):
                seen = [Seen(one.id, one.version) for one in cards]
                await documents.move(tx, town.workflow, seen, stage, Actor(person, town.clock))
                break
    await town.grace()
    return [await town.document(one) for one in cards]


async def goes_home(town: Town, cards: list[Document]) -> None:
    for stage in town.workflow.route("KK")[1:]:
        cards = await moves(town, cards, stage)


def edits(town: Town, who: Inhabitant) -> int:
    calls = town.sandbox.calls
    return sum(call.method == "editMessageText" and call.params["chat_id"] == str(who.chat) for call in calls)


async def test_a_family_hears_what_concerns_it_and_finds_every_stage_on_its_card(town: Town):
    cards = await followed(town)
    card = len(town.sari.phone.heard) - 1
    for stage in town.workflow.route("KK")[1:]:
        cards = await moves(town, cards, stage)
        shown = town.sari.heard[card]
        assert town.workflow.stages[stage].id.now.partition("{")[0] in shown
    heard = town.sari.phone.heard[card + 1 :]
    assert ["Siap diambil" in seen.text or "diserahkan" in seen.text for seen in heard] == [True] * 3
    assert [seen.silent for seen in heard] == [False, False, True]


@pytest.mark.parametrize("label", ["Kabari setiap tahap", "Beri nama sendiri"])
async def test_an_old_card_offers_nothing_of_a_number_that_is_followed_no_more(town: Town, label):
    cards = await followed(town)
    await town.sari.says(f"/berhenti {cards[0].number}")
    await town.sari.taps(label)
    assert town.sari.alert == "Sudah berubah. Ini keadaan terbaru."
    await town.sari.taps("🔔 Kabari saya")
    assert "bila ada yang penting" in town.sari.alert


async def test_whoever_wants_every_stage_is_told_every_stage(town: Town):
    cards = await followed(town)
    await town.sari.taps("Kabari setiap tahap")
    town.sari.forgets()
    await goes_home(town, cards)
    assert len(town.sari.heard) == len(town.workflow.route("KK")) - 1
    assert "dibawa ke Disdukcapil" in "".join(town.sari.heard)


async def test_whoever_has_no_card_is_given_one_without_a_sound_and_hears_no_more_than_others(town: Town):
    cards = await town.files(*FAMILY)
    await town.follows(town.sari, cards[0].number, news="")
    await goes_home(town, cards)
    heard = town.sari.phone.heard
    assert [seen.silent for seen in heard] == [True, False, False, True]
    assert "Sudah diserahkan" in heard[0].text


async def test_a_card_that_is_gone_is_replaced_once_without_a_sound(town: Town):
    cards = await followed(town)
    town.sandbox.fault("status", "editMessageText", code=400, words="Bad Request: message to edit not found")
    town.sari.forgets()
    cards = await moves(town, cards, "to_district")
    assert ["dibawa dari desa" in text for text in town.sari.heard] == [True]
    assert town.sari.last.silent
    await moves(town, cards, "at_district")
    assert ["Berkas diterima di kecamatan" in text for text in town.sari.heard] == [True]


@pytest.mark.parametrize("fault", ["lose", "drop"])
async def test_an_edit_whose_answer_got_lost_is_made_again_and_nothing_is_told_twice(town: Town, fault: str):
    cards = await moves(town, await followed(town), "to_district")
    town.sari.forgets()
    town.sandbox.fault(fault, method="editMessageText", chat=town.sari.chat)
    await moves(town, cards, "at_district")
    await town.passes(60)
    assert town.sari.heard == []
    assert "Berkas diterima di kecamatan" in town.sari.phone.heard[-1].text


async def test_the_newest_card_is_the_one_that_is_kept_up_to_date(town: Town):
    cards = await followed(town)
    await town.sari.says(cards[0].number)
    older, newer = town.sari.phone.heard[-2:]
    await moves(town, cards, "to_district")
    assert [seen.text == now.text for seen, now in zip((older, newer), town.sari.phone.heard[-2:], strict=True)] == [
        True, False,
    ]  # fmt: skip


async def test_what_was_chosen_can_be_changed_by_command_and_from_the_card(town: Town):
    await followed(town)
    assert "Kabari setiap tahap" in town.sari.buttons
    assert "Kabari yang penting saja" not in town.sari.buttons  # as they are told already
    await town.sari.taps("Kabari setiap tahap")
    assert "Kabari setiap tahap" not in town.sari.buttons
    await town.sari.taps("Kabari yang penting saja")
    assert "bila ada yang penting" in await town.sari.says("/kabar")
    assert "di setiap tahap" in await town.sari.taps("Kabari setiap tahap")
    assert town.sari.buttons == ["Kabari yang penting saja"]


async def test_who_follows_nothing_reads_so_beside_what_they_would_be_told(town: Town):
    assert "Bapak/Ibu belum mengikuti nomor apa pun." in await town.sari.says("/kabar")
    assert "Bapak/Ibu belum mengikuti nomor apa pun." in await town.sari.taps("Kabari setiap tahap")
    await followed(town)
    assert "belum mengikuti" not in await town.sari.says("/kabar")


async def test_nobody_chooses_what_there_is_not(town: Town):
    await town.sari.forges(ChooseNews("", "nothing"))
    assert "tidak berlaku" in town.sari.alert


async def test_of_a_card_nothing_is_kept_once_nobody_follows(town: Town):
    cards = await followed(town)
    assert await ask(town.storage, "select chat, request from card") == [(town.sari.chat, cards[0].request)]
    await town.sari.taps("Hentikan kabar")
    assert await ask(town.storage, "select * from card") == []


async def test_a_stranger_who_looks_has_no_card(town: Town):
    cards = await town.files(*FAMILY)
    await town.sari.says(cards[0].number)
    assert await ask(town.storage, "select * from card") == []
    before = edits(town, town.sari)
    await moves(town, cards, "to_district")
    assert edits(town, town.sari) == before


async def taken_back(town: Town, card: Document) -> None:
    """A step of it that whoever made it takes back at once."""
    async with town.storage.transaction() as tx:
        step = (await ledger.history(tx, card.id))[-1]
        assert await taking_back.undo(
            tx, town.workflow, step.act, Actor(await people.get(tx, town.warni.chat), town.clock)
        )


async def test_what_a_card_alone_has_shown_it_alone_puts_right(town: Town):
    cards = await followed(town)
    card = len(town.sari.phone.heard) - 1
    moved = await moves(town, cards, "to_district")
    assert "dibawa dari desa" in town.sari.heard[card]
    await taken_back(town, moved[0])
    await town.grace()
    assert "dibawa dari desa" not in town.sari.heard[card]
    assert len(town.sari.heard) == card + 1


async def test_a_card_that_was_looked_at_before_a_step_was_taken_back_is_put_right(town: Town):
    cards = await followed(town)
    moved = await town.carries(cards[0], "to_district")
    await town.sari.says(moved.number)
    card = len(town.sari.phone.heard) - 1
    assert "di jalan ke kecamatan" in town.sari.heard[card]
    await taken_back(town, moved)
    await town.grace()
    assert "di jalan ke kecamatan" not in town.sari.heard[card]
    assert len(town.sari.heard) == card + 1


async def test_a_card_that_was_under_way_while_a_step_was_taken_back_is_put_right(town: Town):
    cards = await followed(town)
    moved = await town.carries(cards[0], "to_district")
    card = len(town.sari.phone.heard)
    late, before = town.sandbox.fault("delay", "sendMessage", seconds=5), edits(town, town.sari)
    town.sari.phone.say(moved.number)
    await town.sandbox.until(lambda: late.seen > 0)
    await taken_back(town, moved)
    town.parts.sender.wake()
    await town.sandbox.until(lambda: edits(town, town.sari) > before)  # of the card before it
    await town.passes(5)
    await town.grace()
    assert "dibawa dari desa" not in town.sari.heard[card]
    assert len(town.sari.heard) == card + 1


async def comes_about(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110  # what a sender holds has no event to wait for
            await asyncio.sleep(0.002)


async def test_what_a_late_card_owes_is_sent_though_nothing_else_falls_due(town: Town):
    (card,) = await town.files("KTP")
    await town.follows(town.sari, card.number, news="")
    moved = await town.carries(card, "to_district")
    late = town.sandbox.fault("delay", "sendMessage", seconds=5)
    town.clock += town.workflow.grace
    town.parts.sender.wake()
    await comes_about(lambda: late.seen)
    await taken_back(town, moved)
    town.parts.sender.wake()
    await comes_about(town.parts.sender.hand.waiting)  # the apology, behind the card
    town.clock += 5000
    town.sandbox.advance(0)
    await town.settled()
    assert "dibawa dari desa" not in town.sari.heard[0]

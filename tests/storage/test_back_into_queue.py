"""What an undo puts back where a queue is held by then stands still as well, and whoever waits for it is told."""

import pytest

from bot.outgoing.hand import Unsettled, settle
from bot.telegram.errors import Done
from storage import outbox
from storage.holds.queues import Queue
from storage.mistakes.taking_back import GoneOn
from storage.news import phones
from storage.records import Document, MoveResult
from tests.storage.cast import BUDI, HADI, JOKO, SARI, WATI, YANTI, Register
from tests.storage.holding import cards, hold, hold_queue, kinds, release, release_queue
from tests.storage.test_corrections import put_right
from tests.storage.test_freed_by_sms import by_sms
from tests.storage.test_relays import keep, to_tell
from tests.storage.test_stands_again import told

CARDS = Queue("at_registry", "KTP")


async def let_go_alone(register: Register) -> Document:
    """A card that Sari waits for, which was let go on by itself from a queue that stays held."""
    card, _ = await cards(register, 2)
    await register.follow(SARI, card.number)
    await hold_queue(register, HADI, CARDS, "blank")
    await release(register, HADI, await register.get(card))
    await told(register)
    return await register.get(card)


async def moved_out(register: Register) -> tuple[Document, MoveResult]:
    """A card that Sari waits for, which has just left the registry; of which a queue is held then."""
    card, _ = await cards(register, 2)
    await register.follow(SARI, card.number)
    await register.ask("delete from outbox returning 1")
    away = await register.move(HADI, "issued", card)
    return card, away


@pytest.mark.parametrize("what", ["held", "moved"])
async def test_what_was_let_go_on_by_itself_stays_free_of_the_queue(register: Register, what: str):
    card = await let_go_alone(register)
    then = await hold(register, HADI, "sign", card) if what == "held" else await register.move(HADI, "issued", card)
    await register.undo(HADI, then.act)
    assert (await register.get(card)).hold is None
    assert await told(register) == []


async def test_what_goes_on_no_more_by_itself_is_caught_by_the_queue(register: Register):
    card, other = await cards(register, 2)
    await hold_queue(register, HADI, CARDS, "blank")
    go = await release_queue(register, HADI, await register.get(card))
    away = await register.move(HADI, "issued", await register.get(card))
    assert go
    await register.undo(HADI, go.act)  # the other one alone is held again
    assert [(await register.get(one)).hold for one in (card, other)] == [None, "blank"]
    await register.undo(HADI, away.act)
    assert (await register.get(card)).hold == "blank"


async def test_what_came_as_a_queue_went_on_by_mistake_is_caught_once_that_is_taken_back(register: Register):
    (card,), (coming,) = await cards(register, 1), await cards(register, 1, "to_registry")
    await register.follow(SARI, coming.number)
    await hold_queue(register, HADI, CARDS, "blank")
    go = await release_queue(register, HADI, card)
    await register.move(JOKO, "at_registry", coming)
    await told(register)
    assert go
    back = await register.undo(HADI, go.act)
    assert back
    assert [one.id for one in back.moved] == [card.id]
    assert [(await register.get(one)).hold for one in (card, coming)] == ["blank", "blank"]
    assert await told(register) == [("hold", "blank", False)]


async def test_what_was_let_go_on_by_itself_meanwhile_is_not_caught(register: Register):
    card, other = await cards(register, 2)
    await hold_queue(register, HADI, CARDS, "blank")
    await release(register, HADI, await register.get(card))
    go = await release_queue(register, HADI, other)
    held = await hold(register, HADI, "sign", await register.get(card))
    await register.undo(HADI, held.act)
    assert go
    await register.undo(HADI, go.act)
    assert [(await register.get(one)).hold for one in (card, other)] == [None, "blank"]


async def test_what_is_put_back_elsewhere_holds_nothing_here(register: Register):
    (alone,), (other,) = await cards(register, 1), await cards(register, 1, "at_district", "KK")
    held = await hold(register, HADI, "sign", alone)
    await hold_queue(register, HADI, CARDS, "blank")
    await hold(register, YANTI, "siak", other)
    go = await release(register, YANTI, await register.get(other))
    await release(register, HADI, *held.moved)
    await register.undo(YANTI, go.act)
    assert [(await register.get(one)).hold for one in (alone, other)] == [None, "siak"]


async def test_what_was_let_go_on_in_a_held_queue_from_what_held_it_before_stays_free_of_it(register: Register):
    (card,) = await cards(register, 1)
    held = await hold(register, HADI, "sign", card)
    await hold_queue(register, HADI, CARDS, "blank")
    free = await release(register, HADI, *held.moved)
    away = await register.move(HADI, "issued", *free.moved)
    await register.undo(HADI, away.act)
    assert (await register.get(card)).hold is None


async def test_what_was_let_go_on_by_itself_and_came_back_is_like_any_that_comes(register: Register):
    card, other = await cards(register, 2)
    await hold_queue(register, HADI, CARDS, "blank")
    free = await release(register, HADI, await register.get(card))
    await register.move(HADI, "issued", *free.moved)
    go = await release_queue(register, HADI, other)
    await put_right(register, YANTI, "at_registry", await register.get(card))
    assert go
    await register.undo(HADI, go.act)
    assert (await register.get(card)).hold == "blank"


async def test_whoever_was_told_nothing_yet_is_told_that_it_stands_still(register: Register):
    card, away = await moved_out(register)
    await hold_queue(register, HADI, CARDS, "blank")
    await register.undo(HADI, away.act)
    assert (await kinds(register, card))[-3:] == ["move", "undo", "hold"]
    assert await told(register) == [("hold", "blank", False)]
    assert await told(register) == []


async def test_whoever_was_told_that_it_had_left_hears_that_at_once_and_the_hold_in_its_time(register: Register):
    _, away = await moved_out(register)
    assert await told(register) == [("move", None, False)]
    await hold_queue(register, HADI, CARDS, "blank")
    await register.undo(HADI, away.act)
    async with register.storage.transaction() as tx:
        [regret] = [one for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10) if one.chat == SARI]
        await settle(tx, [Unsettled(regret, Done(None, 1), 0.0)], register.now)
    assert [(stop.kind, stop.hold) for stop in regret.stops] == [("undo", None)]
    assert await told(register) == [("hold", "blank", False)]


async def test_whose_queue_goes_on_before_that_is_told_hears_nothing(register: Register):
    card, away = await moved_out(register)
    queue = await hold_queue(register, HADI, CARDS, "blank")
    await register.undo(HADI, away.act)
    assert queue
    await register.undo(HADI, queue.act)
    assert (await register.get(card)).hold is None
    assert await told(register) == []


async def test_its_village_is_told_of_what_came_back_alone(register: Register):
    _, away = await moved_out(register)
    await hold_queue(register, HADI, CARDS, "blank")
    await register.ask("delete from outbox returning 1")
    await register.undo(HADI, away.act)
    assert {row[0] for row in await register.owed()} >= {SARI, WATI}
    assert BUDI not in {row[0] for row in await register.owed()}


async def test_a_family_whom_no_message_reaches_is_told_of_what_stands_still_and_not_of_each_step_back(
    register: Register,
):
    (card,), (book,) = await cards(register, 1, "at_district"), await cards(register, 1, "at_district", "KK")
    for one in (card, book):
        await keep(register, one)
    away = await register.move(JOKO, "to_registry", card, book)
    await hold_queue(register, YANTI, Queue("at_district", "KTP"), "incomplete")
    await register.undo(JOKO, away.act)
    assert [(await register.get(one)).stage for one in (card, book)] == ["at_district", "at_district"]
    assert [one.number for one in await to_tell(register)] == [card.number]


@pytest.mark.parametrize("first", ["KTP", "KK"])
async def test_of_two_queues_each_is_told_as_it_concerns_its_families(register: Register, first: str):
    types = (first, "KK" if first == "KTP" else "KTP")
    found = {type: (await cards(register, 1, "at_district", type))[0] for type in types}
    for one in found.values():
        await keep(register, one)
    away = await register.move(JOKO, "to_registry", *found.values())
    await hold_queue(register, YANTI, Queue("at_district", "KTP"), "incomplete")  # it is their turn
    await hold_queue(register, YANTI, Queue("at_district", "KK"), "siak")
    await register.undo(JOKO, away.act)
    assert [(await register.get(found[type])).hold for type in ("KTP", "KK")] == ["incomplete", "siak"]
    assert [one.number for one in await to_tell(register)] == [found["KTP"].number]


async def test_a_telephone_hears_of_what_stands_still_and_not_of_each_step_back(register: Register):
    (card,), (book,) = await cards(register, 1, "at_district"), await cards(register, 1, "at_district", "KK")
    async with register.storage.transaction() as tx:
        told_of = [await phones.keep(tx, f"+62812{n:07}", "id", register.now) for n in range(2)]
        for id, one in zip(told_of, (card, book), strict=True):
            await phones.follow(tx, id, one.number, register.now)
    away = await register.move(JOKO, "to_registry", card, book)
    await hold_queue(register, YANTI, Queue("at_district", "KTP"), "incomplete")
    assert await by_sms(register) == []
    await register.undo(JOKO, away.act)
    assert await by_sms(register) == told_of[:1]


async def test_what_cannot_be_put_back_is_not_caught(register: Register):
    card, away = await moved_out(register)
    await register.move(JOKO, "from_registry", await register.get(card))
    await hold_queue(register, HADI, CARDS, "blank")
    with pytest.raises(GoneOn):
        await register.undo(HADI, away.act)
    assert (await register.get(card)).hold is None

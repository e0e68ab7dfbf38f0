"""Queues that stand still, what comes to them, who hears of it, and what is taken back."""

import asyncio

from storage import corrections, documents, ledger, outbox
from storage.holds import queues
from storage.holds.queues import Queue, Standstill
from storage.ledger import Cause
from storage.records import MoveResult
from tests.storage.cast import BUDI, HADI, JOKO, NOW, SARI, WATI, YANTI, Register, seen
from tests.storage.holding import cards, hold, hold_queue, kinds, release_queue
from tests.storage.race import A_MOMENT, PATIENCE
from tests.town import WORKFLOW

DAY = 86_400_000
CARDS = Queue("at_registry", "KTP")


async def test_a_queue_is_held_with_what_comes_to_it_until_one_tap_lets_all_of_it_go(register: Register):
    first, second = await cards(register, 2)
    (family,) = await cards(register, 1, type="KK")
    (coming,) = await cards(register, 1, "to_registry")
    assert await hold_queue(register, HADI, CARDS, "blank", NOW + DAY)
    register.now += 60_000
    (arrived,) = (await register.move(JOKO, "at_registry", coming)).moved
    assert [(await register.get(one)).hold for one in (first, second, family)] == ["blank", "blank", None]
    assert (arrived.hold, arrived.hold_since, arrived.hold_review) == ("blank", register.now, NOW + DAY)
    assert (await kinds(register, coming))[-1] == "move"
    await release_queue(register, HADI, arrived)
    assert {(await register.get(one)).hold for one in (first, second, coming)} == {None}
    assert [(await kinds(register, one))[-1] for one in (first, coming)] == ["release", "release"]
    (last,) = await cards(register, 1)
    assert last.hold is None


async def test_all_that_travels_is_held_wherever_the_road_leads_and_what_is_filed_meanwhile(register: Register):
    found = [(await cards(register, 1, stage))[0] for stage in ("filed", "to_registry", "at_registry", "issued")]
    await hold_queue(register, JOKO, Queue(""), "road")
    assert [(await register.get(one)).hold for one in found] == ["road", "road", None, "road"]
    filed = await register.one()
    assert filed.hold == "road"
    assert await register.get(filed) == filed


def test_what_is_held_until_nobody_knows_when_comes_back_each_week():
    held = [Standstill(Cause(1, "road", 0, "", "", "", NOW, None), 1, frozenset())]
    assert [n for n in range(16) if queues.to_look_at(WORKFLOW, held, NOW + n * DAY)] == [7, 14]


async def test_what_is_held_already_keeps_its_own_reason(register: Register):
    one, other = await cards(register, 2)
    await hold(register, HADI, "mismatch", one)
    await hold_queue(register, HADI, CARDS, "blank")
    await release_queue(register, HADI, other)
    assert [(await register.get(each)).hold for each in (one, other)] == ["mismatch", None]


async def test_a_queue_that_is_held_is_not_held_once_more(register: Register):
    await cards(register, 1)
    assert await hold_queue(register, HADI, CARDS, "blank")
    assert await hold_queue(register, HADI, CARDS, "blank") is None


async def test_the_history_of_what_a_queue_did_is_whole(register: Register):
    one, other = await cards(register, 2)
    await hold_queue(register, HADI, CARDS, "blank")
    await release_queue(register, HADI, one)
    for card in (one, other):
        async with register.storage.reading() as tx:
            history = await ledger.history(tx, card.id)
        assert [event.version for event in history] == list(range(1, card.version + 3))
        assert {event.to_stage for event in history[-3:]} == {"at_registry"}
    ids = await register.ask("select id from event order by id")
    assert len(set(ids)) == len(ids)


async def test_another_day_is_told_to_all_that_share_a_cause(register: Register):
    one, other = await cards(register, 2)
    await hold_queue(register, HADI, CARDS, "blank", NOW + DAY)
    actor = await register.actor(HADI)
    async with register.storage.transaction() as tx:
        cause = await queues.of_document(tx, one.id)
        assert cause
        result = await queues.extend(tx, register.workflow, cause, NOW + 5 * DAY, actor)
    assert result
    assert {(await register.get(each)).hold_review for each in (one, other)} == {NOW + 5 * DAY}
    await register.undo(HADI, result.act)
    assert {(await register.get(each)).hold_review for each in (one, other)} == {NOW + DAY}
    async with register.storage.reading() as tx:
        assert (await queues.get(tx, cause.id)) == cause


# Taken back


async def test_an_undo_frees_a_queue_and_what_came_to_it_meanwhile(register: Register):
    (card,) = await cards(register, 1)
    (coming,) = await cards(register, 1, "to_registry")
    act = await hold_queue(register, HADI, CARDS, "blank")
    (arrived,) = (await register.move(JOKO, "at_registry", coming)).moved
    assert act
    back = await register.undo(HADI, act.act)
    assert back
    assert [(await register.get(one)).hold for one in (card, arrived)] == [None, None]
    (later,) = await cards(register, 1)
    assert later.hold is None


async def test_whoever_heard_that_what_came_is_held_hears_that_it_goes_on_when_that_is_taken_back(register: Register):
    (card,) = await cards(register, 1)
    (coming,) = await cards(register, 1, "to_registry")
    await register.follow(SARI, coming.number)
    await register.follow(BUDI, card.number)
    act = await hold_queue(register, HADI, CARDS, "blank")
    await register.move(JOKO, "at_registry", coming)
    register.now += 11_000
    async with register.storage.transaction() as tx:
        for owed in await outbox.claim(tx, outbox.NOTICE, register.now, 50):
            await outbox.sent(tx, owed.ids, register.now)
    assert act
    assert await register.undo(HADI, act.act)
    async with register.storage.transaction() as tx:
        told = {one.chat: one for one in await outbox.claim(tx, outbox.NOTICE, register.now + 11_000, 50)}
    assert (told[BUDI].kind, told[SARI].kind) == ("regret", "act")
    assert [(one.kind, one.hold) for one in told[SARI].stops] == [("release", None)]


async def test_an_undo_of_letting_go_holds_the_queue_again(register: Register):
    (card,) = await cards(register, 1)
    await hold_queue(register, HADI, CARDS, "blank", NOW + DAY)
    held = await register.get(card)
    act = await release_queue(register, HADI, card)
    assert act
    await register.undo(HADI, act.act)
    again = await register.get(card)
    assert (again.hold, again.hold_since, again.hold_review) == (held.hold, held.hold_since, held.hold_review)
    (later,) = await cards(register, 1)
    assert later.hold == "blank"


async def test_who_comes_back_by_an_undo_finds_the_queue_as_it_is_by_then(register: Register):
    (held,) = await cards(register, 1)
    (free,) = await cards(register, 1)
    await hold(register, HADI, "sign", held)
    away = await register.move(HADI, "issued", await register.get(free))
    await hold_queue(register, HADI, CARDS, "blank")
    await register.undo(HADI, away.act)
    assert (await register.get(free)).hold == "blank"
    gone = await register.move(HADI, "issued", await register.get(free))
    (rest,) = await cards(register, 1)
    await release_queue(register, HADI, rest)
    await register.undo(HADI, gone.act)
    assert (await register.get(free)).hold is None


async def test_who_comes_back_by_an_undo_finds_the_day_as_it_is_by_then(register: Register):
    away, stays = await cards(register, 2)
    await hold_queue(register, HADI, CARDS, "blank", NOW + DAY)
    act = await register.move(HADI, "issued", await register.get(away))
    actor = await register.actor(HADI)
    async with register.storage.transaction() as tx:
        cause = await queues.of_document(tx, stays.id)
        assert cause
        await queues.extend(tx, register.workflow, cause, NOW + 5 * DAY, actor)
    await register.undo(HADI, act.act)
    assert (await register.get(away)).hold_review == NOW + 5 * DAY


async def test_what_is_found_in_a_held_queue_is_held_as_well(register: Register):
    (card,) = await cards(register, 1, "to_registry")
    await hold_queue(register, HADI, CARDS, "blank")
    actor = await register.actor(YANTI)
    async with register.storage.transaction() as tx:
        await corrections.put_right(tx, register.workflow, seen(card), "at_registry", "slip", actor)
    assert (await register.get(card)).hold == "blank"


# Told


async def chats(register: Register) -> list[int]:
    return sorted(row[0] for row in await register.owed() if row[2] is not None)


async def test_followers_and_the_villages_officers_are_told_once_and_not_whoever_acted(register: Register):
    found = await cards(register, 2)
    await register.ask("delete from outbox returning 1")
    for card in found:
        await register.follow(SARI, card.number)
    result = await hold_queue(register, HADI, CARDS, "blank")
    assert result
    assert result.told == 1  # Sari: to the two officers of the village it is work
    owed = await register.owed()
    assert sorted(row[1] for row in owed if row[0] == SARI) == ["act", "act"]  # one for each number
    assert {row[1] for row in owed if row[0] == WATI} == {"held"}


# In the same moment


async def test_nothing_slips_into_a_queue_while_it_is_being_held(register: Register, engine):
    await cards(register, 1)
    (coming,) = await cards(register, 1, "to_registry")
    officer, courier = await register.actor(HADI), await register.actor(JOKO)
    gate, inside = asyncio.Event(), asyncio.Event()

    async def stop() -> None:
        async with register.storage.transaction() as tx:
            await queues.hold(tx, register.workflow, CARDS, "blank", None, officer)
            inside.set()
            await gate.wait()

    async def arrive() -> MoveResult:
        async with register.storage.transaction() as tx:
            return await documents.move(tx, register.workflow, seen(coming), "at_registry", courier)

    stopping = asyncio.create_task(stop())
    await asyncio.wait_for(inside.wait(), PATIENCE)
    arriving = asyncio.create_task(arrive())
    await asyncio.sleep(A_MOMENT)
    came_first = arriving.done()
    gate.set()
    await asyncio.wait_for(stopping, PATIENCE)
    (arrived,) = (await asyncio.wait_for(arriving, PATIENCE)).moved
    assert (came_first, arrived.hold) == (False, "blank")


async def test_of_two_who_let_a_queue_go_one_does(register: Register, engine):
    (card,) = await cards(register, 1)
    await hold_queue(register, HADI, CARDS, "blank")
    actors = [await register.actor(chat) for chat in (HADI, JOKO)]
    async with register.storage.reading() as tx:
        cause = await queues.of_document(tx, card.id)
    assert cause

    async def let_go(actor):
        async with register.storage.transaction() as tx:
            return await queues.release(tx, register.workflow, cause, actor)

    results = await asyncio.gather(*map(let_go, actors))
    assert sorted(result is None for result in results) == [False, True]
    assert (await register.get(card)).version == card.version + 2

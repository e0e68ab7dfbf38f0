"""A claim never leaves behind what it overtakes, whoever dies amid one."""

import asyncio

import pytest

from storage import Storage, outbox
from storage.outbox import NOTICE, Due
from storage.records import MINUTE
from tests.storage.cast import BUDI, HADI, JOKO, NOW, SARI, SECOND, Register
from tests.storage.holding import hold, release


async def test_what_waits_to_be_gathered_overtakes_nothing_that_a_claim_leaves_behind(register: Register):
    dues = [Due(key, SARI, key, NOTICE, NOW - 3 + place, gather=2 * place) for place, key in enumerate("abc")]
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, dues, NOW - 3)
        claims = [await outbox.claim(tx, NOTICE, NOW, 1, gather=3) for _ in dues]
    assert [[one.kind for one in claimed] for claimed in claims] == [["a"], ["b", "c"], []]


async def test_what_falls_due_first_overtakes_nothing_that_its_chat_was_owed_before(register: Register):
    dues = [
        Due("old", SARI, "old", NOTICE, NOW - 5, gather=4), Due("young", SARI, "young", NOTICE, NOW - 3),
        Due("other", JOKO, "other", NOTICE, NOW - 2),
    ]  # fmt: skip
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, dues, NOW - 5)
        claims = [await outbox.claim(tx, NOTICE, NOW, 1, gather=4) for _ in dues]
    assert [[one.kind for one in claimed] for claimed in claims] == [["old", "young"], ["other"], []]


async def claimed(storage: Storage) -> list[str]:
    async with storage.transaction() as tx:
        await outbox.release(tx, after=0)
        return [one.kind for one in await outbox.claim(tx, NOTICE, NOW, 50)]


@pytest.mark.parametrize("engine", ["postgres"])  # on SQLite nobody can write, and so lead, meanwhile
async def test_what_was_being_claimed_by_a_process_that_died_is_overtaken_by_nothing(register: Register):
    storage = register.storage
    async with storage.transaction() as tx:
        await outbox.owe(tx, [Due("old", SARI, "old", NOTICE, NOW)], NOW)
    async with storage.transaction() as tx:  # a claim of which the commit has not arrived yet
        assert await outbox.claim(tx, NOTICE, NOW, 1)
        assert not await storage.writes_end(0.05)
        async with storage.transaction() as other:
            await outbox.owe(other, [Due("young", SARI, "young", NOTICE, NOW)], NOW)
        waiting = asyncio.create_task(storage.writes_end(10))
        while await register.ask("select 1 from pg_locks where not granted") == []:
            assert not waiting.done()
    assert await waiting
    assert await claimed(storage) == ["old", "young"]


@pytest.mark.parametrize("engine", ["postgres"])  # on SQLite one comes after the other
async def test_what_is_put_down_as_its_chat_begins_to_wait_comes_behind(register: Register):
    storage = register.storage
    async with storage.transaction() as tx:
        await outbox.owe(tx, [Due("old", SARI, "old", NOTICE, NOW)], NOW)
        [old] = await outbox.claim(tx, NOTICE, NOW, 1)
    async with storage.transaction() as tx:
        await outbox.owe(tx, [Due("young", SARI, "young", NOTICE, NOW)], NOW)
        async with storage.transaction() as other:
            await outbox.later(other, old, NOW + 10, 1, "flood")
    async with storage.transaction() as tx:
        assert await outbox.claim(tx, NOTICE, NOW, 50) == []
        assert await outbox.next_due(tx) == {NOTICE: NOW + 10}
        assert [one.kind for one in await outbox.claim(tx, NOTICE, NOW + 10, 50)] == ["old", "young"]


@pytest.mark.parametrize("engine", ["postgres"])  # as above
async def test_what_is_put_down_as_its_chat_comes_back_is_sent(register: Register):
    storage = register.storage
    async with storage.transaction() as tx:
        await outbox.lose(tx, SARI, "blocked", NOW)
        await outbox.lose(tx, BUDI, "blocked", NOW)
    async with storage.transaction() as tx:
        await outbox.owe(tx, [Due(str(chat), chat, "note", NOTICE, NOW) for chat in (SARI, BUDI)], NOW)
        async with storage.transaction() as other:
            assert await outbox.find(other, SARI, NOW)
    async with storage.transaction() as tx:
        await outbox.release(tx, after=0)
        assert [one.chat for one in await outbox.claim(tx, NOTICE, NOW, 50)] == [SARI]


@pytest.mark.parametrize("step", ["moved one of them", "let it go on"])
async def test_a_hold_that_no_step_in_the_senders_hands_tells_is_told_by_itself(register: Register, step: str):
    kk, kia = await register.filed("KK", "KIA")
    kk, kia = await register.brought(kk, "to_registry"), await register.brought(kia, "at_registry")
    await register.follow(SARI, kk.number)
    (kk,) = (await register.move(JOKO, "at_registry", kk)).moved
    if step == "let it go on":
        (kk,) = (await hold(register, HADI, "backlog", kk)).moved
        register.now += 11 * SECOND
        async with register.storage.transaction() as tx:
            for one in await outbox.claim(tx, NOTICE, register.now, 50):
                await outbox.sent(tx, one.ids, register.now)
        (kk,) = (await release(register, HADI, kk)).moved
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        [owed] = [one for one in await outbox.claim(tx, NOTICE, register.now, 50) if one.chat == SARI]
    await hold(register, HADI, "backlog", kk, *([kia] if step == "moved one of them" else []))
    async with register.storage.transaction() as tx:
        await outbox.later(tx, owed, register.now, 0, "behind")
        await outbox.claim(tx, NOTICE, register.now, 50)
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        [owed] = [one for one in await outbox.claim(tx, NOTICE, register.now, 50) if one.chat == SARI]
    assert {one.kind for one in owed.stops} == {"hold"}


@pytest.mark.parametrize("meanwhile", ["nothing", "taken back"])
async def test_a_step_says_no_hold_of_which_another_message_tells(register: Register, meanwhile: str):
    kk, kia = await register.filed("KK", "KIA")
    kk, kia = await register.brought(kk, "to_registry"), await register.brought(kia, "at_registry")
    await register.follow(SARI, kk.number)
    (kk,) = (await register.move(JOKO, "at_registry", kk)).moved
    register.now += 5 * SECOND
    held = await hold(register, HADI, "backlog", kk, kia)
    told = list[tuple[str, str, str | None]]()
    for step in ("receipt", meanwhile, "hold"):
        register.now += 6 * SECOND if step == "receipt" else 3 * SECOND
        if step == "taken back":
            assert await register.undo(HADI, held.act)
        async with register.storage.transaction() as tx:
            for one in await outbox.claim(tx, NOTICE, register.now, 50):
                told += [(stop.type, stop.kind, stop.hold) for stop in one.stops if one.chat == SARI]
                await outbox.sent(tx, one.ids, register.now)
    itself = [("KK", "hold", "backlog"), ("KIA", "hold", "backlog")]
    assert told == [("KK", "move", None), *(itself if meanwhile == "nothing" else [])]
    assert not await register.ask(f"select id from outbox where chat = {SARI} and kind = 'regret'")


async def test_a_hold_that_was_in_one_hand_with_its_steps_is_said_by_none_of_them_as_they_leave_one_by_one(
    register: Register,
):
    cards = [await register.brought(one, "to_registry") for one in await register.filed("KK", "KIA")]
    await register.follow(SARI, cards[0].number)
    moved = [(await register.move(JOKO, "at_registry", card)).moved[0] for card in cards]
    held = await hold(register, HADI, "backlog", *moved)
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        [family] = [one for one in await outbox.claim(tx, NOTICE, register.now, 50, SECOND) if one.chat == SARI]
        assert [stop.hold for stop in family.stops] == ["backlog"] * 4
        await outbox.let_go(tx, [family])
    for row in family.ids[:2]:
        await register.ask(f"update outbox set due_at = id where chat = {SARI} and id > {row} returning 1")
        async with register.storage.transaction() as tx:
            [one] = [one for one in await outbox.claim(tx, NOTICE, register.now, 50) if one.chat == SARI]
            assert [stop.hold for stop in one.stops] == [None]
            await outbox.sent(tx, one.ids, register.now)
        await register.ask(f"update outbox set due_at = {register.now} where chat = {SARI} returning 1")
    await register.undo(HADI, held.act)
    assert not await register.ask(f"select id from outbox where chat = {SARI} and sent_at is null")


@pytest.mark.parametrize("of", ["one request", "two requests"])
@pytest.mark.parametrize("in_hand", ["regret", "act"])
async def test_what_is_told_together_overtakes_nothing_that_is_in_hand(register: Register, of: str, in_hand: str):
    first, second, other = [(await register.one()).request for _ in range(3)]
    last = first if of == "one request" else second
    told = [(first, "act", 2), (other, in_hand, 0), (last, "act", 2)]
    dues = [Due(f"{i}", SARI, kind, NOTICE, NOW + at, request=one) for i, (one, kind, at) in enumerate(told)]
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, dues, NOW)
        claims = [await outbox.claim(tx, NOTICE, NOW + later, 50, gather=1) for later in (0, 2)]
    requests = [[one.request, *(part.request for part in one.also)] for claimed in claims for one in claimed]
    assert requests == [[other], [first], [last]]


async def test_what_an_act_says_of_its_documents_overtakes_no_other_and_is_said_of_no_other(register: Register):
    first, second = [(await register.one()).request for _ in range(2)]
    told = [
        (first, {}),
        (second, {}),
        (first, {}),
        (first, {"asked": 1}),
        (first, {}),
        (second, {}),
        (second, {"asked": 1}),
    ]
    dues = [Due(f"{i}", SARI, "act", NOTICE, NOW, request=one, facts=facts) for i, (one, facts) in enumerate(told)]
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, dues, NOW)
        found = await outbox.claim(tx, NOTICE, NOW, 50, gather=1)
    place = {id: i for i, (id,) in enumerate(await register.ask("select id from outbox order by id"))}
    assert [([place[id] for id in one.ids], one.facts) for one in found] == [
        ([0, 2, 1], "{}"), ([3, 4], '{"asked":1}'), ([5, 6], '{"asked":1}'),
    ]  # fmt: skip
    assert [[part.request for part in one.also] for one in found] == [[second], [], []]


async def test_what_is_late_of_a_request_is_taken_whole_also_with_what_its_chat_was_owed_before(register: Register):
    first, second = [(await register.one()).request for _ in range(2)]
    owed = [(second, 20, 18), (first, 19, 19), (second, 15, 15)]  # minutes ago: owed, due
    dues = [
        Due(f"{i}", SARI, "act", NOTICE, NOW - ago * MINUTE, request=one, gather=(ago - due) * MINUTE)
        for i, (one, ago, due) in enumerate(owed)
    ]
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, dues, 0)
        claims = [await outbox.claim(tx, NOTICE, NOW, 1) for _ in dues]
    assert [{one.request for one in claimed} for claimed in claims] == [{first, second}, set(), set()]

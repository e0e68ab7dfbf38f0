"""What is owed: claimed in order, gathered when late, paused per chat, never dropped."""

import pytest

from storage import outbox, overview, people
from storage.news import leftovers
from storage.outbox import ANSWER, NOTICE, Due
from storage.records import Owed, Reached
from tests.storage.cast import (
    BUDI,
    DAY,
    JOKO,
    MINUTE,
    NOW,
    SARI,
    SECOND,
    WATI,
    Register,
)

GRACE = 10 * SECOND


async def owe(register: Register, key: str, due_at: int = NOW, chat: int = SARI, priority: int = NOTICE) -> None:
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, [Due(key, chat, "reminder", priority, due_at, facts={"key": key})], register.now)


async def claim(register: Register, now: int = NOW, priority: int = NOTICE, most: int = 50) -> list[Owed]:
    async with register.storage.transaction() as tx:
        return await outbox.claim(tx, priority, now, most)


def keys(owed: list[Owed]) -> list[str]:
    return [one.facts.removeprefix('{"key":"').removesuffix('"}') for one in owed]


# Claiming


async def test_a_notice_tells_what_moved_to_whom_and_in_which_language(register: Register):
    kk, kia = await register.filed("KK", "KIA")
    await register.follow(SARI, kk.number)
    await register.move(WATI, "to_district", kk, kia)
    [owed] = await claim(register, NOW + GRACE)
    assert (owed.chat, owed.kind, owed.priority, owed.request) == (SARI, "act", NOTICE, kk.request)
    assert (owed.number, owed.village, owed.lang, owed.code) == (kk.number, "tlogopakis", None, "id")
    assert (owed.owed_at, owed.tries) == (NOW + GRACE, 0)
    assert owed.stops == (Reached("KK", "to_district", NOW), Reached("KIA", "to_district", NOW))


async def test_what_is_due_is_claimed_by_due_time_then_in_the_order_it_was_put_down(register: Register):
    for key, due_at in (("b", NOW - 2), ("c", NOW - 2), ("a", NOW - 3), ("d", NOW), ("e", NOW + 1)):
        await owe(register, key, due_at)
    assert keys(await claim(register)) == ["a", "b", "c", "d"]


async def test_a_claim_takes_no_more_than_it_asks_for_and_nothing_twice(register: Register):
    for key in "abc":
        await owe(register, key)
    assert [keys(await claim(register, most=2)) for _ in range(3)] == [["a", "b"], ["c"], []]


async def test_what_is_due_longest_is_claimed_first_however_late_it_was_put_down(register: Register):
    for key, due_at in (("young", NOW), ("old", NOW - SECOND)):
        await owe(register, key, due_at)
    assert [keys(await claim(register, most=1)) for _ in range(2)] == [["old"], ["young"]]


async def test_each_priority_is_claimed_by_itself(register: Register):
    for priority in (NOTICE, ANSWER):
        await owe(register, str(priority), priority=priority)
    assert [keys(await claim(register, priority=priority)) for priority in (ANSWER, NOTICE)] == [["0"], ["1"]]


async def test_what_was_taken_back_is_not_claimed(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    result = await register.move(WATI, "to_district", kk)
    await register.undo(WATI, result.act)
    assert await claim(register, NOW + MINUTE) == []


async def test_after_a_crash_claims_are_open_again(register: Register):
    await owe(register, "a")
    await claim(register)
    assert await claim(register) == []
    async with register.storage.transaction() as tx:
        await outbox.release(tx, after=0)
    assert keys(await claim(register)) == ["a"]


async def test_what_is_in_other_hands_by_now_is_not_let_go_of(register: Register):
    await owe(register, "a")
    before = await claim(register)
    async with register.storage.transaction() as tx:
        await outbox.release(tx, after=0)
    after = await claim(register)
    for owed, left in ((before, []), (after, ["a"])):
        async with register.storage.transaction() as tx:
            await outbox.let_go(tx, owed)
        assert keys(await claim(register)) == left


# Late


async def told_late(register: Register, stages: int) -> tuple[str, list[int | None]]:
    """A document that went on while nothing could be sent: its number and the acts."""
    kk = await register.one()
    await register.follow(SARI, kk.number)
    acts = []
    for chat, stage in ((WATI, "to_district"), (JOKO, "at_district"), (JOKO, "to_registry"))[:stages]:
        result = await register.move(chat, stage, await register.get(kk))
        acts.append(result.act)
        register.now += MINUTE
    return kk.number, acts


async def test_late_ones_of_a_request_and_chat_become_one(register: Register):
    number, _ = await told_late(register, 3)
    other, _ = await told_late(register, 1)
    await register.follow(BUDI, number)
    owed = await claim(register, NOW + 60 * MINUTE)
    assert [(one.number, len(one.ids), [stop.stage for stop in one.stops]) for one in owed] == [
        (number, 3, ["to_district", "at_district", "to_registry"]),
        (other, 1, ["to_district"]),
    ]


async def test_what_is_late_is_taken_whole_however_little_is_asked_for(register: Register):
    await told_late(register, 3)
    [owed] = await claim(register, NOW + 60 * MINUTE, most=1)
    assert len(owed.ids) == 3
    assert await claim(register, NOW + 60 * MINUTE) == []


async def test_what_is_not_yet_late_stays_by_itself_behind_it(register: Register):
    await told_late(register, 3)
    owed = await claim(register, NOW + GRACE + 11 * MINUTE + 1)
    assert [[stop.stage for stop in one.stops] for one in owed] == [["to_district", "at_district"], ["to_registry"]]


async def test_what_waited_for_a_paused_chat_is_late_by_when_it_was_owed(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    async with register.storage.transaction() as tx:
        await outbox.pause(tx, SARI, NOW + 30 * MINUTE)
    await register.move(WATI, "to_district", kk)
    await register.move(JOKO, "at_district", await register.get(kk))
    [owed] = await claim(register, NOW + 30 * MINUTE)
    assert (len(owed.ids), owed.owed_at) == (2, NOW + GRACE)


async def test_only_notices_are_gathered(register: Register):
    await told_late(register, 1)
    [(request,)] = await register.ask("select id from request")
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, [Due("qr", SARI, "picture", ANSWER, NOW, request=request)], NOW)
    later = NOW + 60 * MINUTE
    assert [[one.kind for one in await claim(register, later, priority)] for priority in (NOTICE, ANSWER)] == [
        ["act"],
        ["picture"],
    ]


async def test_reminders_are_never_gathered(register: Register):
    await owe(register, "a")
    await owe(register, "b")
    assert [len(one.ids) for one in await claim(register, NOW + DAY)] == [1, 1]


# Settling


async def test_what_is_sent_is_owed_no_more(register: Register):
    await owe(register, "a")
    [owed] = await claim(register)
    async with register.storage.transaction() as tx:
        await outbox.sent(tx, owed.ids, NOW + 1)
    assert await register.ask("select sent_at, claim from outbox") == [(NOW + 1, None)]
    async with register.storage.transaction() as tx:
        await outbox.release(tx, after=0)
    assert await claim(register, NOW + DAY) == []


async def test_of_an_answer_that_is_out_nothing_is_kept(register: Register):
    await owe(register, "a", priority=ANSWER)
    [owed] = await claim(register, priority=ANSWER)
    async with register.storage.transaction() as tx:
        await outbox.answered(tx, owed.ids)
    assert await register.ask("select count(*) from outbox") == [(0,)]


async def test_what_has_to_wait_holds_back_everything_else_for_its_chat(register: Register):
    for key, chat, priority in (("a", SARI, NOTICE), ("b", SARI, NOTICE), ("c", BUDI, NOTICE), ("d", SARI, ANSWER)):
        await owe(register, key, chat=chat, priority=priority)
    [owed] = await claim(register, most=1)
    async with register.storage.transaction() as tx:
        await outbox.later(tx, owed, NOW + MINUTE, 1, "Too Many Requests")
    await owe(register, "e")
    assert keys(await claim(register)) == ["c"]
    assert keys(await claim(register, priority=ANSWER)) == []
    owed_later = await claim(register, NOW + MINUTE)
    assert (keys(owed_later), owed_later[0].tries) == (["a", "b", "e"], 1)


async def test_a_shorter_pause_does_not_end_a_longer_one(register: Register):
    async with register.storage.transaction() as tx:
        await outbox.pause(tx, SARI, NOW + MINUTE)
        await outbox.pause(tx, SARI, NOW + SECOND)
    await owe(register, "a")
    assert await claim(register, NOW + MINUTE - 1) == []
    assert keys(await claim(register, NOW + MINUTE)) == ["a"]


async def test_a_pause_that_is_over_holds_nothing_back(register: Register):
    async with register.storage.transaction() as tx:
        await outbox.pause(tx, SARI, NOW + SECOND)
    await owe(register, "a", NOW + MINUTE)
    assert keys(await claim(register, NOW + MINUTE)) == ["a"]


async def test_for_a_chat_that_is_away_nothing_is_tried_and_nothing_lost(register: Register):
    for key in "ab":
        await owe(register, key)
    held = await claim(register, most=1)
    async with register.storage.transaction() as tx:
        await outbox.lose(tx, SARI, "blocked", NOW)
        await outbox.let_go(tx, held)
        await outbox.pause(tx, SARI, NOW + MINUTE)  # an answer to what was on its way
    await owe(register, "c")
    assert await claim(register, NOW + 4000 * DAY) == []
    async with register.storage.transaction() as tx:
        assert await outbox.next_due(tx) == {}
        assert await overview.oldest_owed(tx) == (None, 0)
        assert await outbox.find(tx, SARI, NOW + DAY)
        assert not await outbox.find(tx, BUDI, NOW + DAY)
    assert keys(await claim(register, NOW + DAY)) == ["a", "b", "c"]


async def test_everybody_who_is_away_can_be_tried_again_at_once_and_nobody_else_is_hurried(register: Register):
    for key, chat in (("a", SARI), ("b", BUDI), ("c", WATI)):
        await owe(register, key, chat=chat)
    await owe(register, "later", NOW + DAY, chat=SARI)
    async with register.storage.transaction() as tx:
        await outbox.lose(tx, SARI, "not found", NOW)
        await outbox.lose(tx, BUDI, "blocked", NOW)
        await outbox.pause(tx, WATI, NOW + 2 * MINUTE)
        assert await people.away(tx) == {"blocked": 1, "not found": 1}
        assert await outbox.find_all(tx, NOW + MINUTE) == 2
        assert await people.away(tx) == {}
        assert await outbox.find_all(tx, NOW + MINUTE) == 0
    assert sorted(keys(await claim(register, NOW + MINUTE))) == ["a", "b"]
    await owe(register, "new", NOW + MINUTE)
    assert keys(await claim(register, NOW + MINUTE)) == ["new"]
    assert keys(await claim(register, NOW + DAY)) == ["c", "later"]


async def test_what_can_never_be_sent_is_set_aside_and_can_be_tried_again(register: Register):
    await owe(register, "a")
    [owed] = await claim(register)
    async with register.storage.transaction() as tx:
        await outbox.give_up(tx, owed, NOW + 1, "BadRequest")
        assert await leftovers.given_up(tx) == [(owed.ids[0], "reminder", NOW + 1, 0, "BadRequest")]
        assert await outbox.claim(tx, NOTICE, NOW + DAY, 9) == []
        assert await leftovers.retry(tx, owed.ids[0], NOW + 2)
        assert not await leftovers.retry(tx, owed.ids[0], NOW + 2)
        assert await leftovers.given_up(tx) == []
    assert keys(await claim(register, NOW + 2)) == ["a"]


# Looking


async def test_when_the_next_falls_due_how_many_are_owed_and_since_when_the_oldest_is(register: Register):
    async with register.storage.reading() as tx:
        assert (await outbox.next_due(tx), await overview.oldest_owed(tx)) == ({}, (None, 0))
    await owe(register, "a", NOW + 5)
    await owe(register, "b", NOW + 9)
    async with register.storage.reading() as tx:
        assert await outbox.next_due(tx) == {NOTICE: NOW + 5}
        assert await overview.oldest_owed(tx) == (NOW + 5, 2)
    await claim(register, NOW + 5)
    async with register.storage.reading() as tx:
        assert await outbox.next_due(tx) == {NOTICE: NOW + 9}


@pytest.mark.parametrize("before, owed_before, left", [(NOW, NOW, "abcd"), (NOW + 1, NOW, "bcd"), (NOW, NOW + 1, "ad")])
async def test_what_is_sent_and_what_nobody_fetched_goes_in_time(register: Register, before, owed_before, left):
    for key in "abcd":
        await owe(register, key, NOW + (key == "d"))
    sent, given_up = await claim(register, most=2)
    async with register.storage.transaction() as tx:
        await outbox.sent(tx, sent.ids, NOW)
        await outbox.give_up(tx, given_up, NOW, "BadRequest")
        await leftovers.purge(tx, before, owed_before)
    assert "".join(key for (key,) in await register.ask("select key from outbox order by key")) == left

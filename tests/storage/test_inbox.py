"""Updates on hand: none lost, none twice."""

import json
import random

from storage import inbox, outbox
from storage.records import StoredUpdate
from tests.storage.cast import BUDI, DAY, NOW, SARI, SECOND, Register


def arrivals(*ids: int, person: int = SARI) -> list[StoredUpdate]:
    return [StoredUpdate(id, person, f'{{"update_id":{id}}}') for id in ids]


async def store(register: Register, *ids: int) -> list[int]:
    async with register.storage.transaction() as tx:
        return [arrival.update_id for arrival in await inbox.store(tx, arrivals(*ids), register.now)]


async def unfinished(register: Register, after: int = 0, most: int = 100) -> list[int]:
    async with register.storage.reading() as tx:
        return [update.update_id for update in await inbox.unfinished(tx, after, most)]


async def test_what_is_stored_is_on_hand(register: Register):
    await store(register, 7)
    async with register.storage.reading() as tx:
        assert await inbox.unfinished(tx, 0, 10) == [StoredUpdate(7, SARI, '{"update_id":7}')]


async def test_only_what_is_new_comes_back_and_the_first_body_stays(register: Register):
    assert await store(register, 1, 2) == [1, 2]
    async with register.storage.transaction() as tx:
        fresh = await inbox.store(tx, [StoredUpdate(2, BUDI, "other"), StoredUpdate(3, BUDI, "third")], NOW)
    assert [arrival.update_id for arrival in fresh] == [3]
    assert await register.ask("select body from inbox where update_id = 2") == [('{"update_id":2}',)]


async def test_an_update_that_stands_twice_in_a_batch_is_new_once(register: Register):
    assert await store(register, 4, 4) == [4]


async def test_nothing_to_store_is_fine(register: Register):
    assert await store(register) == []


async def test_they_are_taken_up_in_the_order_of_their_ids_page_by_page(register: Register):
    await store(register, 30, 10, 20)
    assert await unfinished(register, most=2) == [10, 20]
    assert await unfinished(register, after=20) == [30]


async def test_what_is_done_is_known_but_empty(register: Register):
    await store(register, 1, 2, 3)
    async with register.storage.transaction() as tx:
        await inbox.done(tx, [1, 3], NOW + SECOND)
    assert await unfinished(register) == [2]
    assert await store(register, 1, 3) == []
    assert await register.ask("select person, body, done_at from inbox where update_id = 1") == [
        (0, None, NOW + SECOND)
    ]


async def test_an_answer_that_has_to_wait_is_owed_and_the_update_done(register: Register):
    await store(register, 5)
    async with register.storage.transaction() as tx:
        await inbox.answer_later(tx, 5, SARI, {"view": "status", "args": {"numbers": ["563185915492"]}}, NOW)
        await inbox.answer_later(tx, 5, SARI, {"view": "other"}, NOW)
        [owed] = await outbox.claim(tx, outbox.ANSWER, NOW, 10)
    assert (owed.chat, owed.kind, json.loads(owed.facts)["args"]) == (SARI, "answer", {"numbers": ["563185915492"]})
    assert await unfinished(register) == []


async def test_a_long_answer_that_a_group_shares_is_owed_once(register: Register):
    await store(register, 5, 6, 7)
    text = random.Random(7).randbytes(5_000).hex()  # what no index can make short
    async with register.storage.transaction() as tx:
        for id, view in ((5, "one"), (6, "one"), (7, "other")):
            facts = {"view": view, "args": {"text": text}}
            await inbox.answer_later(tx, id, -100, facts, NOW, shared=True)
        owed = await outbox.claim(tx, outbox.ANSWER, NOW, 10)
    assert [json.loads(one.facts)["view"] for one in owed] == ["one", "other"]
    assert await unfinished(register) == []


async def test_what_failed_is_set_aside_and_can_be_tried_again(register: Register):
    await store(register, 1, 2)
    async with register.storage.transaction() as tx:
        await inbox.quarantine(tx, 1, "KeyError", NOW + 1)
        assert await inbox.failed(tx) == [(1, NOW + 1, 1, "KeyError")]
        assert [update.update_id for update in await inbox.unfinished(tx, 0, 10)] == [2]
        assert await inbox.retry(tx, 1)
        assert not await inbox.retry(tx, 1)
        assert await inbox.failed(tx) == []
        assert [update.update_id for update in await inbox.unfinished(tx, 0, 10)] == [1, 2]
        await inbox.quarantine(tx, 1, "KeyError", NOW + 2)
        assert await inbox.failed(tx) == [(1, NOW + 2, 1, "KeyError")]


async def test_what_cannot_be_read_is_kept_by_its_id_alone(register: Register):
    async with register.storage.transaction() as tx:
        await inbox.poison(tx, 9, "ValueError", NOW)
        await inbox.poison(tx, 9, "ValueError", NOW)
        assert await inbox.failed(tx) == [(9, NOW, 0, "ValueError")]
        assert not await inbox.retry(tx, 9)
    assert await store(register, 9) == []


async def test_poison_does_not_harm_what_is_stored(register: Register):
    await store(register, 9)
    async with register.storage.transaction() as tx:
        await inbox.poison(tx, 9, "ValueError", NOW)
    assert await unfinished(register) == [9]


async def test_how_old_the_oldest_is_and_how_many(register: Register):
    async with register.storage.reading() as tx:
        assert await inbox.oldest(tx) == (None, 0)
    await store(register, 1)
    register.now += SECOND
    await store(register, 2, 3)
    async with register.storage.transaction() as tx:
        await inbox.quarantine(tx, 3, "KeyError", NOW)
        assert await inbox.oldest(tx) == (NOW, 2)
        await inbox.done(tx, [1], NOW)
        assert await inbox.oldest(tx) == (NOW + SECOND, 1)


async def test_ids_go_after_their_time_and_what_failed_four_weeks_later(register: Register):
    await store(register, 1, 2, 3)
    async with register.storage.transaction() as tx:
        await inbox.done(tx, [1], NOW)
        await inbox.quarantine(tx, 2, "KeyError", NOW)
        await inbox.purge(tx, NOW + 1)
    assert await register.ask("select update_id from inbox order by update_id") == [(2,), (3,)]
    async with register.storage.transaction() as tx:
        await inbox.purge(tx, NOW + 1 + 28 * DAY)
    assert await unfinished(register) == [3]
    assert await register.ask("select count(*) from inbox") == [(1,)]

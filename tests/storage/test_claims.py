"""A claim never leaves behind what it overtakes, whoever dies amid one."""

import asyncio

import pytest

from storage import Storage, outbox
from storage.outbox import NOTICE, Due
from tests.storage.cast import NOW, SARI, Register


async def test_what_waits_to_be_gathered_overtakes_nothing_that_a_claim_leaves_behind(register: Register):
    dues = [Due(key, SARI, key, NOTICE, NOW - 3 + place, gather=2 * place) for place, key in enumerate("abc")]
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, dues, NOW - 3)
        claims = [await outbox.claim(tx, NOTICE, NOW, 1, gather=3) for _ in dues]
    assert [[one.kind for one in claimed] for claimed in claims] == [["a"], ["b", "c"], []]


async def claimed(storage: Storage) -> list[str]:
    async with storage.transaction() as tx:
        await outbox.release(tx)
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

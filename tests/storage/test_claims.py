"""A claim never leaves behind what it overtakes."""

from storage import outbox
from storage.outbox import NOTICE, Due
from tests.storage.cast import NOW, SARI, Register


async def test_what_waits_to_be_gathered_overtakes_nothing_that_a_claim_leaves_behind(register: Register):
    dues = [Due(key, SARI, key, NOTICE, NOW - 3 + place, gather=2 * place) for place, key in enumerate("abc")]
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, dues, NOW - 3)
        claims = [await outbox.claim(tx, NOTICE, NOW, 1, gather=3) for _ in dues]
    assert [[one.kind for one in claimed] for claimed in claims] == [["a"], ["b", "c"], []]

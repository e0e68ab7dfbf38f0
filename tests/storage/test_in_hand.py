"""What a sender has in hand stays in its hands, whatever is put down meanwhile of its chat or of what it tells."""

import json

import pytest

from storage import outbox
from storage.outbox import Due
from tests.storage.cast import NOW, SARI, SECOND, WATI, Register


async def test_whoever_sends_by_telegram_opens_no_claim_of_what_goes_by_sms(register: Register):
    kinds = {outbox.ANSWER: 1, outbox.NOTICE: 1, outbox.SMS: 0}
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, [Due(str(one), SARI, "note", one, NOW) for one in kinds], NOW)
        for kind in kinds:
            await outbox.claim(tx, kind, NOW, 1)
        await outbox.release(tx, (outbox.ANSWER, outbox.NOTICE))
        assert {kind: len(await outbox.claim(tx, kind, NOW, 1)) for kind in kinds} == kinds


async def test_what_is_under_way_to_somebody_who_left_and_is_back_is_corrected(register: Register):
    kk = await register.one()
    await register.follow(SARI, kk.number)
    result = await register.move(WATI, "to_district", kk)
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        [owed] = await outbox.claim(tx, outbox.NOTICE, register.now, 10)
        await outbox.lose(tx, SARI, "blocked", register.now)
        assert await outbox.find(tx, SARI, register.now)
        assert await outbox.claim(tx, outbox.NOTICE, register.now, 10) == []
    await register.undo(WATI, result.act)
    async with register.storage.transaction() as tx:
        await outbox.sent(tx, owed.ids, register.now)
        assert [one.kind for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10)] == ["regret"]


@pytest.mark.parametrize("is_out", [False, True])
async def test_what_may_yet_be_put_into_words_is_taken_back_in_words(register: Register, *, is_out: bool):
    card = await register.one()
    await register.follow(SARI, card.number)
    result = await register.move(WATI, "to_district", card)
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        [owed] = await outbox.claim(tx, outbox.NOTICE, register.now, 10)
        if is_out:  # as silently as it was told
            await outbox.sent(tx, owed.ids, register.now)
    await register.undo(WATI, result.act)
    [(facts,)] = await register.ask("select facts from outbox where kind = 'regret'")
    assert ("unsaid" in json.loads(facts)) is is_out

"""What a sender has in hand stays in its hands, whatever is put down meanwhile of its chat or of what it tells."""

import json
from typing import Any

import pytest

from storage import outbox
from storage.outbox import Due
from storage.records import Owed
from tests.storage.cast import AGUS, NOW, SARI, SECOND, WATI, Register
from tests.storage.holding import hold


async def test_whoever_sends_by_telegram_opens_no_claim_of_what_goes_by_sms(register: Register):
    kinds = {outbox.ANSWER: 1, outbox.NOTICE: 1, outbox.SMS: 0}
    async with register.storage.transaction() as tx:
        await outbox.owe(tx, [Due(str(one), SARI, "note", one, NOW) for one in kinds], NOW)
        for kind in kinds:
            await outbox.claim(tx, kind, NOW, 1)
        await outbox.release(tx, (outbox.ANSWER, outbox.NOTICE), after=0)
        assert {kind: len(await outbox.claim(tx, kind, NOW, 1)) for kind in kinds} == kinds


async def under_way(register: Register) -> tuple[int, Owed]:
    """An act, and the news of it that a sender has in hand."""
    card = await register.one()
    await register.follow(SARI, card.number)
    result = await register.move(WATI, "to_district", card)
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        [owed] = await outbox.claim(tx, outbox.NOTICE, register.now, 10)
    assert result.act is not None
    return result.act, owed


async def test_what_may_be_on_its_way_is_corrected_too(register: Register):
    act, owed = await under_way(register)
    await register.undo(WATI, act)
    assert (owed.kind, await register.ask("select kind from outbox order by id")) == ("act", [("act",), ("regret",)])


async def test_what_may_have_arrived_is_corrected_too(register: Register):
    act, owed = await under_way(register)
    async with register.storage.transaction() as tx:
        await outbox.later(tx, owed, register.now + SECOND, 1, "unknown", repeated=True)
    await register.undo(WATI, act)
    assert await register.ask("select kind from outbox order by id") == [("act",), ("regret",)]


async def test_what_is_under_way_to_somebody_who_left_and_is_back_is_corrected(register: Register):
    act, owed = await under_way(register)
    async with register.storage.transaction() as tx:
        await outbox.lose(tx, SARI, "blocked", register.now)
        assert await outbox.find(tx, SARI, register.now)
        assert await outbox.claim(tx, outbox.NOTICE, register.now, 10) == []
    await register.undo(WATI, act)
    async with register.storage.transaction() as tx:
        await outbox.sent(tx, owed.ids, register.now)
        assert [one.kind for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10)] == ["regret"]


@pytest.mark.parametrize("is_out", [False, True])
async def test_what_may_yet_be_put_into_words_is_taken_back_in_words(register: Register, *, is_out: bool):
    act, owed = await under_way(register)
    if is_out:  # as silently as it was told
        async with register.storage.transaction() as tx:
            await outbox.sent(tx, owed.ids, register.now)
    await register.undo(WATI, act)
    assert ("unsaid" in await correction(register)) is is_out


async def test_what_may_have_arrived_in_words_is_taken_back_in_words_though_a_card_told_it_then(register: Register):
    act, owed = await under_way(register)
    async with register.storage.transaction() as tx:
        await outbox.later(tx, owed, register.now, 1, "unknown", repeated=True)
        [again] = await outbox.claim(tx, outbox.NOTICE, register.now, 10)
        await outbox.sent(tx, again.ids, register.now)
    await register.undo(WATI, act)
    assert "unsaid" not in await correction(register)


async def test_a_correction_rings_if_any_of_the_news_that_it_corrects_did(register: Register):
    card = await register.brought(await register.one(), "from_registry")
    await register.follow(SARI, card.number)
    ready = await register.move(AGUS, "ready_at_district", card)
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        for rang in await outbox.claim(tx, outbox.NOTICE, register.now, 10):
            await outbox.sent(tx, rang.ids, register.now)
    await register.undo(AGUS, ready.act)
    await register.ask("delete from outbox where kind = 'regret' returning id")  # it had nothing to say
    held = await hold(register, AGUS, "road", await register.get(card))
    register.now += 11 * SECOND
    async with register.storage.transaction() as tx:
        await outbox.claim(tx, outbox.NOTICE, register.now, 10)
    await register.undo(AGUS, held.act)
    assert (await correction(register))["heard"] == 1


async def correction(register: Register) -> dict[str, Any]:
    [(facts,)] = await register.ask(f"select facts from outbox where kind = 'regret' and chat = {SARI}")
    return dict(json.loads(facts))


async def test_what_was_said_of_two_papers_is_put_right_for_the_one_that_is_taken_back_again(register: Register):
    """Both were taken back and, as the correction waited, done again one by one; of that a card told."""
    kk, kia = await register.filed("KK", "KIA")
    await register.follow(SARI, kk.number)
    both = await register.move(WATI, "to_district", kk, kia)
    await register.ask(f"""update outbox set sent_at = {register.now}, facts = '{{"said":1}}' returning 1""")
    await register.undo(WATI, both.act)
    await register.ask("delete from outbox where kind = 'regret' returning 1")  # as it says nothing any more
    one_by_one = [await register.move(WATI, "to_district", await register.get(one)) for one in (kk, kia)]
    await register.ask(f"update outbox set sent_at = {register.now} where sent_at is null returning 1")
    await register.undo(WATI, one_by_one[1].act)
    [(facts,)] = await register.ask(f"select facts from outbox where kind = 'regret' and chat = {SARI}")
    assert "unsaid" not in json.loads(facts)

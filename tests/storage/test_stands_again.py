"""Whoever was told nothing of a hold, for it was over as its news left, hears of it if it holds again."""

import pytest

from bot.outgoing.hand import Unsettled, settle
from bot.telegram.errors import Done
from storage import outbox
from storage.records import Document, MoveResult
from tests.storage.cast import HADI, JOKO, SARI, Register
from tests.storage.holding import cards, hold, release

Said = list[tuple[str, str | None, bool]]  # what was done, what holds it, and whether it says that it may be known


async def told(register: Register) -> Said:
    """What leaves for Sari once the grace of what was done last is over."""
    said: Said = []
    register.now += register.workflow.grace
    async with register.storage.transaction() as tx:
        for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10):
            if one.chat == SARI:
                said += [(stop.kind, stop.hold, one.repeated) for stop in one.stops] or [(one.kind, None, one.repeated)]
            await settle(tx, [Unsettled(one, Done(None, int(bool(one.stops))), 0.0)], register.now)
    return [one for one in said if one[0] != "act"]


async def held(register: Register) -> Document:
    """A card that Sari waits for, which has just been held up; she does not know yet."""
    (card,) = await cards(register, 1, "at_registry")
    await register.follow(SARI, card.number)
    await register.ask("delete from outbox returning 1")
    return (await hold(register, HADI, "blank", card)).moved[0]


async def over(register: Register, how: str, card: Document) -> MoveResult:
    """It goes on, or is moved on."""
    return await release(register, HADI, card) if how == "let go on" else await register.move(HADI, "issued", card)


@pytest.mark.parametrize("how", ["let go on", "moved on"])
async def test_what_holds_again_is_told_though_its_news_said_nothing(register: Register, how: str):
    card = await held(register)
    then = await over(register, how, card)
    assert [what for what in await told(register) if what[0] == "hold"] == []
    await register.undo(HADI, then.act)
    assert ("hold", "blank", False) in await told(register)
    assert await told(register) == []


async def test_what_may_have_been_told_says_so_as_it_holds_again(register: Register):
    card = await held(register)
    await register.ask(f"update outbox set repeated = 1 where chat = {SARI} returning 1")
    then = await over(register, "moved on", card)
    await told(register)
    await register.undo(HADI, then.act)
    assert ("hold", "blank", True) in await told(register)


@pytest.mark.parametrize("how", ["let go on", "moved on"])
async def test_whoever_was_told_is_not_told_again_as_it_holds_again(register: Register, how: str):
    card = await held(register)
    assert await told(register) == [("hold", "blank", False)]
    then = await over(register, how, card)
    await register.undo(HADI, then.act)
    assert [what for what in await told(register) if what[0] == "hold"] == []


async def test_what_is_yet_to_be_told_as_it_holds_again_is_told_once(register: Register):
    card = await held(register)
    then = await release(register, HADI, card)
    await register.undo(HADI, then.act)
    assert await told(register) == [("hold", "blank", False)]
    assert await told(register) == []


async def test_who_began_to_follow_after_it_was_held_saw_that_it_is(register: Register):
    card = await held(register)
    register.now += 1000
    await register.follow(JOKO, card.number)
    then = await release(register, HADI, card)
    await told(register)
    await register.undo(HADI, then.act)
    assert await register.ask(f"select kind from outbox where chat = {JOKO} and kind = 'act'") == [
        ("act",)
    ]  # it went on

"""Whoever was told nothing of a hold, for it was over as its news left, hears of it if it holds again."""

import pytest

from bot.outgoing.hand import Unsettled, settle
from bot.telegram.errors import Done
from storage import outbox
from storage.records import Document, MoveResult
from tests.storage.cast import HADI, JOKO, SARI, Register
from tests.storage.holding import cards, hold, release, release_queue
from tests.storage.test_unheard import stopped

Said = list[tuple[str, str | None, bool]]  # what was done, what holds it, and whether it says that it may be known


async def told(register: Register, chat: int = SARI) -> Said:
    """What leaves for Sari, or another, once the grace of what was done last is over."""
    said: Said = []
    register.now += register.workflow.grace
    async with register.storage.transaction() as tx:
        for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10):
            said += [(stop.kind, stop.hold, one.repeated) for stop in one.stops if one.chat == chat]
            await settle(tx, [Unsettled(one, Done(None, int(bool(one.stops))), 0.0)], register.now)
    return said


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


@pytest.mark.parametrize("how", ["let go on", "moved on"])
async def test_what_holds_again_while_its_news_is_in_hand_is_told(register: Register, how: str):
    card = await held(register)
    then = await over(register, how, card)
    register.now += register.workflow.grace
    async with register.storage.transaction() as tx:
        in_hand = await outbox.claim(tx, outbox.NOTICE, register.now, 10)
    await register.undo(HADI, then.act)
    async with register.storage.transaction() as tx:
        batch = [Unsettled(one, Done(None, int(bool(one.stops))), 0.0) for one in in_hand]
        await settle(tx, batch, register.now)
    assert {reason for _, reason, _ in await told(register)} == {"blank"}  # by itself, or by the correction
    assert await told(register) == []


async def papers(register: Register) -> list[Document]:
    """Two papers of a request that Sari waits for."""
    found = [await register.brought(one, "at_registry") for one in await register.filed("KK", "KIA")]
    await register.follow(SARI, found[0].number)
    await register.ask("delete from outbox returning 1")
    return found


async def test_two_papers_that_two_acts_held_are_both_told_as_they_hold_again(register: Register):
    papers_of = await papers(register)
    for one, reason in zip(papers_of, ("mismatch", "blank"), strict=True):
        assert (await hold(register, HADI, reason, one)).moved
    then = await release(register, HADI, *[await register.get(one) for one in papers_of])
    assert await told(register) == []
    await register.undo(HADI, then.act)
    assert {reason for _, reason, _ in await told(register)} == {"blank", "mismatch"}


async def test_of_two_papers_that_an_act_held_the_one_that_was_not_told_is_told_as_it_holds_again(register: Register):
    one, other = await papers(register)
    await hold(register, HADI, "mismatch", one, other)
    then = await release(register, HADI, await register.get(other))
    assert await told(register) == [("hold", "mismatch", False)]
    await register.undo(HADI, then.act)
    assert await told(register) == 2 * [("hold", "mismatch", False)]  # both, as they are held


async def test_a_hold_that_it_met_as_it_came_is_told_as_it_holds_again(register: Register):
    card = await stopped(register, "as it comes")
    then = await release_queue(register, HADI, card)
    assert then
    assert await told(register) == [("move", None, False)]
    await register.undo(HADI, then.act)
    assert await told(register) == [("hold", "blank", False)]


async def test_officers_of_its_village_hear_of_it_as_it_holds_again(register: Register):
    card = await held(register)
    [officer, *_] = [chat for (chat,) in await register.ask("select chat from outbox where facts like '%staff%'")]
    then = await over(register, "moved on", card)
    assert [what for what in await told(register, officer) if what[0] == "hold"] == []
    await register.undo(HADI, then.act)
    assert ("hold", "blank", False) in await told(register, officer)


@pytest.mark.parametrize("news", ["mine", "all"])
async def test_it_is_told_by_the_correction_or_by_itself_as_it_holds_again(register: Register, news: str):
    card = await held(register)
    await register.ask(f"update person set news = '{news}' where chat = {SARI} returning 1")
    then = await over(register, "moved on", card)
    await told(register)
    await register.undo(HADI, then.act)
    assert [what[0] for what in await told(register)] == (["undo"] if news == "all" else ["undo", "hold"])


async def test_whoever_was_not_told_that_it_holds_again_is_not_told_that_it_goes_on(register: Register):
    card = await held(register)
    for _ in range(3):
        then = await release(register, HADI, await register.get(card))
        assert await told(register) == []
        await register.undo(HADI, then.act)
    await release(register, HADI, await register.get(card))
    assert await told(register) == []


async def test_a_hold_that_is_really_over_is_not_told_as_another_for_the_same_reason_holds_again(register: Register):
    card = await held(register)
    await release(register, HADI, card)
    assert await told(register) == []
    await hold(register, HADI, "blank", await register.get(card))
    assert await told(register) == [("hold", "blank", False)]
    then = await over(register, "moved on", await register.get(card))
    await register.undo(HADI, then.act)
    assert [what for what in await told(register) if what[0] == "hold"] == []


async def test_what_holds_again_twice_is_told_once(register: Register):
    card = await held(register)
    for times in (1, 0):
        then = await over(register, "moved on", await register.get(card))
        await told(register)
        await register.undo(HADI, then.act)
        assert (await told(register)).count(("hold", "blank", False)) == times

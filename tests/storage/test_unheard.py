"""Whoever has not heard that something stopped is not told that it goes on, and whoever may have is."""

import pytest

from handlers.wording.notices import notice
from storage import outbox
from storage.records import DAY, Document
from tests.storage.cast import BUDI, HADI, JOKO, NOW, SARI, Register
from tests.storage.holding import cards, hold, hold_queue, release, release_queue
from tests.storage.test_held_queues import CARDS


async def stopped(register: Register, how: str) -> Document:
    """A card that Sari and Budi wait for, held up where it is or as it comes there; nothing else is owed."""
    (card,) = await cards(register, 1, "at_registry" if how == "there" else "to_registry")
    for family in (SARI, BUDI):
        await register.follow(family, card.number)
    await register.ask("delete from outbox returning 1")
    await hold_queue(register, HADI, CARDS, "blank")
    return (await register.move(JOKO, "at_registry", card)).moved[0] if how == "as it comes" else card


@pytest.mark.parametrize("how", ["there", "as it comes"])
async def test_who_has_not_heard_that_it_stopped_is_not_told_that_it_goes_on(register: Register, how: str):
    card = await stopped(register, how)
    await register.ask(f"update outbox set sent_at = 1 where chat = {BUDI} returning 1")
    result = await release_queue(register, HADI, card)
    assert result
    owed = await register.ask(f"select distinct chat from outbox where act = {result.act} and chat in ({SARI}, {BUDI})")
    assert owed == [(BUDI,)]


@pytest.mark.parametrize("how", ["there", "as it comes"])
async def test_who_may_be_reading_that_it_stopped_is_told_that_it_goes_on(register: Register, how: str):
    card = await stopped(register, how)
    register.now += register.workflow.grace
    async with register.storage.transaction() as tx:
        assert await outbox.claim(tx, outbox.NOTICE, register.now, 10)  # on its way, and not known to have arrived
    result = await release_queue(register, HADI, card)
    assert result
    assert (SARI,) in await register.ask(f"select chat from outbox where act = {result.act}")


@pytest.mark.parametrize("correction", ["said nothing", "is yet to leave"])
@pytest.mark.parametrize("known", ["before", "after it was taken back"])
async def test_who_heard_it_before_and_never_that_it_was_wrong_is_told_that_it_goes_on(
    register: Register, known: str, correction: str
):
    one, other = await cards(register, 2, "at_registry")
    for card in (one, other):
        await register.follow(SARI, card.number)
    await register.ask("delete from outbox returning 1")
    first = await hold(register, HADI, "blank", one)
    how = {"before": f"sent_at = {register.now}", "after it was taken back": "claim = 1"}[known]
    await register.ask(f"update outbox set {how} where chat = {SARI} returning 1")
    await register.undo(HADI, first.act)
    register.now += 1000
    await register.ask(f"update outbox set sent_at = {register.now}, claim = null where claim = 1 returning 1")
    await hold(register, HADI, "blank", await register.get(one), other)
    if correction == "said nothing":  # for it stands still again
        await register.ask("delete from outbox where kind = 'regret' returning 1")
    result = await release(register, HADI, await register.get(one), await register.get(other))
    owed = await register.ask(f"select request from outbox where act = {result.act} and chat = {SARI}")
    assert owed == [(one.request,)]


@pytest.mark.parametrize("then", ["it is taken back", "it stands still"])
async def test_what_says_that_it_goes_on_says_so_though_it_stands_still_again_by_then(register: Register, then: str):
    (card,) = await cards(register, 1, "at_registry")
    await register.follow(SARI, card.number)
    await hold(register, HADI, "blank", card)
    await register.ask(f"update outbox set sent_at = {register.now} where chat = {SARI} returning 1")
    await release(register, HADI, await register.get(card))
    register.now += register.workflow.grace
    again = await hold(register, HADI, "mismatch", await register.get(card))
    said = list[tuple[str, str | None]]()
    for _ in ("release", "hold"):
        async with register.storage.transaction() as tx:
            for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10):
                said += [(stop.kind, stop.hold) for stop in one.stops if one.chat == SARI]
                await outbox.sent(tx, one.ids, register.now)
        if then == "it is taken back":
            await register.undo(HADI, again.act)
        register.now += register.workflow.grace
    assert said == [("release", None), *([("hold", "mismatch")] if then == "it stands still" else [])]
    assert await register.ask(f"select kind from outbox where chat = {SARI} and sent_at is null") == []


async def test_a_step_to_a_held_queue_says_so_though_more_holds_it_by_then_and_that_says_more(register: Register):
    (card,) = await cards(register, 1, "to_registry")
    await register.follow(SARI, card.number)
    await register.ask("delete from outbox returning 1")
    await hold_queue(register, HADI, CARDS, "blank")
    (moved,) = (await register.move(JOKO, "at_registry", card)).moved
    await hold(register, HADI, "mismatch", moved)
    register.now += register.workflow.grace
    async with register.storage.transaction() as tx:
        found = [one for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10) if one.chat == SARI]
    assert [(stop.kind, stop.hold) for one in found for stop in one.stops] == [("move", "blank"), ("hold", "mismatch")]


@pytest.mark.parametrize("ended", [False, True])
async def test_what_leaves_with_a_step_to_a_held_queue_is_what_is_said_of_it(register: Register, *, ended: bool):
    (card,) = await cards(register, 1, "to_registry")
    await register.follow(SARI, card.number)
    await register.ask("delete from outbox returning 1")
    await hold_queue(register, HADI, CARDS, "blank", review=register.now + DAY)
    (moved,) = (await register.move(JOKO, "at_registry", card)).moved
    if ended:
        assert await release_queue(register, HADI, moved)
    await hold(register, HADI, "mismatch", await register.get(card), review=register.now + 2 * DAY)
    register.now += register.workflow.grace
    async with register.storage.transaction() as tx:
        [told] = [one for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10, 1000) if one.chat == SARI]
    found = notice(told, register.workflow, register.now)
    assert found
    assert "blangko" not in found[0].text
    assert {(stop.hold, stop.review) for stop in told.stops} == {("mismatch", NOW + 2 * DAY)}


async def test_a_hold_that_another_takes_the_place_of_is_told_with_its_own_reason(register: Register):
    (card,) = await cards(register, 1, "at_registry")
    await register.follow(SARI, card.number)
    await register.ask("delete from outbox returning 1")
    await hold(register, HADI, "blank", card, review=register.now + DAY)
    register.now += register.workflow.grace
    await hold(register, HADI, "backlog", await register.get(card), review=register.now + 2 * DAY)
    said = list[tuple[str | None, int | None]]()
    for _ in range(2):
        async with register.storage.transaction() as tx:
            [told] = [one for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10) if one.chat == SARI]
        said += [(stop.hold, stop.review) for stop in told.stops]
        register.now += register.workflow.grace
    assert said == [("blank", NOW + DAY), ("backlog", NOW + register.workflow.grace + 2 * DAY)]


@pytest.mark.parametrize("heard", ["it was told", "it may be", "it is yet to be"])
@pytest.mark.parametrize("how", ["there", "as it comes"])
async def test_who_heard_of_a_hold_that_ended_while_another_held_as_well_hears_it_once_that_is_taken_back(
    register: Register, how: str, heard: str
):
    card = await stopped(register, how)
    await register.ask(f"delete from outbox where chat <> {SARI} returning 1")
    values = {"it was told": f"sent_at = {register.now}", "it may be": "claim = 1", "it is yet to be": "tries = 0"}
    await register.ask(f"update outbox set {values[heard]} where chat = {SARI} returning 1")
    second = await hold(register, HADI, "backlog", await register.get(card))
    (other,) = await cards(register, 1, "at_registry")
    assert await release_queue(register, HADI, other)
    await register.undo(HADI, second.act)
    assert (await register.get(card)).hold is None
    owed = await register.ask(
        f"select kind, facts from outbox where chat = {SARI} and sent_at is null and claim is null"
    )
    assert [(kind, "unsaid" in facts) for kind, facts in owed] == [
        ("act" if heard == "it is yet to be" else "regret", False)
    ]


async def test_a_hold_that_ended_before_it_left_is_said_by_nobody_though_another_holds_by_then(register: Register):
    (card,) = await cards(register, 1, "at_registry")
    await register.follow(SARI, card.number)
    await register.ask("delete from outbox returning 1")
    await hold(register, HADI, "blank", card)
    await release(register, HADI, await register.get(card))
    register.now += register.workflow.grace
    again = await hold(register, HADI, "blank", await register.get(card))
    async with register.storage.transaction() as tx:
        [told] = [one for one in await outbox.claim(tx, outbox.NOTICE, register.now, 10) if one.chat == SARI]
        await outbox.sent(tx, told.ids, register.now)
    assert told.stops == ()
    await register.undo(HADI, again.act)
    assert await register.ask(f"select kind from outbox where chat = {SARI} and sent_at is null") == []

"""Single documents that stand still, and what others do with them in the same moment."""

from dataclasses import replace

import pytest

from storage import bags, documents
from storage.compat import misfits
from storage.holds import papers, queues
from storage.holds.queues import Queue
from storage.workflow import Workflow
from tests.storage.cast import CAMAT, HADI, JOKO, NOW, RINI, SARI, WATI, YANTI, Register, seen
from tests.storage.holding import cards, hold, hold_queue, kinds, release, release_queue
from tests.storage.race import race

DAY = 86_400_000


async def test_a_document_on_hold_stays_where_it_is_and_says_why_since_when_and_until_when(register: Register):
    (card,) = await cards(register, 1)
    result = await hold(register, HADI, "blank", card, review=NOW + DAY)
    (now,) = result.moved
    assert (now.stage, now.since, now.holder) == (card.stage, card.since, card.holder)
    assert (now.hold, now.hold_since, now.hold_review, now.version) == ("blank", NOW, NOW + DAY, card.version + 1)
    assert await register.get(card) == now
    assert (await release(register, HADI, now)).moved[0].hold is None
    assert (await kinds(register, card))[-2:] == ["hold", "release"]


async def test_a_move_lets_it_go_on(register: Register):
    (card,) = await cards(register, 1)
    (held,) = (await hold(register, HADI, "blank", card)).moved
    (issued,) = (await register.move(HADI, "issued", held)).moved
    assert (issued.hold, issued.hold_since) == (None, None)


async def test_what_waits_for_nobody_is_in_no_list(register: Register):
    one, other = await cards(register, 2, "at_district")
    bag = await register.pack(JOKO, "at_district", "to_registry")
    await hold(register, JOKO, "road", one)
    async with register.storage.reading() as tx:
        packed = await documents.of_request(tx, one.request)
    assert bag
    assert packed[0].hold == "road"
    again = await register.pack(JOKO, "at_district", "to_registry")
    held = await register.ask(f"select document from bag_item where bag = {again}")
    assert held == [(other.id,)]


@pytest.mark.parametrize(
    "by, stage, reason, may",
    [
        (HADI, "at_registry", "blank", True),
        (JOKO, "at_registry", "blank", True),
        (CAMAT, "at_registry", "blank", True),
        (YANTI, "at_registry", "blank", False),  # another office
        (YANTI, "at_district", "incomplete", True),
        (YANTI, "at_district", "blank", False),  # no cards are made there
        (WATI, "filed", "incomplete", True),
        (SARI, "filed", "incomplete", False),
        (WATI, "at_district", "incomplete", False),
        (HADI, "at_registry", "no_such_reason", False),
        (HADI, "at_registry", "road", False),  # it lies there, whatever the road does
    ],
)
async def test_who_has_it_or_takes_it_on_may_hold_it_for_a_reason_that_fits_there(
    register: Register, by, stage, reason, may
):
    (card,) = await cards(register, 1, stage)
    result = await hold(register, by, reason, card)
    assert (len(result.moved), len(result.not_permitted)) == (int(may), int(not may))
    assert (await register.get(card)).hold == (reason if may else None)


async def test_a_village_holds_up_its_own_alone(register: Register):
    theirs = await register.one(village="kayupuring", by=YANTI)
    with pytest.raises(PermissionError):
        await hold_queue(register, WATI, Queue("filed"), "incomplete")
    result = await hold_queue(register, WATI, Queue("filed", "", "tlogopakis"), "incomplete")
    assert result
    assert (await register.get(theirs)).hold is None


async def oldest(register: Register) -> int:
    """Since when the oldest waits at the registry."""
    async with register.storage.reading() as tx:
        groups = await bags.waiting(tx, register.workflow, await register.person(HADI))
    return min(since for stage, _, _, since in groups if stage == "at_registry")


@pytest.mark.parametrize("reason, stopped", [("attend", 3 * DAY), ("blank", 0)])
async def test_while_it_is_the_familys_turn_the_clock_stands(register: Register, reason, stopped):
    (card,) = await cards(register, 1)
    (held,) = (await hold(register, HADI, reason, card)).moved
    register.now += 3 * DAY
    (free,) = (await release(register, HADI, held)).moved
    assert (free.since, free.stopped) == (card.since, stopped)
    assert await register.get(card) == free
    assert await oldest(register) == card.since + stopped
    away = await register.move(HADI, "issued", free)
    assert away.moved[0].stopped == 0
    await register.undo(HADI, away.act)
    assert (await register.get(card)).stopped == stopped


async def test_the_clock_stands_for_a_whole_queue(register: Register):
    (card,) = await cards(register, 1)
    await hold_queue(register, HADI, Queue("at_registry"), "attend")
    register.now += 3 * DAY
    act = await release_queue(register, HADI, card)
    assert act
    assert (await register.get(card)).stopped == 3 * DAY
    await register.undo(HADI, act.act)
    assert (await register.get(card)).stopped == 0


async def test_of_a_hold_and_a_move_one_wins_and_the_other_is_told(register: Register, engine):
    (card,) = await cards(register, 1)
    officer, courier = await register.actor(HADI), await register.actor(JOKO)

    def stop(tx):
        return papers.hold(tx, register.workflow, seen(card), "blank", None, officer)

    def go(tx):
        return documents.move(tx, register.workflow, seen(card), "issued", courier)

    one, other = await race(register.storage, engine, stop, go, before="move_document")
    assert sorted((len(one.moved), len(other.moved))) == [0, 1]
    assert len(one.overtaken) + len(other.overtaken) == 1
    assert (await register.get(card)).version == card.version + 1


async def test_a_reason_that_is_in_use_must_stay_in_the_file(register: Register):
    (card,) = await cards(register, 1)
    await hold(register, HADI, "blank", card)
    district = register.workflow.district
    without = Workflow(replace(district, holds=tuple(one for one in district.holds if one.key != "blank")))
    async with register.storage.reading() as tx:
        assert await misfits(tx, register.workflow) == []
        (said,) = await misfits(tx, without)
    assert said.startswith("the reason to wait 'blank' of an open document is not in the district file any more")
    assert (await register.move(HADI, "issued", await register.get(card))).moved  # nobody is stuck meanwhile


# Who hears that it goes on

HEARD = """
    update outbox set sent_at = {now}
    where sent_at is null and act in (select act from event where {what}) returning id"""
LEAVES = {"leaves": "true", "that leaves": "kind = 'release'"}


@pytest.mark.parametrize(
    "before, then, hears",
    [
        pytest.param(["blank"], ["mismatch"], True, id="it was held for another reason"),
        pytest.param(["queue"], ["mismatch"], True, id="it had come to a held queue"),
        pytest.param(["blank"], ["mismatch", "blank"], True, id="it was held for others, twice"),
        pytest.param(["blank"], ["release", "mismatch", "that leaves"], False, id="they read since that it went on"),
        pytest.param(["blank"], ["release", "leaves", "mismatch"], False, id="it has heard that it went on"),
        pytest.param(["blank"], ["release", "mismatch"], False, id="it is yet to hear that it went on"),
        pytest.param([], ["blank", "mismatch"], False, id="it has heard of neither"),
    ],
)
async def test_who_has_heard_that_it_stopped_hears_that_it_goes_on_whatever_stopped_it_since(
    register: Register, *, before: list[str], then: list[str], hears: bool
):
    (card,) = await cards(register, 1, "to_registry")
    await register.follow(SARI, card.number)

    async def happens(step: str) -> None:
        register.now += 1000
        now = await register.get(card)
        if step == "queue":
            await hold_queue(register, HADI, Queue("at_registry"), "siak")
            await register.move(JOKO, "at_registry", now)
        elif step == "release":
            await release(register, HADI, now)
        elif step in LEAVES:
            await register.ask(HEARD.format(now=register.now, what=LEAVES[step]))
        else:
            await hold(register, HADI, step, now)

    if "queue" not in before:
        await register.move(JOKO, "at_registry", card)
    for step in (*before, "leaves", *then):
        await happens(step)
    result = await release(register, HADI, await register.get(card))
    assert ((SARI,) in await register.ask(f"select chat from outbox where act = {result.act}")) is hears


@pytest.mark.parametrize("gone", [False, True])
async def test_staff_who_are_yet_to_hear_of_several_that_they_stopped_do_not_hear_that_one_of_them_goes_on(
    register: Register, *, gone: bool
):
    several = await cards(register, 2)
    await hold(register, HADI, "blank", *several)
    if gone:
        await register.ask(HEARD.format(now=register.now, what="kind = 'hold'"))
    result = await release(register, HADI, await register.get(several[0]))
    told = await register.ask(f"select chat from outbox where act = {result.act} order by chat")
    assert told == [(WATI,), (RINI,)] * gone


async def test_who_heard_the_day_hears_that_it_goes_on_though_not_of_another_day(register: Register):
    (card,) = await cards(register, 1)
    await register.follow(SARI, card.number)
    await hold_queue(register, HADI, Queue("at_registry"), "siak", NOW + DAY)
    await register.ask(HEARD.format(now=register.now, what="true"))
    actor = await register.actor(HADI)
    async with register.storage.transaction() as tx:
        cause = await queues.of_document(tx, card.id)
        assert cause
        assert await queues.extend(tx, register.workflow, cause, NOW + 5 * DAY, actor)
    result = await release_queue(register, HADI, card)
    assert result
    assert (SARI,) in await register.ask(f"select chat from outbox where act = {result.act}")

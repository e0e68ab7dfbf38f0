"""Putting right: forwards and backwards, one document or a whole act, by whoever may, with nothing deleted."""

from collections.abc import Sequence

import pytest

from storage import corrections, ledger
from storage.holds.queues import Queue
from storage.mistakes import taking_back
from storage.records import Document, MoveResult
from storage.road import legs
from tests.storage.cast import AGUS, BUDI, CAMAT, DEWI, HADI, JOKO, MINUTE, NOW, SARI, WATI, YANTI, Register, seen
from tests.storage.holding import hold, hold_queue, release, release_queue

HOUR = 60 * MINUTE
DAY = 24 * HOUR


async def put_right(register: Register, chat: int, stage: str, *found: Document) -> MoveResult | None:
    async with register.storage.transaction() as tx:
        actor = await register.actor(chat)
        return await corrections.put_right(tx, register.workflow, seen(*found), stage, "slip", actor)


async def withdraw(register: Register, chat: int, *found: Document) -> MoveResult | None:
    async with register.storage.transaction() as tx:
        return await corrections.withdraw(tx, register.workflow, seen(*found), await register.actor(chat))


async def test_a_document_goes_back_to_where_it_was_with_its_time_and_its_carrier(register: Register):
    kk = await register.brought(await register.one(), "at_district")
    register.now += DAY
    carried = (await register.move(JOKO, "to_registry", kk)).moved[0]
    register.now += DAY
    there = (await register.move(AGUS, "at_registry", carried)).moved[0]
    register.now += DAY
    result = await put_right(register, YANTI, "to_registry", there)
    assert result
    [put] = result.moved
    assert (put.stage, put.since, put.holder, put.version) == (
        "to_registry",
        carried.since,
        carried.holder,
        there.version + 1,
    )
    assert put == await register.get(kk)
    async with register.storage.reading() as tx:
        history = await ledger.history(tx, kk.id)
        act = await ledger.act_of(tx, result.act or 0)
    assert [event.kind for event in history] == ["file", *["move"] * 4, "correct"]
    assert act
    assert (act.kind, act.role, act.reason) == ("correct", "district_desk", "slip")


async def put(register: Register, stage: str, one: Document) -> tuple[Document, int]:
    """The document where it was put, a day later, and by which act."""
    register.now += DAY
    result = await put_right(register, YANTI, stage, await register.get(one))
    assert result
    return result.moved[0], result.act or 0


def stay(one: Document) -> tuple[str, int, int | None, int]:
    return one.stage, one.since, one.holder, one.stopped


@pytest.mark.parametrize(
    "way",
    [
        ("to_registry", "filed", "to_registry"),
        ("to_registry", "undo", "to_registry"),
        ("to_registry", "filed", "undo", "at_registry", "to_registry"),
        ("issued", "undo", "to_registry", "issued", "to_registry"),
    ],
    ids=["twice", "after an undo", "after an undo that brought it there", "after it was elsewhere"],
)
async def test_however_often_a_document_is_put_back_it_has_been_there_since_it_came(
    register: Register, way: Sequence[str]
):
    carried = await register.brought(await register.one(), "to_registry")
    register.now += DAY
    one, act = (await register.move(AGUS, "at_registry", carried)).moved[0], 0
    for stage in way:
        if stage == "undo":
            assert await register.undo(YANTI, act)
            one = await register.get(one)
        else:
            one, act = await put(register, stage, one)
    assert stay(one) == stay(carried)


async def test_a_document_that_was_handed_over_by_mistake_lies_ready_since_it_came_however_often(register: Register):
    ready = await register.brought(await register.one(), "ready_at_village")
    register.now += DAY
    over = (await register.move(WATI, "handed_over", ready)).moved[0]
    for _ in range(2):
        back, _ = await put(register, "ready_at_village", over)
        assert (stay(back), back.closed_at) == (stay(ready), None)
        again, _ = await put(register, "handed_over", over)
        assert (again.since, again.closed_at) == (over.since, over.closed_at)


@pytest.mark.parametrize("moves", ["free", "held"])
async def test_the_days_that_were_the_familys_are_not_counted_where_a_document_is_put_back(
    register: Register, moves: str
):
    there = await register.brought(await register.one(), "at_registry")
    held = (await hold(register, HADI, "incomplete", there)).moved[0]
    register.now += 3 * DAY
    if moves == "free":
        held = (await release(register, HADI, held)).moved[0]
    gone = (await register.move(HADI, "issued", held)).moved[0]
    back, _ = await put(register, "at_registry", gone)
    assert (stay(back), back.hold) == ((*stay(there)[:3], 3 * DAY), None)


@pytest.mark.parametrize("back", ["put", "undo"])
async def test_what_was_told_to_have_left_before_it_was_held_never_stood_still(register: Register, back: str):
    one, other = [await register.brought(await register.one(), "at_registry") for _ in range(2)]
    register.now += 3 * HOUR
    held = (await hold(register, HADI, "incomplete", one, other)).moved[0]
    actor = (await register.actor(HADI))._replace(now=register.now + HOUR, at=register.now - HOUR)
    async with register.storage.transaction() as tx:
        gone = await legs.record(tx, register.workflow, [held.id], "issued", actor)
    register.now += HOUR + MINUTE
    if back == "undo":
        await release_queue(register, HADI, other)
        await register.undo(HADI, gone.act)
    else:
        await put(register, "at_registry", gone.moved[0])
    assert stay(await register.get(one)) == stay(one)


async def test_a_clock_that_is_set_back_while_a_document_is_held_takes_no_time_from_it(register: Register):
    one = await register.brought(await register.one(), "at_registry")
    await hold_queue(register, HADI, Queue("at_registry", "KK"), "incomplete")
    register.now -= 2 * HOUR
    await release_queue(register, HADI, await register.get(one))
    assert stay(await register.get(one)) == stay(one)


async def test_a_queue_that_is_held_holds_what_is_put_back_into_it_from_then_on(register: Register):
    there = await register.brought(await register.one(), "at_registry")
    register.now += 2 * DAY
    away = (await register.move(HADI, "issued", there)).moved[0]
    await hold_queue(register, HADI, Queue("at_registry", "KK"), "incomplete")
    back, _ = await put(register, "at_registry", away)
    assert (back.since, back.hold, back.hold_since) == (there.since, "incomplete", register.now)
    register.now += DAY
    await release_queue(register, HADI, back)
    assert (await register.get(back)).stopped == DAY


async def test_what_comes_back_by_an_undo_after_its_hold_is_over_was_the_familys_turn_until_it_left(register: Register):
    one, other = [await register.brought(await register.one(), "at_registry") for _ in range(2)]
    held = (await hold(register, HADI, "incomplete", one, other)).moved[0]
    register.now += 3 * DAY
    away = await register.move(HADI, "issued", held)
    await release_queue(register, HADI, other)
    register.now += MINUTE
    await register.undo(HADI, away.act)
    back = await register.get(one)
    assert (stay(back), back.hold) == ((*stay(one)[:3], 3 * DAY), None)


async def test_a_document_can_be_put_further_on(register: Register):
    kk = await register.brought(await register.one(), "at_district")
    register.now += DAY
    result = await put_right(register, CAMAT, "issued", kk)
    assert result
    assert (result.moved[0].stage, result.moved[0].since, result.moved[0].holder) == ("issued", register.now, None)


async def test_what_was_handed_over_by_mistake_is_open_again_for_fourteen_days(register: Register):
    kk = await register.brought(await register.one(), "ready_at_district")
    done = (await register.move(YANTI, "handed_over", kk)).moved[0]
    register.now += 14 * DAY - 1
    result = await put_right(register, YANTI, "ready_at_district", done)
    assert result
    assert result.moved[0].closed_at is None
    assert await register.ask("select closed_at from request") == [(None,)]
    again = (await register.move(YANTI, "handed_over", result.moved[0])).moved[0]
    register.now += 14 * DAY
    assert await put_right(register, YANTI, "ready_at_district", again) is None


@pytest.mark.parametrize("chat", [WATI, JOKO, SARI, HADI], ids=["village", "courier", "citizen", "registry"])
async def test_only_the_desk_and_the_head_put_right(register: Register, chat):
    kk = await register.brought(await register.one(), "at_district")
    assert await put_right(register, chat, "filed", kk) is None
    assert await register.get(kk) == kk


async def test_a_document_is_not_put_outside_its_road(register: Register):
    kk = await register.one()
    for stage in ("returned", "nowhere", kk.stage):
        assert await put_right(register, YANTI, stage, kk) is None


async def test_what_has_moved_on_since_it_was_seen_stays(register: Register):
    kk = await register.one()
    await register.move(WATI, "to_district", kk)
    result = await put_right(register, YANTI, "at_district", kk)
    assert result
    assert (result.act, [one.role for one in result.overtaken]) == (None, ["village_officer"])
    assert await register.ask("select count(*) from act where kind = 'correct'") == [(0,)]


async def test_followers_and_whoever_was_wrong_are_told(register: Register):
    kk = await register.brought(await register.one(), "to_district")
    await register.follow(SARI, kk.number)
    there = (await register.move(JOKO, "at_district", kk)).moved[0]
    await register.ask("delete from outbox returning id")
    result = await put_right(register, YANTI, "to_district", there)
    assert result
    assert {(row[0], row[1]) for row in await register.owed()} == {(SARI, "regret"), (JOKO, "regret")}
    assert result.told == 2


async def test_a_whole_act_goes_back_as_far_as_it_still_stands(register: Register):
    one, two, three = [await register.brought(await register.one(), "to_district") for _ in range(3)]
    result = await register.move(JOKO, "at_district", one, two, three)
    await register.move(AGUS, "to_registry", result.moved[2])
    register.now += DAY
    async with register.storage.transaction() as tx:
        back = await corrections.take_back(tx, register.workflow, result.act or 0, "slip", await register.actor(YANTI))
    assert back
    assert [(d.id, d.stage) for d in back.moved] == [(one.id, "to_district"), (two.id, "to_district")]
    assert (await register.get(three)).stage == "to_registry"
    async with register.storage.transaction() as tx:
        actor = await register.actor(YANTI)
        assert await corrections.take_back(tx, register.workflow, result.act or 0, "slip", actor) is None
        assert await taking_back.undo(tx, register.workflow, result.act or 0, await register.actor(JOKO)) is None


async def test_a_correction_can_be_taken_back_too(register: Register):
    kk = await register.brought(await register.one(), "at_district")
    result = await put_right(register, YANTI, "filed", kk)
    assert result
    assert await register.undo(YANTI, result.act)
    now = await register.get(kk)
    assert (now.stage, now.since, now.holder) == (kk.stage, kk.since, kk.holder)


async def test_a_village_withdraws_what_it_filed_until_it_has_left(register: Register):
    kk, akl = await register.filed("KK", "AKL")
    assert await withdraw(register, DEWI, kk) is None  # of another village
    result = await withdraw(register, WATI, kk)
    assert result
    assert (result.moved[0].stage, result.moved[0].closed_at) == ("cancelled", NOW)
    assert await register.ask("select closed_at from request") == [(None,)]
    left = (await register.move(WATI, "to_district", akl)).moved[0]
    assert await withdraw(register, WATI, left) is None
    assert await withdraw(register, YANTI, left)
    assert await register.ask("select closed_at from request") == [(NOW,)]


@pytest.mark.parametrize(("chat", "may"), [(DEWI, False), (WATI, True)])
async def test_who_files_for_another_village_adds_nothing_to_a_request(register: Register, chat, may):
    kk = await register.one()
    actor = await register.actor(chat)
    async with register.storage.transaction() as tx:
        assert await corrections.add(tx, register.workflow, [kk], "KIA", actor) is may


async def test_what_was_withdrawn_is_told_and_can_be_taken_back(register: Register):
    kk = await register.one()
    await register.follow(BUDI, kk.number)
    result = await withdraw(register, WATI, kk)
    assert result
    assert [(row[0], row[1]) for row in await register.owed()] == [(BUDI, "act")]
    assert await register.undo(WATI, result.act)
    assert (await register.get(kk)).stage == "filed"
    assert await register.owed() == []


async def test_the_same_kind_of_the_same_village_within_days_is_found(register: Register):
    first = await register.one()
    register.now += DAY
    second = await register.one()
    async with register.storage.reading() as tx:
        found = await corrections.alike(tx, second, register.now - 3 * DAY)
        assert (found and found.number) == first.number
        assert await corrections.alike(tx, second, register.now - DAY) is None


async def test_two_corrections_at_once_are_one(register: Register):
    kk = await register.brought(await register.one(), "at_district")
    first, second = [await put_right(register, YANTI, "filed", kk) for _ in range(2)]
    assert first
    assert second
    assert (bool(first.act), bool(second.act)) == (True, False)
    assert (await register.get(kk)).version == kk.version + 1

"""A request of the wrong village is put right under its number: it stays where it is, and what counts it follows."""

import json
from functools import partial

import pytest

from storage import bags, corrections, district, documents, ledger
from storage.db.protocol import Tx
from storage.families import askers
from storage.feedback import lines, questions
from storage.holds.queues import Queue
from storage.mistakes import taking_back, wrong_village
from storage.news import relays
from storage.records import Actor, Document, MoveResult, Seen
from storage.statistics import trips
from storage.workflow import Workflow
from tests.storage.cast import (
    BUDI,
    CAMAT,
    DAY,
    DEWI,
    HADI,
    JOKO,
    LASTRI,
    MINUTE,
    NOW,
    RINI,
    ROAD,
    WATI,
    YANTI,
    Register,
    seen,
)
from tests.storage.holding import give_back, hold, hold_queue, release
from tests.storage.race import race

LOUD = district.SHIPPED.read_text("utf-8").replace('key = "handed_over"', 'key = "handed_over"\nsound = true')


async def relocate(register: Register, chat: int, one: Document, village: str = "simego") -> MoveResult | None:
    async with register.storage.transaction() as tx:
        actor = await register.actor(chat)
        return await wrong_village.put_right(tx, register.workflow, Seen(one.id, one.version), village, actor)


async def test_all_of_it_stays_where_it_is_under_its_number_and_can_be_taken_back(register: Register):
    kk, kia = await register.filed("KK", "KIA")
    kia = await register.brought(kia, "to_registry")
    register.now += DAY
    result = await relocate(register, YANTI, kia)
    assert result
    was_filed = kk._replace(village="simego", version=2, holder=None)  # in nobody's hands: not in those of Tlogopakis
    assert await register.of(kk.request) == [was_filed, kia._replace(village="simego", version=kia.version + 1)]
    assert await register.ask("select village from request") == [("simego",)]
    async with register.storage.reading() as tx:
        event = await ledger.event_at(tx, kia.id, kia.version + 1)
    assert event
    assert (event.kind, event.role, ledger.villages_of(event)) == (
        "relocate",
        "district_desk",
        ("tlogopakis", "simego"),
    )
    assert await register.undo(YANTI, result.act)
    assert await register.of(kk.request) == [kk._replace(version=3), kia._replace(version=kia.version + 2)]
    assert await register.ask("select village from request") == [("tlogopakis",)]
    async with register.storage.reading() as tx:
        steps = await ledger.history(tx, kk.id)
    assert ledger.villages_at(steps, "tlogopakis") == ["tlogopakis", "simego", "tlogopakis"]


async def test_nothing_of_it_is_taken_back_once_something_of_it_has_moved_on(register: Register):
    kk, kia = await register.filed("KK", "KIA")
    result = await relocate(register, YANTI, kk)
    assert result
    (moved,) = (await register.move(DEWI, "to_district", await register.get(kk))).moved
    with pytest.raises(taking_back.GoneOn) as gone:
        await register.undo(YANTI, result.act)
    assert [one.document.id for one in gone.value.overtaken] == [kk.id]
    assert await register.of(kk.request) == [moved, await register.get(kia)]
    assert {one.village for one in await register.of(kk.request)} == {"simego"}


async def test_the_desk_and_the_head_know_all_villages_who_filed_those_for_which_they_file(register: Register):
    kk = await register.one("KK", by=RINI)
    for chat in (WATI, DEWI, LASTRI, JOKO, HADI, BUDI):
        assert await relocate(register, chat, kk) is None
    assert await relocate(register, RINI, kk, "kayupuring") is None
    assert await relocate(register, YANTI, kk, "tlogopakis") is None  # it is of that one
    assert await relocate(register, RINI, kk)
    assert RINI not in {row[0] for row in await register.owed()}  # who said it reads it on the card
    left = (await register.move(DEWI, "to_district", await register.get(kk))).moved[0]
    assert await relocate(register, RINI, left, "tlogopakis") is None
    stays, other = await register.filed("KK", "KIA", by=RINI)
    await register.move(WATI, "to_district", other)
    assert await relocate(register, RINI, stays) is None  # all of it, or nothing
    assert await relocate(register, CAMAT, left, "kayupuring")


async def test_not_what_has_left_its_road_what_has_ended_or_was_seen_otherwise(register: Register):
    kk, kia = await register.filed("KK", "KIA")
    moved = (await register.move(WATI, "to_district", kk)).moved[0]
    stale = await relocate(register, YANTI, kk)
    assert stale
    assert stale.overtaken
    assert not stale.moved
    ended = [one._replace(closed_at=NOW) for one in (moved, kia)]
    assert wrong_village.villages(register.workflow, await register.person(YANTI), ended) == []
    assert await relocate(register, RINI, kia) is None  # nor by who filed it, once something of it has left
    await give_back(register, YANTI, *(await register.move(JOKO, "at_district", moved)).moved)
    left = await relocate(register, YANTI, kia)
    assert left
    assert (len(left.overtaken), left.act, {one.village for one in await register.of(kk.request)}) == (
        1,
        None,
        {"tlogopakis"},
    )


async def test_what_is_handed_over_or_withdrawn_hinders_nothing_and_says_nothing(register: Register):
    register.workflow = Workflow(district.parse(LOUD))
    kk, kia, ktp, akl = await register.filed("KK", "KIA", "KTP", "AKL")
    kk = await register.brought(kk, "handed_over")
    async with register.storage.transaction() as tx:
        assert await corrections.withdraw(tx, register.workflow, seen(ktp), await register.actor(YANTI))
    await register.follow(BUDI, kk.number)
    register.now += DAY
    result = await relocate(register, YANTI, kia)
    assert result
    assert [(one.id, one.stage) for one in result.moved] == [
        (kk.id, "handed_over"),
        (kia.id, "filed"),
        (akl.id, "filed"),
    ]
    assert [(one.village, one.closed_at) for one in await register.of(kk.request)] == [
        ("simego", kk.closed_at),
        ("simego", None),
        ("simego", NOW),
        ("simego", None),
    ]
    assert await heard(register, result) == {0}  # what rings is over
    kia = await register.get(kia)
    for chat, to in ((DEWI, "to_district"), *ROAD[1:7]):
        kia = (await register.move(chat, to, kia)).moved[0]
    assert await heard(register, await relocate(register, YANTI, kia, "kayupuring")) == {1}


async def heard(register: Register, result: MoveResult | None) -> set[int]:
    """Whether the news of it rings."""
    rows = await register.ask(f"select facts from outbox where kind = 'regret' and act = {result and result.act}")
    return {json.loads(facts)["heard"] for (facts,) in rows}


async def test_what_a_village_had_in_its_hands_nobody_has_whatever_stood_still_or_is_put_back_there(
    register: Register,
):
    kk, kia = await register.filed("KK", "KIA")
    await hold(register, WATI, "incomplete", kia)
    register.now += DAY
    await release(register, WATI, await register.get(kia))
    await hold_queue(register, CAMAT, Queue("filed", "", "tlogopakis"), "incomplete")
    register.now += DAY
    assert await relocate(register, YANTI, await register.get(kk), "kayupuring")
    there = await register.of(kk.request)
    assert [(one.hold, one.holder, one.stopped, one.since) for one in there] == [
        (None, None, DAY, NOW),
        (None, None, 2 * DAY, NOW),
    ]
    assert await relocate(register, YANTI, there[0])
    assert [one.stopped for one in await register.of(kk.request)] == [DAY, 2 * DAY]
    away = await put_back(register, await register.get(kk), "to_district")
    back = await put_back(register, away, "filed")
    assert (back.since, back.holder, back.stopped) == (NOW, None, DAY)  # not of whoever held it up there


@pytest.mark.parametrize(("of", "is_theirs"), [(["kayupuring"], False), (["kayupuring", "tlogopakis"], True)])
async def test_what_is_put_back_is_in_the_hands_it_was_in_if_these_are_of_its_village(
    register: Register, of, is_theirs
):
    filed = await register.one()
    one = (await register.move(WATI, "to_district", filed)).moved[0]
    for village in of:
        assert await relocate(register, YANTI, await register.get(one), village)
    back = await put_back(register, await register.get(one), "filed")
    assert (back.since, back.holder) == (NOW, filed.holder if is_theirs else None)


async def put_back(register: Register, one: Document, stage: str) -> Document:
    async with register.storage.transaction() as tx:
        actor = await register.actor(YANTI)
        result = await corrections.put_right(tx, register.workflow, seen(one), stage, "reason", actor)
    assert result
    return result.moved[0]


async def test_what_comes_to_a_held_queue_so_stands_still_since_then(register: Register):
    ktp = await register.brought(await register.one("KTP"), "at_registry")
    await hold_queue(register, HADI, Queue("at_registry", "KTP", "simego"), "blank", NOW + 9 * DAY)
    register.now += DAY
    assert await relocate(register, YANTI, ktp)
    held = await register.get(ktp)
    assert (held.hold, held.since, held.hold_since, held.hold_review) == ("blank", ktp.since, NOW + DAY, NOW + 9 * DAY)


@pytest.mark.parametrize(("of", "holds"), [("", "blank"), ("tlogopakis", None)])
async def test_what_stands_still_does_so_on_unless_it_is_for_the_village_it_was_of(
    register: Register, of: str, holds: str | None
):
    ktp = await register.brought(await register.one("KTP"), "at_registry")
    await hold_queue(register, HADI, Queue("at_registry", "KTP", of), "blank")
    before = await register.get(ktp)
    register.now += MINUTE
    result = await relocate(register, YANTI, before)
    after = await register.get(ktp)
    assert before.hold == "blank"
    assert after.hold == holds
    if holds:
        assert after == before._replace(village="simego", version=before.version + 1)
    assert result
    assert await register.undo(YANTI, result.act)
    assert await register.get(ktp) == before._replace(version=before.version + 2)


async def test_officers_of_both_villages_and_whoever_follows_are_told_once(register: Register):
    kk, kia = await register.filed("KK", "KIA")
    await register.follow(BUDI, kk.number)
    await register.brought(kia, "at_district")  # not its courier, whose step was right
    assert await relocate(register, YANTI, kk)
    assert sorted(row[0] for row in await register.owed() if row[1] == "regret") == [BUDI, WATI, DEWI, RINI]


async def test_work_figures_and_what_is_to_be_told_follow(register: Register):
    kk = await register.one("KK")
    async with register.storage.transaction() as tx:
        await relays.keep(tx, kk.request, register.now, on=True)
        asked = await askers.ask(tx, BUDI, kk.number, kk.village, "id", register.now) or 0
        await askers.tell(tx, asked, kk.village, {"view": "asker", "args": {"asker": asked}}, register.now)
    kk = await register.brought(kk, "ready_at_district")
    result = await relocate(register, YANTI, kk)
    async with register.storage.reading() as tx:
        for chat, count in ((WATI, 0), (DEWI, 1)):
            person = await register.person(chat)
            assert sum(leg.count for leg in await bags.legs(tx, register.workflow, person)) == count
            assert len(await relays.of_person(tx, register.workflow, person, register.now)) == count
        [trip] = [one async for one in trips.filed(tx, register.workflow, NOW - DAY, NOW + DAY)]
        asker = await askers.get(tx, asked)
    assert (trip.village, trip.times["ready_at_district"]) == ("simego", kk.since)
    assert asker
    assert asker.village == "simego"  # whose officers decide, and are asked
    assert {row[0] for row in await register.owed() if row[1] == "asker"} == {WATI, DEWI, RINI}
    assert result
    assert await register.undo(YANTI, result.act)
    async with register.storage.reading() as tx:
        assert await askers.get(tx, asked) == asker._replace(village="tlogopakis")


async def test_a_question_waits_for_its_line_there_too_and_is_the_desks_where_nobody_holds_the_post(register: Register):
    kk = await register.one("KK")
    async with register.storage.transaction() as tx:
        id, role, _ = await questions.ask(tx, register.workflow, BUDI, "id", [kk], "missing", register.now)
    register.now += MINUTE
    assert role == "village_officer"
    result = await relocate(register, YANTI, kk)
    assert result
    await register.undo(YANTI, result.act)
    await register.ask("update post set until = 1 where village = 'simego' returning id")
    due = f"select chat, due_at from outbox where kind = 'question' and key like 'question:{id}:%' order by chat"
    told = await register.ask(due)
    assert told == [(chat, NOW + lines.WRITING) for chat in sorted((DEWI, RINI))]
    assert await relocate(register, YANTI, await register.get(kk))
    assert YANTI in {chat for chat, _ in await register.ask(due)}
    assert await register.ask("select role from question") == [("district_desk",)]


@pytest.mark.parametrize("other", ["moves on", "is of a third village"])
async def test_of_two_phones_at_once_one_puts_it_right(register: Register, engine: str, other: str):
    kk = await register.one("KK")
    desk, head, officer = [await register.actor(chat) for chat in (YANTI, CAMAT, WATI)]

    async def put(village: str, actor: Actor, tx: Tx) -> MoveResult | None:
        return await wrong_village.put_right(tx, register.workflow, Seen(kk.id, kk.version), village, actor)

    async def moves(tx: Tx) -> MoveResult:
        return await documents.move(tx, register.workflow, seen(kk), "to_district", officer)

    second = moves if other == "moves on" else partial(put, "kayupuring", head)
    before = ("relocate_request", "document")
    came = await race(register.storage, engine, partial(put, "simego", desk), second, before=before, alone=True)
    assert [bool(one.act) for one in came] == [True, False]
    assert (await register.get(kk)).village == "simego"

"""A document of the wrong kind is put right under its number: it stays where it is, and all that counts it follows."""

from functools import partial

import pytest

from storage import corrections, documents, ledger
from storage.db.protocol import Tx
from storage.holds.queues import Queue
from storage.mornings import lampid
from storage.records import Actor, Document, MoveResult, Seen
from storage.statistics import trips
from tests.storage.cast import AGUS, BUDI, CAMAT, DAY, DEWI, HADI, JOKO, MINUTE, NOW, WATI, YANTI, Register
from tests.storage.holding import hold_queue
from tests.storage.race import race


async def retype(register: Register, chat: int, one: Document, type: str) -> MoveResult | None:
    async with register.storage.transaction() as tx:
        actor = await register.actor(chat)
        return await corrections.retype(tx, register.workflow, Seen(one.id, one.version), type, actor)


async def test_it_stays_where_it_is_in_the_same_hands_and_can_be_taken_back(register: Register):
    kia = await register.brought(await register.one("KIA"), "to_registry")
    register.now += DAY
    result = await retype(register, YANTI, kia, "KK")
    assert result
    assert await register.get(kia) == kia._replace(type="KK", version=kia.version + 1)
    async with register.storage.reading() as tx:
        event = await ledger.event_at(tx, kia.id, kia.version + 1)
    assert event
    assert (event.kind, event.role, ledger.was_and_is(event.reason)) == ("retype", "district_desk", ("KIA", "KK"))
    assert await register.undo(YANTI, result.act)
    assert await register.get(kia) == kia._replace(version=kia.version + 2)


async def test_who_filed_may_until_it_has_left_then_the_desk_and_the_head(register: Register):
    kk = await register.one("KK")
    for chat in (DEWI, JOKO, HADI, BUDI):
        assert await retype(register, chat, kk, "KIA") is None
    assert await retype(register, WATI, kk, "KIA")
    left = (await register.move(WATI, "to_district", await register.get(kk))).moved[0]
    assert await retype(register, WATI, left, "AKL") is None
    assert await retype(register, CAMAT, left, "AKL")


async def test_not_what_stands_still_has_left_its_road_or_goes_another_way(register: Register):
    kk, akl = await register.filed("KK", "AKL")
    ready = (await register.brought(akl, "from_registry"))._replace(type="KK")

    def may_be(one: Document) -> list[str]:
        return corrections.retypable(register.workflow, one, [kk, akl])

    assert "KIA" in may_be(kk)
    assert not {"KK", "AKL"} & set(may_be(kk))
    assert "PINDAH" in may_be(kk)  # it parts from the others later
    assert "PINDAH" not in may_be(ready)
    assert may_be(kk._replace(hold="blank")) == may_be(kk._replace(stage="returned")) == []


async def test_where_what_is_of_that_kind_stands_still_it_does_as_well(register: Register):
    await hold_queue(register, HADI, Queue("at_registry", "KTP"), "blank")
    kk = await register.brought(await register.one("KK"), "at_registry")
    register.now += MINUTE
    result = await retype(register, YANTI, kk, "KTP")
    held = await register.get(kk)
    assert (held.type, held.hold, held.hold_since, held.since) == ("KTP", "blank", register.now, kk.since)
    assert result
    assert await register.undo(YANTI, result.act)
    assert await register.get(kk) == kk._replace(version=kk.version + 2)


async def test_whoever_follows_is_told_once_and_the_request_is_of_a_death_or_not(register: Register):
    akm = await register.one("AKM")
    await register.follow(BUDI, akm.number)
    result = await retype(register, WATI, akm, "AKL")
    assert result
    assert [row[:2] for row in await register.owed()] == [(BUDI, "regret")]
    assert await register.ask("select mourned from request") == [(0,)]
    await register.ask("update outbox set sent_at = 1 returning id")
    assert await register.undo(WATI, result.act)
    assert await register.ask("select mourned from request") == [(1,)]
    [(facts,)] = await register.ask("select facts from outbox where sent_at is null")
    assert "unsaid" not in facts  # whatever they chose to hear, they heard of the other kind


async def test_figures_and_lampid_follow_the_right_kind(register: Register):
    akm = await register.brought(await register.one("AKM"), "at_district")
    register.now += DAY
    await retype(register, YANTI, akm, "AKL")
    async with register.storage.reading() as tx:
        [trip] = [one async for one in trips.filed(tx, register.workflow, NOW - DAY, NOW + DAY)]
        month = lampid.number_of(register.workflow.calendar.day(NOW))
        found = await lampid.of_month(tx, register.workflow, "tlogopakis", month)
    assert (trip.type, [*trip.times]) == ("AKL", ["filed", "to_district", "at_district"])
    assert trip.times["at_district"] == akm.since
    assert (found.births, found.deaths) == (1, 0)


async def test_put_right_after_it_a_document_is_in_the_hands_it_was_in(register: Register):
    kia = await register.brought(await register.one("KIA"), "to_registry")
    await retype(register, YANTI, kia, "KK")
    there = (await register.move(AGUS, "at_registry", await register.get(kia))).moved[0]
    async with register.storage.transaction() as tx:
        actor, seen = await register.actor(YANTI), [Seen(there.id, there.version)]
        put = await corrections.put_right(tx, register.workflow, seen, "to_registry", "slip", actor)
    assert put
    assert (put.moved[0].since, put.moved[0].holder) == (kia.since, kia.holder)


@pytest.mark.parametrize("other", ["moves on", "is put right to the same", "is added"])
async def test_of_two_phones_at_once_one_puts_it_right(register: Register, engine: str, other: str):
    kk, akl = await register.filed("KK", "AKL")
    desk, officer = await register.actor(YANTI), await register.actor(WATI)

    async def put(one: Document, actor: Actor, tx: Tx) -> MoveResult | None:
        return await corrections.retype(tx, register.workflow, Seen(one.id, one.version), "KIA", actor)

    async def moves(tx: Tx) -> MoveResult:
        return await documents.move(tx, register.workflow, [Seen(kk.id, kk.version)], "to_district", officer)

    async def adds(tx: Tx) -> MoveResult:
        is_added = await corrections.add(tx, register.workflow, [kk, akl], "KIA", officer)
        return MoveResult(int(is_added) or None)

    second = {"moves on": moves, "is added": adds}.get(other, partial(put, akl, officer))
    before = ("retype_document", "move_document") if other == "moves on" else ("lock_request", "lock_request")
    came = await race(register.storage, engine, partial(put, kk, desk), second, before=before)
    assert sorted(bool(one.act) for one in came) == [False, True]
    types = [one.type for one in await register.of(kk.request)]
    assert len(set(types)) == len(types)

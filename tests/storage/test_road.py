"""Legs that are told afterwards come to the same in any order."""

import asyncio
import random

import pytest

from storage import documents
from storage.records import HOUR, MINUTE, Actor, Person
from storage.road import legs
from storage.road.way import Way
from tests.town import TUESDAY, Town

START = TUESDAY
STAGES = (
    "filed to_district at_district to_registry at_registry issued from_registry ready_at_district to_village"
    " ready_at_village handed_over"
).split()
# Twelve: each leg up to the village office an hour after the one before, and three told twice, with other minutes.
TOLD = [(stage, START + n * HOUR) for n, stage in enumerate(STAGES[1:-1], 1)]
TOLD += [(stage, at + minutes * MINUTE) for (stage, at), minutes in zip(TOLD[::4], (7, -11, 23), strict=True)]


def orders(count: int) -> list[list[tuple[str, int]]]:
    chance = random.Random(11)
    return [chance.sample(TOLD, len(TOLD)) for _ in range(count)]


def test_twelve_legs_told_in_any_order_come_to_the_same():
    assert len(TOLD) == 12
    filed = Way(tuple(STAGES), "filed", {"filed": START})
    ends = set()
    for order in orders(10_000):
        known = filed
        for stage, at in order:
            before, known = known, known.told(stage, at)
            assert STAGES.index(known.stage) >= STAGES.index(before.stage)
        ends.add((known.stage, tuple(sorted(known.times.items()))))
    ((stage, times),) = ends
    assert stage == "ready_at_village"
    assert dict(times)["to_district"] == START + HOUR
    assert dict(times)["issued"] == START + 5 * HOUR - 11 * MINUTE


async def told(town: Town, order: list[tuple[str, int]]) -> tuple[object, ...]:
    """A file of which all was told in this order, by whoever may: how it stands, and its way."""
    (card,) = await town.files("KK")
    for n, (stage, at) in enumerate(order):
        town.clock = START + 12 * HOUR + n * MINUTE
        who = await town.person(town.warni if stage == "ready_at_village" else town.joko)
        async with town.storage.transaction() as tx:
            await legs.record(tx, town.workflow, [card.id], stage, Actor(who, town.clock, at, "message"))
    async with town.storage.reading() as tx:
        found = await documents.get(tx, card.id)
        assert found
        known = await legs.way_of(tx, town.workflow, found)
    assert known
    town.clock = START
    return found.stage, found.since, tuple(sorted(known.times.items()))


async def test_the_register_comes_to_the_same_in_any_order(any_town: Town):
    ends = {await told(any_town, order) for order in orders(25)}
    assert len(ends) == 1


async def test_a_leg_that_cannot_have_been_then_changes_nothing(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_registry")
    town.clock += HOUR
    joko = await town.person(town.joko)
    for stage, at in (("to_registry", town.clock), ("from_registry", START - HOUR)):
        async with town.storage.transaction() as tx:
            result = await legs.record(tx, town.workflow, [card.id], stage, Actor(joko, town.clock, at, "message"))
        assert (result.act, result.moved) == (None, ())
    assert await town.document(card) == card


async def test_two_who_tell_at_once_tell_one_after_the_other(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    town.clock += 3 * HOUR
    joko, slamet = await town.person(town.joko), await town.person(town.slamet)

    async def tells(who: Person, stage: str, at: int) -> None:
        async with town.storage.transaction() as tx:
            await legs.record(tx, town.workflow, [card.id], stage, Actor(who, town.clock, at, "message"))

    await asyncio.gather(tells(joko, "to_registry", START + HOUR), tells(slamet, "at_registry", START + 2 * HOUR))
    async with town.storage.reading() as tx:
        known = await legs.way_of(tx, town.workflow, await town.document(card))
    assert known
    assert (known.times["to_registry"], known.times["at_registry"]) == (START + HOUR, START + 2 * HOUR)


@pytest.mark.parametrize("stage", ["handed_over", "filed", "nowhere", "to_registry"])
async def test_what_is_not_theirs_to_tell_is_refused(town: Town, stage: str):
    (card,) = await town.files("KK")
    town.clock += HOUR
    async with town.storage.transaction() as tx:
        actor = Actor(await town.person(town.warni), town.clock, START + MINUTE, "message")
        result = await legs.record(tx, town.workflow, [card.id], stage, actor)
    assert result.not_permitted == (card,)

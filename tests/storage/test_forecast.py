"""Days that are told come true as often as they say: in four of five cases."""

import asyncio
import random
from math import inf

import pytest

from storage import documents
from storage.records import DAY
from storage.statistics import forecast
from storage.statistics.forecast import Expected, expected
from storage.statistics.trips import Trip
from storage.workflow import Workflow
from tests.storage.cast import NOW, SARI, WATI, Register
from tests.storage.history import ASKED, backtest, learned, year


@pytest.mark.parametrize(("legs", "blank"), [(3.0, 0.0), (3.0, 0.15), (8.0, 0.0)])
def test_four_of_five_forecasts_come_true(workflow: Workflow, legs: float, blank: float):
    told, true = backtest(workflow, NOW, legs, blank)
    assert told > 0.9 * ASKED
    assert 0.75 <= true / told <= 0.85


def test_few_documents_tell_nothing(workflow: Workflow):
    days = sorted(1 + 0.1 * n for n in range(20))
    assert expected(workflow, days[:19], NOW, NOW) is None
    told = expected(workflow, days, NOW, NOW)
    assert told == Expected(workflow.calendar.due(NOW, 1.19), workflow.calendar.due(NOW, 2.71))


def test_who_has_waited_for_long_is_told_of_those_who_waited_as_long(workflow: Workflow):
    days = [1.0] * 80 + [6.0] * 10
    after_three = workflow.calendar.due(NOW, 3)
    told = expected(workflow, days, NOW, after_three)
    assert told == Expected(workflow.calendar.due(NOW, 6), workflow.calendar.due(NOW, 6))
    assert expected(workflow, days, NOW, workflow.calendar.due(NOW, 7)) is None, "longer than all: nobody knows"


def test_what_is_not_ready_yet_makes_no_forecast_quicker(workflow: Workflow):
    ready = list(year(workflow, NOW, 30, 10, 3.0, seed=1))
    open_yet = [Trip("KK", "simego", {"filed": one.times["filed"]}) for one in ready[:10]]
    days = learned(workflow, [*ready, *open_yet])["KK", "filed"]
    assert len(days) == 40
    assert expected(workflow, days, NOW, NOW) is None, "a quarter is not ready: no day holds for four of five"


@pytest.mark.asyncio
async def test_what_was_learned_is_told_with_a_number(register: Register):
    days = {("KK", "filed"): [1.0 + 0.125 * n for n in range(31)], ("KIA", "filed"): [1.0] * 19}
    async with register.storage.transaction() as tx:
        await forecast.keep(tx, {("KK", "issued"): [1.0] * 30})
        await forecast.keep(tx, days)
    card, _ = await register.filed("KK", "KIA")

    async def known() -> list[tuple[int, list[float]]]:
        async with register.storage.reading() as tx:
            look = await documents.status(tx, card.number, SARI, NOW)
        return [(id, forecast.read(kept)) for id, kept in look.paces]

    assert await known() == [(card.id, days["KK", "filed"])], "few tell nothing, and what was known before is forgotten"
    await register.move(WATI, "to_district", card)
    assert await known() == []


@pytest.mark.asyncio
async def test_a_hundred_tell_the_range_of_thousands(register: Register, workflow: Workflow):
    chance = random.Random(7)
    days = sorted(chance.gammavariate(4.0, 0.8) for _ in range(3000)) + [inf] * 20
    async with register.storage.transaction() as tx:
        await forecast.keep(tx, {("KK", "filed"): days})
    card = await register.one("KK")
    async with register.storage.reading() as tx:
        ((_, kept),) = (await documents.status(tx, card.number, SARI, NOW)).paces
    assert len(kept) < 1000
    told, of_all = expected(workflow, forecast.read(kept), NOW, NOW), expected(workflow, days, NOW, NOW)
    assert told
    assert of_all
    for one, other in ((told.earliest, of_all.earliest), (told.latest, of_all.latest)):
        assert workflow.calendar.elapsed(NOW, one) == pytest.approx(workflow.calendar.elapsed(NOW, other), abs=0.1)


@pytest.mark.asyncio
async def test_the_pace_is_that_of_the_last_half_year(register: Register, workflow: Workflow):
    card = await register.brought(await register.one("KK"), "ready_at_village")
    assert card.stage == "ready_at_village"
    async with register.storage.reading() as tx:
        assert await forecast.learn(tx, workflow, NOW + 20 * DAY) == {}, "too young"
        found = await asyncio.create_task(forecast.learn(tx, workflow, NOW + 60 * DAY))
        assert await forecast.learn(tx, workflow, NOW + 300 * DAY) == {}, "too old"
    assert found["KK", "filed"] == [0.0]
    assert ("KK", "ready_at_village") not in found

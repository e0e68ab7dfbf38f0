"""Summary are right where one can tell by hand."""

import pytest

from storage.statistics.ages import under_way
from storage.statistics.figures import Spread, service_days, spread
from storage.statistics.trips import Trip, Wait
from storage.workflow import Workflow
from tests.storage.cast import HOUR, JOKO, NOW, Register
from tests.storage.history import summary, year

DAY = 24 * HOUR
MONDAY = NOW - DAY  # 23 November 2026, 08.00: the counters open


def test_a_spread_is_the_middle_and_the_middle_four_of_five():
    assert spread([]) is None
    assert spread([3.0]) == Spread(1, 3, 3, 3)
    assert spread([5, 1, 2, 6, 3, 7, 4, 9, 8, 10, 11]) == Spread(11, 2, 6, 10)
    assert spread(range(101)) == Spread(101, 10, 50, 90)


def journey(workflow: Workflow, *days: float, waits: tuple[Wait, ...] = (), type: str = "KK") -> Trip:
    """Filed on Monday, and so many working days later at one stage after the other."""
    times = {
        stage: workflow.calendar.due(MONDAY, day) for stage, day in zip(workflow.route(type), (0, *days), strict=False)
    }
    return Trip(type, "simego", times, waits)


def test_days_are_working_days_without_the_family_s_turn(workflow: Workflow):
    begun, ended = workflow.calendar.due(MONDAY, 1), workflow.calendar.due(MONDAY, 3)
    theirs = journey(workflow, *(0.5 * n for n in range(1, 10)), waits=(Wait("attend", begun, ended),))
    ours = theirs._replace(waits=(Wait("blank", begun, ended),))
    over_sunday = workflow.calendar.due(MONDAY, 5.5)  # Monday a week later
    assert over_sunday > MONDAY + 6 * DAY
    assert service_days(workflow, ours, MONDAY, over_sunday) == pytest.approx(5.5)
    assert service_days(workflow, theirs, MONDAY, over_sunday) == pytest.approx(3.5)


def test_the_figures_of_a_time_are_of_what_happened_in_it(workflow: Workflow):
    quick = journey(workflow, *(0.3 * n for n in range(1, 11)))  # ready after 2.7 days, handed over after 3
    slow = journey(workflow, *(0.6 * n for n in range(1, 10)))  # ready after 5.4
    begun = journey(workflow, 1.0)
    found = summary(workflow, [quick, slow, begun], MONDAY, workflow.calendar.due(MONDAY, 5))
    assert (found.filed, found.ready, found.handed_over, found.kept) == (3, 1, 1, 1)
    assert found.days is not None
    assert (found.days.low, found.days.median) == pytest.approx((2.7, 2.7))
    assert found.legs["issued"].median == pytest.approx(0.45)  # of 0.3 and 0.6
    assert found.in_time["to_district"] == 1  # target 0.5: of 0.3, 0.6 and 1
    assert list(found.by_village) == ["simego"]
    later = summary(workflow, [quick, slow, begun], workflow.calendar.due(MONDAY, 5), MONDAY + 30 * DAY)
    assert (later.filed, later.ready, later.kept) == (0, 1, 0)
    assert later.days is not None
    assert later.days.high == pytest.approx(5.4)


def test_waits_are_told_by_reason_as_they_end(workflow: Workflow):
    ends = [workflow.calendar.due(MONDAY, day) for day in (1, 2, 4)]
    waits = (Wait("blank", MONDAY, ends[0]), Wait("blank", ends[0], ends[1]), Wait("road", ends[1], ends[2]))
    found = summary(workflow, [journey(workflow, 5.0, waits=waits)], MONDAY, MONDAY + 7 * DAY)
    assert {reason: (count, round(days, 6)) for reason, (count, days) in found.waits.items()} == {
        "blank": (2, 2.0), "road": (1, 2.0)
    }  # fmt: skip


def test_the_district_s_own_figures_come_out(workflow: Workflow):
    """50 documents in the first two weeks, 1,523 in nineteen months; two to four weeks became two to four days."""
    before = list(year(workflow, MONDAY, 200, 100, legs=15.0, seed=1))
    start = workflow.calendar.due(MONDAY, 100)
    two_weeks = workflow.calendar.due(start, 10)
    first = list(year(workflow, start, 50, 10, legs=3.0, seed=2))
    rest = list(year(workflow, two_weeks, 1473, 390, legs=3.0, seed=3))
    every = [*before, *first, *rest]
    assert summary(workflow, every, start, two_weeks).filed == 50
    end = workflow.calendar.due(start, 420)
    told = summary(workflow, [*first, *rest], start, end)
    assert (told.filed, told.ready) == (1523, 1523)
    was = summary(workflow, before, MONDAY, end)
    assert was.days is not None
    assert 10 <= was.days.low < was.days.high <= 20  # working days: two to four weeks
    assert told.days is not None
    assert 2 <= told.days.low < told.days.high <= 4
    assert told.kept > 0.9 * told.ready


async def test_what_is_under_way_has_an_age_in_working_days_since_it_was_filed(register: Register):
    """Three are filed at once, a day later two; then one is carried on, and one is at its end."""
    moved, ended, _ = await register.filed("KK", "KTP", "KIA")
    register.now += DAY
    await register.filed("KK", "KTP")
    await register.move(JOKO, "to_district", moved)
    await register.brought(ended, "handed_over")
    async with register.storage.reading() as tx:
        found = await under_way(tx, register.workflow, register.workflow.calendar.due(NOW, 2))
    assert list(found) == ["", "filed", "to_district"]
    ages = [(one.count, round(one.median, 6), round(one.oldest, 6)) for one in found.values()]
    assert ages == [(4, 1.5, 2), (3, 1, 2), (1, 2, 2)]

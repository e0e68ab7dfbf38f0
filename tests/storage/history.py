"""Made-up years of a district: journeys as they would stand in the record, by working days and a seed."""

import random
from collections.abc import Iterable, Iterator

from storage.records import DAY
from storage.statistics.figures import Summary, Tally
from storage.statistics.forecast import Lessons, Pace, expected
from storage.statistics.trips import Trip, Wait
from storage.workflow import Workflow

ASKED = 1500  # documents of which a backtest asks when they are ready
SHAPE = 4.0  # of the gamma by which a leg takes its time around its mean: half of it more or less


def year(
    workflow: Workflow,
    start: int,
    count: int,
    days: float,
    legs: float,
    seed: int,
    type: str = "KK",
    blank: float = 0.0,
) -> Iterator[Trip]:
    """Documents that were filed one after the other within so many working days. All their legs take `legs` working
    days on average, up to being ready; of each `blank` part waits for a blank card for two days more.
    """
    chance = random.Random(seed)
    route = workflow.route(type)
    to = route[1 : route.index("ready_at_village") + 1]
    for n in range(count):
        at = workflow.calendar.due(start, (n + chance.random()) * days / count)
        times, waits = {"filed": at}, []
        for stage in to:
            took = chance.gammavariate(SHAPE, legs / len(to) / SHAPE)
            if stage == "issued" and chance.random() < blank:
                begun, at = at, workflow.calendar.due(at, 2)
                waits.append(Wait("blank", begun, at))
            at = times[stage] = workflow.calendar.due(at, took)
        yield Trip(type, chance.choice(list(workflow.villages)), times, waits)


def summary(workflow: Workflow, journeys: Iterable[Trip], since: int, until: int) -> Summary:
    """The figures of a time, of these journeys."""
    tally = Tally(workflow, since, until)
    for journey in journeys:
        tally.add(journey)
    return tally.summary()


def learned(workflow: Workflow, journeys: Iterable[Trip]) -> Pace:
    """What these journeys teach."""
    lessons = Lessons(workflow)
    for journey in journeys:
        lessons.add(journey)
    return lessons.pace()


def backtest(workflow: Workflow, start: int, legs: float, blank: float = 0.0) -> tuple[int, int]:
    """Learn from a year, and ask at a random moment of each journey of the next: how many answers there were, and how
    many came true.
    """
    chance = random.Random(3)
    days = learned(workflow, [*year(workflow, start, 500, 120, legs, seed=1, blank=blank)])
    told = true = 0
    for journey in year(workflow, start + 200 * DAY, ASKED, 200, legs, seed=2, blank=blank):
        stages = [(stage, at) for stage, at in journey.times.items() if stage != "ready_at_village"]
        stage, since = chance.choice(stages)
        left = min(at for at in journey.times.values() if at > since)
        ready = journey.times["ready_at_village"]
        now = chance.randrange(since, left)
        if found := expected(workflow, days[journey.type, stage], since, now):
            told += 1
            true += found.earliest <= ready <= found.latest
    return told, true

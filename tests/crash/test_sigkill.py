"""Twenty times SIGKILL at random moments, while a whole district works: nothing is lost, nothing happens twice.

CRASH_SEED repeats a run, as far as chance is ours.
"""

import asyncio
import os
import random

import pytest
import uvloop

from tests.crash.conftest import figures
from tests.crash.ordeal import Kills, Ordeal, both

pytestmark = pytest.mark.timeout(600, method="thread")  # uvloop hears no alarm: the process ends instead

KILLS = Kills(20, soonest=0.3, latest=2.0, volley=6)
DOUBLES = 30  # a kill, at most


@pytest.fixture(scope="module")
def ordeals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ordeal]:
    seed = int(os.environ.get("CRASH_SEED") or random.SystemRandom().randrange(10**6))
    figures.append(f"CRASH_SEED={seed}")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(both(tmp_path_factory.mktemp("crash"), str(seed), KILLS))
    figures.extend(map(str, found))
    return {ordeal.engine: ordeal for ordeal in found}


@pytest.fixture(params=["sqlite", "postgres"])
def ordeal(request: pytest.FixtureRequest, ordeals: dict[str, Ordeal]) -> Ordeal:
    return ordeals[request.param]


def test_at_each_of_twenty_kills_updates_were_in_flight(ordeal):
    assert len(ordeal.in_flight) == KILLS.count
    assert all(waiting or unanswered for waiting, unanswered, _ in ordeal.in_flight)


RULES = ("unanswered", "without effect", "moved twice", "filed twice", "untold", "uninformed", "stuck")


@pytest.mark.parametrize("rule", RULES)
def test_no_kill_leaves_anything(ordeal, rule):
    assert "\n".join(ordeal.faults[rule]) == ""


def test_little_is_said_twice(ordeal):
    assert max(ordeal.doubles) <= DOUBLES


def test_the_town_was_busy(ordeals):
    assert [(one.deeds.count > 300, one.moves > 20) for one in ordeals.values()] == [(True, True)] * 2
    assert sum(one.told for one in ordeals.values()) > 20  # how many of those moved are followed is chance

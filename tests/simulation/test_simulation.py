"""Three hundred seeds, and that a seed is all there is to a run."""

import subprocess
import sys

import pytest

from tests.simulation.weather import Plan

SEEDS, AT_ONCE = 300, 30  # half a minute at once: on a busy machine that is two


def play(*words: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, in which clocks and chance are replaced before the bot is imported."""
    command = [sys.executable, "-m", "tests.simulation", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_nothing_is_lost_told_out_of_order_or_done_twice(first: int):
    found = play("--first", str(first), "--seeds", str(AT_ONCE))
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_same_seed_is_the_same_run():
    one, two = (play("--seeds", "4", "--traces").stdout.splitlines()[:4] for _ in range(2))
    assert one == two
    assert len({line.split()[1] for line in one}) == 4


@pytest.mark.parametrize("is_known", [True, False], ids=["of one machine", "of two"])
def test_that_a_process_is_dead_is_known_on_its_own_machine_alone(*, is_known: bool):
    plans = ((seed, Plan.of(seed)) for seed in range(SEEDS))
    seeds = [seed for seed, plan in plans if plan.is_place_known is is_known and plan.kills == 4][:4]
    assert any("the process that led is dead" in play(str(seed)).stdout for seed in seeds) is is_known

"""Twenty times SIGKILL at random moments, while a whole district works: nothing is lost, nothing happens twice.

CRASH_SEED repeats a run, as far as chance is ours.
"""

import asyncio
import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvloop

from tests import postgres
from tests.crash import stage as stages
from tests.crash.accounts import Accounts
from tests.crash.conftest import figures
from tests.crash.crowd import Crowd, Deeds
from tests.crash.stage import Stage

pytestmark = pytest.mark.timeout(600, method="thread")  # uvloop hears no alarm: the process ends instead

KILLS = 20
SOONEST, LATEST = 0.3, 2.0  # seconds after the bot begins to answer
VOLLEY = 6  # deeds at once, so that a kill meets some of them halfway
DOUBLES = 30  # a kill, at most


@dataclass
class Ordeal:
    """What became of one town: faults by rule, and figures."""

    engine: str
    faults: dict[str, list[str]] = field(default_factory=dict, repr=False)
    kills: list[float] = field(default_factory=list)
    in_flight: list[tuple[int, int, int]] = field(default_factory=list)
    first_answers: list[float] = field(default_factory=list)
    doubles: list[int] = field(default_factory=list)
    deeds: Deeds = field(default_factory=Deeds, repr=False)
    moves: int = 0
    told: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        answers = sorted(self.first_answers)
        return (
            f"{self.engine}: {len(self.kills)} kills in {self.seconds:.0f} s, {self.deeds.count} messages and taps "
            f"({self.deeds.count / self.seconds:.1f} a second), "
            f"{self.moves} moves, {self.told} notices due, {sum(self.doubles)} doubles {self.doubles}; "
            f"in flight (with Telegram, in the inbox, in the outbox) {self.in_flight}; "
            f"start to first answer {answers[0]:.2f} to {answers[-1]:.2f} s, median {answers[len(answers) // 2]:.2f} s"
        )


async def endure(folder: Path, engine: str, url: str, seed: int) -> Ordeal:
    dice = random.Random(f"{seed} {engine}")
    ordeal, began = Ordeal(engine), time.monotonic()
    async with stages.opened(folder, url) as stage:
        crowd = Crowd(stage, dice)
        ordeal.deeds, since = crowd.deeds, stage.now()
        streaming = asyncio.create_task(crowd.run())
        for _ in range(KILLS):
            await _live_and_die(stage, crowd, ordeal, dice)
        await stage.bot.start()
        ordeal.first_answers.append(await _answering(stage))
        streaming.cancel()
        with suppress(asyncio.CancelledError):
            await streaming
        await stage.settled()
        await stage.bot.stop()
        await _reckon(ordeal, await Accounts(stage, crowd.deeds, since).open())
    ordeal.seconds = time.monotonic() - began
    return ordeal


async def _live_and_die(stage: Stage, crowd: Crowd, ordeal: Ordeal, dice: random.Random) -> None:
    await stage.bot.start()
    ordeal.first_answers.append(await _answering(stage))
    await asyncio.sleep(dice.uniform(SOONEST, LATEST))
    while not any(found := await _stopped_halfway(stage, crowd, dice)):
        stage.bot.signal(signal.SIGCONT)
    await stage.bot.kill()
    ordeal.in_flight.append(found)
    ordeal.kills.append(time.time())


async def _answering(stage: Stage) -> float:
    """Seconds from the start of the process until something of it arrived."""
    before = len(stage.sent)
    await stage.until(lambda: len(stage.sent) > before)
    return stage.sent[before].at - stage.bot.started_at


async def _stopped_halfway(stage: Stage, crowd: Crowd, dice: random.Random) -> tuple[int, int, int]:
    """The process stands still amid a volley: updates it has not got, those it has not answered, and what it owes."""
    for _ in range(VOLLEY):
        crowd.act()
    await asyncio.sleep(dice.uniform(0, 0.06))
    stage.bot.signal(signal.SIGSTOP)
    load = await stage.load()
    open_ = (len(stage.telegram.queue), load.updates)
    return (*open_, load.owed) if any(open_) else (0, 0, 0)


async def _reckon(ordeal: Ordeal, accounts: Accounts) -> None:
    ordeal.faults = {
        "unanswered": list(accounts.unanswered()),
        "without effect": list(await accounts.undone_deeds()),
        "moved twice": list(accounts.twice_moved()),
        "filed twice": await accounts.twice_filed(),
        "untold": list(accounts.untold()),
        "stuck": [line for line in accounts.stage.bot.log.splitlines() if " ERROR " in line or " CRITICAL " in line],
    }
    ordeal.doubles = accounts.doubles(ordeal.kills)
    ordeal.moves = sum(e.at >= accounts.since for steps in accounts.events.values() for e in steps)
    ordeal.told = accounts.told()


async def _both(folder: Path, seed: int) -> tuple[Ordeal, Ordeal]:
    """Side by side: starting a process takes longer than anything else here."""
    for engine in ("sqlite", "postgres"):
        (folder / engine).mkdir()
    async with postgres.database() as url:
        return await asyncio.gather(
            endure(folder / "sqlite", "sqlite", f"sqlite:///{folder}/sqlite/town.db", seed),
            endure(folder / "postgres", "postgres", url, seed),
        )


@pytest.fixture(scope="module")
def ordeals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ordeal]:
    seed = int(os.environ.get("CRASH_SEED") or random.SystemRandom().randrange(10**6))
    figures.append(f"CRASH_SEED={seed}")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(_both(tmp_path_factory.mktemp("crash"), seed))
    figures.extend(map(str, found))
    return {ordeal.engine: ordeal for ordeal in found}


@pytest.fixture(params=["sqlite", "postgres"])
def ordeal(request: pytest.FixtureRequest, ordeals: dict[str, Ordeal]) -> Ordeal:
    return ordeals[request.param]


def test_at_each_of_twenty_kills_updates_were_in_flight(ordeal):
    assert len(ordeal.in_flight) == KILLS
    assert all(waiting or unanswered for waiting, unanswered, _ in ordeal.in_flight)


@pytest.mark.parametrize("rule", ["unanswered", "without effect", "moved twice", "filed twice", "untold", "stuck"])
def test_no_kill_leaves_anything(ordeal, rule):
    assert "\n".join(ordeal.faults[rule]) == ""


def test_little_is_said_twice(ordeal):
    assert max(ordeal.doubles) <= DOUBLES


def test_the_town_was_busy(ordeal):
    assert (ordeal.deeds.count > 300, ordeal.moves > 20, ordeal.told > 20) == (True, True, True)

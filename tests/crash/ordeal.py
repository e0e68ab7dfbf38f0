"""What a town goes through: everybody at work, the bot killed again and again, and then the accounts are opened."""

import asyncio
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from storage import overview
from tests import postgres
from tests.crash import stage as stages
from tests.crash.accounts import Accounts
from tests.crash.crowd import Crowd, Deeds
from tests.crash.news import News
from tests.crash.repeats import doubles
from tests.crash.stage import PATIENCE, Stage
from tests.crash.truths import uninformed

GATHERS = {"sqlite": 0.0, "postgres": 1.0}  # seconds that news of a family waits for others
MOVES = 2  # at least, in a life that is to be cut off amid its work


@dataclass(frozen=True, slots=True)
class Kills:
    """So many, each between `soonest` and `latest` seconds after the bot begins to answer.

    With a volley (deeds at once) a kill waits until it meets something halfway; without one it comes when it comes.
    """

    count: int
    soonest: float
    latest: float
    volley: int = 0


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


async def endure(folder: Path, engine: str, url: str, seed: str, kills: Kills) -> Ordeal:
    dice = random.Random(f"{seed} {engine}")
    ordeal, began = Ordeal(engine), time.monotonic()
    async with stages.opened(folder, url, gather=GATHERS[engine]) as stage:
        crowd = Crowd(stage, dice)
        ordeal.deeds, since = crowd.deeds, stage.now()
        streaming = asyncio.create_task(crowd.run())
        for _ in range(kills.count):
            await _live_and_die(stage, crowd, ordeal, kills)
        await stage.bot.start()
        ordeal.first_answers.append(await _answering(stage))
        streaming.cancel()
        with suppress(asyncio.CancelledError):
            await streaming
        await stage.settled()
        await stage.bot.stop()
        await _reckon(ordeal, stage, await Accounts(stage, crowd.deeds, since).open())
    ordeal.seconds = time.monotonic() - began
    return ordeal


async def _live_and_die(stage: Stage, crowd: Crowd, ordeal: Ordeal, kills: Kills) -> None:
    before = await _steps(stage)
    await stage.bot.start()
    ordeal.first_answers.append(await _answering(stage))
    await asyncio.sleep(crowd.dice.uniform(kills.soonest, kills.latest))
    if kills.volley:  # on a busy machine a life may be too short for anything to move
        async with asyncio.timeout(PATIENCE):
            while await _steps(stage) < before + MOVES:  # noqa: ASYNC110  # it is a process: a database has no event
                await asyncio.sleep(0.05)
    while not any(found := await _stopped_halfway(stage, crowd, kills.volley)) and kills.volley:
        stage.bot.signal(signal.SIGCONT)
    await stage.bot.kill()
    ordeal.in_flight.append(found)
    ordeal.kills.append(time.time())


async def _steps(stage: Stage) -> int:
    async with stage.storage.reading() as tx:
        return (await overview.newest(tx))[1]


async def _answering(stage: Stage) -> float:
    """Seconds from the start of the process until something of it arrived."""
    before = len(stage.sent)
    await stage.until(lambda: len(stage.sent) > before)
    return stage.sent[before].at - stage.bot.started_at


async def _stopped_halfway(stage: Stage, crowd: Crowd, volley: int) -> tuple[int, int, int]:
    """The process stands still amid a volley: updates it has not got, those it has not answered, and what it owes."""
    for _ in range(volley):
        crowd.act()
    await asyncio.sleep(crowd.dice.uniform(0, 0.06))
    stage.bot.signal(signal.SIGSTOP)
    load = await stage.load()
    open_ = (len(stage.telegram.queue), load.updates)
    return (*open_, load.owed) if any(open_) else (0, 0, 0)


async def _reckon(ordeal: Ordeal, stage: Stage, accounts: Accounts) -> None:
    news = News(accounts)
    ordeal.faults = {
        "unanswered": list(accounts.unanswered()),
        "without effect": list(await accounts.undone_deeds()),
        "moved twice": list(accounts.twice_moved()),
        "filed twice": await accounts.twice_filed(),
        "untold": list(news.untold()),
        "uninformed": list(uninformed(accounts)),
        "stuck": [line for line in stage.bot.log.splitlines() if " ERROR " in line or " CRITICAL " in line],
    }
    ordeal.doubles = doubles(news, ordeal.kills)
    ordeal.moves = sum(e.at >= accounts.since for steps in accounts.events.values() for e in steps)
    ordeal.told = news.count


async def both(folder: Path, seed: str, kills: Kills) -> tuple[Ordeal, Ordeal]:
    """Side by side: starting a process takes longer than anything else here."""
    for engine in ("sqlite", "postgres"):
        (folder / engine).mkdir()
    async with postgres.database() as url:
        return await asyncio.gather(
            endure(folder / "sqlite", "sqlite", f"sqlite:///{folder}/sqlite/town.db", seed, kills),
            endure(folder / "postgres", "postgres", url, seed, kills),
        )

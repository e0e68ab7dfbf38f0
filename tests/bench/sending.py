"""The sender without limits, each delivery on record, beside rivals that only send."""

import asyncio
import json
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bot.sandbox import Bot
from tests.bench import registers
from tests.bench.bots import AIOGRAM, OURS, PTB, Breed, Process
from tests.bench.orders import BULK
from tests.bench.registers import Paper
from tests.bench.scales import Result, ratios, spread, times
from tests.bench.stage import Stage

AT_ONCE = 20  # in flight, ours and theirs
CHATS = 1000
FIRST = 780_000_000
CROWD = range(FIRST, FIRST + CHATS)
SLOW = CROWD[:250]  # whom plain PTB writes to, or all would wait for it
WORDS = (
    "Dibawa Jek-Duk ke Disdukcapil: Kartu Keluarga 2000 0000 {0:04}.\n"
    "Biasanya diterima Disdukcapil paling lambat Selasa 24 Nov. 🛵"
)


@dataclass(slots=True)
class Run:
    rate: float
    cpu: float


class Post:
    """Counts what a bot sends to the people of this row."""

    def __init__(self, stage: Stage, bot: Bot, process: Process, register: Path | None) -> None:
        self.stage, self.bot, self.process, self.register = stage, bot, process, register

    async def count(self, messages: int) -> Run:
        """From the first to the last of so many."""
        self._at: list[float] = []
        done = asyncio.Event()
        cpu = self.process.cpu()

        def watch(event: str, facts: dict[str, Any]) -> None:
            if event != "call" or (call := facts["call"]).bot != self.bot.id or call.method != "sendMessage":
                return
            if int(call.params["chat_id"]) >= FIRST:
                self._at.append(time.perf_counter())
            if len(self._at) == messages:
                done.set()

        self.stage.watchers.append(watch)
        try:
            async with asyncio.timeout(90):
                await done.wait()
        finally:
            self.stage.watchers.remove(watch)
        used = self.process.cpu() - cpu
        return Run((messages - 1) / (self._at[-1] - self._at[0]), 1000 * used / messages)


async def sending(folder: Path, rounds: int, each: int, rivals: Sequence[Breed], ours: Sequence[Breed]) -> Result:
    """aiogram is one of the rivals. `ours` begins with this checkout; what follows is measured beside it."""
    drawn = registers.numbers()
    filed = [Paper(next(drawn), "simego", "to_registry") for _ in range(1000)]
    found: dict[Breed, list[Run]] = {breed: [] for breed in (*rivals, *ours)}
    async with Stage.open() as stage, AsyncExitStack() as stack:
        posts = await asyncio.gather(*(_enter(stage, stack, breed, folder / breed.name, filed) for breed in found))
        for _ in range(rounds):
            for post in posts:
                found[post.process.breed].append(
                    await _send(post, CROWD if post.process.breed is not PTB else SLOW, each)
                )
    return _row(found, each)


async def _enter(stage: Stage, stack: AsyncExitStack, breed: Breed, folder: Path, filed: list[Paper]) -> Post:
    folder.mkdir()
    register = folder / "register.db" if breed.command == OURS.command else None
    if register:
        registers.district_file(folder, home=breed.home)
        await registers.create(register, filed, len(filed), couriers=1, home=breed.home)
    bot = stage.bot(f"94{len(stage.bots)}:bench", f"post{len(stage.bots)}_bot")
    process = Process(breed, stage.url, bot.token, folder)
    stack.push_async_callback(process.kill)
    await process.start()
    (boss,) = stage.windows(bot, [1])
    stage.windows(bot, CROWD)
    await stage.settled(process, boss, "/bantuan")
    return Post(stage, bot, process, register)


async def _send(post: Post, chats: range, each: int) -> Run:
    (boss,) = post.stage.windows(post.bot, [1])
    if post.register:
        registers.owe_acts(post.register, list(chats) * each)
        boss.say("/bantuan")  # whatever a bot is told makes it look at what it owes
    else:
        order = {"at_once": AT_ONCE, "chats": list(chats), "each": each, "text": WORDS}
        boss.say(f"{BULK} {json.dumps(order)}")
    run = await post.count(each * len(chats))
    async with asyncio.timeout(5):
        while post.register and registers.unsent(post.register):
            await asyncio.sleep(0.1)
    return run


def _row(found: dict[Breed, list[Run]], each: int) -> Result:
    rates = {breed: [run.rate for run in runs] for breed, runs in found.items()}
    compared = ratios(rates[OURS], rates[AIOGRAM])
    others = [breed for breed in found if breed not in (PTB, AIOGRAM, OURS)]
    told_of = [f"{times(compared)} aiogram's; at least 0.8"]
    return Result(
        "messages/s without limits; ours are claimed from the database and each is on record when it is out",
        {breed.title: _told(runs) for breed, runs in found.items()},
        ".  ".join(told_of + [f"{times(ratios(rates[OURS], rates[b]))} {b.title}" for b in others]),
        median(compared) >= 0.8,
        [f"{AT_ONCE} in flight each; {each} messages a round to each of {CHATS} chats (plain PTB: of {len(SLOW)})"],
    )  # fmt: skip


def _told(runs: list[Run]) -> str:
    rate, cpu = spread([run.rate for run in runs]), spread([run.cpu for run in runs], " ms", 2)
    return f"{rate}   CPU {cpu} each"

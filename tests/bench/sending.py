"""The sender without limits, each delivery on record, beside rivals that only send."""

import asyncio
import json
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bot.sandbox import Bot
from tests.bench import registers
from tests.bench.bots import AIOGRAM, OURS, PTB, Process
from tests.bench.orders import BULK
from tests.bench.registers import Paper
from tests.bench.scales import Result, ratios, spread, times
from tests.bench.stage import Stage

AT_ONCE = 20  # in flight, ours and theirs
CHATS = 1000
FIRST = 780_000_000
WORDS = (
    "🛵 Kartu Keluarga 2000 0000 {0:04} dibawa petugas Jek-Duk ke Disdukcapil, Sel 24 Nov, 14.18 WIB.\n"
    "Berikutnya: diterima Disdukcapil, biasanya hari ini."
)


@dataclass(slots=True)
class Run:
    rate: float
    cpu: float


class Post:
    """Counts what a bot sends to the people of this row."""

    def __init__(self, stage: Stage, bot: Bot, process: Process) -> None:
        self.stage, self.bot, self.process = stage, bot, process

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


async def sending(folder: Path, rounds: int, each: int) -> Result:
    registers.district_file(folder)
    drawn = registers.numbers()
    register = folder / "register.db"
    await registers.create(
        register, [Paper(next(drawn), "simego", "to_registry") for _ in range(1000)], 1000, couriers=1
    )
    found: dict[str, list[Run]] = {breed.name: [] for breed in (PTB, AIOGRAM, OURS)}
    chats = range(FIRST, FIRST + CHATS)
    async with Stage.open() as stage, AsyncExitStack() as stack:
        posts: list[Post] = []
        for i, breed in enumerate((PTB, AIOGRAM, OURS)):
            bot = stage.bot(f"94{i}:bench", f"post{i}_bot")
            process = Process(breed, stage.url, bot.token, folder)
            stack.push_async_callback(process.kill)
            await process.start()
            (boss,) = stage.windows(bot, [1])
            stage.windows(bot, chats)
            await stage.settled(process, boss, "/bantuan")
            posts.append(Post(stage, bot, process))
        for _ in range(rounds):
            for post in posts:
                (boss,) = stage.windows(post.bot, [1])
                share = each if post.process.breed is not PTB else 1
                if post.process.breed is OURS:
                    registers.owe_acts(register, list(chats) * share)
                    boss.say("/bantuan")  # whatever a bot is told makes it look at what it owes
                else:
                    order = {"at_once": AT_ONCE, "chats": list(chats), "each": share, "text": WORDS}
                    boss.say(f"{BULK} {json.dumps(order)}")
                found[post.process.breed.name].append(await post.count(share * CHATS))
            await _until_recorded(register)
    return _row(found, each)


async def _until_recorded(register: Path) -> None:
    async with asyncio.timeout(5):
        while registers.unsent(register):
            await asyncio.sleep(0.1)


def _row(found: dict[str, list[Run]], each: int) -> Result:
    compared = ratios([run.rate for run in found["ours"]], [run.rate for run in found["aiogram"]])
    return Result(
        "messages/s without limits; ours are claimed from the database and each is on record when it is out",
        {breed.title: _told(found[breed.name]) for breed in (PTB, AIOGRAM, OURS)},
        f"{times(compared)} aiogram's; at least 0.8", median(compared) >= 0.8,
        [f"{AT_ONCE} in flight each; {each * CHATS} messages a round to {CHATS} chats ({CHATS} by plain PTB)"],
    )  # fmt: skip


def _told(runs: list[Run]) -> str:
    rate, cpu = spread([run.rate for run in runs]), spread([run.cpu for run in runs], " ms", 2)
    return f"{rate}   CPU {cpu} each"

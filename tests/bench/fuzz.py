"""Odd updates without end: nobody's is set aside for what is in it, nothing stops the queue, the memory stays flat."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.cast import CAST, fill, settle_in
from bot.sandbox import Bot
from storage import Storage, district, inbox, migrate, open_storage, overview
from storage.workflow import Workflow
from tests.bench import registers
from tests.bench.bots import OURS, Process
from tests.bench.scales import Result
from tests.bench.stage import Stage
from tests.telegram.oddities import IN_2100, Oddities

STRANGERS = 1000
WAITING = 400  # updates in the bot's queue, at most
SEEN = 0.2  # of them; by then every part of the bot has been used, and its memory is compared with what it is later
GROWN = 16.0  # MiB that it may have grown since
STUCK = 60.0  # seconds without anything taken from the queue


@dataclass
class Course:
    """How far it is: which updates have a shape that Telegram never sends, and what the bot held in memory when."""

    updates: int
    broken: set[int] = field(default_factory=set)
    memory: list[float] = field(default_factory=list)
    seconds: float = 0.0


async def fuzz(folder: Path, updates: int, seed: int = 1) -> Result:
    """The cast of the demo and some strangers, whose phones have gone mad."""
    registers.district_file(folder)
    storage = await open_storage(f"sqlite:///{folder / 'register.db'}")
    now = int(time.time() * 1000)
    await migrate(storage, now)
    await settle_in(storage, now)
    numbers = await fill(storage, Workflow(district.load(folder / "district.toml")), now)
    try:
        async with Stage.open() as stage:
            bot = stage.bot("940:bench", "jekduk_bot")
            chats = [*(member.chat for member in CAST.values()), *range(790_000_000, 790_000_000 + STRANGERS)]
            odd = Oddities(random.Random(seed), stage.windows(bot, chats), numbers)
            process = Process(OURS, stage.url, bot.token, folder)
            await process.start()
            try:
                course = await _feed(bot, process, odd, updates)
                await _settled(storage, process, bot)
                await stage.settled(process, stage.windows(bot, [1])[0], "/bantuan")
            finally:
                await process.stop()
            return await _row(storage, process, course, seed)
    finally:
        await storage.close()


async def _feed(bot: Bot, process: Process, odd: Oddities, updates: int) -> Course:
    course, begun, moved = Course(updates), time.perf_counter(), time.monotonic()
    for n in range(updates):
        fact = odd.update()
        id = bot.queue.add_raw(fact, IN_2100).id
        if odd.is_broken:
            course.broken.add(id)
        if n % (updates // 20 or 1) == 0:
            course.memory.append(process.memory())
        while len(bot.queue) >= WAITING:
            before = len(bot.queue)
            await asyncio.sleep(0.005)
            moved = time.monotonic() if len(bot.queue) < before else moved
            if time.monotonic() - moved > STUCK:
                raise RuntimeError(f"the queue stands still after {n} updates\n{process.last_words()}")
    course.memory.append(process.memory())
    course.seconds = time.perf_counter() - begun
    return course


async def _settled(storage: Storage, process: Process, bot: Bot) -> None:
    """Wait until nothing is left, for as long as what is left becomes less."""
    least, moved = WAITING, time.monotonic()
    while time.monotonic() - moved < STUCK:
        async with storage.reading() as tx:
            left = len(bot.queue) + (await overview.load(tx)).updates
        if not left:
            return
        if left < least:
            least, moved = left, time.monotonic()
        await asyncio.sleep(0.2)
    raise RuntimeError(f"{least} updates are never answered\n{process.last_words()}")


async def _row(storage: Storage, process: Process, course: Course, seed: int) -> Result:
    async with storage.reading() as tx:
        aside = [(id, error) for id, _at, _tries, error in await inbox.failed(tx) if id not in course.broken]
        stuck = (await overview.load(tx)).stuck
    tracebacks = sum("Traceback" in line or " ERROR " in line for line in process.log.splitlines())
    seen = course.memory[int(SEEN * len(course.memory))]
    grown = course.memory[-1] - seen
    figures = {
        "rate": f"{course.updates / course.seconds:,.0f} a second, {course.seconds:.0f} s",
        "set aside": f"{len(aside)}; {stuck - len(aside)} of {len(course.broken):,} that Telegram never sends",
        "lines of errors in the log": str(tracebacks),
        "memory": f"{course.memory[0]:.0f} MiB, {seen:.0f} after a fifth, {course.memory[-1]:.0f} at the end",
    }
    return Result(
        f"{course.updates:,} odd updates (seed {seed})", figures,
        f"{len(aside)} set aside, {tracebacks} errors, {grown:+.1f} MiB; 0, 0, at most +{GROWN:.0f} MiB",
        not aside and not tracebacks and grown <= GROWN,
        [f"{id}: {error}" for id, error in aside[:5]],
    )  # fmt: skip

"""From the start of the process to the first answer, and what it holds in memory then."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.bench import registers
from tests.bench.bots import OURS_PACED, Breed, Process
from tests.bench.scales import Result, ratios, spread
from tests.bench.stage import Stage


async def start(folder: Path, rounds: int, rivals: Sequence[Breed]) -> Result:
    """Plain PTB is one of the rivals: ours is judged by it."""
    breeds = (*rivals, OURS_PACED)
    took: dict[str, list[float]] = {breed.name: [] for breed in breeds}
    held: dict[str, list[float]] = {breed.name: [] for breed in breeds}
    async with Stage.open() as stage:
        for i in range(rounds + 1):
            for breed in breeds:
                seconds, memory = await _one(stage, breed, folder, i)
                if i == 0:  # what Python has not compiled yet it compiles once
                    continue
                took[breed.name].append(seconds)
                held[breed.name].append(memory)
    return _row(breeds, took, held)


async def _one(stage: Stage, breed: Breed, folder: Path, i: int) -> tuple[float, float]:
    """A message waits when the bot is started. Its memory is read a second later, with all its parts at work.

    What it waits for a core is not its doing.
    """
    folder = folder / f"{breed.name}{i}"  # a register belongs to one bot, and each start is another's
    folder.mkdir()
    registers.district_file(folder, grace=10)
    await registers.create(folder / "register.db", [], 0, couriers=1)
    bot = stage.bot(f"95{len(stage.bots)}:bench")
    (window,) = stage.windows(bot, [1])
    process = Process(breed, stage.url, bot.token, folder)
    begun = time.perf_counter()
    await process.start()
    try:
        await stage.settled(process, window, "/bantuan")
        seconds = time.perf_counter() - begun - process.queued()
        await asyncio.sleep(1)
        return seconds, process.memory()
    finally:
        await process.stop()


def _row(breeds: Sequence[Breed], took: dict[str, list[float]], held: dict[str, list[float]]) -> Result:
    seconds, memory = (median(ratios(each["ours"], each["ptb"])) for each in (took, held))
    return Result(
        "start to first answer, without waiting for a core; memory (resident) a second later",
        {b.title: f"{spread(took[b.name], ' s', 2)}   {spread(held[b.name], ' MiB')}" for b in breeds},
        f"{seconds:.2f} × plain PTB's seconds; at most 1.5.  {memory:.2f} × its memory; at most 1.4",
        seconds <= 1.5 and memory <= 1.4,
    )

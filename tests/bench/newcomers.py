"""A thousand people come at once, at Telegram's pace: how long does somebody wait who follows a number?"""

import asyncio
import time
from pathlib import Path
from typing import Any

from bot.sandbox import Bot, Window
from tests.bench import registers
from tests.bench.bots import OURS_PACED, Process
from tests.bench.registers import Paper
from tests.bench.scales import Result, percentile
from tests.bench.stage import Stage

EVERY = 0.4  # seconds between two followers who ask while strangers wait, and a quarter of it while nobody else does
LIMIT = 2.0  # times as long 95 of 100 followers may wait as when nobody else asks
ALL = 60.0  # seconds in which every stranger has an answer; 1,050 answers take 37.5 s at 28 a second


class Waits:
    """When each chat asked, and how long its answer took."""

    def __init__(self, stage: Stage, bot: Bot) -> None:
        self._bot, self._asked = bot, dict[str, float]()
        self.seconds: dict[str, float] = {}
        stage.watchers.append(self._watch)

    def ask(self, window: Window, text: str) -> None:
        self._asked[str(window.chat.id)] = time.perf_counter()
        window.say(text)

    def of(self, windows: list[Window]) -> list[float]:
        return [self.seconds[chat] for window in windows if (chat := str(window.chat.id)) in self.seconds]

    def _watch(self, event: str, facts: dict[str, Any]) -> None:
        if event == "call" and (call := facts["call"]).bot == self._bot.id and call.method == "sendMessage":
            chat = call.params["chat_id"]
            self.seconds.setdefault(chat, time.perf_counter() - self._asked.get(chat, 0.0))


async def newcomers(folder: Path, crowd: tuple[int, int]) -> Result:
    """`crowd`: so many strangers ask all at once, so many followers one after the other while those wait."""
    registers.district_file(folder)
    chats = range(770_000_000, 770_000_000 + crowd[1])
    paper = Paper(next(registers.numbers()), "simego", "filed", list(chats))
    await registers.create(folder / "register.db", [paper], 1, couriers=1)
    async with Stage.open() as stage:
        bot = stage.bot("930:bench", "crowded_bot")
        process = Process(OURS_PACED, stage.url, bot.token, folder)
        try:
            return await _crowd(stage, bot, process, paper.number, crowd)
        finally:
            await process.kill()


async def _crowd(stage: Stage, bot: Bot, process: Process, number: str, crowd: tuple[int, int]) -> Result:
    strangers = stage.windows(bot, range(780_000_000, 780_000_000 + crowd[0]))
    followers = stage.windows(bot, range(770_000_000, 770_000_000 + crowd[1]))
    await process.start()
    await stage.settled(process, stage.windows(bot, [1])[0], "/bantuan")
    idle = await _waits(stage, bot, followers, number, EVERY / 4)
    waits = Waits(stage, bot)
    for stranger in strangers:
        waits.ask(stranger, f"/start {number}")
    slow = await _waits(stage, bot, followers, number, EVERY)
    end = time.perf_counter() + ALL
    while time.perf_counter() < end and len(waits.of(strangers)) < len(strangers):
        await asyncio.sleep(0.1)
    others = waits.of(strangers)
    times = percentile(slow, 0.95) / percentile(idle, 0.95)
    figures = {
        "followers, nobody else asks": told(idle, followers),
        "followers, strangers wait": told(slow, followers),
        "strangers": f"p50 {percentile(others, 0.5):.1f} s, last {max(others):.1f} s, {len(others)} answered",
    }
    return Result(
        f"/status of somebody who follows, while {len(strangers):,} newcomers wait, at 28 a second", figures,
        f"p95 {times:.2f} × idle; at most {LIMIT:.0f} ×, and nobody forgotten",
        times <= LIMIT and len(others) == len(strangers),
    )  # fmt: skip


async def _waits(stage: Stage, bot: Bot, followers: list[Window], number: str, every: float) -> list[float]:
    """How long each follower waited who asks, one after the other; `ALL` whoever had no answer by then."""
    waits = Waits(stage, bot)
    for follower in followers:
        waits.ask(follower, f"/status {number}")
        await asyncio.sleep(every)
    found = waits.of(followers)
    return [*found, *[ALL] * (len(followers) - len(found))]


def told(waited: list[float], followers: list[Window]) -> str:
    answered = sum(one < ALL for one in waited)
    p50, p95 = (percentile(waited, part) * 1000 for part in (0.5, 0.95))
    return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, {answered} of {len(followers)} answered"

"""Many messages while the server enforces Telegram's limits: how near to the limit, and who gets refused."""

import asyncio
import json
import re
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox import Bot, Limits
from tests.bench import registers
from tests.bench.bots import OURS_PACED, Breed, Process
from tests.bench.orders import BULK
from tests.bench.scales import Result
from tests.bench.stage import JITTER, Stage

RATE = 28.0
CHATS = 120
AT_ONCE = 20
FIRST = 770_000_000


@dataclass(slots=True)
class Arrivals:
    """What reached the server of one bot's bulk."""

    bot: Bot
    at: list[float] = field(default_factory=list)
    refused: int = 0
    unordered: int = 0
    _newest: dict[str, int] = field(default_factory=dict)

    def watch(self, event: str, facts: dict[str, Any]) -> None:
        if event != "call" or (call := facts["call"]).bot != self.bot.id or call.method != "sendMessage":
            return
        if call.status == 429:
            self.refused += 1
        elif call.status == 200 and int(call.params["chat_id"]) >= FIRST:
            self.at.append(time.perf_counter())
            number, chat = _number(call.params["text"]), call.params["chat_id"]
            self.unordered += number < self._newest.get(chat, 0)
            self._newest[chat] = max(number, self._newest.get(chat, 0))

    @property
    def rate(self) -> float:
        """A second, from the first to the last; 0 if it has not begun."""
        if len(self.at) < 2:
            return 0.0
        return (len(self.at) - 1) / (self.at[-1] - self.at[0])

    def __str__(self) -> str:
        return f"{self.rate:.2f}/s, {self.refused} × 429, {self.unordered} out of order"


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


async def bulk(folder: Path, each: int, rivals: Sequence[Breed]) -> list[Result]:
    """All side by side: at these rates none is in another's way."""
    async with Stage.open(Limits()) as stage, AsyncExitStack() as stack:
        bots = [*((rival.title, rival, False) for rival in rivals), ("ours", OURS_PACED, False),
                ("ours, shaken", OURS_PACED, True)]  # fmt: skip
        found: dict[str, Arrivals] = {}
        for i, (name, breed, shaken) in enumerate(bots):
            bot = stage.bot(f"93{i}:bench", f"bulk{i}_bot")
            found[name] = Arrivals(bot)
            stage.watchers.append(found[name].watch)
            if shaken:
                stage.shaken.add(bot.token)
            await _begin(stage, stack, breed, bot, folder / f"bulk{i}", each)
        await _until_done(found, each * CHATS)
    return [_row(found, name, rivals) for name in ("ours", "ours, shaken")]


async def _begin(stage: Stage, stack: AsyncExitStack, breed: Breed, bot: Bot, folder: Path, each: int) -> None:
    folder.mkdir()
    chats = range(FIRST, FIRST + CHATS)
    stage.windows(bot, chats)
    (boss,) = stage.windows(bot, [1])
    if breed is OURS_PACED:
        registers.district_file(folder)
        await registers.create(folder / "register.db", [], 0, couriers=1)
        registers.owe_bulk(folder / "register.db", chats, each)
    process = Process(breed, stage.url, bot.token, folder)
    stack.push_async_callback(process.kill)
    await process.start()
    if breed is not OURS_PACED:
        order = {"at_once": AT_ONCE, "chats": list(chats), "each": each, "text": "{0:012}"}
        boss.say(f"{BULK} {json.dumps(order)}")


async def _until_done(found: dict[str, Arrivals], messages: int) -> None:
    """Until all of ours are out. The rivals are measured by what they sent by then."""
    begun = time.perf_counter()
    while any(len(one.at) < messages for name, one in found.items() if name.startswith("ours")):
        await asyncio.sleep(0.2)
        if time.perf_counter() - begun > 60 + 2 * messages / RATE:
            raise TimeoutError(str({name: len(one.at) for name, one in found.items()}))


def _row(found: dict[str, Arrivals], name: str, rivals: Sequence[Breed]) -> Result:
    mine = found[name]
    share = mine.rate / RATE
    shaken = f", arrivals ± {1000 * JITTER:.0f} ms" if name != "ours" else ""
    beside = {} if shaken else {rival.title: str(found[rival.title]) for rival in rivals}
    return Result(
        f"{len(mine.at)} messages to {CHATS} chats; the server enforces 30/s and 1/s per chat{shaken}",
        {**beside, "ours": str(mine)},
        f"{100 * share:.1f} % of {RATE:.0f}/s; at least 98 %, 0, 0",
        share >= 0.98 and mine.refused == mine.unordered == 0,
        [f"rivals: {AT_ONCE} in flight, each waits as long as a 429 says and tries again"] if beside else [],
    )

"""Updates lost to SIGKILL: people write, the bot dies in the middle of answering and is started again."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.sandbox import Bot
from tests.bench import registers
from tests.bench.bots import OURS_PACED, Breed, Process
from tests.bench.registers import Paper
from tests.bench.scales import Result
from tests.bench.stage import Stage

WAVE = 120
ANSWERED = 20  # of a wave, then the bot is killed
START = 20.0  # seconds in which even the slowest to start polls
QUIET = 2.0  # seconds without any answer from a bot that polls: no more will come


class Victim:
    """One bot, and the people who wait for it. Each writes once."""

    def __init__(self, stage: Stage, bot: Bot, process: Process) -> None:
        self.stage, self.bot, self.process = stage, bot, process
        self.answers: dict[str, int] = {}
        self.lost = 0
        self._news, self._polls = asyncio.Event(), asyncio.Event()
        stage.watchers.append(self._watch)

    def _watch(self, event: str, facts: dict[str, Any]) -> None:
        if event == "poll" and facts["bot"] == self.bot.id:
            self._polls.set()
        if event == "call" and (call := facts["call"]).bot == self.bot.id and call.method == "sendMessage":
            chat = call.params["chat_id"]
            self.answers[chat] = self.answers.get(chat, 0) + 1
            self._news.set()

    async def suffer(self, text: str, kills: int) -> None:
        """So many waves, so many kills; then time to catch up."""
        await self.process.start()
        for wave in range(kills):
            first = 760_000_000 + wave * WAVE
            for window in self.stage.windows(self.bot, range(first, first + WAVE)):
                window.say(text)
            await self._until(len(self.answers) + ANSWERED)
            await self.process.kill()
            await self.process.start()
        await self._until(kills * WAVE)
        self.lost = kills * WAVE - len(self.answers)

    async def _until(self, answers: int) -> None:
        """Until so many people have an answer; a bot that lost too many of its updates never gets there."""
        self._polls.clear()
        async with asyncio.timeout(START):
            await self._polls.wait()
        with suppress(TimeoutError):
            while len(self.answers) < answers:
                self._news.clear()
                async with asyncio.timeout(QUIET):
                    await self._news.wait()

    @property
    def doubled(self) -> int:
        return sum(self.answers.values()) - len(self.answers)


async def losses(folder: Path, kills: int, rivals: Sequence[Breed]) -> Result:
    """All side by side, in the same pretend Telegram."""
    breeds = (*rivals, OURS_PACED)
    registers.district_file(folder)
    drawn = registers.numbers()
    papers = [Paper(next(drawn), "simego", "filed") for _ in range(100)]
    await registers.create(folder / "register.db", papers, len(papers), couriers=1)
    async with Stage.open() as stage:
        text = f"/status {papers[0].number}"
        victims = await asyncio.gather(*(_killed(stage, breed, folder, text, kills) for breed in breeds))
    mine = victims[-1]
    figures = {v.process.breed.title: f"{v.lost} lost, {v.doubled} answered twice" for v in victims}
    return Result(
        f"updates lost of {kills * WAVE} in {kills} SIGKILLs, polling", figures,
        f"{mine.lost} lost, {mine.doubled / kills:.0f} doubled a kill; 0 lost, at most 30 doubled",
        mine.lost == 0 and mine.doubled <= 30 * kills,
        [f"{WAVE} messages wait at once, the bot is killed when {ANSWERED} of them are answered"],
    )  # fmt: skip


async def _killed(stage: Stage, breed: Breed, folder: Path, text: str, kills: int) -> Victim:
    bot = stage.bot(f"92{len(stage.bots)}:bench", f"victim{len(stage.bots)}_bot")
    victim = Victim(stage, bot, Process(breed, stage.url, bot.token, folder))
    try:
        await victim.suffer(text, kills)
    finally:
        await victim.process.kill()
    return victim

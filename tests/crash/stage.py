"""A town as in earnest: the pretend Telegram behind real HTTP, a real database, the bot a process of its own."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox import Bot, Sandbox, Settings
from bot.sandbox.server import Runner, serve
from storage import Storage, district, open_storage
from storage.workflow import Workflow
from tests.crash.process import Process
from tests.crash.scene import FAMILIES, Scene
from tests.town import TOKEN

GRACE = 0.3  # seconds
PATIENCE = 30.0


class Stage(Scene):
    """A scene with a bot on it."""

    def __init__(self, sandbox: Sandbox, telegram: Bot, runner: Runner, storage: Storage, workflow: Workflow) -> None:
        super().__init__(sandbox, telegram, storage, workflow)
        self.runner = runner
        self.bot: Process
        self.hired: list[Process] = []

    def hire(self, folder: Path, url: str, **settings: str) -> Process:
        """A bot on this Telegram, not started yet; it does not outlive the stage."""
        bot = Process(folder, self.runner.url, url, **settings)
        self.hired.append(bot)
        return bot

    async def until(self, holds: Callable[[], object], seconds: float = PATIENCE) -> float:
        """Wait until something holds; how long that took."""
        began = time.monotonic()
        while not holds():
            assert time.monotonic() - began < seconds, f"it never came to that; {self._logs()}"
            await asyncio.sleep(0.005)
        return time.monotonic() - began

    async def settled(self, seconds: float = PATIENCE) -> None:
        """Wait until no update is unanswered, and nothing is owed that can be sent; so long that nothing changes."""
        before, end = None, 0.0
        while True:
            load = await self.load()
            if load != before:
                before, end = load, time.monotonic() + seconds
            if not (len(self.telegram.queue) or load.updates or load.owed):
                return
            assert time.monotonic() < end, f"{load}, {len(self.telegram.queue)} waiting; {self._logs()}"
            await asyncio.sleep(0.05)

    def _logs(self) -> str:
        return "\n".join(f"a bot says:\n{bot.log[-3000:]}" for bot in self.hired)


def district_file(folder: Path, grace: float = GRACE, gather: float = 0) -> Path:
    """Petungkriyono's with another grace, and news that waits for others for so many seconds."""
    text = district.SHIPPED.read_text("utf-8")
    file = folder / "district.toml"
    file.write_text(
        text.replace("notice_grace = 10 ", f"notice_grace = {grace} ")
        .replace("gather = 120 ", f"gather = {gather} ")
        .replace("followers = 5 ", "followers = 500 "),
        "utf-8",
    )
    return file


@asynccontextmanager
async def opened(
    folder: Path, url: str, *, grace: float = GRACE, gather: float = 0, families: int = FAMILIES
) -> AsyncIterator[Stage]:
    """A stage on an empty database; the bot is not started yet, and is killed at the end if nobody stopped it."""
    file = district_file(folder, grace, gather)
    sandbox = Sandbox(Settings(tokens=frozenset({TOKEN})))
    telegram = sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
    storage = await open_storage(url)
    try:
        async with await serve(sandbox, 0, 0) as runner:
            stage = Stage(sandbox, telegram, runner, storage, Workflow(district.load(file)))
            await stage.people_move_in(families)
            stage.bot = stage.hire(folder, url, DISTRICT_FILE=str(file))
            try:
                yield stage
            finally:
                for bot in stage.hired:
                    if bot.alive:
                        await bot.kill()
    finally:
        await storage.close()

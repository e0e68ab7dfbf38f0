"""The bot as it runs in earnest: `python -m bot run`, a process of its own that can be killed at any moment."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bot.clock import set_offset
from bot.config import NAMES
from tests.town import TOKEN

HOME = Path(__file__).parent.parent.parent
HASTE = 30  # a lease lasts half a second, so that a restart need not wait for a dead one's
WEATHER = {*NAMES, "DYNO", "WEBHOOK_URL", "WEBHOOK_SECRET"}


class Process:
    """One bot at a time on one database. What all of them wrote to standard error is in `log`."""

    def __init__(self, folder: Path, api_url: str, database_url: str, **settings: str) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._file = folder, folder / "bot.log"
        self._running: asyncio.subprocess.Process | None = None
        self.started_at = 0.0
        kept = {name: value for name, value in os.environ.items() if name.upper() not in WEATHER}
        ours = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api_url, "DATABASE_URL": database_url}
        ours["PYTHONPATH"] = str(HOME)
        self.env: Mapping[str, str] = {**kept, **ours, **settings}

    @property
    def log(self) -> str:
        return self._file.read_text("utf-8") if self._file.exists() else ""

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.returncode is None

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    async def start(self, haste: int = HASTE, module: str = "bot", ahead: int = 0) -> None:
        """Start it, its clock so many ms ahead; it is not waited for."""
        set_offset(self._folder / "clock", ahead)
        command = (sys.executable, "-m", module, "run", "--haste", str(haste), "--clock", str(self._folder / "clock"))
        self._running = await self._spawn(*command)
        self.started_at = time.time()

    async def says(self, *words: str) -> str:
        """What another command of ours prints."""
        before = len(self.log)
        await (await self._spawn(sys.executable, "-m", "bot", *words)).wait()
        return self.log[before:]

    async def _spawn(self, *command: str) -> asyncio.subprocess.Process:
        with self._file.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *command, cwd=self._folder, env=self.env, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )

    def signal(self, number: signal.Signals) -> None:
        if self._running is not None and self.alive:
            self._running.send_signal(number)

    async def ended(self, seconds: float = 20) -> int:
        """Its exit code, once it ends by itself."""
        assert self._running is not None
        return await asyncio.wait_for(self._running.wait(), seconds)

    async def kill(self) -> None:
        """As a power cut would."""
        self.signal(signal.SIGKILL)
        await self.ended()

    async def stop(self) -> int:
        """As a supervisor would: SIGTERM, and so much patience. Its exit code."""
        self.signal(signal.SIGTERM)
        return await self.ended()

"""A shell in an empty folder, in which commands are typed as processes of their own."""

import asyncio
import ctypes
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from bot.config import NAMES

TOKEN = "710000000:AAtest-token-of-no-bot-there-is"


PR_CAPBSET_DROP = 24


class Shell:
    """A shell in an empty folder, and what was typed there."""

    def __init__(self, folder: Path) -> None:
        unset = {*NAMES, *map(str.lower, NAMES), "DYNO", "WEBHOOK_URL"}
        self.folder = folder
        self.modes_count = False  # for root, too
        self.started: list[asyncio.subprocess.Process] = []
        self.env = {name: value for name, value in os.environ.items() if name not in unset}
        self.env["DATABASE_URL"] = f"sqlite:///{folder}/jekduk.db"

    async def start(self, *words: str, module: str = "bot", **settings: str) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *words, cwd=self.folder, env=self.env | settings, stdout=PIPE, stderr=PIPE,
            preexec_fn=_obey_modes if self.modes_count else None,
        )  # fmt: skip
        self.started.append(process)
        return process

    async def close(self) -> None:
        """Leave nothing running, whatever became of the test."""
        for process in self.started:
            if process.returncode is None:
                process.terminate()
                await process.communicate()

    async def run(self, *words: str, **settings: str) -> tuple[int, str]:
        """The exit code, and all that was said; a traceback is never among it."""
        process = await self.start(*words, **settings)
        said = b"".join(await process.communicate()).decode()
        assert "Traceback" not in said
        return process.returncode or 0, said

    async def hears(self, process: asyncio.subprocess.Process, words: str) -> str:
        """What a command says until such words are among it."""
        assert process.stderr
        said = ""
        async with asyncio.timeout(20):
            while words not in said:
                said += (line := (await process.stderr.readline()).decode())
                assert line, f"it ended without a word of that:\n{said}"
        return said


def _obey_modes() -> None:
    """For root, too, a file that nobody may read is one that cannot be read (Linux)."""
    if os.geteuid() == 0:
        drop = ctypes.CDLL(None).prctl
        for override in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            drop(PR_CAPBSET_DROP, override, 0, 0, 0)

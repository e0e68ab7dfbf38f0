"""Bots as processes of their own: started, watched from outside (Linux's /proc), ended."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
HERE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Breed:
    """A kind of bot: what is run in which checkout, and what it is called in the table."""

    name: str
    command: tuple[str, ...]
    title: str
    home: Path = HERE


PTB = Breed("ptb", ("tests.bench.rival_ptb",), "plain PTB")
FAIR_PTB = Breed("ptb+", ("tests.bench.rival_ptb", "fair"), "PTB, 8 updates at once, uvloop")
AIOGRAM = Breed("aiogram", ("tests.bench.rival_aiogram",), "aiogram, uvloop")
OURS = Breed("ours", ("tests.bench.ours",), "ours")
OURS_POSTGRES = Breed("ours, PostgreSQL", OURS.command, "ours, PostgreSQL")
OURS_PACED = Breed("ours", ("bot", "run"), "ours, paced")


def ours_of(home: Path) -> Breed:
    """Ours, as another checkout has it."""
    return Breed("other", OURS.command, f"ours of {home.name}", home)


class Process:
    """A running bot. `folder` takes its log, and its database if it is one of ours and `database` names no other."""

    def __init__(self, breed: Breed, url: str, token: str, folder: Path, database: str = "") -> None:
        self.breed, self.token, self._url, self._folder = breed, token, url, folder
        self._database = database or f"sqlite:///{folder / 'register.db'}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        settings = {
            "API_URL": self._url, "TOKEN": self.token,
            "TELEGRAM_BOT_TOKEN": self.token, "TELEGRAM_API_URL": self._url,
            "DATABASE_URL": self._database,
            "DISTRICT_FILE": str(self._folder / "district.toml"), "PORT": "",
            "PYTHONPATH": str(self.breed.home),
            "PYTHONDONTWRITEBYTECODE": "",  # what is installed is compiled, whatever this shell says
        }  # fmt: skip
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self.breed.command,
                cwd=self.breed.home, env={**os.environ, **settings}, stderr=log, stdout=log,
            )  # fmt: skip

    @property
    def _log(self) -> Path:
        return self._folder / f"{self.breed.name}.log"

    @property
    def pid(self) -> int:
        if self._process is None or self._process.returncode is not None:
            raise RuntimeError(f"{self.breed.title} does not run; see its last words:\n{self.last_words()}")
        return self._process.pid

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def last_words(self) -> str:
        return self.log[-2000:]

    async def kill(self) -> None:
        """SIGKILL."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> None:
        """SIGTERM, and the time to end in order: ours gives its lease back, so that the next need not wait for it."""
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    def cpu(self) -> float:
        """Seconds of processor time it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def queued(self) -> float:
        """Seconds that its main thread waited for a core, as others had them all."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[1]) / 1e9

    def memory(self) -> float:
        """What it holds in memory, MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

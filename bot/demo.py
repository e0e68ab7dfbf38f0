"""The demo: a pretend Telegram with a page of phones, the real bot in a process of its own, and a town to play in."""

import asyncio
import logging
import os
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import click

import storage as register
from bot import clock as offsets
from bot.cast import CAST, fill, settle_in
from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.server import Runner, serve
from storage import district, people
from storage.workflow import Workflow

log = logging.getLogger(__name__)

TOKEN = "710000000:AAa-bot-that-lives-in-the-demo-alone"  # noqa: S105  # good for nothing else
USERNAME = "jekduk_bot"
GRACE = 2  # seconds: long enough to see Urungkan, short enough to see the news arrive
RESTART_AFTER = 1.0


@dataclass
class Demo:
    """Everything the demo keeps, in a folder that goes away with it."""

    folder: Path
    sandbox: Sandbox = field(default_factory=Sandbox)
    numbers: list[str] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    halted: bool = False
    skipped: float = 0.0

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'demo.db'}"

    @property
    def district_file(self) -> Path:
        return self.folder / "district.toml"

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock"

    async def prepare(self) -> None:
        """A fresh database with a town in it, and phones for the cast."""
        text = (Path(district.__file__).parent / "districts" / f"{district.DEFAULT}.toml").read_text("utf-8")
        self.district_file.write_text(text.replace("notice_grace = 10 ", f"notice_grace = {GRACE} "), "utf-8")
        storage = await register.open(self.database)
        try:
            await self._fill(storage, Workflow(district.load(str(self.district_file))), Clock()())
        finally:
            await storage.close()
        self.sandbox.bot(TOKEN, USERNAME, "Jek-Duk Petungkriyono")
        for member in CAST.values():
            person = self.sandbox.person(
                member.name, language="id" if member.lang == "jv" else member.lang, id_=member.chat
            )
            person.chat().start("")

    async def _fill(self, storage: register.Storage, workflow: Workflow, now: int) -> None:
        await register.migrate(storage, now)
        await settle_in(storage, now - 20 * 24 * 3600 * 1000)
        self.numbers = await fill(storage, workflow, now)
        async with storage.transaction() as tx:
            for number in self.numbers[6:9]:
                await people.follow(tx, CAST["sari"].chat, number, "id", "id", known=True, now=now)

    async def _bot(self, api_url: str) -> asyncio.subprocess.Process:
        """Start the bot as a process of its own, as `make run` would, but on the pretend Telegram."""
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name in ("PATH", "HOME", "PYTHONPATH", "VIRTUAL_ENV")
            },
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api_url,
            "DATABASE_URL": self.database,
            "DISTRICT_FILE": str(self.district_file),
        }
        command = (sys.executable, "-m", "bot", "run", "--clock", str(self.clock_file))
        return await asyncio.create_subprocess_exec(*command, env=environment)

    async def keep_bot(self, api_url: str) -> None:
        """Start the bot, and start it again when it has ended, unless a visitor wants it dead."""
        while True:
            if not self.halted:
                self.process = await self._bot(api_url)
                code = await self.process.wait()
                log.warning("the bot ended", extra={"code": code})
            await asyncio.sleep(RESTART_AFTER)

    def kill_bot(self) -> None:
        """SIGKILL, as a power cut would."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)

    async def end(self) -> None:
        """Let the bot finish what it holds."""
        self.halted = True
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()

    def pass_time(self, seconds: float) -> None:
        """The whole demo lives so much later: the sandbox and, through the clock file, the bot."""
        self.skipped += seconds
        offsets.set_offset(self.clock_file, int(self.skipped * 1000))
        self.sandbox.advance(seconds)


async def demo(port: int = 8080) -> int:
    """Play until interrupted."""
    with tempfile.TemporaryDirectory(prefix="jekduk-demo-") as folder:
        town = Demo(Path(folder))
        await town.prepare()
        runner = await serve(town.sandbox, 0, port)
        keeper = asyncio.create_task(town.keep_bot(runner.url))
        try:
            _greet(runner)
            await _until_interrupted()
        finally:
            keeper.cancel()
            await town.end()
            await runner.close()
    return 0


def _greet(runner: Runner) -> None:
    click.echo(f"\n  Jek-Duk demo: open {runner.control_url} in a browser. Ctrl+C ends it.\n")


async def _until_interrupted() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()

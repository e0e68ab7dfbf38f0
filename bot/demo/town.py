"""What the demo keeps: a town on a database of its own, a pretend Telegram, and the bot in a process of its own."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.addresses import LOOPBACK
from bot.clock import set_offset
from bot.config import NAMES
from bot.demo.cast import CAST, fill, nobody_waits, settle_in
from bot.demo.troubles import befall
from bot.sandbox import Bot, Sandbox
from storage import Storage, district, migrate, open_storage, people
from storage.news import cards
from storage.workflow import Workflow

log = logging.getLogger(__name__)

TOKEN = "710000000:AAa-bot-of-the-demo-and-no-other"  # noqa: S105  # good for nothing else
USERNAME = "jekduk_bot"
GRACE = 2  # seconds: long enough to see Urungkan, short enough to see the news arrive
DAY = 24 * 3600 * 1000
# What of the district file is otherwise here: nobody waits long, and the public page is there.
OURS = (
    ("notice_grace = 10 ", f"notice_grace = {GRACE} "),
    ("gather = 120 ", "gather = 0 "),
    ("# public_page = true ", "public_page = true "),
)
RESTART_AFTER = 1.0
ENDS_WITHIN = 4.0
HOME = Path(__file__).parent.parent.parent


class Keeper:
    """Starts the bot, and starts it again whenever it has ended, unless a visitor wants it dead."""

    def __init__(self, folder: Path, settings: Mapping[str, str], now: Callable[[], float]) -> None:
        self._folder = folder
        self._environment = {**_surroundings(), **settings}
        self._now = now
        self._wanted = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self.starts, self.began = 0, 0.0
        self._wanted.set()

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def wanted(self) -> bool:
        return self._wanted.is_set()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self.alive else None

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._wanted.wait()
            self.began = self._now()
            process = self._process = await self._start()
            self.starts += 1
            code = await process.wait()
            if self.wanted:
                log.warning("the bot ended", extra={"code": code})
                await asyncio.sleep(RESTART_AFTER)

    async def _start(self) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", "bot.demo.child", "run", "--clock", str(self._folder / "clock"))
        # In a session of its own, so that Ctrl+C comes to us alone. The pipe ends the child when we end.
        return await asyncio.create_subprocess_exec(
            *command, env=self._environment, cwd=self._folder, stdin=asyncio.subprocess.PIPE, start_new_session=True
        )

    def kill(self) -> None:
        """SIGKILL, as a power cut would; it stays dead until `revive`."""
        self._wanted.clear()
        if self._process is not None and self.alive:
            self._process.kill()

    def revive(self) -> None:
        self._wanted.set()

    async def end(self) -> None:
        """Let the bot finish what it holds."""
        self._wanted.clear()
        if self._process is None or not self.alive:
            return
        self._process.send_signal(signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), ENDS_WITHIN)
        self.kill()


def _surroundings() -> dict[str, str]:
    """Our environment, without what would set up another bot than the demo's, or lead it through a proxy."""
    ours = (*NAMES, "WEBHOOK_URL")
    kept = {name: value for name, value in os.environ.items() if name.upper() not in ours}
    path = os.pathsep.join(filter(None, (str(HOME), kept.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": path}


@dataclass
class Demo:
    """Everything in a folder that goes away with it."""

    folder: Path
    at: datetime | None = None
    sandbox: Sandbox = field(default_factory=Sandbox)
    numbers: list[str] = field(default_factory=list)
    page: str = ""  # where the head's page and the public one are found
    skipped: float = 0.0
    sent: int = 0
    _sent_kept: int = 0
    keeper: Keeper = field(init=False)
    workflow: Workflow = field(init=False)
    storage: Storage = field(init=False)
    telegram: Bot = field(init=False)

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'demo.db'}"

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock"

    def now(self) -> int:
        """Epoch milliseconds, as the whole demo has it."""
        return int(self.sandbox.clock.now() * 1000)

    async def prepare(self) -> None:
        """A fresh database with a town in it, and phones for the cast."""
        text = district.SHIPPED.read_text("utf-8")
        file = self.folder / "district.toml"
        for ours, demos in OURS:
            text = text.replace(ours, demos)
        file.write_text(text, "utf-8")
        self.workflow = Workflow(district.load(file))
        self.storage = await open_storage(self.database)
        self._begin()
        await self._fill(self.now())
        self.telegram = self.sandbox.bot(TOKEN, USERNAME, "Jek-Duk Petungkriyono")
        for member in CAST.values():
            language = "id" if member.lang == "jv" else member.lang  # no Telegram says jv by itself
            self.sandbox.person(member.name, language=language, id_=member.chat).chat().start("")

    def _begin(self) -> None:
        """At `at`; whoever comes while the counters are closed finds the town an hour into its next working day."""
        calendar = self.workflow.calendar
        if self.at:
            self.pass_time((calendar.instant(self.at) - self.now()) / 1000)
        now = self.now()
        if not calendar.is_open(now):
            self.pass_time((calendar.next_opening(now) - now) / 1000 + 3600)

    async def _fill(self, now: int) -> None:
        await migrate(self.storage, now)
        await settle_in(self.storage, now - 20 * DAY)
        self.numbers = await fill(self.storage, self.workflow, now)
        troubled = await befall(self.storage, self.workflow, now)
        await nobody_waits(self.storage, now)
        async with self.storage.transaction() as tx:
            for name, lang, numbers in (("sari", "id", self.numbers[6:9]), ("emma", "en", troubled[-2:])):
                await cards.choose(tx, CAST[name].chat, cards.EVERY_STAGE)  # their phones show each step of the road
                for number in numbers:
                    await people.follow(tx, CAST[name].chat, number, lang, lang, known=True, now=now)

    def hire(self, api_url: str, page_port: int) -> Keeper:
        """The one who keeps the bot alive on this pretend Telegram, with its pages at a port of this machine."""
        self.page = f"http://{LOOPBACK}:{page_port}"
        settings = {
            "PAGE_URL": self.page,
            "PAGE_PORT": str(page_port),
            "PAGE_PROXY": LOOPBACK,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api_url,
            "DATABASE_URL": self.database,
            "DISTRICT_FILE": str(self.folder / "district.toml"),
        }
        self.keeper = Keeper(self.folder, settings, self.sandbox.clock.now)
        return self.keeper

    def count_sent(self, kept: int) -> int:
        """Messages sent so far. The register forgets some of those it keeps, as when somebody says /hapus."""
        self.sent += max(kept - self._sent_kept, 0)
        self._sent_kept = kept
        return self.sent

    def pass_time(self, seconds: float) -> None:
        """The whole demo lives so much later: the sandbox and, through the clock file, the bot."""
        self.skipped += seconds
        set_offset(self.clock_file, int(self.skipped * 1000))
        self.sandbox.advance(seconds)

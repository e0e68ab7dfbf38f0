"""A whole town as in earnest: the pretend Telegram behind real HTTP, a real database, the bot a process of its own."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.demo.cast import CAST, fill, settle_in
from bot.sandbox import Bot, Sandbox, Settings, Window
from bot.sandbox.server import Runner, serve
from bot.sandbox.world import Call
from storage import Storage, district, migrate, open_storage, overview, people
from storage.overview import Load
from storage.workflow import Workflow
from tests.crash.process import Process
from tests.town import TOKEN

GRACE = 0.3  # seconds
FAMILIES = 24
FIRST_FAMILY = 720_000_001
FOLLOWED = 5  # numbers that each family follows all along
PATIENCE = 30.0
TOO_OLD = "query is too old"
SENDS = frozenset({"sendmessage", "sendphoto", "editmessagetext"})


@dataclass(frozen=True, slots=True)
class Sent:
    """Something the bot said, as it arrived: when (unix seconds), to whom, how, and the words on the wire."""

    at: float
    chat: int
    method: str
    text: str


class Stage:
    """`numbers` are all receipt numbers of the town, `followed` who follows what all along, `sent` all that arrived."""

    def __init__(self, sandbox: Sandbox, telegram: Bot, runner: Runner, storage: Storage, workflow: Workflow) -> None:
        self.sandbox, self.telegram, self.runner = sandbox, telegram, runner
        self.storage, self.workflow = storage, workflow
        self.phones: dict[int, Window] = {}
        self.numbers: list[str] = []
        self.followed: dict[int, list[str]] = {}
        self.sent: list[Sent] = []
        self.too_late: set[str] = set()  # taps that were answered when Telegram took no answer any more
        self.bot: Process
        self.hired: list[Process] = []
        sandbox.watchers.append(self._hear)

    def _hear(self, event: str, facts: dict[str, Any]) -> None:
        call = facts.get("call")
        if event != "call" or not isinstance(call, Call):
            return
        params, method = call.params, call.method.lower()
        if call.status == 200 and method in SENDS:
            words = params.get("text") or params.get("caption", "")
            self.sent.append(Sent(time.time(), int(params["chat_id"]), method, words))
        elif method == "answercallbackquery" and TOO_OLD in str(call.answer):
            self.too_late.add(params["callback_query_id"])

    def hire(self, folder: Path, url: str, **settings: str) -> Process:
        """A bot on this Telegram, not started yet; it does not outlive the stage."""
        bot = Process(folder, self.runner.url, url, **settings)
        self.hired.append(bot)
        return bot

    def now(self) -> int:
        """Epoch milliseconds."""
        return int(time.time() * 1000)

    async def people_move_in(self, families: int = FAMILIES) -> None:
        """The cast takes up its posts, files lie everywhere along the road, and families follow some of them."""
        now = self.now()
        await migrate(self.storage, now)
        await settle_in(self.storage, now)
        self.numbers = await fill(self.storage, self.workflow, now)
        for member in CAST.values():
            self._phone(member.name, member.chat, member.lang)
        for i in range(families):
            chat = FIRST_FAMILY + i
            self._phone(f"Keluarga {i + 1}", chat, "en" if i % 4 == 3 else "id")
            await self._follows(chat, i)

    async def _follows(self, chat: int, i: int) -> None:
        mine = [self.numbers[(i * 5 + step * 7) % len(self.numbers)] for step in range(FOLLOWED)]
        self.followed[chat] = list(dict.fromkeys(mine))
        lang = self.phones[chat].person.language
        async with self.storage.transaction() as tx:
            for number in self.followed[chat]:
                await people.follow(tx, chat, number, lang, lang, known=True, now=self.now())

    def _phone(self, name: str, chat: int, lang: str) -> None:
        code = "id" if lang == "jv" else lang  # no Telegram says jv by itself
        self.phones[chat] = self.sandbox.person(name, language=code, id_=chat).chat()
        self.phones[chat].chat.started = True

    async def load(self) -> Load:
        """What the register has on hand."""
        async with self.storage.reading() as tx:
            return await overview.load(tx)

    async def until(self, holds: Callable[[], object], seconds: float = PATIENCE) -> float:
        """Wait until something holds; how long that took."""
        began = time.monotonic()
        while not holds():
            assert time.monotonic() - began < seconds, f"it never came to that; the bot says:\n{self.bot.log[-3000:]}"
            await asyncio.sleep(0.005)
        return time.monotonic() - began

    async def settled(self, seconds: float = PATIENCE) -> None:
        """Wait until no update is unanswered, and nothing is owed that can be sent."""
        end = time.monotonic() + seconds
        while True:
            load = await self.load()
            if not (len(self.telegram.queue) or load.updates or load.owed):
                return
            assert time.monotonic() < end, f"{load}, {len(self.telegram.queue)} waiting; {self.bot.log[-3000:]}"
            await asyncio.sleep(0.05)


def district_file(folder: Path, grace: float = GRACE) -> Path:
    """Petungkriyono's with another grace."""
    text = district.SHIPPED.read_text("utf-8")
    file = folder / "district.toml"
    file.write_text(text.replace("notice_grace = 10 ", f"notice_grace = {grace} "), "utf-8")
    return file


@asynccontextmanager
async def opened(folder: Path, url: str, *, grace: float = GRACE, families: int = FAMILIES) -> AsyncIterator[Stage]:
    """A stage on an empty database; the bot is not started yet, and is killed at the end if nobody stopped it."""
    file = district_file(folder, grace)
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

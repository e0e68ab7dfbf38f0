"""A bot with a handler of five lines: real lanes and intake, a real database, a pretended Telegram."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram.error import TelegramError

from bot.exits import Stop
from bot.incoming.dispatcher import Dispatcher
from bot.incoming.poller import Poller
from bot.sandbox import Clock, Sandbox, Settings, Window
from bot.telegram.api import BotApi
from handlers.context import Services
from handlers.update import Update
from handlers.view import Unanswered
from storage import Storage, Tx, inbox, open_storage, outbox
from storage.records import Owed, StoredUpdate
from tests.town import TOKEN, TUESDAY, WORKFLOW, SandboxWire

PATIENCE = 10.0  # seconds a test waits for what must happen
DEADLINE = 0.2  # seconds a handler may take here
NIK = "3326015708950002"
FACTS: dict[str, Any] = {"view": "welcome", "args": {}, "lang": ""}  # of an answer that could not be sent


class Moody:
    """A database that can refuse: `refuses` the next transactions, or `forgets` to say that a commit went well."""

    def __init__(self, inner: Storage) -> None:
        self.inner, self.refuses, self.forgets, self.commits = inner, 0, 0, 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        if self.refuses:
            self.refuses -= 1
            raise ConnectionError
        async with self.inner.transaction() as tx:
            yield tx
        self.commits += 1
        if self.forgets:
            self.forgets -= 1
            raise ConnectionError

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


class Desk:
    """`does` says what the handler does with a text before it repeats it; `begun` and `ended` are what it worked on.

    `seconds` is the intake's monotonic clock and moves only when the intake rests; `clock` is the wall's, epoch ms.
    """

    def __init__(self, storage: Storage) -> None:
        self.clock, self.seconds = TUESDAY, 1000.0
        self.storage = Moody(storage)
        self.sandbox = Sandbox(Settings(poll_spacing=False), Clock(lambda: self.clock / 1000))
        self.telegram = self.sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
        self.does: dict[str, Callable[[], Awaitable[object]]] = {}
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.later: list[str] = []  # of strangers, while many wait
        self.again: list[str] = []  # what may have been answered before
        self.wakes = 0
        self.rests: list[float] = []
        self.stop: Stop | None = None
        self._people: dict[str, Window] = {}
        self._running: list[asyncio.Task[None]] = []

    # The bot

    async def opens(self, workers: int = 8, deadline: float = DEADLINE, chance: float = 0.0, most: int = 2000) -> None:
        """New parts on the same database, as after a restart."""
        transport = BotApi(SandboxWire(self.sandbox))
        services = Services(self.storage, WORKFLOW, lambda: self.clock)
        self._bot = transport.bot()
        await self._bot.initialize()
        self.dispatcher = Dispatcher(
            (self._repeat, self._repeat_later), services, self._wake, lambda: chance, lambda: True, workers, deadline
        )
        self.poller = Poller(
            transport,
            services,
            self.dispatcher,
            lambda: chance,
            most=most,
            monotonic=lambda: self.seconds,
            rest=self._rest,
        )
        self._running = [asyncio.create_task(self.dispatcher.run()), asyncio.create_task(self._take_in())]

    async def dies(self) -> None:
        """As in a power cut: nothing is finished, nothing is written."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _take_in(self) -> None:
        try:
            await self.poller.run()
        except Stop as stop:
            self.stop = stop

    async def _repeat(self, update: Update, _behind: object) -> None:
        text, chat, began = update.text, update.chat, self.clock
        self.begun.append(text)
        if update.again:
            self.again.append(text)
        if text in self.does:
            await self.does[text]()
        try:
            await self._bot.send_message(chat, f"“{text}”")
        except TelegramError as error:
            raise Unanswered(chat, FACTS, began) from error
        self.ended.append(text)

    async def _repeat_later(self, update: Update, behind: object) -> None:
        self.later.append(update.text)
        await self._repeat(update, behind)

    async def _rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)

    def _wake(self) -> None:
        self.wakes += 1

    # What a test does and sees

    def person(self, name: str) -> Window:
        """Somebody with a phone, who has the bot."""
        if name not in self._people:
            self._people[name] = self.sandbox.person(name).chat()
        return self._people[name]

    async def hears(self, name: str, *texts: str) -> None:
        """Somebody says something, and all is done about it."""
        for text in texts:
            self.person(name).say(text)
        await self.settled()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            self._look_for_death()
            assert time.monotonic() < end, "it never came to that"
            await asyncio.sleep(0.001)

    async def settled(self) -> None:
        """Wait until Telegram has handed over everything and everything is written down."""
        async with asyncio.timeout(PATIENCE):
            while len(self.telegram.queue) or self.dispatcher.held or await self.on_hand():
                self._look_for_death()
                await asyncio.sleep(0.001)

    def _look_for_death(self) -> None:
        for task in self._running:
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise AssertionError("the bot died") from error

    async def on_hand(self) -> list[StoredUpdate]:
        """What is stored and not done."""
        async with self.storage.reading() as tx:
            return await inbox.unfinished(tx, -1, 10_000)

    async def aside(self) -> list[tuple[int, str]]:
        """Id and error of what is in quarantine."""
        async with self.storage.reading() as tx:
            return [(row[0], row[3]) for row in await inbox.failed(tx)]

    async def owed(self) -> list[Owed]:
        """What is owed and due (claimed, and given back)."""
        async with self.storage.inner.transaction() as tx:
            found = [owed for kind in range(3) for owed in await outbox.claim(tx, kind, self.clock, 100)]
            await outbox.release(tx, after=0)
        return found

    async def answers_owed(self) -> list[tuple[int, str]]:
        """Chat and view of what is owed and due."""
        return [(owed.chat, json.loads(owed.facts)["view"]) for owed in await self.owed()]


@asynccontextmanager
async def desk(url: str) -> AsyncIterator[Desk]:
    """A desk that is not open yet."""
    storage = await open_storage(url)
    found = Desk(storage)
    try:
        yield found
    finally:
        await found.dies()
        await storage.close()


def raises(error: BaseException) -> Callable[[], Awaitable[None]]:
    """What a handler does that fails so."""

    async def fail() -> None:
        raise error

    return fail


async def refuse_next(shop: Desk) -> None:
    """The next transaction is refused."""
    shop.storage.refuses = 1


def polls(shop: Desk) -> list[dict[str, str]]:
    """What the poller has asked for."""
    return [dict(call.params) for call in shop.sandbox.calls if call.method == "getUpdates"]

"""A sender with something to send: the real one, a real database, a pretended Telegram, and nobody else."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from json import loads
from typing import Any

from bot.outgoing.sender import Sender
from bot.sandbox import Clock, Sandbox, Settings, Window
from bot.telegram.api import BotApi
from bot.telegram.rate_limit import RateLimiter
from handlers.context import Services
from handlers.reply import Screen
from storage import Storage, open_storage, outbox, overview, people
from storage.news import leftovers
from storage.outbox import ANSWER, NOTICE
from storage.records import Owed
from tests.desk import Moody
from tests.town import TOKEN, TUESDAY, WORKFLOW, SandboxWire, at_rest

__all__ = ["ANSWER", "NOTICE", "Mail", "mail"]

PATIENCE = 10.0  # seconds a test waits for what must happen


class Mail:
    """`clock` is the wall's (epoch ms) and stands still; `seconds` is the sender's monotonic one. Chance is 0.5."""

    def __init__(self, storage: Storage) -> None:
        self.clock, self.seconds = TUESDAY, 1000.0
        self.storage = Moody(storage)
        self.sandbox = Sandbox(Settings(), Clock(lambda: self.clock / 1000))
        self.telegram = self.sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
        self.services = Services(self.storage, WORKFLOW, lambda: self.clock)
        self.renders: dict[str, Callable[[], Any]] = {}
        self.repeats: list[str] = []  # what was sent as one
        self._running: asyncio.Task[None] | None = None
        self._keys = 0

    # The sender

    def opens(self, rate_limiter: RateLimiter | None = None, **settings: Any) -> None:
        """A new sender on the same database, as after a restart."""
        api = BotApi(SandboxWire(self.sandbox), rate_limiter)
        self.outage = api.outage
        how = {"chance": lambda: 0.5, "clock": lambda: self.seconds, **settings}
        self.sender = Sender(self.services, api, self._render, **how)
        self._running = asyncio.create_task(self.sender.run())

    async def dies(self) -> None:
        """As in a power cut: nothing is finished, nothing more is written."""
        if self._running:
            self.storage.refuses = 1 << 30
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self.storage.refuses = 0

    async def _render(self, owed: Owed) -> tuple[Screen, bool] | None:
        says = loads(owed.facts)["says"]
        if owed.repeated:
            self.repeats.append(says)
        return self.renders[says]() if says in self.renders else (Screen(says), False)

    # What a test does and sees

    def person(self, name: str) -> Window:
        """Somebody with a phone, who has the bot."""
        window = self.sandbox.person(name).chat()
        window.start("")
        return window

    async def owes(self, who: Window, *texts: str, priority: int = NOTICE, after: int = 0) -> None:
        """Put down texts for somebody, each a message of its own, due at once (or after so many ms)."""
        dues = [self._due(chat_of(who), text, priority, self.clock + after) for text in texts]
        async with self.storage.inner.transaction() as tx:
            await outbox.owe(tx, dues, self.clock)

    def _due(self, chat: int, text: str, priority: int, due_at: int) -> outbox.Due:
        self._keys += 1
        kind = "answer" if priority == ANSWER else "note"
        return outbox.Due(f"test:{self._keys}", chat, kind, priority, due_at, facts={"says": text})

    async def knows(self, *windows: Window) -> None:
        """Keep these people in the register."""
        async with self.storage.inner.transaction() as tx:
            for window in windows:
                await people.choose_language(tx, chat_of(window), "id")

    async def passes(self, seconds: float) -> None:
        """Time goes by, and what falls due is sent."""
        self.clock += round(seconds * 1000)
        self.sandbox.advance(0)
        await self.settled()

    async def settled(self) -> None:
        """Wait until the sender has nothing to do at this moment."""
        async with asyncio.timeout(PATIENCE):
            await at_rest(self.sender)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, "it never came to that"
            await asyncio.sleep(0.001)

    async def next_due(self, priority: int = NOTICE) -> int | None:
        """In how many ms the next of what is owed falls due."""
        async with self.storage.reading() as tx:
            at = (await outbox.next_due(tx)).get(priority)
        return None if at is None else at - self.clock

    async def unsent(self) -> int:
        """How many are owed and not out."""
        async with self.storage.reading() as tx:
            _, count = await overview.oldest_owed(tx)
        return count

    async def dead_letters(self) -> list[str]:
        """Why what was given up was given up."""
        async with self.storage.reading() as tx:
            return [str(row[4]) for row in await leftovers.given_up(tx)]

    @property
    def under_way(self) -> int:
        """How many are being sent."""
        return self.sender.hand.taken

    @property
    def idle(self) -> bool:
        """True if nothing is being sent, and what came back is written down."""
        return not (self.under_way or self.sender.hand.unsettled)

    @property
    def sends(self) -> list[str]:
        """The texts of every send that reached Telegram, in order."""
        return [call.params["text"] for call in self.sandbox.calls if call.method == "sendMessage"]


def bad(words: str) -> dict[str, Any]:
    """For a fault of the sandbox: a message that Telegram refuses."""
    return {"code": 400, "words": f"Bad Request: {words}"}


def forbidden(words: str) -> dict[str, Any]:
    """For a fault of the sandbox: a chat to which Telegram lets nothing go."""
    return {"code": 403, "words": f"Forbidden: {words}"}


def chat_of(window: Window) -> int:
    return window.person.id


def heard(window: Window) -> list[str]:
    """What somebody was sent, oldest first."""
    return [seen.text for seen in window.heard]


@asynccontextmanager
async def mail(url: str) -> AsyncIterator[Mail]:
    """A sender that is not running yet."""
    storage = await open_storage(url)
    found = Mail(storage)
    try:
        yield found
    finally:
        await found.dies()
        await storage.close()

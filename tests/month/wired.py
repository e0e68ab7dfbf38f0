"""A town whose bot speaks HTTP with the pretend Telegram, and whose time goes from one thing due to the next."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.demo.cast import settle_in
from bot.parts import Parts, join
from bot.sandbox.server import serve
from bot.sandbox.world import Call
from bot.telegram.http import ServerClient
from handlers.wording.layout import NO_BREAK
from storage import migrate, open_storage, outbox
from tests.crash.scene import SENDS
from tests.town import TOKEN, WORKFLOW, Town

SENT = SENDS | {"senddocument"}
LOOK = 3_600_000  # ms between two turns of the timetable
ASKED = 600_000  # ms in which what arrives at whoever did something may be the answer


@dataclass(frozen=True, slots=True)
class Heard:
    """What arrived: when (epoch ms), where, in which words, and how. `asked`: that person had just done something."""

    at: int
    chat: int
    method: str
    text: str
    silent: bool
    asked: bool


class WiredTown(Town):
    """`clock` moves by `until` alone; `heard` is all that ever arrived."""

    url = "http://127.0.0.1:9"

    @classmethod
    @asynccontextmanager
    async def built(cls, url: str, begins: int) -> AsyncIterator["WiredTown"]:
        """A new district on a new database, on a morning (epoch ms)."""
        storage = await open_storage(url)
        await migrate(storage, begins)
        await settle_in(storage, begins)
        town = cls(storage, WORKFLOW)
        town.clock = begins
        async with await serve(town.sandbox, 0, 0, "127.0.0.1") as server:
            town.url = server.url
            town.sandbox.watchers.append(town._hear)
            await town.start()
            try:
                yield town
            finally:
                await town.stop()
                await storage.close()

    def __init__(self, *args: Any) -> None:
        self.heard: list[Heard] = []
        self.did: dict[int, int] = {}  # when somebody did something last
        super().__init__(*args)

    def _join(self) -> Parts:
        self._http = ServerClient(self.url, TOKEN)
        return join(self.services, self._http, lambda: True, seconds=50)

    async def kill(self) -> None:
        await super().kill()
        await self._http.close()

    def _hear(self, event: str, facts: dict[str, Any]) -> None:
        call = facts.get("call")
        if event != "call" or not isinstance(call, Call) or call.status != 200 or call.method.lower() not in SENT:
            return
        params, chat, at = call.params, int(call.params["chat_id"]), round(call.at * 1000)
        words = (params.get("text") or params.get("caption", "")).replace(NO_BREAK, " ")
        silent = params.get("disable_notification") == "true"
        asked = at - self.did.get(chat, -ASKED) < ASKED
        self.heard.append(Heard(at, chat, call.method.lower(), words, silent, asked))

    async def until(self, at: int) -> None:
        """Let time go by. What falls due on the way leaves when it is due; the timetable has its turn each hour."""
        while self.clock < at:
            due = [when for when in await self._dues() if when > self.clock]
            turn = self.clock - self.clock % LOOK + LOOK
            self.clock = min(at, turn, *due)
            if self.clock == turn:
                await self.chores()
            await self.passes(0)

    async def _dues(self) -> list[int]:
        async with self.storage.reading() as tx:
            found = await outbox.next_due(tx)
        return [found[kind] for kind in (outbox.ANSWER, outbox.NOTICE) if kind in found]

    async def dies(self, steps: int) -> None:
        """The bot is killed, so many steps of the loop from now, and started again."""
        for _ in range(steps):
            await asyncio.sleep(0)
        await self.kill()
        await self.start()
        await self.passes(0)

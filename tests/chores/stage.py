"""A district at a time of day, whose jobs are called by hand, and a database that counts what is asked of it."""

import sqlite3
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from bot.chores.reminders import Reminders
from bot.demo import cast
from bot.demo.cast import CAST
from handlers.context import Services
from storage import Storage, Tx, outbox
from storage.records import DAY
from tests.town import WORKFLOW

OPENING = WORKFLOW.calendar.opening(date(2026, 11, 24))
CLOSING = WORKFLOW.calendar.closing(date(2026, 11, 24))


class Counted:
    """A transaction that writes down the names of its queries."""

    def __init__(self, tx: Tx, queries: list[str]) -> None:
        self._tx, self._queries = tx, queries

    def __getattr__(self, how: str) -> Any:
        def asked(query: str, *values: Any, **named: Any) -> Any:
            self._queries.append(query)
            return getattr(self._tx, how)(query, *values, **named)

        return asked


class Watchful:
    """A database that counts what is asked of it, and can be full."""

    def __init__(self, storage: Storage) -> None:
        self.real, self.asked, self.full = storage, 0, False
        self.remote, self.is_shared = storage.remote, storage.is_shared
        self.queries: list[str] = []  # what was read

    @asynccontextmanager
    async def transaction(self):
        self.asked += 1
        async with self.real.transaction() as tx:
            yield tx
            if self.full:
                raise sqlite3.OperationalError("database or disk is full")

    @asynccontextmanager
    async def reading(self):
        self.asked += 1
        async with self.real.reading() as tx:
            yield Counted(tx, self.queries)

    async def writes_end(self, seconds: float) -> bool:
        return await self.real.writes_end(seconds)

    async def at_risk(self) -> str:
        return await self.real.at_risk()

    async def tidy(self) -> None:
        await self.real.tidy()

    async def close(self) -> None:
        await self.real.close()


class Morning:
    """A district at opening time."""

    def __init__(self, storage: Storage) -> None:
        self.now, self.storage = OPENING, Watchful(storage)
        self.services = Services(self.storage, WORKFLOW, lambda: self.now)
        self.reminders = Reminders(self.services)

    def restarts(self) -> None:
        self.reminders = Reminders(self.services)

    async def lies(self, village: str, stage: str, *types: str, at: int = OPENING - DAY) -> None:
        async with self.storage.real.transaction() as tx:
            draft = f"{village}:{stage}:{types}"
            await cast.walk(tx, WORKFLOW, village, types or ("KK",), stage, at, draft)

    async def is_at(self, now: int) -> bool:
        """It is now so late, and reminders have their turn. True if any were put down."""
        self.now = now
        return await self.reminders.owe()

    async def reminded(self) -> list[str]:
        """Who of the cast is owed a reminder, newest notices and all."""
        async with self.storage.real.transaction() as tx:
            owed = await outbox.claim(tx, outbox.NOTICE, self.now + 9 * DAY, 500)
            await outbox.release(tx, after=0)
        names = {member.chat: member.key for member in CAST.values()}
        return sorted(names[one.chat] for one in owed if one.kind == "reminder")

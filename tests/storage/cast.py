"""The people of the storage tests, and a register in which they act."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import storage
from storage import Storage, bags, documents, people
from storage.db.protocol import Row
from storage.documents import Filed
from storage.mistakes import taking_back
from storage.outbox import NEVER
from storage.records import Actor, Document, MoveResult, Person, Seen
from storage.workflow import Workflow

NOW = 1_795_482_000_000  # Tuesday 24 November 2026, 08.00 WIB
SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000

SARI, BUDI = 8_800_112_244, 1002  # of Tlogopakis, with receipts; no other id holds the digits of Sari's
WATI, DEWI, RINI = 2001, 2002, 2003  # village officers of Tlogopakis, Simego, and of both
LASTRI = 2101  # midwife in Tlogopakis
JOKO, AGUS = 3001, 3002  # couriers
YANTI = 4001  # district desk
HADI = 5001  # registry desk
CAMAT, SEKCAM = 6001, 6002  # heads

POSTS = (
    (WATI, "village_officer", "tlogopakis"),
    (DEWI, "village_officer", "simego"),
    (RINI, "village_officer", "tlogopakis"),
    (RINI, "village_officer", "simego"),
    (LASTRI, "reporter", "tlogopakis"),
    (JOKO, "courier", ""),
    (AGUS, "courier", ""),
    (YANTI, "district_desk", ""),
    (HADI, "registry_desk", ""),
    (CAMAT, "head", ""),
    (SEKCAM, "head", ""),
)

ROAD = (  # who takes a document of Tlogopakis there
    (WATI, "to_district"),
    (JOKO, "at_district"),
    (JOKO, "to_registry"),
    (JOKO, "at_registry"),
    (HADI, "issued"),
    (JOKO, "from_registry"),
    (JOKO, "ready_at_district"),
    (WATI, "to_village"),
    (WATI, "ready_at_village"),
    (WATI, "handed_over"),
)


async def appoint(opened: Storage) -> None:
    """Everyone to their posts, since yesterday."""
    async with opened.transaction() as tx:
        for chat, role, village in POSTS:
            await people.give_post(tx, chat, role, village, None, NOW - DAY)


@dataclass
class Register:
    """An open database, the rules, and a clock that stands still unless moved."""

    storage: Storage
    workflow: Workflow
    now: int = NOW
    drafts: int = field(default=0)

    async def person(self, chat: int) -> Person:
        async with self.storage.reading() as tx:
            return await people.get(tx, chat, self.now)

    async def actor(self, chat: int) -> Actor:
        return Actor(await self.person(chat), self.now)

    async def file(self, *types: str, village: str = "tlogopakis", by: int = WATI, draft: str = "") -> Filed:
        self.drafts += 1
        actor = await self.actor(by)
        async with self.storage.transaction() as tx:
            return await documents.file(
                tx, self.workflow, village, types or ("KK",), draft or f"{by}:{self.drafts}", actor
            )

    async def filed(self, *types: str, village: str = "tlogopakis", by: int = WATI) -> list[Document]:
        """The documents of a new request."""
        return await self.of((await self.file(*types, village=village, by=by)).request)

    async def one(self, type: str = "KK", village: str = "tlogopakis", by: int = WATI) -> Document:
        """The only document of a new request."""
        return (await self.filed(type, village=village, by=by))[0]

    async def of(self, request: int) -> list[Document]:
        async with self.storage.reading() as tx:
            return await documents.of_request(tx, request)

    async def get(self, document: Document) -> Document:
        async with self.storage.reading() as tx:
            found = await documents.get(tx, document.id)
        assert found
        return found

    async def move(self, by: int, stage: str, *found: Document) -> MoveResult:
        actor = await self.actor(by)
        async with self.storage.transaction() as tx:
            return await documents.move(tx, self.workflow, seen(*found), stage, actor)

    async def undo(self, by: int, act: int | None) -> MoveResult | None:
        actor = await self.actor(by)
        async with self.storage.transaction() as tx:
            return await taking_back.undo(tx, self.workflow, act or 0, actor)

    async def brought(self, document: Document, stage: str) -> Document:
        """The document, taken along the road to a stage."""
        for chat, to in ROAD:
            if document.stage == stage:
                break
            document = (await self.move(chat, to, document)).moved[0]
        return document

    async def follow(self, chat: int, number: str, *, known: bool = True) -> bool:
        async with self.storage.transaction() as tx:
            return await people.follow(tx, chat, number, "id", "id", known=known, now=self.now)

    async def pack(self, chat: int, origin: str, to: str) -> int | None:
        async with self.storage.transaction() as tx:
            return await bags.pack(tx, self.workflow, Actor(await people.get(tx, chat), self.now), origin, to)

    async def owed(self, chat: int = 0) -> list[Row]:
        """(chat, kind, act, request, due at or None for never) of what is owed, in order."""
        rows = await self.ask(
            "select chat, kind, act, request, due_at from outbox where sent_at is null order by due_at, id"
        )
        return [(*row[:4], None if row[4] >= NEVER else row[4]) for row in rows if chat in (0, row[0])]

    async def ask(self, sql: str) -> list[Row]:
        """A question that no query of the house asks."""
        return await ask(self.storage, sql)


def seen(*found: Document) -> list[Seen]:
    return [Seen(document.id, document.version) for document in found]


async def ask(opened: Storage, sql: str) -> list[Row]:
    async with opened.transaction() as tx:
        raw: Any = tx
        if hasattr(raw._connection, "execute_fetchall"):
            return list(await raw._connection.execute_fetchall(sql))
        return [tuple(row) for row in await raw._connection.fetch(sql)]


@asynccontextmanager
async def another_process_writes(url: str) -> AsyncIterator[None]:
    """In here the database has another writer, who then commits."""
    other = await storage.open_storage(url)
    async with other.transaction() as tx:
        await people.choose_language(tx, 777, "en")
        yield
    await other.close()

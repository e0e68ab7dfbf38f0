"""The two ends of a copy: a register as it is at one moment, and one that gets all or nothing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Protocol, TypeVar

from storage.db.protocol import Row
from storage.db.tables import Table

CHUNK = 1000  # rows in memory at a time
SQLITE = "sqlite:///"
T = TypeVar("T")
_VERSION = "select max(version) from migration"


class End(Protocol):
    """What rows are read from or put into."""

    async def version(self) -> int:
        """The newest migration applied; 0 for an empty database."""

    def rows(self, table: Table) -> AsyncIterator[Sequence[Row]]:
        """Every row, some at a time."""

    async def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Add some rows."""

    async def clear(self, table: Table) -> None:
        """Remove every row."""

    async def count(self, table: Table) -> int:
        """How many rows there are."""


class SqliteEnd:
    """A file. What may take long runs in a thread, and SQLite lets go of the interpreter meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def version(self) -> int:
        return version_in(self._connection)

    async def rows(self, table: Table) -> AsyncIterator[Sequence[Row]]:
        cursor = self._connection.execute(table.select)
        while rows := await in_thread(cursor.fetchmany, CHUNK):
            yield rows

    async def put(self, table: Table, rows: Sequence[Row]) -> None:
        await in_thread(self._connection.executemany, table.insert, rows)

    async def clear(self, table: Table) -> None:
        await in_thread(self._connection.execute, table.clear)

    async def count(self, table: Table) -> int:
        [(count,)] = await in_thread(self._connection.execute, table.count)
        return int(count)

    async def pages(self, file: Path) -> None:
        """All of it into another file, page by page, as it is at this moment."""
        await in_thread(self._pages, file)

    def _pages(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as target:
            self._connection.backup(target)
            target.execute("pragma journal_mode = delete")  # one file, with nothing beside it


class PostgresEnd:
    """A connection within a transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def version(self) -> int:
        there = await self._connection.fetchval("select to_regclass('migration')")
        return int(await self._connection.fetchval(_VERSION) or 0) if there else 0

    async def rows(self, table: Table) -> AsyncIterator[Sequence[Row]]:
        cursor = await self._connection.cursor(table.select)
        while rows := await cursor.fetch(CHUNK):
            yield [tuple(row) for row in rows]

    async def put(self, table: Table, rows: Sequence[Row]) -> None:
        await self._connection.copy_records_to_table(table.name, records=rows, columns=table.columns)

    async def clear(self, table: Table) -> None:
        await self._connection.execute(table.clear)

    async def size(self) -> int:
        """Bytes that the database takes up."""
        return int(await self._connection.fetchval("select pg_database_size(current_database())"))

    async def count(self, table: Table) -> int:
        return int(await self._connection.fetchval(table.count))


async def in_thread(function: Callable[..., T], *arguments: object) -> T:
    """As asyncio.to_thread, but whoever is cancelled waits: nobody closes a connection under a thread that uses it."""
    work = asyncio.create_task(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(work)
    finally:
        await asyncio.wait({work})


async def size_of(url: str) -> int:
    """Bytes that a register takes up."""
    if not url.startswith(SQLITE):
        async with _postgres(url, readonly=True) as end:
            return await end.size()
    file = Path(url.removeprefix(SQLITE))
    return sum(
        part.stat().st_size
        for part in file.parent.glob(f"{file.name}*")
        if part.name in {file.name, f"{file.name}-wal"}
    )


def version_in(connection: sqlite3.Connection) -> int:
    """The newest migration applied to a file; 0 for one without any."""
    if not connection.execute("select 1 from sqlite_master where name = 'migration'").fetchone():
        return 0
    return int(connection.execute(_VERSION).fetchone()[0] or 0)


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[SqliteEnd | PostgresEnd]:
    """A register as it is now, whatever is written meanwhile."""
    if not url.startswith(SQLITE):
        async with _postgres(url, isolation="repeatable_read", readonly=True) as end:
            yield end
        return
    with closing(_sqlite(url, "pragma query_only = on")) as connection:
        connection.execute("begin")
        yield SqliteEnd(connection)


@asynccontextmanager
async def whole(url: str) -> AsyncIterator[SqliteEnd | PostgresEnd]:
    """A register to write into. Nothing of it is there before all of it is."""
    if not url.startswith(SQLITE):
        async with _postgres(url) as end:
            yield end
        return
    connection = await in_thread(_sqlite, url, "begin immediate")
    try:
        yield SqliteEnd(connection)
        await in_thread(connection.commit)
    finally:
        await in_thread(connection.close)


def _sqlite(url: str, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(url.removeprefix(SQLITE), isolation_level=None, check_same_thread=False)
    for pragma in ("pragma busy_timeout = 5000", *pragmas):
        connection.execute(pragma)
    return connection


@asynccontextmanager
async def _postgres(url: str, **how: Any) -> AsyncIterator[PostgresEnd]:
    import asyncpg  # noqa: PLC0415  # only where it is used: it costs memory at start

    # No statements are kept: behind a pooler the next transaction may have another connection.
    connection = await asyncpg.connect(url, timeout=10, statement_cache_size=0)
    try:
        async with connection.transaction(**how):
            yield PostgresEnd(connection)
    finally:
        await connection.close()

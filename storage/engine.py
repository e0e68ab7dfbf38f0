"""Two databases behind one door: aiosqlite and asyncpg, both through the named queries in ``sql/``."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import aiosql
import aiosqlite
from aiosql.adapters.asyncpg import AsyncPGAdapter

Row = Sequence[Any]

_PRAGMAS = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma busy_timeout = 5000",
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
)


class Tx(Protocol):
    """What a query is asked of. Queries are named as in ``sql/*.sql``, values go by name."""

    async def all(self, query: str, **values: Any) -> list[Row]:
        """Every row."""

    async def one(self, query: str, **values: Any) -> Row | None:
        """The first row, or None. With ``returning id`` this tells whether a conditional write happened."""

    async def many(self, query: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """One write for each mapping."""

    async def script(self, statement: str) -> None:
        """One statement of a migration."""


class Storage(Protocol):
    """An open database."""

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        """A write transaction: commits at the end of the block, rolls back when it raises."""

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """For reads alone; waits for no writer."""

    async def close(self) -> None:
        """Give the connections back."""


def trouble(error: BaseException) -> bool:
    """True if it is the database that failed (locked, full, gone, restarting): the same work may succeed later."""
    if isinstance(error, sqlite3.OperationalError | sqlite3.DatabaseError | ConnectionError | TimeoutError):
        return not isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError)
    return _is_postgres_trouble(error)


def _is_postgres_trouble(error: BaseException) -> bool:
    if not type(error).__module__.startswith("asyncpg"):
        return False
    import asyncpg  # noqa: PLC0415  # only where it is used: it costs memory at start

    kinds = (
        asyncpg.PostgresConnectionError,
        asyncpg.OperatorInterventionError,
        asyncpg.InsufficientResourcesError,
        asyncpg.InterfaceError,
        asyncpg.TransactionRollbackError,
        asyncpg.CannotConnectNowError,
    )
    return isinstance(error, kinds)


async def open_database(url: str) -> Storage:
    """Open ``sqlite:///path`` or ``postgresql://…`` (``postgres://`` too). Raises ValueError for anything else."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        return await _Sqlite.open(rest.removeprefix("/"))
    if scheme in ("postgres", "postgresql"):
        return await _Postgres.open(url)
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


def _queries(adapter: Any) -> dict[str, str]:
    loaded = aiosql.from_path(str(files("storage") / "sql"), adapter, mandatory_parameters=False)
    return {
        name: getattr(loaded, name).sql for name in loaded.available_queries if hasattr(getattr(loaded, name), "sql")
    }


class _SqliteTx:
    def __init__(self, connection: aiosqlite.Connection, queries: Mapping[str, str]) -> None:
        self._connection, self._queries = connection, queries

    async def all(self, query: str, **values: Any) -> list[Row]:
        return list(await self._connection.execute_fetchall(self._queries[query], values))

    async def one(self, query: str, **values: Any) -> Row | None:
        rows = await self.all(query, **values)
        return rows[0] if rows else None

    async def many(self, query: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            await self._connection.executemany(self._queries[query], rows)

    async def script(self, statement: str) -> None:
        await self._connection.execute_fetchall(statement)


class _Sqlite:
    """One writer behind a lock, one reader: what SQLite does best, and what it does not ask us to retry."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        queries = _queries("aiosqlite")
        self._connections = (writer, reader)
        self._writer, self._reader = _SqliteTx(writer, queries), _SqliteTx(reader, queries)
        self._lock = asyncio.Lock()

    @classmethod
    async def open(cls, path: str) -> "_Sqlite":
        if sqlite3.sqlite_version_info < (3, 35):
            raise RuntimeError(
                "SQLite 3.35 or newer is needed (RETURNING); this Python brings " + sqlite3.sqlite_version
            )
        _make_private(Path(path))
        return cls(await cls._connect(path), await cls._connect(path))

    @staticmethod
    async def _connect(path: str) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(path, isolation_level=None, cached_statements=512)
        for pragma in _PRAGMAS:
            await connection.execute_fetchall(pragma)
        return connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with self._lock:
            await self._writer.script("begin immediate")
            try:
                yield self._writer
                await self._writer.script("commit")
            except BaseException:
                await asyncio.shield(self._undo())
                raise

    async def _undo(self) -> None:
        connection = self._connections[0]
        if connection.in_transaction:
            await connection.rollback()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        yield self._reader

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()


def _make_private(path: Path) -> None:
    # Before SQLite opens it, so that the write-ahead log inherits the mode.
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


class _PostgresTx:
    def __init__(self, connection: Any, queries: Mapping[str, str], names: Mapping[str, Sequence[str]]) -> None:
        self._connection, self._queries, self._names = connection, queries, names

    def _ordered(self, query: str, values: Mapping[str, Any]) -> list[Any]:
        return [values[name] for name in self._names.get(query, ())]

    async def all(self, query: str, **values: Any) -> list[Row]:
        rows = await self._connection.fetch(self._queries[query], *self._ordered(query, values))
        return [tuple(row) for row in rows]

    async def one(self, query: str, **values: Any) -> Row | None:
        rows = await self.all(query, **values)
        return rows[0] if rows else None

    async def many(self, query: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            await self._connection.executemany(self._queries[query], [self._ordered(query, row) for row in rows])

    async def script(self, statement: str) -> None:
        await self._connection.execute(statement)


class _Postgres:
    def __init__(self, pool: Any) -> None:
        adapter = AsyncPGAdapter()
        self._pool, self._queries, self._names = pool, _queries(lambda: adapter), adapter.var_sorted

    @classmethod
    async def open(cls, url: str) -> "_Postgres":
        import asyncpg  # noqa: PLC0415  # only where it is used: it costs memory at start

        return cls(await asyncpg.create_pool(url, min_size=1, max_size=8, command_timeout=30))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with self._pool.acquire() as connection, connection.transaction():
            yield _PostgresTx(connection, self._queries, self._names)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        async with self._pool.acquire() as connection:
            yield _PostgresTx(connection, self._queries, self._names)

    async def close(self) -> None:
        await self._pool.close()

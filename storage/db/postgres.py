"""PostgreSQL through asyncpg, for when one machine is not enough."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiosql.adapters.asyncpg import AsyncPGAdapter

from storage.db.protocol import MIGRATING, Row, Tx, queries


class _PostgresTx:
    """Queries by name. asyncpg takes values by number: aiosql's adapter numbered them, `names` says in which order."""

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

    async def long(self, query: str, **values: Any) -> list[Row]:
        return await self.all(query, **values)

    async def script(self, statement: str) -> None:
        await self._connection.execute(statement)

    async def clock(self) -> int:
        # Not now(), which stands still until the transaction ends.
        return int(await self._connection.fetchval("select (extract(epoch from clock_timestamp()) * 1000)::bigint"))

    async def alone(self, lock: int = MIGRATING, /) -> None:
        # Of the transaction, so that it ends with it, also when the process dies.
        await self._connection.execute(f"select pg_advisory_xact_lock({_LOCK + lock})")

    async def shared(self, lock: int, /) -> None:
        await self._connection.execute(f"select pg_advisory_xact_lock_shared({_LOCK + lock})")

    def shred(self) -> None:
        # PostgreSQL's log belongs to its administrator.
        return


_LOCK = 0x4A454B44554B  # "JEKDUK", a number that other users of the server will not pick, and those that follow it


class Postgres:
    """A pool of connections. Transactions run side by side, each query sees what is committed when it runs.

    So two may read the same and write one after the other. The second waits for the row, and PostgreSQL asks its
    `where` again on what the first has left: `version = :seen` no longer holds, no row comes back, and that is how one
    of two taps is refused. Where a condition looks at other rows (the last document of a request, the last head),
    a query named lock_… takes their rows first.
    """

    remote = True

    def __init__(self, pool: Any, *, is_shared: bool) -> None:
        adapter = AsyncPGAdapter()
        self._pool, self._queries, self._names = pool, queries(lambda: adapter), adapter.var_sorted
        self.is_shared = is_shared

    @classmethod
    async def open(cls, url: str, *, is_shared: bool = False) -> "Postgres":
        """A pool of connections. Behind a pooler that gives each transaction any connection, they are `is_shared`."""
        import asyncpg  # noqa: PLC0415  # only where it is used: it costs memory at start

        # Room in the cache for every query of sql/: each is prepared once in a connection, if that stays ours. If not,
        # asyncpg sends a query in one piece with its values, so that nothing comes between.
        cached = 0 if is_shared else 512
        pool = await asyncpg.create_pool(
            url, min_size=1, max_size=8, timeout=10, command_timeout=30, statement_cache_size=cached
        )
        return cls(pool, is_shared=is_shared)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with self._connection() as connection, connection.transaction():
            yield _PostgresTx(connection, self._queries, self._names)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        async with self._connection() as connection:
            yield _PostgresTx(connection, self._queries, self._names)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        try:
            connection = await self._pool.acquire()
        except OSError as error:
            # A socket that is gone or a name that nobody knows is no ConnectionError by itself.
            raise ConnectionError("PostgreSQL cannot be reached") from error
        try:
            yield connection
        finally:
            await self._pool.release(connection)

    async def tidy(self) -> None:
        # As for shred().
        return

    async def close(self) -> None:
        await self._pool.close()

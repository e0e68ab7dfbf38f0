"""PostgreSQL through asyncpg, for when one machine is not enough."""

import re
import warnings
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from storage.db.protocol import MIGRATING, Row, Tx, queries

_VALUE = re.compile(r"'[^']*'|(?<!:):(\w+)")  # not what stands in quotes, nor a cast (::text)
_Numbered = tuple[str, Sequence[str]]


def numbered(query: str) -> _Numbered:
    """A query with its values by number, as asyncpg takes them, and their names in this order."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return _VALUE.sub(number, query), names


class _PostgresTx:
    def __init__(self, connection: Any, queries: Mapping[str, _Numbered]) -> None:
        self._connection, self._queries = connection, queries

    async def all(self, query: str, **values: Any) -> list[Row]:
        text, names = self._queries[query]
        rows = await self._connection.fetch(text, *(values[name] for name in names))
        return [tuple(row) for row in rows]

    async def one(self, query: str, **values: Any) -> Row | None:
        rows = await self.all(query, **values)
        return rows[0] if rows else None

    async def many(self, query: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            text, names = self._queries[query]
            await self._connection.executemany(text, [[row[name] for name in names] for row in rows])

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


# What a database refuses that has no Javanese letters. Asked without being prepared, for a pooler may keep that.
_LETTERS = "select 'ꦗꦺꦏ꧀ꦝꦸꦏ꧀ ✅'"
# A prepared statement that is gone, or is another's: one connection of the server has many users.
POOLED = frozenset({"26000", "42P05"})
_AT_RISK = """
select string_agg(name || ' = ' || setting, ', ' order by name) from pg_settings
where name in ('fsync', 'synchronous_commit') and setting = 'off'
"""
_LOCK = 0x4A454B44554B  # "JEKDUK", a number that other users of the server will not pick, and those that follow it


def _how(*, is_shared: bool) -> dict[str, Any]:
    """How to connect. Room in the cache for every query of sql/: each is prepared once in a connection, if that stays
    ours. If not, asyncpg sends a query in one piece with its values, so that nothing comes between.
    """
    return {"timeout": 10, "command_timeout": 30, "statement_cache_size": 0 if is_shared else 512}


class Postgres:
    """A pool of connections. Transactions run side by side, each query sees what is committed when it runs.

    So two may read the same and write one after the other. The second waits for the row, and PostgreSQL asks its
    `where` again on what the first has left: `version = :seen` no longer holds, no row comes back, and that is how one
    of two taps is refused. Where a condition looks at other rows (the last document of a request, the last head),
    a query named lock_… takes their rows first.
    """

    remote = True

    def __init__(self, url: str, pool: Any, *, is_shared: bool) -> None:
        self._url, self._pool, self.is_shared = url, pool, is_shared
        self._queries = {name: numbered(text) for name, text in queries().items()}

    @classmethod
    async def open(cls, url: str, *, is_shared: bool = False) -> "Postgres":
        """A pool of connections. Behind a pooler that gives each transaction any connection, they are `is_shared`.

        Raises UntranslatableCharacterError for a database that cannot hold every letter.
        """
        import asyncpg  # noqa: PLC0415  # only where it is used: it costs memory at start

        # Where no password comes of it, whoever opens the register is told so in words.
        warnings.filterwarnings("ignore", "password file", UserWarning)
        pool = await asyncpg.create_pool(url, min_size=1, max_size=8, **_how(is_shared=is_shared))
        try:
            async with pool.acquire() as connection:
                await connection.execute(_LETTERS)
        except BaseException:
            await pool.close()
            raise
        return cls(url, pool, is_shared=is_shared)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with self._connection() as connection, connection.transaction():
            yield _PostgresTx(connection, self._queries)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        async with self._connection() as connection:
            yield _PostgresTx(connection, self._queries)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        try:
            connection = await self._pool.acquire()
        except OSError as error:
            # A socket that is gone or a name that nobody knows is no ConnectionError by itself.
            raise ConnectionError("PostgreSQL cannot be reached") from error
        try:
            yield connection
        except Exception as error:
            if getattr(error, "sqlstate", None) in POOLED and not self.is_shared:
                await self._share()
            raise
        finally:
            await self._pool.release(connection)

    async def _share(self) -> None:
        """A pooler has been put in between since the start: go on as if it had stood there."""
        self.is_shared = True
        self._pool.set_connect_args(self._url, **_how(is_shared=True))
        await self._pool.expire_connections()

    async def at_risk(self) -> str:
        async with self._connection() as connection:
            return str(await connection.fetchval(_AT_RISK) or "")

    async def writes_end(self, seconds: float) -> bool:
        import asyncpg  # noqa: PLC0415  # only where it is used: it costs memory at start

        try:
            async with self._connection() as connection, connection.transaction():
                await connection.execute(f"set local lock_timeout = {round(1000 * seconds)}")
                # Whoever wrote what was asked or is owed keeps this waiting until the end of the transaction.
                await connection.execute("lock table inbox, outbox in share mode")
        except asyncpg.LockNotAvailableError:
            return False
        return True

    async def tidy(self) -> None:
        # As for shred().
        return

    async def close(self) -> None:
        await self._pool.close()

"""SQLite through aiosqlite: one connection writes, one reads, and transactions that wait for each other share a commit.

SQLite has one writer at a time. A transaction's queries take tens of microseconds, its commit waits for the disk for
milliseconds; so a lock lets transactions in one after the other, and one commit serves all that stood in line::

    who holds the lock   what it does                                            _group
    transaction A        begin immediate, savepoint, A's queries, release         {A}
    transaction B        savepoint, B's queries, release                          {A, B}
    transaction C        savepoint, C's queries fail, rollback to the savepoint   {A, B}
    _commit              commit; now A and B return                               None

- The lock serves in the order of asking. A asks for the commit when it is done: who stands in line by then goes first
  and joins the group, who comes later finds the commit before them and begins the next group.
- Nobody returns before the commit, so what was returned is on the disk.
- Who fails takes back its own savepoint and nobody else's, but for two cases. Where A fails, the group is A alone and
  nobody has asked for a commit, so the transaction is rolled back, lest it stay open. And after some errors (disk
  full, I/O) SQLite has rolled it back by itself, savepoints and all: what A and B wrote is gone, and the error is
  told to them as well.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite

from storage.db.protocol import MIGRATING, Row, Tx, queries

_OPENING = 5.0  # seconds for other processes that open the same file
_PATIENT, _IMPATIENT = "pragma busy_timeout = 5000", "pragma busy_timeout = 100"  # ms for another process to end
_PRAGMAS = (
    _PATIENT,  # first: those that follow may have to wait for another process
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
)


@dataclass(slots=True)
class _SqliteTx:
    """Queries run where they are asked: one takes some 20 µs, handing it to aiosqlite's thread takes four times that.

    The thread does what may wait for the disk or for another process (begin, commit), and what may take long.
    """

    _connection: aiosqlite.Connection
    _at_once: sqlite3.Connection
    _queries: Mapping[str, str]
    shreds: bool = False

    async def all(self, query: str, **values: Any) -> list[Row]:
        return self._at_once.execute(self._queries[query], values).fetchall()

    async def one(self, query: str, **values: Any) -> Row | None:
        rows = self._at_once.execute(self._queries[query], values).fetchall()
        return rows[0] if rows else None

    async def many(self, query: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._at_once.executemany(self._queries[query], rows)

    async def long(self, query: str, **values: Any) -> list[Row]:
        return list(await self._connection.execute_fetchall(self._queries[query], values))

    async def script(self, statement: str) -> None:
        await self._connection.execute_fetchall(statement)

    async def clock(self) -> int:
        # The file is on this machine, and so is every process that has it open. The demo's clock is not asked.
        return time.time_ns() // 1_000_000

    async def alone(self, _lock: int = MIGRATING, /) -> None:
        # A write transaction is alone anyway.
        return

    async def shared(self, _lock: int, /) -> None:
        # As above.
        return

    def shred(self) -> None:
        self.shreds = True


class _SharedCommit:
    """Transactions that share a commit: `done` tells all of them how it ended."""

    def __init__(self) -> None:
        self.done = asyncio.get_running_loop().create_future()
        self.commit: asyncio.Task[None] | None = None  # asked for by the first that succeeded
        self.shreds = False

    def fail(self, error: BaseException) -> None:
        self.done.set_exception(error)
        self.done.exception()  # marks it as seen: all who waited may have been cancelled, and asyncio would complain


class Sqlite:
    """An open file. No write finds it locked by another of this process, so none has to be tried again."""

    remote = is_shared = False

    def __init__(self, writer: "_Pair", reader: "_Pair") -> None:
        self._queries = queries()
        (self._writer, self._writes), (self._reader, reads) = writer, reader
        self._reading = _SqliteTx(self._reader, reads, self._queries)
        self._lock = asyncio.Lock()
        self._group: _SharedCommit | None = None  # what has begun and is not committed; changed under the lock alone

    @classmethod
    async def open(cls, path: str) -> "Sqlite":
        if sqlite3.sqlite_version_info < (3, 35):
            raise RuntimeError(
                "SQLite 3.35 or newer is needed (RETURNING); this Python brings " + sqlite3.sqlite_version
            )
        _make_private(Path(path))
        writer = await _connect(path, *_PRAGMAS)
        try:
            return cls(writer, await _connect(path, *_PRAGMAS, "pragma query_only = on"))
        except BaseException:
            await writer[0].close()
            raise

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        tx = _SqliteTx(self._writer, self._writes, self._queries)
        async with self._lock:
            group = await self._join()
            try:
                self._writes.execute("savepoint one")
                yield tx
                self._writes.execute("release one")
            except BaseException as error:
                await self._take_back(group, error)
                raise
            group.shreds |= tx.shreds
            # The task waits for the lock behind all who wait for it now.
            group.commit = group.commit or asyncio.create_task(self._commit(group))
        # Without the lock, which the others need. Shielded: one that is cancelled must not end the wait of all.
        await asyncio.shield(group.done)

    async def _join(self) -> "_SharedCommit":
        if self._group is None:
            try:
                # Not "begin": that would find out at the first write that another process is writing, and fail.
                await self._writer.execute_fetchall("begin immediate")
            except BaseException:
                await self._roll_back()
                raise
            self._group = _SharedCommit()
        return self._group

    async def _take_back(self, group: "_SharedCommit", error: BaseException) -> None:
        """Undo what one did; all of the group, if it is the first or SQLite has given the transaction up."""
        if group.commit and self._writes.in_transaction:
            self._writes.execute("rollback to one")
            self._writes.execute("release one")  # "rollback to" empties a savepoint and leaves it open
            return
        self._group = None
        group.fail(error)
        await self._roll_back()

    async def _roll_back(self) -> None:
        # By the thread, for a "begin" or "commit" whose caller was cancelled may still run there: this comes after it.
        # If nothing has begun it does nothing.
        await asyncio.shield(self._writer.rollback())

    async def _commit(self, group: "_SharedCommit") -> None:
        async with self._lock:
            if self._group is not group:  # all of it was taken back meanwhile
                return
            self._group = None
            try:
                await self._writer.execute_fetchall("commit")
            except Exception as error:  # noqa: BLE001  # whatever it is, it is all of theirs
                group.fail(error)
                await self._roll_back()
            else:
                if group.shreds:
                    await self._cut_log()
                group.done.set_result(None)

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        return nullcontext(self._reading)

    async def writes_end(self, seconds: float) -> bool:  # noqa: ARG002  # the protocol's
        # Whoever asks has written: nobody else was amid a transaction then.
        return True

    async def at_risk(self) -> str:
        return ""  # synchronous = full

    async def tidy(self) -> None:
        async with self._lock:
            await self._cut_log()

    async def _cut_log(self) -> None:
        # The transaction stands, whatever comes of this; the next one cuts the log as well. So nobody waits for long
        # where somebody reads for long, such as a program that copies the log elsewhere.
        with suppress(sqlite3.Error):
            for pragma in (_IMPATIENT, "pragma wal_checkpoint(truncate)", _PATIENT):
                await self._writer.execute_fetchall(pragma)

    async def close(self) -> None:
        for connection in (self._writer, self._reader):
            await connection.close()


_Pair = tuple[aiosqlite.Connection, sqlite3.Connection]  # the same connection, by way of a thread and without


async def _connect(path: str, *pragmas: str) -> _Pair:
    at_once = sqlite3.connect(path, isolation_level=None, cached_statements=512, check_same_thread=False)
    connection = await aiosqlite.Connection(lambda: at_once, iter_chunk_size=64)
    try:
        for pragma in pragmas:
            await _patiently(connection, pragma)
    except BaseException:
        await connection.close()
        raise
    return connection, at_once


async def _patiently(connection: aiosqlite.Connection, pragma: str) -> None:
    # A new file becomes one with a write-ahead log by a lock that is had at once or not at all: two that open it wait
    # for each other otherwise, so SQLite's own patience is not asked.
    ends = time.monotonic() + _OPENING
    while True:
        try:
            await connection.execute_fetchall(pragma)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
        else:
            return
        await asyncio.sleep(0.03)


def _make_private(path: Path) -> None:
    # Before SQLite opens it, so that the write-ahead log inherits the mode.
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)

"""SQLite without threads: what aiosqlite's thread would do is done by steps of the loop. And a disk that fails."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any

import aiosqlite
from aiosqlite.core import set_exception, set_result

from bot.incoming.dispatcher import FLUSH
from tests.simulation.loop import PROCESS
from tests.simulation.machine import Process
from tests.simulation.weather import DiskFailure

Work = tuple["asyncio.Future[Any] | None", Callable[[], Any]]

BUSY_SECONDS = 5.0  # as the bot's own pragma says
LOOK_AGAIN = 0.02
FULL, IOERR, BUSY = sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY
SAYS = {
    FULL: ("SQLITE_FULL", "database or disk is full"),
    IOERR: ("SQLITE_IOERR", "disk I/O error"),
    BUSY: ("SQLITE_BUSY", "database is locked"),
}
# Waiting is virtual. And no power is cut here: what a killed process has written, the others see.
PRAGMAS = {
    "pragma synchronous = full": "pragma synchronous = off",
    **dict.fromkeys(("pragma busy_timeout = 5000", "pragma busy_timeout = 100"), "select 1"),
}


def failure(code: int) -> sqlite3.OperationalError:
    """SQLite's error."""
    name, words = SAYS[code]
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


def _process() -> Process | None:
    process = PROCESS.get()
    return process if isinstance(process, Process) else None


class Drive(sqlite3.Connection):
    """A process's connection. It is closed when that is killed, and fails when the weather says so."""

    def __init__(self, database: str, **options: Any) -> None:
        super().__init__(database, **(options | {"timeout": 0}))  # or it would wait in earnest
        self._process = _process()
        if self._process:
            self._process.drives.append(self)

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        trouble = self._trouble(statement)
        found = super().execute(PRAGMAS.get(statement, statement), *values)
        if trouble:
            raise failure(trouble.code)
        return found

    def executemany(self, statement: str, values: Any) -> sqlite3.Cursor:
        self._trouble(statement)
        return super().executemany(statement, values)

    def _trouble(self, statement: str) -> DiskFailure | None:
        """Fail before a statement is carried out; or return how it fails afterwards."""
        trouble = self._process.machine.weather.disk(statement) if self._process else None
        if trouble and self._process:
            self._process.failed_at = asyncio.get_running_loop().time()
        if trouble is None or trouble.is_done:
            return trouble
        if trouble.is_all and self.in_transaction:
            self.rollback()  # as SQLite does by itself, savepoints and all
        raise failure(trouble.code)


class Steps:
    """In place of the queue to aiosqlite's thread: one thing after the other, each at a step of its own."""

    def __init__(self) -> None:
        self._waiting: deque[Work] = deque()
        self._since = 0.0

    def put_nowait(self, work: Work) -> None:
        self._waiting.append(work)
        if len(self._waiting) == 1:
            self._begin()

    def _begin(self) -> None:
        loop, process = asyncio.get_running_loop(), _process()
        self._since = loop.time()
        loop.call_later(process.machine.weather.disk_pause() if process else 0, self._work)

    def _work(self) -> None:
        loop, (future, function) = asyncio.get_running_loop(), self._waiting[0]
        tell: Callable[[asyncio.Future[Any], Any], None] = set_result
        if (process := _process()) and loop.time() - self._since > FLUSH:
            process.failed_at = loop.time()  # who is told to stop waits no longer for its disk
        try:
            result = function()
        except BaseException as error:  # noqa: BLE001  # as aiosqlite's thread does
            code = getattr(error, "sqlite_errorcode", 0)
            if code & 0xFF == BUSY and loop.time() - self._since < BUSY_SECONDS:
                loop.call_later(LOOK_AGAIN, self._work)
                return
            tell, result = set_exception, error
        if future:
            loop.call_soon(tell, future, result)
        self._waiting.popleft()
        if self._waiting:
            self._begin()


class _NoThread:
    def start(self) -> None: ...


class Connection(aiosqlite.Connection):
    """aiosqlite's own, but for the thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        replaced: Any = self
        replaced._tx, replaced._thread = Steps(), _NoThread()

    def __del__(self) -> None: ...  # who was killed closes nothing

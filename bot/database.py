"""The register, opened for the bot and for each command; what stands in the way is told in the same sentences."""

import asyncio
import errno
import gc
import logging
import os
import pwd
import random
import ssl
import stat
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from bot import addresses, logs
from bot.config import Settings, WrongSettings
from bot.disk import BEGINS
from bot.retry import Backoff
from storage import Storage, compat, district, is_transient, migrate, open_storage
from storage.db.migrate import available, is_anothers, version_of
from storage.workflow import Workflow

# What may be over a little later, by the beginning of SQLite's own name for it, or by the number of a failed open.
SQLITE_PASSES = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_PROTOCOL")
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
OPEN_PASSES = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE}
# PostgreSQL's codes. A prepared statement that is gone, or is another's: one connection of the server had many users.
POOLED = {"26000", "42P05"}
UNKNOWN = {"42704"}  # an option behind the ? of the address
TAKEN = {"42P07"}  # a table of that name is there already, and not ours
NOT_ALLOWED = {"42501", "3F000"}  # to make tables, for whoever does not own the database
HANGS = 10.0  # seconds for two connections at once; behind a pooler that has but one the second would wait for ever
log = logging.getLogger(__name__)
ANOTHER_FILE = "name another file; this one was left as it is"
A_FOLDER = "name a file in a folder where the bot may write"


class Away(WrongSettings):
    """The database cannot be asked just now; a little later it may be there."""


@asynccontextmanager
async def opened(settings: Settings, *, new: bool = True) -> AsyncIterator[Storage]:
    """The register; a new one if there is none and it may be `new`. Raises WrongSettings if it cannot be used."""
    register = await _open(settings, new=new)
    try:
        yield register
    except Exception as error:
        raise trouble(settings, error) or error from error
    finally:
        await register.close()


@asynccontextmanager
async def fitting(settings: Settings, now: int) -> AsyncIterator[Storage]:
    """The register that is there, if this code fits it as it is. Raises WrongSettings if not."""
    async with opened(settings, new=False) as register:
        await same_version(register, now)
        yield register


async def awaited(settings: Settings, workflow: Workflow, now: Callable[[], int]) -> Storage:
    """As `prepared`, but what may pass is waited for, however long it takes."""
    backoff = Backoff(random.random)
    for tries in count():
        try:
            return await prepared(settings, workflow, now())
        except Away as away:
            gc.enable()  # switched off for the start, which takes a while now
            log.warning("waiting for the database", extra={"reason": str(away), "tries": tries})
        await asyncio.sleep(backoff.pause(tries))
    raise AssertionError


async def prepared(settings: Settings, workflow: Workflow, now: int) -> Storage:
    """The register as the bot needs it: at this version, fit for the district file, on connections of its own.

    Raises Away, WrongSettings, WrongFile or TooNew.
    """
    look_at(settings)
    if (file := settings.database_file) and not (file.exists() and file.stat().st_size):
        log.warning("a new database is made", extra={"file": str(file.absolute())})
    register = await _open(settings)
    try:
        await migrate(register, now)
        await fits(register, workflow)
    except BaseException as error:  # also if it is cancelled: the process would not end
        await register.close()
        if isinstance(error, Exception):
            raise trouble(settings, error) or error from error
        raise
    return register


async def _open(settings: Settings, *, new: bool = True) -> Storage:
    look_at(settings, new=new)
    try:
        register = await open_storage(settings.database_url)
        if not register.remote or await _is_direct(register):
            return register
        log.warning("a pooler shares the connections to the database, so each query is prepared anew")
        return await open_storage(settings.database_url, is_shared=True)
    except WrongSettings:
        raise
    except Exception as error:
        raise trouble(settings, error) or _unusable(settings, error) from error


async def fits(register: Storage, workflow: Workflow) -> None:
    """Raises WrongFile if something in the register has no place in the district file any more."""
    async with register.reading() as tx:
        if gone := await compat.misfits(tx, workflow):
            raise district.WrongFile("\n".join(gone))


async def _is_direct(register: Storage) -> bool:
    """False, and closes it, if what is prepared on a connection is gone at the next query, as behind a pooler.

    Raises WrongSettings if that has but one connection to the server.
    """
    try:
        async with asyncio.timeout(HANGS), register.reading() as one:
            await one.clock()
            # It takes the server's connection that the first has just left; the first has to take another.
            async with register.transaction() as two:
                await two.clock()
                await one.clock()
    except BaseException as error:
        await register.close()
        if isinstance(error, TimeoutError):
            raise _pooled() from error
        if isinstance(error, Exception) and _code(error) in POOLED:
            return False
        raise
    return True


async def version(register: Storage, now: int) -> tuple[int, int]:
    """The migrations applied, 0 for an empty database, and those this code knows."""
    await migrate(register, now, upto=0)  # nothing but the book of migrations, so that it can be asked
    async with register.reading() as tx:
        return await version_of(tx), available()[-1][0]


async def not_newer(register: Storage, now: int) -> None:
    """Raises WrongSettings if the database is of a newer version than the code."""
    present, known = await version(register, now)
    if present > known:
        await same_version(register, now)


async def same_version(register: Storage, now: int) -> None:
    """Raises WrongSettings unless database and code fit together as they are."""
    present, known = await version(register, now)
    if present != known:
        mend = "run jekduk migrate" if present < known else "start a newer version of the bot"
        raise WrongSettings(f"the database is at version {present}, this code knows {known}; {mend}")


# A file, before SQLite has touched it


def look_at(settings: Settings, *, new: bool = True) -> None:
    """Raises WrongSettings for a file that cannot be the register, or that would have to be made and may not."""
    if file := settings.database_file:
        try:
            _look_at(file.absolute(), new=new)
        except OSError as error:
            raise _wrong(f"{file.absolute()}: {error.strerror}", A_FOLDER) from error


def _look_at(file: Path, *, new: bool) -> None:
    if not new and not file.exists():
        raise WrongSettings(f"DATABASE_URL: there is no {file}; type this in the folder where the bot runs")
    for part in filter(Path.exists, parts(file)):
        if not os.access(part, os.R_OK | os.W_OK):
            owner, me = _name(part.stat().st_uid), _name(os.geteuid())
            mend = f"chmod u+rw {file}*" if owner == me else f"as root: chown {me} {file}*"
            raise _wrong(f"{part} is {owner}'s, and {me} may not write it", mend)
    folder = next(place for place in file.parents if place.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _wrong(f"{_name(os.geteuid())} may not write in {folder}", A_FOLDER)
    if not file.exists():
        # There are folders, such as those of /proc, in which nobody may: one has to try.
        tempfile.TemporaryFile(dir=folder).close()
    if file.exists():
        _look_inside(file)


def _look_inside(file: Path) -> None:
    if not stat.S_ISREG(file.stat().st_mode):
        raise _wrong(f"{file} is no file", A_FOLDER)
    if not _is_register(file):
        raise _wrong(f"{file} is no database", ANOTHER_FILE)
    if is_anothers(file):
        raise _wrong(f"{file} is another program's database", ANOTHER_FILE)


def parts(file: Path) -> tuple[Path, Path, Path]:
    """The files of which an SQLite database consists while it is open: the newest commits are in the second."""
    return file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")


def _is_register(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(BEGINS)) in {BEGINS, b""}


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


# What an error means for whoever set it up


def trouble(settings: Settings, error: Exception) -> WrongSettings | None:
    """Away if it may pass, WrongSettings if somebody must mend it; None if it is not the database's."""
    code = _code(error)
    if code in POOLED:
        return _pooled()
    if code in UNKNOWN:
        return _wrong(_told(settings, error), "leave out the option behind the ? that the server does not know")
    if code in TAKEN:
        return _wrong(_told(settings, error), "name a database that no other program uses")
    if code in NOT_ALLOWED:
        mend = "have its owner let the user make tables in it (grant create on schema public to …)"
        return _wrong(_told(settings, error), mend)
    if isinstance(error, WrongSettings) or not (is_transient(error) or isinstance(error, OSError)):
        return None
    return _unusable(settings, error)


def _unusable(settings: Settings, error: Exception) -> WrongSettings:
    kind = Away if _passes(settings, error) else WrongSettings
    if getattr(error, "sqlite_errorname", "").startswith(DAMAGED):
        mend = "the file is damaged; put a backup in its place with the command restore"
    elif settings.database_file:
        mend = f"{A_FOLDER}, on a disk with room"
    elif kind is Away:
        mend = "see whether the server runs, and whether host and port are right"
    else:
        mend = f"see whether user, password and name are right, and whether it lets us; {addresses.ENCODE}"
    return kind(_wrong(_told(settings, error), mend).faults[0])


def _wrong(reason: str, mend: str) -> WrongSettings:
    return WrongSettings(f"DATABASE_URL: the database cannot be used ({reason}); {mend}")


def _pooled() -> WrongSettings:
    reason = "a pooler such as PgBouncer gives out too few connections to the server"
    return _wrong(reason, "let it have several (default_pool_size = 8), or name the server itself")


def _passes(settings: Settings, error: Exception) -> bool:
    if name := getattr(error, "sqlite_errorname", ""):
        return str(name).startswith(SQLITE_PASSES)
    if isinstance(error, OSError) and settings.database_file:
        return error.errno in OPEN_PASSES
    if isinstance(error, ssl.SSLError | PermissionError) or "SSL" in str(error):
        return False
    # asyncpg's word for what it cannot read in an address is a ValueError too.
    return isinstance(error, OSError) or (is_transient(error) and not isinstance(error, ValueError))


def _told(settings: Settings, error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return type(error).__name__  # its words may quote what they could not read
    reason = getattr(error, "strerror", None) or logs.told(error)
    for secret in addresses.secrets(settings.database_url):
        reason = reason.replace(secret, "…")
    return reason


def _code(error: Exception) -> str:
    return getattr(error, "sqlstate", None) or ""

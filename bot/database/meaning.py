"""What an error of the database means for whoever set it up: what to mend, or that it may pass."""

import errno
import os
import socket
import ssl

from bot import addresses, logs
from bot.config import Settings, WrongSettings
from storage import is_transient
from storage.db.migrate import WrongTables
from storage.db.postgres import POOLED

# What may be over a little later, by the beginning of SQLite's own name for it, or by the number of a failed open. What
# could be seen of a file that cannot be opened was looked at before: then its log cannot be made, on a full disk.
LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED")
SQLITE_PASSES = (*LOCKED, "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_PROTOCOL", "SQLITE_CANTOPEN")
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
OPEN_PASSES = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE}
# PostgreSQL's codes.
UNKNOWN = {"42704"}  # an option behind the ? of the address
LETTERS = {"22P05"}  # that the database cannot hold
TAKEN = {"42P07"}  # a table of that name is there already, and not ours
NOT_ALLOWED = {"42501", "3F000"}  # to make tables, for whoever does not own the database
REFUSED = ("28", "3D")  # how codes begin that are about user, password or name: at a start they are taken for mistakes
A_FOLDER = "name a file in a folder where the bot may write"
MOVE_IT = "move it away, with its -wal and -shm"
MOUNT_IT = "see why (dmesg tells), and mount it for writing"


class Away(WrongSettings):
    """The database cannot be asked just now; a little later it may be there."""


def trouble(settings: Settings, error: Exception) -> WrongSettings | None:
    """Away if it may pass, WrongSettings if somebody must mend it; None if it is not the database's."""
    if isinstance(error, WrongTables):
        place = (
            f"{MOVE_IT}, and put a backup in its place" if settings.database_file else "put a backup in an empty one"
        )
        reason = f"its tables are not those that the bot made: {logs.told(error).partition(': ')[2]}"
        return wrong(reason, f"put that right, or {place} with the command restore")
    code = code_of(error)
    if code in POOLED:
        return pooled()
    if code in UNKNOWN:
        return wrong(_told(settings, error), "leave out the option behind the ? that the server does not know")
    if code in LETTERS:
        return wrong(_told(settings, error), "make it with createdb -T template0 -E UTF8")
    if code in TAKEN:
        return wrong(_told(settings, error), "name a database that no other program uses")
    if code in NOT_ALLOWED:
        mend = "have its owner let the user make tables in it (grant create on schema public to …)"
        return wrong(_told(settings, error), mend)
    if isinstance(error, WrongSettings) or not (is_transient(error) or isinstance(error, OSError)):
        return None
    return unusable(settings, error)


def unusable(settings: Settings, error: Exception) -> WrongSettings:
    """Away if it may pass, WrongSettings if not: it could not be opened, or asked."""
    if not settings.database_file and _is_of_library(error) and (fault := addresses.misread(os.environ)):
        return wrong(_told(settings, error), fault)
    kind = Away if _passes(settings, error) else WrongSettings
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(DAMAGED):
        mend = f"the file is damaged; {MOVE_IT}, and put a backup in its place with the command restore"
    elif name.startswith(LOCKED):
        mend = "see which other program has it open, and end that"
    elif getattr(error, "errno", None) == errno.EROFS:  # after an error of the disk, which its mount does not tell of
        mend = MOUNT_IT
    elif settings.database_file:
        mend = f"{A_FOLDER}, on a disk with room"
    elif kind is Away:
        mend = "see whether the server runs, and whether host and port are right"
    else:
        mend = f"see whether user, password and name are right, and whether it lets us; {addresses.ENCODE}"
    return kind(wrong(_told(settings, error), mend).faults[0])


def wrong(reason: str, mend: str) -> WrongSettings:
    """Why the database cannot be used, and what is to be done about it."""
    return WrongSettings(f"DATABASE_URL: the database cannot be used ({reason}); {mend}")


def pooled() -> WrongSettings:
    """A pooler leaves us too few connections."""
    reason = "a pooler such as PgBouncer gives out too few connections to the server"
    return wrong(reason, "let it have several (default_pool_size = 8), or name the server itself")


def _is_of_library(error: Exception) -> bool:
    """True if neither server nor network have said it: what it was to read could not be read, or is not there."""
    return not code_of(error) and not isinstance(error, ConnectionError | TimeoutError | socket.gaierror)


def _passes(settings: Settings, error: Exception) -> bool:
    if name := getattr(error, "sqlite_errorname", ""):
        return str(name).startswith(SQLITE_PASSES)
    if isinstance(error, OSError) and settings.database_file:
        return error.errno in OPEN_PASSES
    if isinstance(error, ssl.SSLError | PermissionError) or "SSL" in str(error) or code_of(error).startswith(REFUSED):
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


def code_of(error: Exception) -> str:
    """PostgreSQL's code; empty if it is not from there."""
    return getattr(error, "sqlstate", None) or ""

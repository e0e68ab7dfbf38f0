"""What an error of the database means for whoever set it up: what to mend, or that it may pass."""

import errno
import os
import socket
import ssl
from pathlib import Path

from bot import addresses, logs
from bot.config import Settings, WrongSettings
from bot.database import library_files
from bot.database.library import misread
from storage import is_transient
from storage.db.migrate import WrongTables
from storage.db.postgres import POOLED

# What may be over a little later, by the beginning of SQLite's own name for it, or by the number of a failed open. What
# could be seen of a file that cannot be opened was looked at before: then its log cannot be made, on a full disk.
LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED")
SQLITE_PASSES = (*LOCKED, "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_PROTOCOL", "SQLITE_CANTOPEN")
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
OPEN_PASSES = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE}
# PostgreSQL's codes, and what is to be done.
MENDS = {
    "42704": "leave out the option behind the ? that the server does not know",
    "22P05": "make it with createdb -T template0 -E UTF8",  # it cannot hold every letter
    "42P07": "name a database that no other program uses",  # a table of that name is there already, and not ours
}
MAKE = "have its owner let the user make tables in it (grant create on schema public to …)"
NOT_ALLOWED = {"42501", "3F000"}  # to make tables, for whoever does not own the database; or to use those there are
OWN = "have their owner give the user the tables that are there (reassign owned by … to …, or alter table … owner to …)"
# What they mean before anything was asked.
MAY_NOT = "42501"  # enter, or have what stands behind the ?
OPTIONS = {"22023", "42601", "55P02"}  # a value of one, what stands in options=, one of the server as a whole
LEAVE_OUT = "leave out, or mend, what stands behind the ? of the address and is named there"
ENTER = "have its owner let the user in (grant connect on database … to …), or leave out what is named behind the ?"
PROTOCOL = "08P01"  # also a pooler's word for an option that it does not pass on
READ_ONLY = "25006"
UNREACHED = "08"  # how those codes begin that the library gives by itself
NO_PASSWORD = "28P01"  # noqa: S105  # a code of the server; a wrong one has it, too
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
    if code in MENDS:
        return wrong(_told(settings, error), MENDS[code])
    if code in NOT_ALLOWED:
        is_of_tables = code == MAY_NOT and "schema" not in str(error)  # as after a restore by another user
        return wrong(_told(settings, error), OWN if is_of_tables else MAKE)
    if isinstance(error, WrongSettings) or not (is_transient(error) or isinstance(error, OSError)):
        return None
    return unusable(settings, error)


def refused(settings: Settings, error: Exception) -> WrongSettings | None:
    """What a server says of an address before anything was asked of it; None if it means what it always does."""
    code = code_of(error)
    if code == MAY_NOT:
        return wrong(_told(settings, error), ENTER)
    if code in OPTIONS or (code == PROTOCOL and "startup" in str(error)):
        return wrong(_told(settings, error), LEAVE_OUT)
    return None


def unusable(settings: Settings, error: Exception) -> WrongSettings:
    """Away if it may pass, WrongSettings if not: it could not be opened, or asked."""
    if fault := _of_library(settings, error):
        return wrong(_told(settings, error), fault)
    kind = Away if _passes(settings, error) else WrongSettings
    if settings.database_file:
        mend = _of_file(settings.database_file, error, passes=kind is Away)
    elif _is_of_tls(error):
        mend = _of_tls(error)
    else:
        mend = _of_server(error, passes=kind is Away)
    return kind(wrong(_told(settings, error), mend).faults[0])


def _of_file(file: Path, error: Exception, *, passes: bool) -> str:
    """What is to be done about what a file or its disk answers."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(DAMAGED):
        return f"the file is damaged; {MOVE_IT}, and put a backup in its place with the command restore"
    if name.startswith(LOCKED):
        return "see which other program has it open, and end that"
    if getattr(error, "errno", None) == errno.EROFS:  # after an error of the disk, which its mount does not tell of
        return MOUNT_IT
    if passes and not _is_empty(file):  # under another name a new register would begin
        return "make some room on its disk, or see what else is wrong there (df -h, df -i and dmesg tell)"
    return f"{A_FOLDER}, on a disk with room"


def _is_empty(file: Path) -> bool:
    """Whether nothing is lost without it; an ill disk does not say."""
    try:
        return file.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _of_tls(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            "see whether its certificate is for the host of the address and still good, by the clock of this machine, "
            "and whether sslrootcert names that of whoever issued it"
        )
    asked = "as sslmode, and the versions of it that are written, ask for"
    return f"see whether PostgreSQL is at that host and port, and whether it speaks TLS (ssl = on) {asked}"


def _of_server(error: Exception, *, passes: bool) -> str:
    code = code_of(error)
    if code == READ_ONLY:
        return "name the server that can be written; or have default_transaction_read_only taken back"
    if "target attribute" in str(error):
        return "wait until a host is as target_session_attrs asks, which has to be any, primary or read-write: we write"
    if passes and code and not code.startswith(UNREACHED):
        return "wait, or have whoever looks after the server see why"
    if passes:
        return "see whether the server runs, and whether host and port are right"
    return f"see whether user, password and name are right, and whether it lets us; {addresses.ENCODE}"


def unseen(settings: Settings, file: Path, error: OSError) -> WrongSettings:
    """The same of an error at a look at a file, before anything is opened."""
    if error.errno in OPEN_PASSES:
        return unusable(settings, error)
    return wrong(f"{file}: {error.strerror}", A_FOLDER)


def wrong(reason: str, mend: str) -> WrongSettings:
    """Why the database cannot be used, and what is to be done about it."""
    return WrongSettings(f"DATABASE_URL: the database cannot be used ({reason}); {mend}")


def pooled() -> WrongSettings:
    """A pooler leaves us too few connections."""
    reason = "a pooler such as PgBouncer gives out too few connections to the server"
    return wrong(reason, "let it have several (default_pool_size = 8), or name the server itself")


def _of_library(settings: Settings, error: Exception) -> str:
    """What PostgreSQL's library was to read and could not, as far as that explains it; nothing if it does not."""
    if settings.database_file or isinstance(error, ConnectionError | TimeoutError | socket.gaierror):
        return ""
    if code_of(error) not in {"", NO_PASSWORD}:
        return ""  # a server has said something else
    passwords = library_files.of_passwords(os.environ, settings.database_url)
    return passwords if code_of(error) else misread(os.environ, settings.database_url) or passwords


def _is_of_tls(error: Exception) -> bool:
    """True if no connection came of it. A server that gives a code was reached, and may have SSL in its words."""
    return not code_of(error) and (isinstance(error, ssl.SSLError) or "SSL" in str(error))


def _passes(settings: Settings, error: Exception) -> bool:
    if name := getattr(error, "sqlite_errorname", ""):
        return str(name).startswith(SQLITE_PASSES)
    if isinstance(error, OSError) and settings.database_file:
        return error.errno in OPEN_PASSES
    if isinstance(error, PermissionError) or _is_of_tls(error) or code_of(error).startswith(REFUSED):
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

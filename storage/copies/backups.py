"""Backups: a register in one file of SQLite, looked into before it has its name, and how many of them are kept."""

import asyncio
import errno
import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from storage.copies import encryption
from storage.copies.ends import SQLITE, SqliteEnd, in_thread, snapshot, version_in, whole
from storage.copies.rows import copy, must_agree
from storage.db import marks
from storage.db.migrate import TooNew
from storage.db.protocol import Storage
from storage.db.tables import Table, make, tables_of

MARK = "backup"  # when one was last made
ONE_OF_OURS = "name one that jekduk backup has made, and unpack what is packed"
LEFT = 86_400  # seconds after which a draft is that of a process that was killed
DRAFTS = (".jekduk-*.part", ".backup.*", ".opened.*", ".restored.*")
_NAME = re.compile(r"jekduk-\d{8}T\d{6}Z(?:-(?P<bot>[0-9]+))?\.db(\.age|\.gpg)?")
# What SQLite says of a disk on which it writes. A quota that is used up reaches us as SQLITE_IOERR_WRITE.
_NOT_WRITTEN = {
    sqlite3.SQLITE_FULL: (errno.ENOSPC, os.strerror(errno.ENOSPC)),
    sqlite3.SQLITE_IOERR_WRITE: (errno.EIO, f"{os.strerror(errno.EIO)}, or a quota is used up"),
    sqlite3.SQLITE_IOERR_FSYNC: (errno.EIO, os.strerror(errno.EIO)),
}


class NoBackup(ValueError):
    """A file that is no backup, or a damaged one."""


class Inside(NamedTuple):
    """What a backup holds: its schema, whose it is, when it was made (epoch ms, 0 if nobody knows), rows by table."""

    file: Path
    version: int
    bot: int | None
    made_at: int
    counts: Mapping[str, int]

    def __str__(self) -> str:
        many = {name: self.counts.get(name, 0) for name in ("document", "event", "person", "outbox")}
        told = ", ".join(f"{name} {count}" for name, count in many.items())
        return f"{self.file}: version {self.version}, rows: {told}"


class Whose(NamedTuple):
    """Backups in a folder, the oldest first: a register's own, and those that are nobody's, for they do not say whose
    they are where another has some, too. `others` are the numbers of such bots.
    """

    own: list[Path]
    others: str
    unsaid: list[Path]

    def __str__(self) -> str:
        unsaid = ", ".join(path.name for path in self.unsaid)
        return f"backups of bot {self.others}" + (f" and some that may be anybody's ({unsaid})" if unsaid else "")


async def backup(url: str, file: Path, now: int, recipients: str = "", *, says_whose: bool = False) -> Inside:
    """Copy a register that may be in use into a file. It is there whole or not at all. Its name may say whose it is.

    For `recipients` it is encrypted once it was looked into, and its name says so. What is plain lies beside the
    register meanwhile, never where the file comes to lie. Raises NoBackup if there is no register, TooNew, CopyDiffers,
    WrongKey, or OSError for the place of the file.
    """
    file = encryption.named(file, recipients) if recipients else file
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        await in_thread(_begin, draft)
        if recipients:
            with tempfile.TemporaryDirectory(prefix=".backup.", dir=_beside(url)) as place:
                inside = await _copied(url, plain := Path(place) / "register.db", now)
                await encryption.encrypt(plain, draft, recipients)
        else:
            inside = await _copied(url, draft, now)
        file = _of_bot(file, inside.bot) if says_whose else file
        await in_thread(put_in_place, draft, file)
    except sqlite3.OperationalError as error:
        if reason := _NOT_WRITTEN.get(error.sqlite_errorcode):  # the register is only read
            raise OSError(reason[0], reason[1], str(file.parent)) from error
        raise
    finally:
        await in_thread(_drop, draft)
    return inside._replace(file=file)


def _beside(url: str) -> Path | None:
    """The folder of a register in a file; None for one of a server."""
    return Path(url.removeprefix(SQLITE)).absolute().parent if url.startswith(SQLITE) else None


async def _copied(url: str, draft: Path, now: int) -> Inside:
    counted = await _fill(url, draft, now)
    try:
        inside = await in_thread(look_into, draft)
    except NoBackup as error:
        told = str(error).removeprefix(f"{draft}: ")
        raise NoBackup(f"the copy is damaged, and so may be the register itself: {told}") from error
    # One mark may have come to it: when it was made.
    must_agree({**counted, "mark": inside.counts["mark"]}, inside.counts)
    return inside


async def _fill(url: str, draft: Path, now: int) -> Mapping[str, int]:
    async with snapshot(url) as source:
        if not (version := await source.version()):
            raise NoBackup("there is no register yet that could be backed up")
        tables = tables_of(version)
        if isinstance(source, SqliteEnd):
            counted: Mapping[str, int] = {table.name: await source.count(table) for table in tables}
            await source.pages(draft)
        else:
            await in_thread(_make, draft, version)
            async with whole(f"{SQLITE}{draft}") as end:
                counted = await copy(source, end, tables)
    await in_thread(_mark, draft, now)
    return counted


# The disk of the backups may hang, as that of another machine does which is away. So all that touches it waits in a
# thread, and the bot goes on.


def _begin(draft: Path) -> None:
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _make(draft: Path, version: int) -> None:
    with closing(sqlite3.connect(draft)) as target:
        make(target, version)


def _mark(draft: Path, now: int) -> None:
    with closing(sqlite3.connect(draft)) as target, target:
        target.execute("insert or replace into mark (name, at) values (?, ?)", (MARK, now))


def _drop(draft: Path) -> None:
    draft.unlink(missing_ok=True)


@contextmanager
def reading(file: Path) -> Iterator[sqlite3.Connection]:
    """A backup to be read, without a trace beside it. Raises NoBackup for what is none, OSError for no file."""
    file.open("rb").close()
    alone = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro{alone}", uri=True)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise NoBackup(f"{file}: it cannot be read as a backup ({error}); {ONE_OF_OURS}") from error


def look_into(file: Path) -> Inside:
    """Open a backup and check all of it. Raises NoBackup, or TooNew for one of a newer version than we know."""
    with reading(file) as connection:
        version = version_in(connection)
        if version == 0:
            raise NoBackup(f"{file}: there is no register in it; {ONE_OF_OURS}")
        faults = connection.execute("pragma integrity_check(1)").fetchall()
        faults = [] if faults == [("ok",)] else faults
        faults += connection.execute("pragma foreign_key_check").fetchmany(1)
        if faults:
            raise NoBackup(f"{file}: it is damaged ({faults[0][0]})")
        counts = {table.name: connection.execute(table.count).fetchone()[0] for table in _known(file, version)}
        known = dict(
            connection.execute("select name, at from mark where name in (?, 'bot', 'poll')", (MARK,)).fetchall()
        )
    bot = known.get("bot")
    if not isinstance(bot, int | None):
        raise NoBackup(f"{file}: it does not say by a number which bot's it is")
    made_at = marks.moment(known.get(MARK)) or marks.moment(known.get("poll")) or 0
    return Inside(file, version, bot, made_at, counts)


def _known(file: Path, version: int) -> tuple[Table, ...]:
    try:
        return tables_of(version)
    except TooNew as error:
        raise TooNew(f"{file}: {error}") from None


def unpack(file: Path, draft: Path) -> None:
    """What is in a backup, as a database of its own that may be written. Raises NoBackup or FileExistsError."""
    _begin(draft)
    with reading(file) as source, closing(sqlite3.connect(draft)) as target:
        source.backup(target)


def put_in_place(draft: Path, file: Path) -> None:
    """Give a file that is complete its name: it is on the disk before anybody sees it."""
    for path in (draft, draft.parent):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
        if path == draft:
            draft.replace(file)


async def backup_into(url: str, folder: Path, keep: int, now: int, recipients: str = "") -> Inside:
    """One more backup in a folder, of which the newest `keep` stay. Another bot's, and other files, are left alone."""
    await asyncio.to_thread(_make_folder, folder)
    for place in filter(None, {folder, _beside(url)}):
        await asyncio.to_thread(_sweep, place)
    inside = await backup(url, folder / f"{stamp_of(now)}.db", now, recipients, says_whose=True)
    await asyncio.to_thread(_thin_out, folder, keep, inside.bot)
    return inside


def _make_folder(folder: Path) -> None:
    if link := leads_nowhere(folder):
        raise FileNotFoundError(errno.ENOENT, f"the link {link} leads nowhere", str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def leads_nowhere(path: Path) -> Path | None:
    """The link on the way to a file or folder at whose end nothing is, as where a disk is not mounted."""
    links = filter(Path.is_symlink, (path, *path.parents))
    return next((link for link in links if not link.exists()), None)


def _thin_out(folder: Path, keep: int, bot: int | None) -> None:
    for old in whose(folder, bot).own[:-keep]:
        with suppress(FileNotFoundError):
            old.unlink()


def _sweep(folder: Path) -> None:
    """Remove drafts that were left: whoever was forgotten since is still in them."""
    for draft in (path for pattern in DRAFTS for path in folder.glob(pattern)):
        if time.time() - draft.stat().st_mtime > LEFT:
            shutil.rmtree(draft) if draft.is_dir() else draft.unlink()


def mark_of(folder: Path) -> str:
    """The mark that says when a backup last came to lie with those that were made before it in this folder."""
    return f"{MARK} in {_told(folder)}"


def lone_mark_of(folder: Path) -> str:
    """The mark that says when one last came to lie in this folder without any of those."""
    return f"{MARK} in bare {_told(folder)}"


def _told(folder: Path) -> str:
    """Whole, and in letters that a database takes, whatever its name is made of."""
    return os.fsencode(folder.absolute()).decode(errors="backslashreplace")


async def is_bare(register: Storage, folder: Path) -> bool:
    """True if nothing is in a folder of what was made there before, as where a disk is not mounted."""
    async with register.reading() as tx:
        last = await marks.marked(tx, mark_of(folder))
    return last is not None and not await in_thread(_holds, folder, stamp_of(last))


def _holds(folder: Path, until: str) -> bool:
    return folder.is_dir() and any(path.name[: len(until)] <= until for path in in_folder(folder))


def stamp_of(now: int) -> str:
    """How the name of a backup begins that is made now, so that a later one comes behind it."""
    return f"jekduk-{datetime.fromtimestamp(now / 1000, UTC):%Y%m%dT%H%M%S}Z"


def _of_bot(file: Path, bot: int | None) -> Path:
    """The same with its bot's number behind the stamp, if it has one. Nothing else tells it of what is encrypted."""
    return file if bot is None else file.with_name(file.name.replace(".db", f"-{bot}.db", 1))


def in_folder(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def whose(folder: Path, bot: int | None) -> Whose:
    """Whose the backups in a folder are, for a register of this bot. What says it of none, as of old, is its own where
    there are no other's.
    """
    found = [(path, match["bot"]) for path in in_folder(folder) if (match := _NAME.fullmatch(path.name))]
    others = ", ".join(sorted({of for _, of in found if of and int(of) != bot}))
    own = [path for path, of in found if (int(of) == bot if of else not others)]
    return Whose(own, others, [path for path, of in found if others and not of])

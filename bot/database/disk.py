"""The disk on which the register lies: how much room is left, whether its file is still the one that was opened, and
whether it will be there after a restart.
"""

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bot.exits import ExitCode, Stop
from bot.logs import told

log = logging.getLogger(__name__)
MIB = 1024 * 1024
# Below both of them it is nearly full: a tenth of a large disk is plenty, and on a small one the bytes say little.
LOW, LOW_SHARE = 256 * MIB, 0.1
FEW = 100  # files that can still be made: with room for bytes alone SQLite cannot make its log, nor anybody a backup
LARGE = 64 * MIB  # SQLite writes its log back at 4 MiB, unless somebody reads what was there before
# How an SQLite file begins, and where it says how large a page is and how many there are (sqlite.org/fileformat).
BEGINS = b"SQLite format 3\0"
HEADER, PAGE_SIZE, PAGES = 100, slice(16, 18), slice(28, 32)
# Where the index of its log says, twice, how large a page is, how many are in the log, and by which salt it is known;
# and the log, how it begins and what stands before each page (sqlite.org/walformat).
INDEX, IN_LOG_SIZE, IN_LOG, IN_LOG_SALT = 48, slice(14, 16), slice(16, 20), slice(32, 40)
LOG_HEADER, BEFORE_PAGE, SALT = 32, 24, slice(16, 24)


class Room(NamedTuple):
    """Bytes left for us (what is root's alone does not count), of how many; and files, if the disk counts them."""

    free: int
    size: int
    files: int | None = None

    @property
    def is_low(self) -> bool:
        """True if little is left."""
        return self.free < min(LOW, self.size * LOW_SHARE) or self._has_few

    @property
    def _has_few(self) -> bool:
        return self.files is not None and self.files < FEW

    def __str__(self) -> str:
        return f"{self.free // MIB} MiB{f' and {self.files} files' if self._has_few else ''} free"


def room(file: Path) -> Room:
    """Of the disk on which a file lies or is to lie. Raises OSError if nobody knows."""
    place = next(place for place in (file, *file.absolute().parents) if place.exists())
    found = os.statvfs(place)
    files = found.f_favail if found.f_files else None
    return Room(found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize, files)


def room_of(file: Path | None) -> Room | None:
    """The same, if there is a file and somebody knows."""
    try:
        return room(file) if file else None
    except OSError:
        return None


class FileWatch:
    """Knows whether the files that were opened still stand under their names, and whole. SQLite does not notice: it
    goes on writing to one that was deleted, and reads much of one that was overwritten from memory.
    """

    def __init__(self, file: Path | None) -> None:
        # The third too: who opens the file later would make another one, and two that write know nothing of each other.
        parts = [file.absolute().with_name(f"{file.name}{end}") for end in ("", "-wal", "-shm")] if file else []
        self._seen: dict[Path, tuple[int, int] | None] = {part: _identity(part) for part in parts}
        # It stays open: when a process closes a file, it loses all its locks on it, those of SQLite as well.
        self._opened, self._long, self._is_blind = os.open(file, os.O_RDONLY) if file else None, 0, False
        self._index = os.open(parts[2], os.O_RDONLY) if file and parts[2].exists() else None  # as above
        self._log, self._too_large = (parts[1] if parts else None), LARGE

    def look(self) -> None:
        """Raises Stop if one was deleted, another one put into its place, or something else written into it.

        Who may not look, or whose disk is ill, knows nothing of harm: what is open goes on, or SQLite says that it does
        not.
        """
        try:
            self._look()
        except OSError as error:
            if not self._is_blind:
                log.warning("the database's file cannot be looked at", extra={"error": told(error)})
            self._is_blind = True
        else:
            self._is_blind = False

    def _look(self) -> None:
        for part, seen in self._seen.items():
            found = _identity(part)
            if seen is None:
                self._seen[part] = found
            elif found != seen:
                raise _gone(part, "replaced" if found else "deleted")
        if self._opened is not None:
            self._look_inside(self._opened, next(iter(self._seen)))
        if self._log and self._log.exists():
            self._look_at_log(self._log.stat().st_size)
            if self._index is not None:
                _look_into_log(self._log, self._index)

    def _look_at_log(self, size: int) -> None:
        """It grows until the disk is full, and what was deleted is in it."""
        if size > self._too_large:
            log.warning("another program keeps the database's log from being cut", extra={"mib": size // MIB})
            self._too_large = 2 * size
        elif size < LARGE:
            self._too_large = LARGE

    def _look_inside(self, opened: int, file: Path) -> None:
        header, size = os.pread(opened, HEADER, 0), os.fstat(opened).st_size
        if not header.startswith(BEGINS):
            raise _gone(file, "overwritten")
        page = int.from_bytes(header[PAGE_SIZE], "big")
        whole = (page if page > 1 else 1 << 16) * int.from_bytes(header[PAGES], "big")
        # While SQLite brings the file up to date it says how long it will be before it is; with a full disk for hours.
        if size < min(whole, self._long):
            raise _gone(file, "cut short")
        self._long = size


def _look_into_log(log: Path, opened_index: int) -> None:
    """One that is not as its index says was not cut by SQLite, which would write what it finds there into the file."""
    index = os.pread(opened_index, 2 * INDEX, 0)
    with log.open("rb") as opened:
        header, size = opened.read(LOG_HEADER), os.fstat(opened.fileno()).st_size
    if index[:INDEX] != index[INDEX:] or index != os.pread(opened_index, 2 * INDEX, 0):
        return  # somebody writes just now
    pages, page = int.from_bytes(index[IN_LOG], sys.byteorder), int.from_bytes(index[IN_LOG_SIZE], sys.byteorder)
    page = page if page > 1 else 1 << 16
    if pages and size < LOG_HEADER + pages * (BEFORE_PAGE + page):
        raise _gone(log, "cut short")
    if pages and header[SALT] != index[IN_LOG_SALT]:
        raise _gone(log, "overwritten")


def _gone(file: Path, harm: str) -> Stop:
    return Stop(ExitCode.DATABASE_GONE, f"{file} was {harm} while it was open")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def vanishing(url: str, environ: Mapping[str, str], home: Path = Path("/app")) -> str:
    """Why this database would be gone after a restart, as far as one can tell from here; else nothing."""
    if not url.startswith("sqlite"):
        return ""
    if "DYNO" in environ:
        return "DATABASE_URL: a dyno loses its files at every restart; add a PostgreSQL and name it here"
    folder = Path(os.path.realpath(url.removeprefix("sqlite:///"))).parent  # resolve() fails in a loop of links
    inside = [place for place in (folder, *folder.parents) if place.is_relative_to(home)]
    if inside and not any(place.is_mount() for place in inside):
        return f"DATABASE_URL: {folder} goes with its container; mount a volume there, or name a PostgreSQL"
    return ""

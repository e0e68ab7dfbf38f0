"""A file that is to be the register, looked at before SQLite has touched it."""

import os
import pwd
import tempfile
from pathlib import Path

from bot.config import Settings, WrongSettings
from bot.database.disk import BEGINS
from bot.database.meaning import A_FOLDER, MOUNT_IT, unseen, wrong
from storage.db.migrate import is_anothers

ANOTHER_FILE = "name another file, or move this one away; it was left as it is"
LONGEST = 512 - len("-journal")  # bytes of a path; SQLite says of more that it cannot open it, as of a full disk
VERSIONS = slice(18, 20)  # in the header of a file of SQLite: 1 without a log, 2 with one


def look_at(settings: Settings, *, new: bool = True) -> None:
    """Raises WrongSettings for a file that cannot be the register, or that would have to be made and may not."""
    if file := settings.database_file:
        try:
            _look_at(file.absolute(), new=new)
        except OSError as error:
            raise unseen(settings, file.absolute(), error) from error


def _look_at(file: Path, *, new: bool) -> None:
    look_at_links(file)
    if not new and not file.exists():
        raise WrongSettings(f"DATABASE_URL: there is no {file}; type this in the folder where the bot runs")
    folder = next(place for place in file.parents if place.exists())
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        raise wrong(f"the disk of {folder} can only be read", MOUNT_IT)
    if len(os.fsencode(os.path.realpath(file))) > LONGEST:
        raise wrong(f"the path to it is longer than {LONGEST} bytes", A_FOLDER)
    for part in filter(Path.exists, (*parts(file), file.with_name(f"{file.name}-journal"))):
        _look_at_part(part, file)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise wrong(f"{_name(os.geteuid())} may not write in {folder}", A_FOLDER)
    if not file.exists():
        # There are folders, such as those of /proc, in which nobody may: one has to try.
        tempfile.TemporaryFile(dir=folder).close()
    if file.exists():
        _look_inside(file)


def look_at_links(file: Path) -> None:
    """Raises WrongSettings for one on the way to a file that leads nowhere, as to what is not mounted."""
    for link in filter(Path.is_symlink, (file, *file.parents)):
        if not link.exists():  # that of the file itself was followed as far as it leads
            raise wrong(f"the link {link} leads nowhere", f"mount what it leads to, or {A_FOLDER}")


def _look_at_part(part: Path, file: Path) -> None:
    if not part.is_file():
        raise wrong(f"{part} is no file", A_FOLDER if part == file else f"delete {part.name}")
    if not os.access(part, os.R_OK | os.W_OK):
        owner, me = _name(part.stat().st_uid), _name(os.geteuid())
        mend = f"chmod u+rw {file}*" if owner == me else f"as root: chown {me} {file}*"
        raise wrong(f"{part} is {owner}'s, and {me} may not write it", mend)


def _look_inside(file: Path) -> None:
    if not may_be_register(file):
        raise wrong(f"{file} is no database", ANOTHER_FILE)
    _, log, index = parts(file)
    # SQLite writes into a file that it has a log before it makes one, and takes that back once the log is gone.
    if log.exists() and _has_no_log(file):
        mend = f"delete {log.name} and {index.name}, and another time type jekduk restore"
        raise wrong(
            f"{log} is of another register than {file}, a backup that was copied there, and would harm it", mend
        )
    if is_anothers(file):
        raise wrong(f"{file} is another program's database", ANOTHER_FILE)
    # SQLite makes the log before its index and removes it after it. Asked twice, lest it does so just now.
    if index.exists() and not log.exists() and index.exists():
        mend = (
            f"put it back; if nobody has it, delete {index.name}, to restore a backup or to go on without those steps"
        )
        raise wrong(f"{log} is gone, and the newest steps were in it", mend)


def parts(file: Path) -> tuple[Path, Path, Path]:
    """The files of which an SQLite database consists while it is open: the newest commits are in the second."""
    return file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")


def may_be_register(file: Path) -> bool:
    """Whether SQLite has written it, or nobody has written anything."""
    with file.open("rb") as opened:
        return opened.read(len(BEGINS)) in {BEGINS, b""}


def _has_no_log(file: Path) -> bool:
    """Whether it says itself that it has none, as backups do: by the versions to write and to read it."""
    with file.open("rb") as opened:
        return opened.read(VERSIONS.stop)[VERSIONS] == b"\x01\x01"


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"

"""Files that a command writes: each whole or not at all, and never in the place of the register."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.config import Settings, WrongSettings
from bot.database import sqlite_file
from storage.copies import encryption
from storage.db.migrate import is_anothers


def refuse_taken(settings: Settings, file: Path) -> None:
    """Raises WrongSettings for what is no file, for the database or what belongs to it, and where nobody may look."""
    register = settings.database_file
    try:
        if file.is_dir():
            raise WrongSettings(f"{file}: Is a directory; write the name of a file")
        if file.exists() and not file.is_file():  # a pipe would be waited for, and /dev/null would become a file
            raise WrongSettings(f"{file} is no file; write the name of one")
        if (real := _real(file)).is_symlink():
            raise WrongSettings(f"{file}: it is a link that leads to itself; write another file")
        if real in {_real(path) for path in (Path(".env"), settings.district_file) if path}:
            raise WrongSettings(f"{file} holds what the bot is set up with; write another name")
        if register and real in map(_real, sqlite_file.parts(register.absolute())):
            raise WrongSettings(f"{file} is the database itself; write another name")
    except OSError as error:
        raise WrongSettings(f"{file}: {error.strerror}; write another file") from None


def _real(file: Path) -> Path:
    """Where it leads; resolve() fails at a link that leads to itself."""
    return Path(os.path.realpath(file))


def refuse_anothers(file: Path, recipients: str) -> None:
    """Raises WrongSettings where a backup, encrypted if for `recipients`, would take the place of what is none."""
    file = encryption.named(file, recipients) if recipients else file
    if file.is_file() and not (_may_be_encrypted(file) if recipients else _may_be_backup(file)):
        raise WrongSettings(f"{file} is there already, and is no backup; write another name")


def _may_be_backup(file: Path) -> bool:
    return sqlite_file.may_be_register(file) and not is_anothers(file)


def _may_be_encrypted(file: Path) -> bool:
    with file.open("rb") as opened:
        return encryption.begins_so(opened.read(len(encryption.AGE)))


@contextmanager
def writing(settings: Settings, file: Path) -> Iterator[BinaryIO]:
    """The file, to be written; it has its name once all of it is there. Raises WrongSettings where it cannot be."""
    refuse_taken(settings, file)
    place = _real(file)  # a link stays one
    draft = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as opened:
            yield opened
        draft.replace(place)
    except (ConnectionError, TimeoutError):
        raise  # not about the file: the register was lost meanwhile
    except OSError as error:
        raise WrongSettings(f"{file}: {error.strerror or error}; write another file") from None
    finally:
        with suppress(OSError):  # where none could be made none can be deleted
            draft.unlink()

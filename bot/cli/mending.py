"""Mends what an operator would mend by typing what `check` says: files that others may read or that root took, a
folder that is not there, a register of an older version, what Telegram shows of the bot.
"""

import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from telegram.error import TelegramError

from bot import database
from bot.cli import connect
from bot.config import Settings, WrongSettings, read
from bot.database import sqlite_file
from storage import district, migrate

ENV = Path(".env")
OTHERS = 0o077  # what a file lets others do


def open_to_others(file: Path) -> bool:
    """True for a file that is there and that more than its owner may read."""
    return file.exists() and bool(file.stat().st_mode & OTHERS)


async def mend(now: int) -> AsyncIterator[str]:
    """What was mended, a sentence each. What cannot be mended is left to `check` to tell."""
    try:
        settings = read(token=False)
        for line in _files(settings):
            yield line
        if line := await _brought_up(settings, now):
            yield line
        if settings.token:
            await connect.describe(settings, district.load(settings.district_file))
            yield "Telegram: it shows what the bot is for, in each language of the district"
    except (WrongSettings, district.WrongFile, TelegramError, OSError):
        return


def _files(settings: Settings) -> Iterator[str]:
    if (folder := settings.backup_dir) and not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        yield f"{folder}: it was made"
    for path in (ENV, *_register(settings), *([folder] if folder else [])):
        with suppress(OSError), _opened(path) as opened:
            if path != folder and os.fstat(opened).st_mode & OTHERS:
                os.fchmod(opened, 0o600)
                yield f"{path}: its owner alone may read it"
            owner = path.absolute().parent.stat()
            is_roots = os.geteuid() == 0 and os.fstat(opened).st_uid == 0
            if is_roots and owner.st_uid != 0:
                os.fchown(opened, owner.st_uid, owner.st_gid)
                yield f"{path}: its owner is that of its folder"


def _register(settings: Settings) -> Sequence[Path]:
    """Its files; none where there is something else."""
    try:
        sqlite_file.look_at(settings)
    except WrongSettings:
        return ()
    return sqlite_file.parts(settings.database_file.absolute()) if settings.database_file else ()


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A file or folder itself: whoever owns its folder could have root give away what a link leads to."""
    opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        yield opened
    finally:
        os.close(opened)


async def _brought_up(settings: Settings, now: int) -> str:
    """Raises WrongSettings if the register is another bot's: neither that nor what ours says of itself is changed."""
    if settings.database_file and not settings.database_file.exists():
        return ""
    async with database.opened(settings) as register:
        present, known = await database.owned(register, settings, now)
        if not 0 < present < known:
            return ""
        await migrate(register, now)
    return f"the register: it is at version {known}, and was at {present}"

"""Puts a backup in the place of the register, and puts right what has happened since."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot import database, ownership
from bot.cli.register.alone import alone
from bot.config import Settings, WrongSettings
from storage import migrate, open_storage, people
from storage.copies import aftermath, backups, rows
from storage.copies.aftermath import Aftermath
from storage.copies.backups import Inside, NoBackup
from storage.db.migrate import TooNew

ASIDE = "before-restore.db"  # what was there before, in case somebody wants it back
Still = Callable[[], Awaitable[None]]


async def restore(settings: Settings, file: Path, now: int) -> str:
    """What was done, in sentences. Raises WrongSettings, NoBackup, TooNew or CopyDiffers; nothing has changed then."""
    try:
        backup = backups.look_into(file)
        if settings.token and backup.bot not in {None, ownership.account_of(settings.token)}:
            raise WrongSettings(f"{file}: it is bot {backup.bot}'s, and TELEGRAM_BOT_TOKEN is another's")
        return "\n".join(await _restore(settings, backup, now))
    except OSError as error:
        raise WrongSettings(f"{error.filename or file}: {error.strerror}") from None


async def _restore(settings: Settings, backup: Inside, now: int) -> list[str]:
    file = settings.database_file.absolute() if settings.database_file else None
    home = file.parent if file else settings.backup_dir or Path.cwd()
    draft, aside = home / f".restored.{os.getpid()}.db", home / ASIDE
    try:
        async with _nobody_else(settings, now) as still:
            backups.unpack(backup.file, draft)  # first, for it may be what the restore before has put aside
            later = list(_later(backup))
            if still:
                later.append(await backups.backup(settings.database_url, aside, now))
            done = await _put_right(draft, backup, later, now)
            if still:
                await still()
            if file is None:
                await rows.copy_all(f"sqlite:///{draft}", settings.database_url)
        if file:
            _put_in_place(draft, file, aside)
    finally:
        for part in database.parts(draft):
            part.unlink(missing_ok=True)
    return list(_told(backup, done, aside if still else None))


@asynccontextmanager
async def _nobody_else(settings: Settings, now: int) -> AsyncIterator[Still | None]:
    """No bot is on what is there now; None if no file is."""
    if settings.database_file and not settings.database_file.exists():
        yield None
        return
    async with database.opened(settings, new=False) as register:
        if (await database.version(register, now))[0] == 0 or register.remote:
            await migrate(register, now)
        await database.not_newer(register, now)
        async with alone(register, "restore") as still:
            yield still


def _later(backup: Inside) -> Iterator[Inside]:
    """Other backups beside it that were made later, the latest last."""
    for file in backups.in_folder(backup.file.absolute().parent):
        with suppress(NoBackup, TooNew):
            found = backups.look_into(file)
            if found.made_at > backup.made_at and found.bot == backup.bot:
                yield found


async def _put_right(draft: Path, backup: Inside, later: list[Inside], now: int) -> Aftermath:
    known = [aftermath.known_in(one, draft, people.FORGOTTEN) for one in later]
    register = await open_storage(f"sqlite:///{draft}")
    try:
        await migrate(register, now)
        async with register.transaction() as tx:
            return await aftermath.put_right(tx, backup, known, people.forget)
    finally:
        await register.close()


def _put_in_place(draft: Path, file: Path, aside: Path) -> None:
    """It is whoever's the database was, or its folder; and for nobody else to read."""
    owner = (file if file.exists() else file.parent).stat()
    for path in filter(Path.exists, (draft, aside)):
        if os.geteuid() == 0:
            os.chown(path, owner.st_uid, owner.st_gid)
    _, *logs = database.parts(file)
    for log in logs:
        log.unlink(missing_ok=True)  # what was in it is in the file that was put aside
    backups.put_in_place(draft, file)


def _told(backup: Inside, done: Aftermath, aside: Path | None) -> Iterator[str]:
    made_at = datetime.fromtimestamp(backup.made_at / 1000, UTC)
    yield f"restored {backup}, made {made_at:%Y-%m-%d %H:%M}Z"
    yield f"people forgotten again: {done.forgotten}"
    yield f"messages that were sent since, not sent again: {done.held_back}"
    if done.repeated:
        yield f"messages of which nobody knows, which will say that they may come twice: {done.repeated}"
    if aside:
        yield f"what was there before is in {aside}; delete it once all is well"

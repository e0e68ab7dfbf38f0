"""Puts a backup in the place of the register, and puts right what has happened since."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import database
from bot.cli.register import outfile
from bot.cli.register.alone import alone
from bot.config import Settings, WrongSettings
from bot.database import ownership, sqlite_file
from bot.database.meaning import MOVE_IT
from storage import migrate, open_storage, people
from storage.copies import aftermath, backups, encryption, rows
from storage.copies.aftermath import Aftermath, Since
from storage.copies.backups import Inside, NoBackup
from storage.copies.encryption import WrongKey
from storage.db import leases
from storage.db.migrate import TooNew

ASIDE = "before-restore.db"  # what was there before, in case somebody wants it back
DRY = "nothing was changed; without --dry-run:"
Still = Callable[[], Awaitable[None]]
Opens = Callable[[Path], AbstractAsyncContextManager[Path]]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What later backups know, and sentences about those that the key does not open."""

    known: list[Since] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


async def restore(
    settings: Settings, file: Path, now: int, identities: Sequence[Path] = (), *, dry: bool = False
) -> str:
    """What was done, in sentences; `identities` are files of keys that open what is encrypted.

    A `dry` one says what it would do, and changes nothing.

    Raises WrongSettings, NoBackup, WrongKey, TooNew or CopyDiffers; nothing has changed then.
    """
    outfile.refuse_taken(settings, file)
    if settings.database_file:
        sqlite_file.look_at_links(settings.database_file.absolute())
        if not (folder := settings.database_file.absolute().parent).exists():
            raise WrongSettings(f"DATABASE_URL: there is no folder {folder}; mount it, or make it for the bot's user")
    sqlite_file.look_at(settings)  # first, lest a folder in which nothing can be made is told as a fault of the backup
    try:
        with TemporaryDirectory(prefix=".opened.", dir=_home(settings, file)) as place:
            opens = partial(encryption.opened, place=Path(place), identities=identities)
            async with opens(file) as plain:
                backup = backups.look_into(plain)
                if settings.token and backup.bot not in {None, ownership.account_of(settings.token)}:
                    raise WrongSettings(f"{file}: it is bot {backup.bot}'s, and TELEGRAM_BOT_TOKEN is another's")
                return "\n".join(await _restore(settings, backup, file, opens, now, dry=dry))
    except OSError as error:
        raise WrongSettings(f"{error.filename or file}: {error.strerror}; name a backup that you may read") from None


def _home(settings: Settings, backup: Path) -> Path:
    """Where what is plain may lie: beside the register; for one of a server with the backups, unless those are not."""
    if settings.database_file:
        return settings.database_file.absolute().parent
    is_private = bool(settings.backup_recipient) or encryption.is_encrypted(backup)
    return Path.cwd() if is_private else settings.backup_dir or Path.cwd()


async def _restore(settings: Settings, backup: Inside, named: Path, opens: Opens, now: int, *, dry: bool) -> list[str]:
    file = settings.database_file.absolute() if settings.database_file else None
    home = _home(settings, named)
    draft = home / f".restored.{os.getpid()}.db"
    aside = draft.with_suffix(".before") if dry else home / ASIDE
    try:
        async with _nobody_else(settings, now, dry=dry) as still:
            backups.unpack(backup.file, draft)  # first, for it may be what the restore before has put aside
            found = backups.whose(named.parent, backup.bot)
            later = await _later(backup, sorted({*found.own, *found.unsaid} - {named}), opens)
            if still:
                before = await _put_aside(settings, aside, now)
                later.known.append(aftermath.known_in(before, draft, people.FORGOTTEN))
            done = await _put_right(draft, backup, later.known, now)
            if still:
                await still()
            if file is None and not dry:
                await rows.copy_all(f"sqlite:///{draft}", settings.database_url)
            if dry:
                return [DRY, *_told(backup._replace(file=named), done, None), *later.closed]
        if file:
            _put_in_place(draft, file, aside)
    finally:
        for part in (*sqlite_file.parts(draft), draft.with_suffix(".before")):
            part.unlink(missing_ok=True)
    return [*_told(backup._replace(file=named), done, aside if still else None), *later.closed]


async def _put_aside(settings: Settings, aside: Path, now: int) -> Inside:
    try:
        return await backups.backup(settings.database_url, aside, now)
    except NoBackup as error:
        raise WrongSettings(
            f"what is there now cannot be put aside: {error}; {MOVE_IT}, and restore once more"
        ) from None


@asynccontextmanager
async def _nobody_else(settings: Settings, now: int, *, dry: bool) -> AsyncIterator[Still | None]:
    """No bot is on what is there now, and it is no other bot's; None if nothing is there, or would be."""
    if settings.database_file and not settings.database_file.exists():
        yield None
        return
    async with database.opened(settings, new=False) as register:
        present, _ = await database.owned(register, settings, now)
        if dry and not present:
            yield None
            return
        if not present:
            await migrate(register, now)  # it has to hold a lease
        await database.not_newer(register, now)
        async with alone(register, "restore") as still:
            if register.remote and not dry:
                await migrate(register, now)  # its tables are filled anew; a file is replaced
            yield still
        if dry:
            async with register.transaction() as tx:
                await leases.end_all(tx)  # a bot may begin at once


async def _later(backup: Inside, others: Iterable[Path], opens: Opens) -> Witnesses:
    """Ask the other backups beside it that were made later, the latest last."""
    later = Witnesses()
    for file in others:
        if file.name < backups.stamp_of(backup.made_at):
            continue
        try:
            async with opens(file) as plain:
                found = backups.look_into(plain)
                if found.made_at > backup.made_at and found.bot == backup.bot:
                    later.known.append(aftermath.known_in(found, backup.file, people.FORGOTTEN))
        except (NoBackup, TooNew):
            pass
        except WrongKey as error:
            later.closed.append(f"{error}; what it knows, such as who asked to be forgotten, was not put right")
    return later


async def _put_right(draft: Path, backup: Inside, known: list[Since], now: int) -> Aftermath:
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
    _, *logs = sqlite_file.parts(file)
    for log in logs:
        log.unlink(missing_ok=True)  # what was in it is in the file that was put aside
    backups.put_in_place(draft, file)


def _told(backup: Inside, done: Aftermath, aside: Path | None) -> Iterator[str]:
    made_at = datetime.fromtimestamp(backup.made_at / 1000, UTC)
    yield f"restored {backup}, made {made_at:%Y-%m-%d %H:%M}Z"
    if done.lost is not None:
        steps, documents = done.lost
        yield f"steps that are lost, for they came later: {steps}, of so many documents: {documents}"
    yield f"people forgotten again: {done.forgotten}"
    if done.papers:
        yield f"receipts on paper whose filing is gone, to be filed again under their numbers: {done.papers}"
    yield f"messages that were sent since, not sent again: {done.held_back}"
    if done.repeated:
        yield f"messages of which nobody knows, which will say that they may come twice: {done.repeated}"
    if aside:
        yield f"what was there before is in {aside}; delete it once all is well"

"""The register, opened for the bot and for each command; what stands in the way is told in the same sentences."""

import asyncio
import gc
import logging
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

from bot.config import Settings, WrongSettings
from bot.database import library_files, ownership
from bot.database.meaning import Away, code_of, pooled, refused, trouble, unseen, unusable
from bot.database.sqlite_file import look_at
from bot.retry import Backoff
from storage import Storage, compat, district, migrate, open_storage
from storage.db.migrate import as_made, available, version_of
from storage.db.postgres import POOLED
from storage.db.tables import probe
from storage.workflow import Workflow

HANGS = 10.0  # seconds for two connections at once; behind a pooler that has but one the second would wait for ever
log = logging.getLogger(__name__)


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
    """The register that is there, if it is this bot's and the code fits it as it is. Raises WrongSettings if not."""
    async with opened(settings, new=False) as register:
        await owned(register, settings, now)
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
    begun = begun_anew(settings)
    register = await _open(settings)
    try:
        present, _ = await owned(register, settings, now)
        if register.remote and not present:
            _must_not_be_lost(settings, "the database")
        await migrate(register, now)
        await fits(register, workflow)
        if begun:
            log.warning("a new database is made", extra={"file": begun})
        if settings_there := await register.at_risk():
            log.warning("a crash of the database's server may lose what was done last", extra={"set": settings_there})
    except BaseException as error:  # also if it is cancelled: the process would not end
        await register.close()
        if isinstance(error, Exception):
            raise trouble(settings, error) or error from error
        raise
    return register


def begun_anew(settings: Settings) -> str:
    """The file in which a register will be begun; nothing if it holds one, or no file does. Raises WrongSettings if
    there are backups of one that is lost, or none can see whether there is one.
    """
    if (file := settings.database_file) is None:
        return ""
    try:
        if file.exists() and file.stat().st_size:
            return ""
    except OSError as error:
        raise unseen(settings, file.absolute(), error) from error
    _must_not_be_lost(settings, str(file.absolute()))
    return str(file.absolute())


def _must_not_be_lost(settings: Settings, place: str) -> None:
    folder = settings.backup_dir
    if folder is None or not folder.is_dir():
        return
    from storage.copies.backups import in_folder  # noqa: PLC0415  # most need not load what copies a register

    if in_folder(folder):
        raise WrongSettings(
            f"DATABASE_URL: there is nothing in {place}, and backups of a register are in {folder}; mount its disk, or "
            "restore one of them; to begin anew all the same, type jekduk migrate"
        )


async def _open(settings: Settings, *, new: bool = True) -> Storage:
    look_at(settings, new=new)
    if settings.database_file is None and (fault := library_files.of_services(os.environ, settings.database_url)):
        raise WrongSettings(f"DATABASE_URL: {fault}")
    try:
        register = await open_storage(settings.database_url)
        if not register.remote or await _is_direct(register):
            return register
        log.warning("a pooler shares the connections to the database, so each query is prepared anew")
        return await open_storage(settings.database_url, is_shared=True)
    except WrongSettings:
        raise
    except Exception as error:
        raise refused(settings, error) or trouble(settings, error) or unusable(settings, error) from error


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
            raise pooled() from error
        if isinstance(error, Exception) and code_of(error) in POOLED:
            return False
        raise
    return True


async def version(register: Storage, now: int) -> tuple[int, int]:
    """The migrations applied, 0 for an empty database, and those this code knows. Raises WrongTables if a table or a
    column that those make is missing.
    """
    await migrate(register, now, upto=0)  # nothing but the book of migrations, so that it can be asked
    known = available()[-1][0]
    async with register.transaction() as tx:
        await tx.alone()  # nobody migrates it between the two questions
        present = await version_of(tx)
        if 0 < present <= known:
            with as_made():
                await tx.script(probe(present))
    return present, known


async def owned(register: Storage, settings: Settings, now: int) -> tuple[int, int]:
    """As `version`. Raises WrongSettings if the register is another bot's, which is asked before it is brought up."""
    present, known = await version(register, now)
    if present and settings.token:
        await ownership.check(register, settings.token)
    return present, known


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

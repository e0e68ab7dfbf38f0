"""Moves the register to another database, of either engine, which then holds the very same."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot import config, database
from bot.cli.register.alone import alone
from bot.config import Settings, WrongSettings
from storage import Storage, migrate
from storage.copies import rows
from storage.db import leases


async def move(settings: Settings, url: str, now: int) -> str:
    """How much was moved, in sentences. Raises WrongSettings or CopyDiffers; what is there now stays in any case."""
    with _of_address():
        target = config.elsewhere(settings, database_url=url)
    if target.database_url == settings.database_url or _same_file(settings, target):
        raise WrongSettings("the register is at that address already; name an empty database elsewhere")
    async with (
        database.fitting(settings, now) as register,
        alone(register, "move-to") as still,
        _there(target) as other,
    ):
        await database.not_newer(other, now)
        if held := await rows.held(target.database_url):
            raise WrongSettings(f"there is a register already at that address ({', '.join(held)}); name an empty one")
        await migrate(other, now)
        copied = await rows.copy_all(settings.database_url, target.database_url, still)
        async with other.transaction() as tx:
            await leases.end_all(tx)
    count = sum(copied.values())
    return f"{count} rows in {len(copied)} tables copied and compared; write the new DATABASE_URL, and start the bot"


@asynccontextmanager
async def _there(target: Settings) -> AsyncIterator[Storage]:
    with _of_address():
        async with database.opened(target) as other:
            yield other


@contextmanager
def _of_address() -> Iterator[None]:
    """What is wrong there is not told of DATABASE_URL, which is that of the register."""
    try:
        yield
    except WrongSettings as wrong:
        raise WrongSettings(*(fault.replace("DATABASE_URL", "ADDRESS", 1) for fault in wrong.faults)) from wrong


def _same_file(one: Settings, other: Settings) -> bool:
    files = one.database_file, other.database_file
    return None not in files and len({os.path.realpath(file) for file in files if file}) == 1

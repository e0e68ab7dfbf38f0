"""Moves the register to another database, of either engine, which then holds the very same."""

from bot import config, database
from bot.cli.register.alone import alone
from bot.config import Settings, WrongSettings
from storage import migrate
from storage.copies import rows
from storage.db import leases


async def move(settings: Settings, url: str, now: int) -> str:
    """How much was moved, in sentences. Raises WrongSettings or CopyDiffers; what is there now stays in any case."""
    target = config.elsewhere(settings, database_url=url)
    if target.database_url == settings.database_url or _same_file(settings, target):
        raise WrongSettings("the register is at that address already; name an empty database elsewhere")
    async with (
        database.fitting(settings, now) as register,
        alone(register, "move-to") as still,
        database.opened(target) as other,
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


def _same_file(one: Settings, other: Settings) -> bool:
    files = one.database_file, other.database_file
    return None not in files and len({file.resolve() for file in files if file}) == 1

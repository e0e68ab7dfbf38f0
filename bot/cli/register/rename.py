"""Gives a village another key in the register, once the district file has it under that key."""

from bot import database
from bot.cli.register.alone import alone
from bot.config import Settings, WrongSettings
from storage import district
from storage.copies import renames
from storage.db import leases


async def rename(settings: Settings, old: str, new: str, now: int) -> str:
    """What was done, in a sentence. Raises WrongSettings if the file or the register forbids it."""
    keys = {village.key for village in district.load(settings.district_file).villages}
    if new not in keys:
        raise WrongSettings(f"'{new}' is no village's key in the district file; write it there first")
    if old in keys:
        raise WrongSettings(f"'{old}' is a village's key in the district file still; change it there first")
    async with database.fitting(settings, now) as register, alone(register, "rename") as still:
        async with register.transaction() as tx:
            try:
                is_known = await renames.rename_village(tx, old, new)
            except renames.Taken:
                raise WrongSettings(f"there are posts or documents of '{new}' already; take a key of its own") from None
            except ValueError as error:
                raise WrongSettings(f"'{old}': {error}") from None
        await still()
        async with register.transaction() as tx:
            await leases.end_all(tx)  # a bot may begin at once
    return f"what was of '{old}' is of '{new}'" if is_known else f"nothing was of '{old}'"

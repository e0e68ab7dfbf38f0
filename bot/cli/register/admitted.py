"""The systems that may read the feeds: admitted, listed and shut out where the bot runs."""

from bot import database
from bot.config import Settings, WrongSettings
from storage.feeds import systems


async def add(settings: Settings, name: str, url: str, now: int) -> list[str]:
    """Admit a system; its keys, which are told this once. Raises WrongSettings if there is one of this name."""
    async with database.opened(settings, new=False) as register:
        await database.same_version(register, now)
        async with register.transaction() as tx:
            keys = await systems.add(tx, name, url, now)
    if keys is None:
        raise WrongSettings(f"there is a system {name}; jekduk systems list shows them")
    hint = [] if settings.feeds == "yes" else ["FEEDS is not set to yes: nothing is served yet"]
    return [f"api key: {keys.api}", f"signing key: {keys.signing}", "They are not shown again.", *hint]


async def listed(settings: Settings, now: int) -> list[str]:
    """Every system in a line."""
    async with database.opened(settings, new=False) as register:
        await database.same_version(register, now)
        async with register.reading() as tx:
            found = await systems.every(tx)
    return ["  ".join(filter(None, (one.name, one.url, "revoked" if one.revoked_at else ""))) for one in found]


async def revoke(settings: Settings, name: str, now: int) -> str:
    """Shut out a system. Raises WrongSettings if there is none of this name."""
    async with database.opened(settings, new=False) as register:
        await database.same_version(register, now)
        async with register.transaction() as tx:
            if not await systems.revoke(tx, name, now):
                raise WrongSettings(f"there is no system {name}; jekduk systems list shows those there are")
    return f"revoked: {name}"

"""The systems that may read the feeds: admitted, listed and shut out where the bot runs."""

import re

from bot import addresses, database
from bot.config import Settings, WrongSettings
from storage.db.protocol import Tx
from storage.feeds import subscriptions, systems
from storage.feeds.systems import System

LONGEST = 60
NAME = re.compile(rf"\w[\w .-]{{0,{LONGEST - 1}}}")  # it stands in lines of a list, in logs and in headers


async def add(settings: Settings, name: str, url: str, now: int) -> list[str]:
    """Admit a system; its keys, which are told this once. Raises WrongSettings if there is one of this name, or if it
    cannot be one.
    """
    if not NAME.fullmatch(name):
        raise WrongSettings(f"a name has letters, digits, blanks and . _ -, at most {LONGEST} of them")
    is_near = url.startswith("http:") and addresses.shown(url).partition(":")[0] in {addresses.LOOPBACK, "localhost"}
    if url and not (addresses.is_http(url) and (is_near or url.startswith("https:"))):
        raise WrongSettings("write https:// and where it takes what it subscribed to")
    async with database.fitting(settings, now) as register, register.transaction() as tx:
        keys = await systems.add(tx, name, url, now)
    if keys is None:
        raise WrongSettings(f"there is a system {name}; jekduk systems list shows them")
    hint = [] if settings.feeds == "yes" else ["FEEDS is not set to yes: nothing is served yet"]
    return [f"api key: {keys.api}", f"signing key: {keys.signing}", "They are not shown again.", *hint]


async def listed(settings: Settings, now: int) -> list[str]:
    """Every system in a line, and what could not be told to it."""
    async with database.fitting(settings, now) as register, register.reading() as tx:
        return [await _line(tx, one) for one in await systems.every(tx)]


async def _line(tx: Tx, one: System) -> str:
    found = await subscriptions.of_system(tx, one.id)
    count = f"subscriptions: {len(found)}" if found else ""
    away = [f"{error} ({tries} times)" for _, _, tries, error in found if tries]
    return "  ".join(
        filter(None, (one.name, addresses.concealed(one.url), count, *away[:1], "revoked" if one.revoked_at else ""))
    )


async def revoke(settings: Settings, name: str, now: int) -> str:
    """Shut out a system. Raises WrongSettings if there is none of this name."""
    async with database.fitting(settings, now) as register, register.transaction() as tx:
        if not await systems.revoke(tx, name, now):
            raise WrongSettings(f"there is no system {name}; jekduk systems list shows those there are")
    return f"revoked: {name}"

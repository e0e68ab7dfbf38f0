"""How the bot and its register are, for people: a line each, about nobody."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot import addresses, clock, database, lease
from bot.config import Settings
from bot.database.disk import MIB
from storage import Storage, marks, overview, people
from storage.copies import backups, ends
from storage.db import leases, owner

HOUR = 3_600_000


async def status(settings: Settings, version: str, now: int) -> Sequence[str]:
    """Its lines. Raises WrongSettings if there is no register, or one of another version."""
    async with database.fitting(settings, now) as register:
        present, _ = await database.version(register, now)
        async with register.reading() as tx:
            bot, holder = await owner.owner(tx), await leases.leader(tx, lease.NAME, lease.LASTS)
            made_at = await marks.marked(tx, backups.MARK)
        return (
            f"version   {version}, database at version {present}",
            f"bot       {bot or 'none yet'}",
            f"database  {addresses.concealed(settings.database_url)}, {await _size(settings)}",
            f"leads     {_leader(holder)}",
            *await _work(register),
            f"backup    {_when(made_at, now) if made_at else 'none yet'}",
        )


async def _size(settings: Settings) -> str:
    return f"{await ends.size_of(settings.database_url) / MIB:.1f} MiB"


def _leader(holder: str | None) -> str:
    if holder is None:
        return "nobody"
    place, number, _ = f"{holder}::".split(":", 2)
    if not number.isdecimal():
        return f"nobody, for jekduk {holder} has the register to itself"
    return f"process {number}" if place == lease.here() else f"process {number} elsewhere"


async def _work(register: Storage) -> Sequence[str]:
    async with register.reading() as tx:
        posts, stages, load = await people.posts(tx), await overview.open_by_stage(tx), await overview.load(tx)
        away = await people.away(tx)
    return (
        f"posts     {_counted(Counter(post.role for post in posts))}",
        f"open      {_counted({stage: count for stage, (count, _) in stages.items()})}",
        f"on hold   {_counted({stage: held for stage, (_, held) in stages.items() if held})}",
        f"owed      messages {load.owed}, and {load.away} to {sum(away.values())} people who are away",
        f"unread    updates {load.updates}",
        f"stuck     {load.stuck}",
    )


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def _when(at: int, now: int) -> str:
    return f"{clock.utc(at, '%Y-%m-%d %H:%MZ')}, {max(0, now - at) // HOUR} hours ago"

"""Until when somebody wants no reminder, and since when what becomes old rings. A day is the number of its date."""

from collections.abc import Iterable

from storage.db.protocol import Tx


async def snooze(tx: Tx, chat: int, day: int) -> None:
    """Remind this chat again on that day, and not before."""
    await tx.all("snooze", chat=chat, day=day)


async def of_day(tx: Tx, day: int) -> dict[int, int]:
    """By chat until when it has put off what it would be reminded of on this day."""
    return {chat: until for chat, until in await tx.all("snoozing", day=day)}


async def ring(tx: Tx, chats: Iterable[int], now: int) -> None:
    """What these chats are owed now rings, or is the first of all: from here on it counts what has become old."""
    await tx.many("ring", [{"chat": chat, "now": now} for chat in chats])


async def last_rings(tx: Tx, now: int) -> dict[int, int]:
    """By chat since when that counts; not those where it never did, or by a clock that has been set back since."""
    return {chat: at for chat, at in await tx.all("rung", now=now)}

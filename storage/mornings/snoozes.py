"""Until when somebody wants no reminder. A day is the number of its date."""

from storage.db.protocol import Tx


async def snooze(tx: Tx, chat: int, day: int) -> None:
    """Remind this chat again on that day, and not before."""
    await tx.all("snooze", chat=chat, day=day)


async def of_day(tx: Tx, day: int) -> dict[int, int]:
    """By chat until when it has put off what it would be reminded of on this day."""
    return {chat: until for chat, until in await tx.all("snoozing", day=day)}

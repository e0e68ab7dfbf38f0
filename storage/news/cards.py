"""The status cards that are kept up to date: of each receipt the newest one in a chat that follows it."""

from typing import NamedTuple

from storage import outbox
from storage.db.protocol import Tx

EVERY_STAGE, CONCERNS = "all", "mine"  # what somebody may choose to hear


class Status(NamedTuple):
    """What a card shows: a request, after so many steps of its documents."""

    request: int
    steps: int


async def choose(tx: Tx, chat: int, news: str) -> None:
    """From now on this chat hears of every stage, or of what concerns it."""
    await tx.all("choose_news", chat=chat, news=news)


async def keep(tx: Tx, chat: int, of: Status, message: int, now: int) -> bool:
    """From now on a message is the card of a request in its chat: the one that is kept up to date while followed.

    If something happened to the documents while it was under way, an update of the card is owed, and it is True. Word
    of an older message may come after that of a newer one, which stays the card.
    """
    row = await tx.one("keep_card", chat=chat, request=of.request, message=message)
    is_old = bool(row and row[0] > of.steps)
    if is_old:
        key, facts = f"card:{chat}:{of.request}:{message}", {"unsaid": EVERY_STAGE}
        due = outbox.Due(key, chat, "regret", outbox.NOTICE, now, request=of.request, facts=facts)
        await outbox.owe(tx, [due], now)
    return is_old


async def drop(tx: Tx, chat: int, number: str = "") -> None:
    """The card of a number is left as it is; or all that this chat has."""
    await tx.all("drop_card", chat=chat, number=number)

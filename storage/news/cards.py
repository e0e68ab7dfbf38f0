"""The status cards that are kept up to date: of each receipt the newest one in a chat that follows it."""

from storage.db.protocol import Tx

EVERY_STAGE, CONCERNS = "all", "mine"  # what somebody may choose to hear


async def choose(tx: Tx, chat: int, news: str) -> None:
    """From now on this chat hears of every stage, or of what concerns it."""
    await tx.all("choose_news", chat=chat, news=news)


async def keep(tx: Tx, chat: int, request: int, message: int) -> None:
    """A message shows where the documents of a request are: it is the one that is kept up to date, while followed."""
    await tx.all("keep_card", chat=chat, request=request, message=message)


async def drop(tx: Tx, chat: int, number: str = "") -> None:
    """The card of a number is left as it is; or all that this chat has."""
    await tx.all("drop_card", chat=chat, number=number)

"""Which bot a database belongs to. What Telegram tells another bot about its people means nothing."""

from storage.db.protocol import Tx

_MARK = "bot"


async def owner(tx: Tx) -> int | None:
    """The account's number, or None before the first start."""
    row = await tx.one("get_mark", name=_MARK)
    return row[0] if row else None


async def claim(tx: Tx, account: int) -> int | None:
    """Whose it is, which is this account if it was nobody's."""
    await tx.one("set_mark_once", name=_MARK, at=account)
    return await owner(tx)


async def hand_over(tx: Tx, account: int) -> None:
    """It is this account's from now on, whoever had it."""
    await tx.one("set_mark", name=_MARK, at=account)

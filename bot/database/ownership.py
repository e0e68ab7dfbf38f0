"""Keeps a register with its bot: Telegram lets another one write to none of its people, who would all count as lost."""

from bot.config import WrongSettings
from storage import Storage
from storage.db import owner


def account_of(token: str) -> int:
    """The number of the bot's account: with it each of its tokens begins, and getMe gives it as the id."""
    return int(token.partition(":")[0])


async def check(storage: Storage, token: str) -> None:
    """Raises WrongSettings if the register is another bot's."""
    async with storage.reading() as tx:
        _must_be(await owner.owner(tx), account_of(token))


async def claim(storage: Storage, token: str) -> None:
    """Telegram has taken the token: a register that was nobody's is its bot's. Raises as `check` does."""
    async with storage.transaction() as tx:
        _must_be(await owner.claim(tx, account_of(token)), account_of(token))


def _must_be(found: int | None, account: int) -> None:
    if found not in {None, account}:
        raise WrongSettings(
            f"TELEGRAM_BOT_TOKEN: it is that of bot {account}, and the database is bot {found}'s; write the token of"
            f" {found}, or, if {account} is to take its place for good, stop the bot and run jekduk adopt"
        )

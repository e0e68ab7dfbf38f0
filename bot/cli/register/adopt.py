"""Gives the register to another bot, for good: because the account before was lost, or a new one is wanted."""

from bot import database
from bot.cli import connect
from bot.cli.register.alone import RUNS
from bot.config import Settings, WrongSettings
from bot.database import ownership
from bot.lease import LASTS, NAME
from storage import migrate, outbox
from storage.db import leases, owner

HOLDER = "adopt"


async def adopt(settings: Settings, now: int) -> str:
    """Who has the register from now on, in a sentence. Raises WrongSettings if the token is refused, or a bot runs.

    What the bot before was told of people it could not reach does not hold for this one: all are tried again.
    """
    name = await connect.username(settings)
    async with database.opened(settings, new=False) as register:
        await database.not_newer(register, now)
        await migrate(register, now)
        async with register.transaction() as tx:
            if not await leases.take(tx, NAME, HOLDER, await tx.clock(), LASTS):
                raise WrongSettings(RUNS)
            await owner.hand_over(tx, ownership.account_of(settings.token))
            tried = await outbox.find_all(tx, now)
            await leases.drop(tx, NAME, HOLDER)
    return f"the database is @{name}'s; people to be tried again: {tried}"

"""Keeps the bot out while a command works on the whole register: by its own lease, which the bot would need."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.config import WrongSettings
from bot.lease import EVERY, LASTS, NAME
from storage import Storage
from storage.db import leases

RUNS = (
    "the bot is running; stop it, and if it was killed, or a command has just changed the register, "
    f"wait for {LASTS:.0f} seconds"
)


@asynccontextmanager
async def alone(register: Storage, holder: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Hold the lease within the block. What it yields takes the lease anew, and raises WrongSettings if a bot has it.

    Work that fails gives the lease back. After work that succeeds it runs out by itself, so that no bot begins on a
    register that is about to be replaced.
    """

    async def take() -> None:
        async with register.transaction() as tx:
            if not await leases.take(tx, NAME, holder, await tx.clock(), LASTS):
                raise WrongSettings(RUNS)

    async def keep() -> None:
        while True:
            await asyncio.sleep(EVERY)
            await take()

    await take()
    keeping = asyncio.create_task(keep())
    try:
        yield take
    except BaseException:
        keeping.cancel()
        async with register.transaction() as tx:
            await leases.drop(tx, NAME, holder)
        raise
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

"""Ends whoever stands in for a colleague once the last day is over, and tells both."""

from handlers.context import Services
from storage.deputies import stand_ins


async def watch(services: Services) -> bool:
    """End what is over. True if there was any. Mostly there is none, and nothing is written."""
    now = services.now()
    async with services.storage.reading() as tx:
        if not await stand_ins.is_any_over(tx, now):
            return False
    async with services.storage.transaction() as tx:
        return await stand_ins.over(tx, now)

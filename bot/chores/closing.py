"""Keeps the calendar up to date with what heads have closed: another process may have written it down."""

from handlers.context import Services
from storage.heads import closed_days


async def watch(services: Services) -> bool:
    """Never leaves anything to send."""
    async with services.storage.reading() as tx:
        await closed_days.learn(tx, services.workflow, services.now())
    return False

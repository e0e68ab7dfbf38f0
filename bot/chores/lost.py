"""Hands on what somebody out of reach has missed: their village's officers tell it."""

from handlers.context import Services
from storage.news import relays


async def take_up(services: Services) -> bool:
    """Put down what villages have to tell, each milestone once. True if there is any."""
    async with services.storage.transaction() as tx:
        return await relays.take_up_lost(tx, services.workflow, services.now()) > 0

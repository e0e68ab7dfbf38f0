"""Ends announcements that nobody waits for any more, and tells the heads what came of them."""

from handlers.announcements.views import AnnouncementView
from handlers.context import Services
from storage import people
from storage.heads import hearers
from storage.news import word


async def end(services: Services) -> bool:
    """True if one has ended, which the heads hear."""
    now = services.now()
    async with services.storage.reading() as tx:
        if not await hearers.under_way(tx):
            return False
    async with services.storage.transaction() as tx:
        ended = await hearers.end_finished(tx, now)
        for id in ended:
            told, facts = await people.heads(tx), AnnouncementView(id).facts()
            await word.owe(tx, "announcement_ended", f"announcement_ended:{id}", told, facts, now)
    return bool(ended)

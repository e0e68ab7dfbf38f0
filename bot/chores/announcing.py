"""Ends announcements that nobody waits for any more, and tells the heads what came of them."""

from handlers.announcements.views import AnnouncementView
from handlers.context import Services
from storage import outbox, people
from storage.heads import hearers


async def end(services: Services) -> bool:
    """True if one has ended, which the heads hear."""
    now = services.now()
    async with services.storage.reading() as tx:
        if not await hearers.under_way(tx):
            return False
    async with services.storage.transaction() as tx:
        ended = await hearers.end_finished(tx, now)
        chats = await people.heads(tx) if ended else []
        dues = [
            outbox.Due(
                f"announcement_ended:{id}:{chat}", chat, "announcement_ended", outbox.NOTICE, now,
                facts=AnnouncementView(id).facts(),
            )
            for id in ended
            for chat in chats
        ]  # fmt: skip
        await outbox.owe(tx, dues, now)
    return bool(ended)

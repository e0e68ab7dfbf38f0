"""Telegram keeps a tap for 150 s: after a longer gap taps are gone, and whoever made them is told to look again."""

import logging

from handlers.bags.views import LookAtTasksView
from handlers.context import Services
from storage import Tx, people
from storage.news import word

TAP_LASTS = 150.0  # seconds that Telegram keeps a tap (docs/facts.md, "How long an update waits")
log = logging.getLogger(__name__)


async def tell_staff(tx: Tx, services: Services, since: int, now: int) -> None:
    """Owe a word to all staff who worked on the day on which the gap began, at `since`; once for each gap."""
    morning = services.workflow.calendar.local(since).replace(hour=0, minute=0, second=0, microsecond=0)
    chats = await people.active_staff(tx, int(morning.timestamp() * 1000))
    await word.owe(tx, "reminder", f"look:{since}", chats, LookAtTasksView().facts(), now)
    log.warning("polling again after a gap", extra={"seconds": (now - since) // 1000, "told": len(chats)})

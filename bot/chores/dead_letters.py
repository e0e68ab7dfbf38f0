"""Looks for messages that were given up: the heads are told how many, and whom to ask."""

import asyncio
import logging

from bot.chores import heads
from handlers.context import Services
from handlers.staff.views import UndeliveredView
from storage import marks, outbox

MARK = "dead letters"  # until when they were told
log = logging.getLogger(__name__)


async def watch(services: Services) -> bool:
    """True if the heads are to be told: while the counters are open, once a day, of what was given up since."""
    now, calendar = services.now(), services.workflow.calendar
    async with services.storage.reading() as tx:
        told = await marks.marked(tx, MARK) or 0
        count = await outbox.given_up_since(tx, told)
    # In a thread: the holidays of a year that is not known yet take a moment.
    if not count or calendar.day(told) == calendar.day(now) or not await asyncio.to_thread(calendar.is_open, now):
        return False
    async with services.storage.transaction() as tx:
        await marks.mark(tx, MARK, now)
        await heads.tell(tx, services, "dead letters", UndeliveredView(count))
    log.warning("messages were given up", extra={"messages": count})
    return True

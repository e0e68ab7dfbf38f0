"""Watches the guesses of all chats: what is an hour old is forgotten, and a breaker that opens or closes is told."""

import logging

from bot.chores import heads
from handlers.context import Services
from handlers.lookup.views import BreakerView
from storage import guesses, marks

MARK = "guess breaker"  # since when it is open; 0 while it is closed
log = logging.getLogger(__name__)


async def watch(services: Services) -> bool:
    """True if a head is to be told. Each is told once a day, however often the breaker opens."""
    now = services.now()
    async with services.storage.reading() as tx:
        misses, since = await guesses.of_all(tx, now), await marks.marked(tx, MARK) or 0
        is_old = await guesses.any_old(tx, now)
    opens, closes = misses >= guesses.OF_ALL and not since, misses < guesses.OF_ALL and bool(since)
    if not (opens or closes or is_old):
        return False
    async with services.storage.transaction() as tx:
        await guesses.purge(tx, now)
        if opens or closes:
            await marks.mark(tx, MARK, now if opens else 0)
        if opens:
            await heads.tell(tx, services, "breaker", BreakerView(now))
    if opens:
        log.warning("guess breaker opened: chats that missed wait", extra={"misses": misses})
    elif closes:
        log.warning("guess breaker closed", extra={"misses": misses, "open_for": (now - since) // 1000})
    return opens

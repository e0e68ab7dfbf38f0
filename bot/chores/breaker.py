"""Watches the guesses of all chats, and of all visitors of the public page: what is an hour old is forgotten, and a
breaker that opens or closes is told.
"""

import logging

from bot.chores import heads
from handlers.context import Services
from handlers.lookup.views import BreakerView
from storage import guesses, marks
from storage.guesses import CHATS, PAGE

MARKS = {CHATS: "guess breaker", PAGE: "page breaker"}  # since when each is open; 0 while it is closed
log = logging.getLogger(__name__)


async def watch(services: Services) -> bool:
    """True if a head is to be told. Each is told once a day of either breaker, however often it opens."""
    now = services.now()
    async with services.storage.reading() as tx:
        seen = {source: (await guesses.of_all(tx, now, source), await marks.marked(tx, MARKS[source]) or 0)
                for source in MARKS}  # fmt: skip
        is_old = await guesses.any_old(tx, now)
    turned = {source: misses for source, (misses, since) in seen.items() if (misses >= guesses.OF_ALL) != bool(since)}
    if not (turned or is_old):
        return False
    async with services.storage.transaction() as tx:
        await guesses.purge(tx, now)
        for source, misses in turned.items():
            opens = misses >= guesses.OF_ALL
            await marks.mark(tx, MARKS[source], now if opens else 0)
            if opens:
                await heads.tell(tx, services, f"breaker {source}".strip(), BreakerView(now, int(source == PAGE)))
    for source, misses in turned.items():
        if misses >= guesses.OF_ALL:
            log.warning("%s opened: whoever missed twice waits", MARKS[source], extra={"misses": misses})
        else:
            open_for = (now - seen[source][1]) // 1000
            log.warning("%s closed", MARKS[source], extra={"misses": misses, "open_for": open_for})
    return any(misses >= guesses.OF_ALL for misses in turned.values())

"""Tells the heads what is wrong with the bot itself: messages that were given up, and faults of health."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

from bot.chores import heads
from handlers.context import Services
from handlers.staff.screens import FAULTS
from handlers.staff.views import FaultView, UndeliveredView
from storage import marks, overview

MARK = "dead letters"  # until when they were told
LASTS, AGAIN = 3, 60  # looks, a minute apart, until a fault is told; and until it is told once more if the day is new
SAME = {"server_skew": "clock_skew"}  # a clock that is wrong differs from every other, and is told of once
log = logging.getLogger(__name__)


async def undelivered(services: Services) -> bool:
    """True if the heads are to be told: while the counters are open, once a day, of what was given up since."""
    now, calendar = services.now(), services.workflow.calendar
    async with services.storage.reading() as tx:
        told = await marks.marked(tx, MARK) or 0
        count = await overview.given_up_since(tx, told)
    if not count or calendar.day(told) == calendar.day(now) or not await services.are_open():
        return False
    async with services.storage.transaction() as tx:
        await marks.mark(tx, MARK, now)
        await heads.tell(tx, services, "dead letters", UndeliveredView(count))
    log.warning("messages were given up", extra={"messages": count})
    return True


class Faults:
    """Tells of a fault that lasts, at any hour, each once a day. One that keeps all messages back cannot be told so."""

    def __init__(self, services: Services, look: Callable[[], Awaitable[Iterable[str]]]) -> None:
        self._services, self._look = services, look
        self._looks: Counter[str] = Counter()  # at which it was there, without a break

    async def watch(self) -> bool:
        """True if a head is to be told."""
        there = FAULTS.keys() & {SAME.get(fault, fault) for fault in await self._look()}
        self._looks = Counter({fault: self._looks[fault] + 1 for fault in there})
        lasting = [fault for fault, looks in sorted(self._looks.items()) if looks % AGAIN == LASTS]
        if not lasting:
            return False
        async with self._services.storage.transaction() as tx:
            for fault in lasting:
                await heads.tell(tx, self._services, f"fault {fault}", FaultView(fault))
        log.warning("a fault lasts", extra={"faults": ", ".join(lasting)})
        return True

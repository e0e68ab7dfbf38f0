"""Telegram keeps a tap for 150 s: after a longer gap taps are gone, and whoever made them is told to look again."""

import logging
from collections.abc import Callable

from handlers.bags.views import LookAtTasksView
from handlers.context import Services
from storage import Tx, marks, outbox, people

TAP_LASTS = 150.0  # seconds that Telegram keeps a tap (docs/facts.md, "How long an update waits")
MARK = "poll"
log = logging.getLogger(__name__)


class Downtime:
    """Knows when a poll last succeeded, in this process or the one before. `monotonic` is in seconds."""

    def __init__(self, services: Services, monotonic: Callable[[], float]) -> None:
        self._services, self._monotonic = services, monotonic
        self.last_poll: int | None = None  # epoch ms
        self.polled: float | None = None  # the same by the monotonic clock, once this process has polled
        self._started = monotonic()

    async def recall(self) -> None:
        """Read when the process before this one last polled."""
        async with self._services.storage.reading() as tx:
            self.last_poll = await marks.marked(tx, MARK)

    def age(self) -> float:
        """Seconds since a poll last succeeded, or since the start."""
        return self._monotonic() - (self._started if self.polled is None else self.polled)

    def since(self) -> int | None:
        """When the last poll was, epoch ms, if no tap of that time can still be waiting at Telegram."""
        if self.last_poll is None:
            return None
        # Within one process the wall clock does not count: it may have been set.
        wall = (self._services.now() - self.last_poll) / 1000
        age = wall if self.polled is None else self._monotonic() - self.polled
        return self.last_poll if age > TAP_LASTS else None

    def over(self, now: int) -> None:
        """A poll has succeeded at `now`, epoch ms, and what came with it is stored."""
        self.last_poll, self.polled = now, self._monotonic()


async def tell_staff(tx: Tx, services: Services, since: int, now: int) -> None:
    """Owe a word to all staff who worked on the day on which the gap began, at `since`; once for each gap."""
    morning = services.workflow.calendar.local(since).replace(hour=0, minute=0, second=0, microsecond=0)
    chats = await people.active_staff(tx, int(morning.timestamp() * 1000))
    await outbox.owe(tx, [_word(since, chat, now) for chat in chats], now)
    log.warning("polling again after a gap", extra={"seconds": (now - since) // 1000, "told": len(chats)})


def _word(since: int, chat: int, now: int) -> outbox.Due:
    facts = LookAtTasksView().facts()
    return outbox.Due(f"look:{since}:{chat}", chat, "reminder", outbox.NOTICE, now, facts=facts)

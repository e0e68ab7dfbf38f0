"""Telegram keeps a tap for 150 s: after a longer gap taps are gone, and whoever made them is told to look again."""

import logging
from collections.abc import Callable

from handlers.context import Services
from handlers.reply import Answer
from storage import Tx, marks, outbox, people

TAP_LASTS = 150.0  # seconds that Telegram keeps a tap (docs/facts.md, "How long an update waits")
MARK = "poll"
MARK_EVERY = 30.0  # seconds
log = logging.getLogger(__name__)


class Downtime:
    """Knows when a poll last succeeded, in this process or the one before. `monotonic` is in seconds."""

    def __init__(self, services: Services, monotonic: Callable[[], float]) -> None:
        self._services, self._monotonic = services, monotonic
        self.last_poll: int | None = None  # epoch ms
        self._started = self._marked = monotonic()
        self._polled: float | None = None

    async def recall(self) -> None:
        """Read when the process before this one last polled."""
        async with self._services.storage.reading() as tx:
            self.last_poll = await marks.marked(tx, MARK)

    def age(self) -> float:
        """Seconds since a poll last succeeded, or since the start."""
        return self._monotonic() - (self._started if self._polled is None else self._polled)

    def since(self) -> int | None:
        """When the last poll was, epoch ms, if no tap of that time can still be waiting at Telegram."""
        if self.last_poll is None:
            return None
        # Within one process the wall clock does not count: it may have been set.
        age = (self._services.now() - self.last_poll) / 1000 if self._polled is None else self.age()
        return self.last_poll if age > TAP_LASTS else None

    @property
    def is_first_poll_due(self) -> bool:
        """True until a poll has succeeded in this process."""
        return self._polled is None

    @property
    def is_mark_due(self) -> bool:
        """True if it is time to write down that polling goes on."""
        return self._monotonic() - self._marked >= MARK_EVERY or self.is_first_poll_due

    async def mark(self, tx: Tx, now: int) -> None:
        """Write down that a poll has succeeded."""
        await marks.mark(tx, MARK, now)

    def over(self, now: int, *, marked: bool) -> None:
        """A poll has succeeded, and what came with it is stored."""
        self.last_poll, self._polled = now, self._monotonic()
        if marked:
            self._marked = self._polled


async def tell_staff(tx: Tx, services: Services, since: int, now: int) -> None:
    """Owe a word to all staff who worked on the day on which the gap began, at `since`; once for each gap."""
    morning = services.workflow.calendar.local(since).replace(hour=0, minute=0, second=0, microsecond=0)
    chats = await people.active_staff(tx, int(morning.timestamp() * 1000))
    await outbox.owe(tx, [_word(since, chat, now) for chat in chats], now)
    log.warning("polling again after a gap", extra={"seconds": (now - since) // 1000, "told": len(chats)})


def _word(since: int, chat: int, now: int) -> outbox.Due:
    facts = Answer("look_at_tasks").facts()
    return outbox.Due(f"look:{since}:{chat}", chat, "reminder", outbox.NOTICE, now, facts=facts)

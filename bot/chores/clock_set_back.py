"""Notices that the clock was set back, by an hour or a day: what waits for a time of day would wait that much longer.

Three things do. Rows of the outbox: `ClockSetBack` sets their times back with the clock. The jobs of the timetable, as
APScheduler sleeps until a time of day: `ClockWatch` wakes them. The lease, for which a process waits that runs no jobs
yet: `storage.db.leases` sees by itself that one ends later than any can. Everything else counts monotonic time.
"""

import logging
import time
from collections.abc import Callable

from handlers.context import Services
from storage import marks, outbox
from storage.news import leftovers

log = logging.getLogger(__name__)

JUMP = 1000  # ms by which a clock differs from what it should show, if it was set


class ClockWatch:
    """Compares a clock (epoch ms) with monotonic time (seconds), from look to look."""

    def __init__(self, now: Callable[[], int], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now, self._monotonic = now, monotonic
        self._ahead = self._difference()

    def was_set(self) -> bool:
        """True if the clock was set since the last look, back or forward."""
        before, self._ahead = self._ahead, self._difference()
        by = self._ahead - before
        if abs(by) > JUMP:
            log.info("the clock was set", extra={"seconds": round(by / 1000)})
        return abs(by) > JUMP

    def _difference(self) -> float:
        return self._now() - self._monotonic() * 1000


class ClockSetBack:
    """A job: what is owed does not wait until a day is over once more."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._latest: int | None = None

    async def mend(self) -> bool:
        """Take back what is due later than it can be, as far as the clock was set back. True if it was."""
        now = self._services.now()
        if self._latest is None:  # it may have been set while no process ran
            async with self._services.storage.reading() as tx:
                self._latest = await marks.marked(tx, "poll") or now
        by = self._latest - now
        if by <= outbox.LATE:
            self._latest = max(self._latest, now)
            return False
        async with self._services.storage.transaction() as tx:
            await leftovers.set_back(tx, now, by)
        log.warning("the clock was set back", extra={"seconds": by // 1000})
        self._latest = now
        return True

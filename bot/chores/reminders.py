"""At opening time, each working day: whoever can take further what lies ready, or waits for too long, is told once."""

import asyncio
import logging
from datetime import date

from handlers.context import Services
from handlers.morning.views import ReminderView
from storage import marks, outbox, people
from storage.db.protocol import Tx
from storage.mornings import pickups, snoozes, workload
from storage.workflow import Workflow

log = logging.getLogger(__name__)


class Reminders:
    """A job. The day that is done is also marked in the database, in the transaction that owes its reminders."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._done: date | None = None

    async def owe(self) -> bool:
        """Put down the reminders of the day, once, while the counters are open. True if there are any."""
        now, calendar = self._services.now(), self._services.workflow.calendar
        day = calendar.day(now)
        # In a thread: the holidays of a year that is not known yet take a moment.
        if day == self._done or not await asyncio.to_thread(calendar.is_open, now):
            return False
        any_owed = await self._owe(day, now)
        self._done = day
        return any_owed

    async def _owe(self, day: date, now: int) -> bool:
        storage, workflow = self._services.storage, self._services.workflow
        async with storage.transaction() as tx:
            await pickups.roll_over(tx, workflow, now)
        async with storage.reading() as tx:
            dues = await _dues(tx, workflow, day, now)
        async with storage.transaction() as tx:
            if not await marks.mark_once(tx, f"reminders:{day}", now):
                return False
            await outbox.owe(tx, dues, now)
        log.info("reminders are owed", extra={"day": str(day), "reminders": len(dues)})
        return bool(dues)


async def _dues(tx: Tx, workflow: Workflow, day: date, now: int) -> list[outbox.Due]:
    """One for each who can take further what lies ready for their village, or waits for longer than it may; none for
    who wants to hear of it on a later day.
    """
    snoozing, dues = await snoozes.of_day(tx, day.toordinal()), []
    for person in await people.on_duty(tx, now):
        morning = await workload.of(tx, workflow, person, now)
        if person.chat not in snoozing and morning.calls(workflow, now):
            facts = ReminderView(day.isoformat(), int(morning.rings(workflow, now))).facts()
            key = f"reminder:{day}:{person.chat}"
            dues.append(outbox.Due(key, person.chat, "reminder", outbox.NOTICE, now, facts=facts))
    return dues

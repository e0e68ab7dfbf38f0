"""At opening time, each working day: whoever can take further what lies ready, or waits for too long, is told once."""

import asyncio
import logging
from datetime import date

from handlers.bags.task_lists import due
from handlers.bags.views import ReminderView
from handlers.context import Services
from storage import bags, marks, outbox, people
from storage.db.protocol import Tx
from storage.holds import queues
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
        async with storage.reading() as tx:
            dues = [_due(chat, day, now) for chat in await _people_with_work(tx, workflow, now)]
        async with storage.transaction() as tx:
            if not await marks.mark_once(tx, f"reminders:{day}", now):
                return False
            await outbox.owe(tx, dues, now)
        log.info("reminders are owed", extra={"day": str(day), "reminders": len(dues)})
        return bool(dues)


async def _people_with_work(tx: Tx, workflow: Workflow, now: int) -> list[int]:
    """The chats of those who can take further what lies ready for their village, or waits for longer than it may."""
    staff = await people.on_duty(tx, now)
    looks = queues.to_look_at(workflow, await queues.everything(tx), now)
    return [
        one.chat
        for one in staff
        if queues.theirs(workflow, one, looks) or due(workflow, one, await bags.legs(tx, workflow, one), now)
    ]


def _due(chat: int, day: date, now: int) -> outbox.Due:
    facts = ReminderView(day.isoformat()).facts()
    return outbox.Due(f"reminder:{day}:{chat}", chat, "reminder", outbox.NOTICE, now, facts=facts)

"""Reminds at opening time of each working day, once: of what lies ready and what has waited for too long."""

import logging
from datetime import date

from handlers.context import Services
from handlers.morning.views import ReminderView, UnfetchedView
from handlers.view import View
from handlers.village.views import LampidView
from storage import marks, outbox, people
from storage.db.protocol import Tx
from storage.mornings import lampid, oversight, pickups, snoozes, unfetched, workload
from storage.records import DAY, VILLAGE_ROLES
from storage.workflow import Workflow

log = logging.getLogger(__name__)


class Reminders:
    """A job. The day that is done is also marked in the database, in the transaction that owes its reminders."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._done: date | None = None

    async def owe(self) -> bool:
        """Put down the reminders of the day, once, while the counters are open. True if there are any."""
        storage, workflow, now = self._services.storage, self._services.workflow, self._services.now()
        day = workflow.calendar.day(now)
        if day == self._done or not await self._services.are_open():
            return False
        async with storage.transaction() as tx:
            await pickups.roll_over(tx, workflow, now)
        async with storage.reading() as tx:
            dues, counted = await _dues(tx, workflow, day, now)
        async with storage.transaction() as tx:
            is_first = await marks.mark_once(tx, f"reminders:{day}", now)
            if is_first:
                await outbox.owe(tx, dues, now)
                await snoozes.ring(tx, counted, now)
        self._done = day
        if is_first:
            log.info("reminders are owed", extra={"day": str(day), "reminders": len(dues)})
        return is_first and bool(dues)


async def _dues(tx: Tx, workflow: Workflow, day: date, now: int) -> tuple[list[outbox.Due], list[int]]:
    """One for each who can take further what lies ready for their village, or waits for longer than it may, and for the
    heads if anything stands still; none for who wants to hear of it on a later day. Families have theirs. Also the
    chats from whose morning on what becomes old is counted anew: those where it rings, and those where it never did.
    """
    snoozing, whole = await snoozes.of_day(tx, day.toordinal()), await oversight.of_district(tx, workflow, now)
    last_rings, counted = await snoozes.last_rings(tx, now), list[int]()
    dues = [*await _families(tx, workflow, now), *await _months(tx, workflow, day, now)]
    async for person, morning in workload.of_all(tx, workflow, await people.on_duty(tx, now), now):
        is_told = person.holds("head") and bool(whole)
        if person.chat not in snoozing and (is_told or morning.calls(workflow, now)):
            # Whoever never heard one, as after an upgrade, is not rung for what was old yesterday.
            last = last_rings.get(person.chat, now - DAY)
            rings = morning.rings(workflow, last, now) or (is_told and whole.rings(workflow, last, now))
            counted += [person.chat] if rings or person.chat not in last_rings else []
            view = ReminderView(day.isoformat(), int(rings))
            dues.append(_due(f"reminder:{day}", person.chat, view, now))
    return dues, counted


async def _families(tx: Tx, workflow: Workflow, now: int) -> list[outbox.Due]:
    """Twice a family is reminded of what lies ready for it: first without a sound."""
    dues = []
    for one in await unfetched.of_day(tx, workflow, now):
        view = UnfetchedView(one.request, one.step, int(one.step > unfetched.WEEKS[0]))
        dues.append(_due(f"unfetched:{one.request}:{one.step}", one.chat, view, now))
    return dues


async def _months(tx: Tx, workflow: Workflow, day: date, now: int) -> list[outbox.Due]:
    """On the first working day of a month the officers and reporters of a village hear what it filed in the last."""
    if not lampid.is_first_working_day(workflow, day):
        return []
    month, dues = lampid.number_of(day) - 1, []
    villages = {post.village for post in await people.posts(tx) if post.role in VILLAGE_ROLES}
    told = {village for village in villages if await lampid.of_month(tx, workflow, village, month)}
    for person in await people.on_duty(tx, now):
        for village in sorted({post.village for post in person.posts if post.role in VILLAGE_ROLES} & told):
            view = LampidView(village, month, heard=0)
            dues.append(_due(f"lampid:{month}:{village}", person.chat, view, now))
    return dues


def _due(what: str, chat: int, view: View, now: int) -> outbox.Due:
    return outbox.Due(f"{what}:{chat}", chat, "reminder", outbox.NOTICE, now, facts=view.facts())

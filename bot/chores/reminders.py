"""At opening time, each working day: whoever can fetch or hand over what lies ready in their village is told."""

import asyncio
import logging
from datetime import date

from handlers.bags.views import ReminderView
from handlers.context import Services
from storage import bags, marks, outbox, people
from storage.db.protocol import Tx
from storage.records import Person, Post
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
            dues = [_due(post, day, now) for post in await _posts_with_work(tx, workflow)]
        async with storage.transaction() as tx:
            if not await marks.mark_once(tx, f"reminders:{day}", now):
                return False
            await outbox.owe(tx, dues, now)
        log.info("reminders are owed", extra={"day": str(day), "reminders": len(dues)})
        return bool(dues)


async def _posts_with_work(tx: Tx, workflow: Workflow) -> list[Post]:
    """The posts of a village that may complete a leg from a stage at which documents lie ready there."""
    posts = [post for post in await people.posts(tx) if post.village]
    kinds = {(post.role, post.village): post for post in posts}  # the colleagues of a village see the same
    busy = {kind for kind, post in kinds.items() if await _anything_ready(tx, workflow, post)}
    return [post for post in posts if (post.role, post.village) in busy]


async def _anything_ready(tx: Tx, workflow: Workflow, post: Post) -> bool:
    legs = await bags.waiting(tx, workflow, Person(post.chat, posts=(post,)))
    return any(workflow.stages[stage].ready for stage, *_ in legs if stage in workflow.stages)


def _due(post: Post, day: date, now: int) -> outbox.Due:
    facts = ReminderView(post.village, day.isoformat()).facts()
    return outbox.Due(
        f"reminder:{post.village}:{day}:{post.chat}", post.chat, "reminder", outbox.NOTICE, now, facts=facts
    )

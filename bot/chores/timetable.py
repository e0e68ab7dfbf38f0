"""What happens by the clock: a ticker over tables. Nothing is remembered here that is not also in the database."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # APScheduler 3 tells none
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # as above

from handlers.context import Services
from handlers.reply import Answer
from storage import bags, inbox, is_transient, marks, outbox, people
from storage.db.protocol import Tx
from storage.records import Person, Post
from storage.workflow import Workflow

log = logging.getLogger(__name__)

TICK = 1.0  # seconds
PATIENCE = 2.0  # seconds for a chore to end when the process has to
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
LONGEST_REST = 60.0  # seconds between two tries of a chore that fails
Chore = Callable[[int], Awaitable[bool]]


class _EachTick(BaseTrigger):  # type: ignore[misc]  # as above
    """A second after now, whatever the time was before: the clock of a machine may jump by years when it is set."""

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=TICK)


class Schedule:
    """The ticker. `wake` is called after a chore that left something to send."""

    def __init__(self, services: Services, wake: Callable[[], object]) -> None:
        self._services, self._wake = services, wake
        self._chores = [_Patient(chore) for chore in (SetBack(services), Reminders(services), Purge(services), Nudge())]
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._busy = asyncio.Lock()
        self._watch = _Watch(self._set_again)

    def start(self) -> None:
        """Begin ticking; needs the running loop."""
        self._scheduler.add_job(
            self.tick, _EachTick(), id="tick", next_run_time=_now(), misfire_grace_time=None, coalesce=True
        )
        self._scheduler.start()
        self._watch.start()

    async def stop(self) -> None:
        """Tick no more; what has begun is finished first, or cancelled if that takes long."""
        self._watch.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE), self._busy:
                pass
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler lets go in the next round of the loop

    async def tick(self) -> None:
        """What a second brings. A chore that raises is logged and holds up no other."""
        async with self._busy:
            now = self._services.now()
            for chore in self._chores:
                if await chore(now):
                    self._wake()

    def lag(self) -> float:
        """The worst delay of the event loop within the last minute, in seconds."""
        return self._watch.worst()

    def _set_again(self) -> None:
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=_now())


def _now() -> datetime:
    return datetime.now(UTC)


class _Patient:
    """Runs a chore; after it failed, rests for 1, 2, 4 … 60 s."""

    def __init__(self, chore: Chore) -> None:
        self._chore, self._name = chore, getattr(chore, "__name__", type(chore).__name__)
        self._fails, self._not_before = 0, 0.0

    async def __call__(self, now: int) -> bool:
        if time.monotonic() < self._not_before:
            return False
        try:
            any_done = await self._chore(now)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            self._failed(error)
            return False
        self._fails = 0
        return any_done

    def _failed(self, error: Exception) -> None:
        self._not_before = time.monotonic() + min(LONGEST_REST, 2.0**self._fails)
        self._fails += 1
        facts = {"chore": self._name, "fails": self._fails, "kind": type(error).__name__}
        if is_transient(error):
            log.warning("the database failed a chore", extra=facts)
        else:
            log.error("a chore failed", extra=facts, exc_info=error)


class _Watch:
    """Looks at the loop each second: how late it was, and whether the machine's clock went back.

    APScheduler sleeps until a time of day; one that is set back by an hour would keep it asleep for that hour.
    """

    def __init__(self, clock_went_back: Callable[[], None]) -> None:
        self._went_back = clock_went_back
        self._delays: deque[float] = deque([0.0], maxlen=60)
        self._handle: asyncio.TimerHandle | None = None
        self._wall = 0.0

    def start(self) -> None:
        self._wall = time.time()
        self._arm()

    def stop(self) -> None:
        if self._handle:
            self._handle.cancel()

    def worst(self) -> float:
        return max(self._delays)

    def _arm(self) -> None:
        loop = asyncio.get_running_loop()
        self._handle = loop.call_at(loop.time() + TICK, self._look, loop.time() + TICK)

    def _look(self, expected: float) -> None:
        self._delays.append(asyncio.get_running_loop().time() - expected)
        before, self._wall = self._wall, time.time()
        if self._wall < before:
            log.warning("the clock went back", extra={"seconds": round(before - self._wall)})
            self._went_back()
        self._arm()


class Reminders:
    """At opening time, each working day: whoever can fetch or hand over what lies ready in their village is told."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._done: date | None = None

    async def __call__(self, now: int) -> bool:
        calendar = self._services.workflow.calendar
        day = calendar.day(now)
        if day == self._done or not calendar.is_open(now):
            return False
        dues = await self._owe(day, now)
        self._done = day
        return dues > 0

    async def _owe(self, day: date, now: int) -> int:
        storage, workflow = self._services.storage, self._services.workflow
        async with storage.reading() as tx:
            dues = [_reminder(post, day, now) for post in await _with_work(tx, workflow)]
        async with storage.transaction() as tx:
            if not await marks.mark_once(tx, f"reminders:{day}", now):
                return 0
            await outbox.owe(tx, dues, now)
        log.info("reminders are owed", extra={"day": str(day), "reminders": len(dues)})
        return len(dues)


async def _with_work(tx: Tx, workflow: Workflow) -> list[Post]:
    """The posts of a village that may complete a leg from a stage at which documents lie ready there."""
    posts = [post for post in await people.posts(tx) if post.village]
    kinds = {(post.role, post.village): post for post in posts}
    busy = {kind for kind, post in kinds.items() if await _lies_ready(tx, workflow, post)}
    return [post for post in posts if (post.role, post.village) in busy]


async def _lies_ready(tx: Tx, workflow: Workflow, post: Post) -> bool:
    legs = await bags.waiting(tx, workflow, Person(post.chat, posts=(post,)))
    return any(workflow.stages[stage].ready for stage, *_ in legs if stage in workflow.stages)


def _reminder(post: Post, day: date, now: int) -> outbox.Due:
    facts = Answer("reminder", {"village": post.village, "day": day.isoformat()}).facts()
    return outbox.Due(
        f"reminder:{post.village}:{day}:{post.chat}", post.chat, "reminder", outbox.NOTICE, now, facts=facts
    )


class Purge:
    """Each hour: forget what has had its time. Each part is a transaction of its own, so that none is long."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._at = services.now() - HOUR + MINUTE  # not while the first people are being answered

    async def __call__(self, now: int) -> bool:
        if abs(now - self._at) < HOUR:  # a clock that was set back a day must not mean a day without
            return False
        for part in _PURGES:
            async with self._services.storage.transaction() as tx:
                await part(tx, now)
        await self._services.storage.tidy()  # what was deleted is gone from SQLite's log as well
        self._at = now
        return False


_PURGES: Sequence[Callable[[Tx, int], Awaitable[Any]]] = (
    lambda tx, now: inbox.purge(tx, now - 2 * DAY),
    lambda tx, now: outbox.purge(tx, now - 30 * DAY, now - 30 * DAY),
    lambda tx, now: bags.purge(tx, now - 7 * DAY),
    lambda tx, now: marks.purge_marks(tx, now - 30 * DAY),
    people.purge,
)


class SetBack:
    """A clock that was set back, by a day perhaps: what is owed does not wait until that day is over once more."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._latest: int | None = None

    async def __call__(self, now: int) -> bool:
        if self._latest is None:
            async with self._services.storage.reading() as tx:
                self._latest = await marks.marked(tx, "poll") or now
        by = self._latest - now
        if by <= outbox.LATE:
            self._latest = max(self._latest, now)
            return False
        async with self._services.storage.transaction() as tx:
            await outbox.set_back(tx, now, by)
        log.warning("the clock was set back", extra={"seconds": by // 1000})
        self._latest = now
        return True


class Nudge:
    """Each minute the sender looks by itself: another process may have put something down (`stuck retry`)."""

    def __init__(self) -> None:
        self._at = 0

    async def __call__(self, now: int) -> bool:
        if abs(now - self._at) < MINUTE:
            return False
        self._at = now
        return True

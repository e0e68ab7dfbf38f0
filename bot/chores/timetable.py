"""What happens by the clock. Nothing is remembered here that is not also in the database."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # APScheduler 3 tells none
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # as above

from bot.chores import (
    alarms,
    announcing,
    breaker,
    closing,
    last_days,
    lost,
    newborns,
    pace,
    purge,
    village_groups,
)
from bot.chores.clock_set_back import ClockSetBack, ClockWatch
from bot.chores.reminders import Reminders
from bot.logs import told
from bot.retry import Backoff
from handlers.context import Services
from storage import is_transient

log = logging.getLogger(__name__)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PATIENCE = 2.0  # seconds for a job to end when the process has to, and for one that was cancelled to clear up


class Every(BaseTrigger):  # type: ignore[misc]  # as above
    """So long after now, whatever the time was before.

    APScheduler's own interval counts from the last time: it lists every second since 1970 once a machine without a
    battery sets its clock.
    """

    def __init__(self, pause: timedelta, first: timedelta = timedelta(0)) -> None:
        self._pause, self._first = pause, first

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now + (self._pause if previous else self._first)


Job = Callable[[], Awaitable[bool]]


class Row(NamedTuple):
    """A line of the timetable. The job tells whether it left something to send."""

    name: str
    trigger: Every
    job: Job


def rows(
    services: Services, back_up: Job | None = None, look: Callable[[], Awaitable[Iterable[str]]] | None = None
) -> tuple[Row, ...]:
    """How often each job looks whether its time has come, by the services' clock, which the demo sets ahead.

    Those that are not first at once let the first people be answered before.
    """
    return (
        Row("clock_set_back", Every(SECOND), ClockSetBack(services).mend),
        Row("announcing", Every(10 * SECOND, first=10 * SECOND), partial(announcing.end, services)),
        Row("closing", Every(10 * SECOND, first=10 * SECOND), partial(closing.watch, services)),
        Row("reminders", Every(SECOND, first=5 * SECOND), Reminders(services).owe),
        Row("last_days", Every(10 * SECOND, first=10 * SECOND), partial(last_days.watch, services)),
        Row("breaker", Every(10 * SECOND, first=10 * SECOND), partial(breaker.watch, services)),
        Row("dead_letters", Every(MINUTE, first=MINUTE), partial(alarms.undelivered, services)),
        Row("newborns", Every(MINUTE, first=30 * SECOND), partial(newborns.remind, services)),
        Row("pace", Every(HOUR, first=10 * MINUTE), partial(pace.learn, services)),
        Row("lost", Every(MINUTE, first=20 * SECOND), partial(lost.take_up, services)),
        Row("groups", Every(MINUTE, first=40 * SECOND), partial(village_groups.post, services)),
        Row("nudge", Every(MINUTE), _nudge),
        Row("purge", Every(HOUR, first=MINUTE), partial(purge.forget, services)),
        *([Row("faults", Every(MINUTE, first=MINUTE), alarms.Faults(services, look).watch)] if look else []),
        *([Row("backup", Every(MINUTE, first=10 * SECOND), back_up)] if back_up else []),
    )


async def _nudge() -> bool:
    """Have the sender look by itself: another process may have put something down (`stuck retry`)."""
    return True


class Timetable:
    """Runs the jobs of its rows, each by itself. `wake` is called when there may be something to send.

    `chance` is from [0, 1) and spreads retries; `look` is the seconds between two looks at the loop and the clock.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        now: Callable[[], int],
        wake: Callable[[], object],
        chance: Callable[[], float],
        look: float = 1.0,
    ) -> None:
        self.rows = rows
        self._wake, self._backoff, self._look = wake, Backoff(chance), look
        self._clock = ClockWatch(now)
        self._fails: Counter[str] = Counter()
        self._running: set[asyncio.Task[None] | None] = set()
        self._delays: deque[float] = deque([0.0], maxlen=60)
        # Without a grace APScheduler would drop a job that it comes to a second late.
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})

    def start(self) -> None:
        """Begin; needs the running loop."""
        for row in self.rows:
            self._scheduler.add_job(self._run, row.trigger, [row], id=row.name)
        self._scheduler.start()
        self._watch = asyncio.create_task(self._keep_watch())

    async def stop(self) -> None:
        """Begin nothing new; what has begun is finished first, or cancelled if that takes long."""
        if not self._scheduler.running:
            return
        self._watch.cancel()
        self._scheduler.pause()
        await self._wait_for_running()
        self._scheduler.shutdown(wait=False)  # in the next round of the loop
        await asyncio.sleep(0)
        await self._wait_for_running()  # a transaction that is given up needs its connection once more

    async def _wait_for_running(self) -> None:
        if running := [task for task in self._running if task]:
            await asyncio.wait(running, timeout=PATIENCE)

    def lag(self) -> float:
        """The worst delay of the event loop within the last minute, in seconds."""
        return max(self._delays)

    async def _run(self, row: Row) -> None:
        """Run a job. One that fails is tried again after a while; the others go on."""
        task = asyncio.current_task()
        self._running.add(task)
        try:
            if await row.job():
                self._wake()
            del self._fails[row.name]
        except asyncio.CancelledError:
            if self._scheduler.running:
                raise
            log.info("chore cut off", extra={"chore": row.name})  # APScheduler would tell of an error
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told and tried again
            self._failed(row.name, error)
        finally:
            self._running.discard(task)

    def _failed(self, name: str, error: Exception) -> None:
        self._run_again(name, self._backoff.pause(self._fails[name]))
        self._fails[name] += 1
        facts = {"chore": name, "fails": self._fails[name], "kind": type(error).__name__}
        if is_transient(error):
            log.warning("the database failed a chore", extra={**facts, "error": told(error)})
        else:
            log.error("a chore failed", extra=facts, exc_info=error)

    def _run_again(self, name: str, seconds: float) -> None:
        self._scheduler.modify_job(name, next_run_time=datetime.now(UTC) + timedelta(seconds=seconds))

    async def _keep_watch(self) -> None:
        """Look each second how late the loop is, and whether the clock was set: then every job looks at it anew."""
        loop = asyncio.get_running_loop()
        while True:
            expected = loop.time() + self._look
            await asyncio.sleep(self._look)
            self._delays.append(loop.time() - expected)
            if self._clock.was_set():
                for row in self.rows:
                    self._run_again(row.name, 0)
                self._wake()

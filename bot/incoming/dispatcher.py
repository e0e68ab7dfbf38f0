"""Hands updates to the handlers: one person's in order, different people's side by side, each until it is answered."""

import asyncio
import logging
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePath
from traceback import walk_tb

from bot.counts import SECONDS, Counts
from bot.incoming.outcomes import Answered, Failed, Outcome, Retry, outcome_of
from bot.incoming.person_queue import PersonQueue
from bot.incoming.redact import update_of
from bot.incoming.settler import Ended, Settler
from bot.retry import Backoff, is_told
from handlers.context import Services
from handlers.update import Update
from storage.records import StoredUpdate

WORKERS = 32
STRANGERS = 8  # workers more, for strangers alone while many wait: they take nobody else's time
LONGEST = 50  # updates of one person in memory: what more there is waits in the inbox, and nobody else waits for it
CROWD = 1000  # updates in memory from which on each person may have FEW: else forty who flood would stop the polling
FEW = 4
DEADLINE = 90.0  # seconds a handler may take; two calls that Telegram never answers take 70
STOOD_STILL = 1.0  # seconds later than it should: then all of the process stood still, and not one handler
LOOK = 0.5  # seconds between two looks at whether we still lead
FLUSH = 1.0  # seconds for the last transaction when all must end, at least
Handle = Callable[[Update, Callable[[], Iterable[Update]]], Awaitable[None]]
log = logging.getLogger(__name__)


class Hung(Exception):
    """A handler that did not end in time."""


class Dispatcher:
    """Has the two `handles` answer updates; each takes an update, and what tells which of its person wait behind it.
    While many wait, strangers have workers of their own, and the second of the two answers them.

    `wake` is called when something may be owed, `chance` is from [0, 1), a handler may take `deadline` seconds. None
    begins while `leads` says no: another process may lead.
    """

    def __init__(
        self,
        handles: tuple[Handle, Handle],
        services: Services,
        wake: Callable[[], None],
        chance: Callable[[], float],
        leads: Callable[[], bool],
        workers: int = WORKERS,
        deadline: float = DEADLINE,
        counts: Counts | None = None,
    ) -> None:
        self._services, self.wake, self.leads = services, wake, leads
        self._handles = handles
        self._backoff = Backoff(chance)
        self._settler = Settler(services, chance, self._settled, leads)
        # A queue leaves this table when it is empty. Until then it is in `_ready`, in a worker's hands, waiting for a
        # retry, or for its outcome to be settled, so that one person's updates are never handled side by side.
        self._queues: dict[int, PersonQueue] = {}
        # Whose turn is next: strangers while many wait, and everybody else. Nobody's ends a worker.
        self._ready: dict[bool, asyncio.Queue[PersonQueue | None]] = {True: asyncio.Queue(), False: asyncio.Queue()}
        # Ids in memory: waiting, being handled, or answered and not yet settled; and since when, by the loop's time.
        self.held: dict[int, float] = {}
        self.overfull: set[int] = set()  # who has more in the inbox, behind what is here
        self._freed, self._finished = asyncio.Event(), asyncio.Event()
        self._workers_of = {True: min(workers, STRANGERS), False: workers}
        self._deadline, self._closing = deadline, False
        self._workers: list[asyncio.Task[None]] = []
        self.counts = counts or Counts()

    @property
    def runs_short(self) -> bool:
        """True if somebody has few left here and more in the inbox."""
        return any(
            person not in self._queues or len(self._queues[person].updates) < self._most // 2
            for person in self.overfull
        )

    @property
    def _most(self) -> int:
        """How many updates one person may have in memory now."""
        return LONGEST if len(self.held) < CROWD else FEW

    def turns(self) -> Mapping[int, int]:
        """Since when (epoch ms) the first update of each person here has been the first."""
        soon = dict.fromkeys(self.overfull, self._services.now())
        return soon | {person: queue.since for person, queue in self._queues.items()}

    def anew(self) -> None:
        """All that is in the inbox is about to be added, in order: what was left there is let in again."""
        self.overfull.clear()

    def add(self, update: StoredUpdate, *, is_stranger: bool = False) -> None:
        """Put an update behind those of the same person. It must be in the inbox already.

        If that person has too many here it is left there, and so are all that come after it: none overtakes it.
        """
        queue = self._queues.get(update.person)
        if update.person in self.overfull or (queue and len(queue.updates) >= self._most):
            self.overfull.add(update.person)
            return
        self.held[update.update_id] = asyncio.get_running_loop().time()
        if queue is None:
            queue = self._queues[update.person] = PersonQueue(self._services.now(), is_stranger)
            self._ready[queue.is_stranger].put_nowait(queue)
        queue.updates.append(update)

    async def room(self, most: int) -> None:
        """Wait until no more than so many updates are held."""
        while len(self.held) > most:
            self._freed.clear()
            await self._freed.wait()

    async def run(self) -> None:
        """Work until drained."""
        try:
            async with asyncio.TaskGroup() as group:
                self._workers = [
                    group.create_task(self._work(ready))
                    for kind, ready in self._ready.items()
                    for _ in range(self._workers_of[kind])
                ]
                group.create_task(self._settler.run())
        except ExceptionGroup as failed:  # there is one that counts
            raise failed.exceptions[0] from None
        self._finished.set()

    async def drain(self, seconds: float = 4) -> None:
        """Start nothing new; finish what is being handled, for so long at most; settle it in what time is left, and in
        FLUSH. The rest is in the inbox.
        """
        end = asyncio.get_running_loop().time() + seconds + FLUSH
        self._closing = True
        for kind, ready in self._ready.items():
            for _ in range(self._workers_of[kind]):
                ready.put_nowait(None)
        if self._workers:
            _, hanging = await asyncio.wait(self._workers, timeout=seconds)
            for worker in hanging:
                worker.cancel()
            self._settler.close()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(end):
                    await self._finished.wait()

    async def _work(self, ready: "asyncio.Queue[PersonQueue | None]") -> None:
        while True:
            queue = await ready.get()
            while not (self.leads() or self._closing):  # noqa: ASYNC110  # a lease has no event
                await asyncio.sleep(LOOK)  # what we hold may have been answered by another, and be old by now
            if queue is None or self._closing:
                return
            update = queue.updates[0]
            equal = queue.equal_behind() if len(queue.updates) > 1 else 0
            outcome = await self._outcome(update, queue)
            self.wake()
            self.counts.answers[type(outcome).__name__] += 1
            if isinstance(outcome, Retry):
                self._retry(queue, update, outcome)
                continue
            for _ in range(equal):  # what was asked again before the answer was begun
                self._settler.put(queue.updates[1], Answered(), is_last=False)
                del queue.updates[1]
            self._settler.put(update, outcome, is_last=len(self._settler.ended) + 1 == len(self.held))
            # Whatever changes what is owed to a person is written before the next update may change it again.
            if isinstance(outcome, Answered):
                at = asyncio.get_running_loop().time()
                waited = at - self.held.get(update.update_id, at)
                self.counts.answer_waits.places[bisect_left(SECONDS, waited)] += 1
                self.counts.answer_waits.total += waited
                self._go_on(update.person)

    async def _outcome(self, kept: StoredUpdate, queue: PersonQueue) -> Outcome:
        failure: BaseException | None = None
        deadline = asyncio.timeout(self._deadline)
        try:
            async with deadline:
                update = update_of(kept.body)
                update = update._replace(again=True) if kept.again else update
                await self._handles[queue.is_stranger](update, queue.behind)
        except TimeoutError as error:
            failure = _hung(error) if deadline.expired() else error
            late = asyncio.get_running_loop().time() - (deadline.when() or 0)
            # By however little it is late: who may not lead any more has stood still, or waited for the database.
            if deadline.expired() and (late > STOOD_STILL or not self.leads()) and not queue.stood_still:
                queue.stood_still = True
                return Retry("stood still")
        except asyncio.CancelledError as error:
            if _is_stopped():
                raise
            failure = error  # a handler that cancelled itself
        except Exception as error:  # noqa: BLE001 - an update that cannot be handled must not end its worker
            failure = error
        if failure is None:
            return Answered()
        outcome = outcome_of(failure, self._services.now())
        if isinstance(outcome, Failed):
            facts = {"update": kept.update_id, "error": outcome.error, "trace": trace(failure)}
            log.error("update failed", extra=facts)
        return outcome

    def _retry(self, queue: PersonQueue, update: StoredUpdate, outcome: Retry) -> None:
        if is_told(queue.tries):
            facts = {"update": update.update_id, "error": outcome.error, "tries": queue.tries}
            log.warning("update waits", extra=facts)
        row = self._ready[queue.is_stranger]
        asyncio.get_running_loop().call_later(self._backoff.pause(queue.tries), row.put_nowait, queue)
        queue.tries += 1

    def _go_on(self, person: int) -> None:
        queue = self._queues[person]
        queue.updates.popleft()
        queue.tries, queue.stood_still, queue.since = 0, False, self._services.now()
        if queue.updates:
            self._ready[queue.is_stranger].put_nowait(queue)
        else:
            del self._queues[person]

    def _settled(self, batch: Sequence[Ended]) -> None:
        for update, end in batch:
            self.held.pop(update.update_id, None)
            if not isinstance(end, Answered):
                self._go_on(update.person)
                self.wake()
        self._freed.set()
        if len(self._settler.ended) == len(self.held):
            self._settler.due.set()  # nothing else is about to end


def trace(error: BaseException) -> str:
    """Where it happened, innermost first. Not the message: that may quote what somebody wrote."""
    frames = [
        f"{PurePath(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return " < ".join(reversed(frames))


def _hung(error: TimeoutError) -> Hung:
    where = error.__cause__.__traceback__ if error.__cause__ else None
    return Hung().with_traceback(where)


def _is_stopped() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0

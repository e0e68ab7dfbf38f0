"""One rate limiter for all sends and edits: as fast as Telegram's limits allow, and never faster."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from itertools import count
from math import ceil, inf
from operator import attrgetter

from telegram.error import RetryAfter

from bot.keyed_queue import KeyedQueue

SWEEP = 1024  # chats remembered before the idle ones are forgotten
PATIENCE = 5.0  # seconds that who answers an update waits for a turn; what must wait longer waits in the outbox


class Priority(IntEnum):
    """Somebody waits for an answer; a notice comes by itself. The outbox has the same numbers.

    While many strangers write at once their answers leave among the notices: staff and followers come first.
    """

    ANSWER = 0
    NOTICE = 1


class Penalised(RetryAfter):
    """Telegram wants this chat left alone for so many seconds more: as it said, or would say if it were asked."""


class Crowded(Penalised):
    """So many want to go to this chat that its turn comes later than the caller would wait. Others may wait longer."""


@dataclass(slots=True)
class Bucket:
    """One turn each `interval` seconds, some up to `slack` seconds early (GCRA: a token bucket kept as one number).

    Where the textbook counts tokens, `paid_until` is when those taken so far would all have come back.
    """

    interval: float
    slack: float
    paid_until: float = -inf
    closed_until: float = -inf  # by a 429
    behind_until: float = -inf  # by then those who were told that it is crowded can have gone

    @property
    def free_at(self) -> float:
        return self.paid_until - self.slack

    def is_full(self, now: float) -> bool:
        """True if nothing is owed any more; a new bucket would be no different."""
        return max(self.paid_until, self.free_at) <= now

    def take(self, now: float) -> None:
        self.paid_until = max(self.paid_until, now) + self.interval

    def give_back(self) -> None:
        self.paid_until -= self.interval

    def wait(self, ahead: int, now: float) -> float:
        """Seconds until its turn comes if so many go before."""
        return max(self.paid_until, now) + ahead * self.interval - self.slack - now

    def crowd(self, wait: float, now: float) -> None:
        """One more goes later: who comes next does not overtake those who were told so."""
        self.behind_until = max(self.behind_until + self.interval, now + wait)

    def close(self, until: float) -> None:
        """Free again at `until`, without a burst: whoever just ran into a limit does not run at it again."""
        self.closed_until = max(self.closed_until, until)
        self.paid_until = max(self.paid_until, self.closed_until + self.slack)


@dataclass(slots=True, eq=False)
class Waiter:
    """A call that wants to go. `future` gets 0 when it may, or the seconds of a penalty."""

    chat: int
    priority: Priority
    number: int
    granted: bool = False
    future: "asyncio.Future[float] | None" = None

    @property
    def order(self) -> tuple[int, int]:
        """Answers first, each as it came."""
        return self.priority, self.number


class Limits:
    """Who may go next, by the limit of all chats together and that of each. Pure: times come in, in seconds."""

    def __init__(self, rate: float, burst: int, chat: Callable[[int], Bucket]) -> None:
        self._all = Bucket(1 / rate, (burst - 1) / rate)
        self._reserve = 1 / rate if burst > 1 else 0.0  # a turn that notices leave, so that an answer goes at once
        self._new_bucket = chat
        self._buckets: dict[int, Bucket] = {}
        self._sweep_at = SWEEP
        # A turn is over as soon as it is granted, so one place is enough.
        self._queue: KeyedQueue[int, Waiter] = KeyedQueue(1, attrgetter("chat"), attrgetter("order"))
        self._numbers = count()

    def join(self, chat: int, priority: Priority, now: float, patience: float = inf) -> Waiter:
        """Queue up. Raises Penalised, or Crowded beyond one's patience: the outbox waits better than a caller does."""
        bucket = self._bucket(chat, now)
        if bucket.closed_until > now:
            raise Penalised(ceil(bucket.closed_until - now))
        wait = bucket.wait(len(self._queue.of(chat)), now)
        if wait > patience or (patience < inf and wait > 0 and bucket.behind_until > now):
            bucket.crowd(wait, now)
            raise Crowded(ceil(wait))
        waiter = Waiter(chat, priority, next(self._numbers))
        self._queue.add(waiter)
        self._sleep(chat, now)
        return waiter

    def grant(self, now: float) -> Waiter | None:
        """Grant one turn, if one may go now."""
        free_at = self._all.free_at
        if free_at > now or (waiter := self._queue.take(now, only_urgent=free_at + self._reserve > now)) is None:
            return None
        waiter.granted = True
        self._all.take(now)
        self._buckets[waiter.chat].take(now)
        self._queue.free(waiter.chat)
        self._sleep(waiter.chat, now)
        return waiter

    def next_at(self) -> float | None:
        """When to ask again; None if nobody waits."""
        free_at = self._all.free_at
        if self._queue.ready(Priority.ANSWER):
            return free_at
        awake = free_at + self._reserve if self._queue.ready(Priority.NOTICE) else inf
        at = min(awake, max(free_at, self._queue.next_at))
        return None if at == inf else at

    def leave(self, waiter: Waiter) -> None:
        """Give up waiting, or give back a turn that was granted and not used."""
        if not waiter.granted:
            self._queue.discard(waiter)
            return
        waiter.granted = False  # a turn is given back once
        bucket = self._buckets[waiter.chat]
        self._all.give_back()
        bucket.give_back()
        self._queue.sleep(waiter.chat, bucket.free_at)  # which is sooner than it was

    def penalise(self, chat: int, seconds: float, now: float) -> list[Waiter]:
        """Close a chat for a while; those who wait for it are handed back."""
        self._bucket(chat, now).close(now + seconds)
        return self._queue.drop(chat)

    def wait(self, chat: int, now: float) -> float:
        """Seconds until this chat may be sent to, as far as its own limit goes."""
        bucket = self._buckets.get(chat)
        return max(0.0, bucket.free_at - now) if bucket else 0.0

    def _sleep(self, chat: int, now: float) -> None:
        # Who is at the chat's limit must not stand in the way of those who may go.
        if (until := self._buckets[chat].free_at) > now:
            self._queue.sleep(chat, until)

    def _bucket(self, chat: int, now: float) -> Bucket:
        if chat not in self._buckets:
            if len(self._buckets) >= self._sweep_at:
                self._buckets = {
                    id: one for id, one in self._buckets.items() if self._queue.of(id) or not one.is_full(now)
                }
                self._sweep_at = max(SWEEP, 2 * len(self._buckets))  # so that a crowd does not mean a sweep per call
            self._buckets[chat] = self._new_bucket(chat)
        return self._buckets[chat]


class RateLimiter:
    """Await a turn before each send or edit.

    The defaults stay under Telegram's documented limits (30 a second over all chats, 1 a second in a private chat with
    short bursts, 20 a minute in a group, burst and all). The rates are turns a second; a group has a negative id. A
    burst of a chat ends `margin` seconds later than the limit asks for, because calls may arrive nearer to each other
    than they left.
    """

    def __init__(
        self,
        rate: float = 28,
        burst: int = 3,
        chat_rate: float = 1,
        chat_burst: int = 3,
        group_rate: float = 17 / 60,
        margin: float = 0.2,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        def bucket(chat: int) -> Bucket:
            each = 1 / (group_rate if chat < 0 else chat_rate)
            return Bucket(each, (chat_burst - 1) * each - margin)

        self._limits = Limits(rate, burst, bucket)
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, chat: int, priority: Priority, patience: float = inf) -> None:
        """Wait until a call to this chat may leave. Raises Penalised, without waiting, while the chat is in penalty, or
        as Crowded if its own limit would make it wait for more than `patience` seconds.
        """
        waiter = self._limits.join(chat, priority, self._clock(), patience)
        waiter.future = asyncio.get_running_loop().create_future()
        self._grant()
        try:
            penalty = await waiter.future
        except asyncio.CancelledError:
            self._limits.leave(waiter)
            self._grant()
            raise
        if penalty:
            raise Penalised(ceil(penalty))

    def wait(self, chat: int) -> float:
        """Seconds until this chat may be sent to; 0 is now."""
        return self._limits.wait(chat, self._clock())

    def penalise(self, chat: int, seconds: float) -> None:
        """Nothing more to this chat for so long; other chats go on."""
        for waiter in self._limits.penalise(chat, seconds, self._clock()):
            if waiter.future and not waiter.future.done():
                waiter.future.set_result(seconds)

    def _grant(self) -> None:
        """Let all go who may, and come back when the next may."""
        now = self._clock()
        while waiter := self._limits.grant(now):
            # One that was cancelled just now keeps its turn until it wakes, and then gives it back in `turn`.
            if waiter.future and not waiter.future.done():
                waiter.future.set_result(0.0)
        if self._timer:
            self._timer.cancel()
        at = self._limits.next_at()
        self._timer = None if at is None else asyncio.get_running_loop().call_later(max(0.0, at - now), self._grant)

"""The one pace of all sends and edits: as fast as Telegram's limits allow, and never faster."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from math import inf

ChatId = int | str
BULK_RATE = 5  # turns a second that bulk gets at least, whatever else waits
SWEEP = 1024  # chats remembered before the idle ones are forgotten


class Priority(IntEnum):
    ANSWER = 0
    NOTICE = 1
    BULK = 2


priority: ContextVar[Priority] = ContextVar("priority", default=Priority.ANSWER)


class Penalised(Exception):
    """Telegram wants this chat left alone for so many seconds more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


@dataclass(slots=True)
class Bucket:
    """One turn each `interval` seconds, some up to `slack` seconds early (GCRA: a bucket kept as one number)."""

    interval: float
    slack: float
    paid_until: float = -inf

    @property
    def free_at(self) -> float:
        return self.paid_until - self.slack

    def full(self, now: float) -> bool:
        """Nothing is owed any more; a new meter would be no different."""
        return max(self.paid_until, self.free_at) <= now

    def take(self, now: float) -> None:
        self.paid_until = max(self.paid_until, now) + self.interval

    def give_back(self) -> None:
        self.paid_until -= self.interval

    def hold(self, until: float) -> None:
        """Free again at `until`, without a burst."""
        self.paid_until = max(self.paid_until, until + self.slack)


@dataclass(slots=True, eq=False)
class Waiter:
    chat: "ChatQueue"
    priority: Priority
    number: int
    granted: bool = False
    gone: bool = False
    waiter: "asyncio.Future[float] | None" = None  # gets 0, or the seconds of a penalty


@dataclass(slots=True, eq=False)
class ChatQueue:
    meter: Bucket
    held_until: float = -inf
    asleep: bool = False
    waiting: dict[Priority, deque[Waiter]] = field(default_factory=dict)  # no empty ones, no head that has gone

    def head(self, kind: Priority) -> Waiter | None:
        """The head of a queue, once those before it that gave up are off."""
        queue = self.waiting.get(kind)
        while queue and queue[0].gone:
            queue.popleft()
        if queue:
            return queue[0]
        self.waiting.pop(kind, None)
        return None


class ChatQueues:
    """Who waits and who goes next: answers, then notices, then bulk, each chat in its own order. Times come in."""

    def __init__(self, rate: float, burst: int, meter: Callable[[ChatId], Bucket]) -> None:
        self._all = Bucket(1 / rate, (burst - 1) / rate)
        self._meter = meter
        self._numbers = count()
        self._chats: dict[ChatId, ChatQueue] = {}
        self._sweep_at = SWEEP
        self._ready: dict[Priority, list[tuple[int, Waiter]]] = {kind: [] for kind in Priority}
        self._asleep: list[tuple[float, int, ChatQueue]] = []
        self._passed = {Priority.NOTICE: 0, Priority.BULK: 0}
        self._patience = max(1, int(rate / BULK_RATE) - 1)

    def join(self, chat_id: ChatId, kind: Priority, now: float) -> Waiter:
        """Take the last place in the chat's queue. Raises Penalised: the outbox waits better than a caller does."""
        chat = self._chat(chat_id, now)
        if chat.held_until > now:
            raise Penalised(chat.held_until - now)
        turn = Waiter(chat, kind, next(self._numbers))
        queue = chat.waiting.setdefault(kind, deque())
        queue.append(turn)
        if chat.meter.free_at > now:
            self._sleep(chat)
        elif queue[0] is turn and not chat.asleep:
            heappush(self._ready[kind], (turn.number, turn))
        return turn

    def due(self, now: float) -> Waiter | None:
        """Grant one turn, if one may go now."""
        self._wake(now)
        if self._all.free_at > now:
            return None
        heads = (self._head(kind) for kind in self._order())
        turn = next(filter(None, heads), None)
        if turn is not None:
            self._grant(turn, now)
        return turn

    def next_at(self) -> float | None:
        """When to ask again; None if nobody waits."""
        if any(self._ready.values()):
            return self._all.free_at
        return max(self._all.free_at, self._asleep[0][0]) if self._asleep else None

    def leave(self, turn: Waiter) -> None:
        """Give up a place, or give back a turn that was granted and not used."""
        chat = turn.chat
        if turn.granted:
            turn.granted = False
            self._all.give_back()
            chat.meter.give_back()
            if chat.asleep:
                heappush(self._asleep, (chat.meter.free_at, next(self._numbers), chat))
        elif not turn.gone:
            turn.gone = True
            head = chat.head(turn.priority)
            if head is not None and not chat.asleep:
                heappush(self._ready[turn.priority], (head.number, head))

    def penalise(self, chat_id: ChatId, seconds: float, now: float) -> list[Waiter]:
        """Close a chat for a while; those who wait for it are handed back."""
        chat = self._chat(chat_id, now)
        chat.held_until = max(chat.held_until, now + seconds)
        chat.meter.hold(chat.held_until)
        turns = [turn for queue in chat.waiting.values() for turn in queue if not turn.gone]
        chat.waiting, chat.asleep = {}, False
        for turn in turns:
            turn.gone = True
        return turns

    def wait(self, chat_id: ChatId, now: float) -> float:
        """Seconds until this chat may be sent to, as far as its own limit goes."""
        chat = self._chats.get(chat_id)
        return max(0.0, chat.meter.free_at - now) if chat else 0.0

    def _order(self) -> list[Priority]:
        passed_over = [kind for kind in (Priority.BULK, Priority.NOTICE) if self._passed[kind] >= self._patience]
        return [*passed_over, *Priority]

    def _head(self, kind: Priority) -> Waiter | None:
        heap = self._ready[kind]
        while heap:
            turn = heap[0][1]
            queue = turn.chat.waiting.get(kind)
            if queue and queue[0] is turn and not turn.chat.asleep:
                return turn
            heappop(heap)
        return None

    def _grant(self, turn: Waiter, now: float) -> None:
        chat, kind = turn.chat, turn.priority
        turn.granted = turn.gone = True
        heappop(self._ready[kind])
        head = chat.head(kind)
        self._all.take(now)
        chat.meter.take(now)
        if chat.meter.free_at > now:
            self._sleep(chat)
        elif head is not None:
            heappush(self._ready[kind], (head.number, head))
        for other in self._passed:
            self._passed[other] = 0 if other is kind else self._passed[other] + bool(self._ready[other])

    def _sleep(self, chat: ChatQueue) -> None:
        if chat.waiting and not chat.asleep:
            chat.asleep = True
            heappush(self._asleep, (chat.meter.free_at, next(self._numbers), chat))

    def _wake(self, now: float) -> None:
        while self._asleep and self._asleep[0][0] <= now:
            chat = heappop(self._asleep)[2]
            if chat.asleep and chat.meter.free_at <= now:
                chat.asleep = False
                for kind, queue in chat.waiting.items():
                    heappush(self._ready[kind], (queue[0].number, queue[0]))

    def _chat(self, chat_id: ChatId, now: float) -> ChatQueue:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= self._sweep_at:
                self._forget(now)
            chat = self._chats[chat_id] = ChatQueue(self._meter(chat_id))
        return chat

    def _forget(self, now: float) -> None:
        self._chats = {key: chat for key, chat in self._chats.items() if chat.waiting or not chat.meter.full(now)}
        self._sweep_at = max(SWEEP, 2 * len(self._chats))


class RateLimiter:
    """Await a turn before each send or edit.

    The defaults stay under Telegram's documented limits (30 a second, 1 a second in a private chat with short bursts,
    20 a minute in a group) even when calls arrive `margin` seconds nearer to each other than they left.
    """

    def __init__(
        self,
        rate: float = 28,
        burst: int = 2,
        private_rate: float = 1,
        private_burst: int = 3,
        group_per_minute: float = 20,
        margin: float = 0.2,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        def meter(chat: ChatId) -> Bucket:
            if isinstance(chat, int) and chat > 0:
                return Bucket(1 / private_rate, (private_burst - 1) / private_rate - margin)
            # Two at once and 10 % slower keep any window of a minute under the limit, not just the average.
            return Bucket(66 / group_per_minute, 66 / group_per_minute)

        self._line = ChatQueues(rate, burst, meter)
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, chat: ChatId, kind: Priority) -> None:
        """Wait until a call to this chat may leave. Raises Penalised, without waiting, while the chat is in penalty."""
        turn = self._line.join(chat, kind, self._clock())
        turn.waiter = asyncio.get_running_loop().create_future()
        self._go()
        try:
            penalty = await turn.waiter
        except asyncio.CancelledError:
            self._line.leave(turn)
            self._go()
            raise
        if penalty:
            raise Penalised(penalty)

    def wait(self, chat: ChatId) -> float:
        """Seconds until this chat may be sent to; 0 is now."""
        return self._line.wait(chat, self._clock())

    def penalise(self, chat: ChatId, seconds: float) -> None:
        """Nothing more to this chat for so long; other chats go on."""
        for turn in self._line.penalise(chat, seconds, self._clock()):
            if turn.waiter and not turn.waiter.done():
                turn.waiter.set_result(seconds)

    def _go(self) -> None:
        now = self._clock()
        while turn := self._line.due(now):
            if turn.waiter and not turn.waiter.done():  # one cancelled just now gives its turn back when it wakes
                turn.waiter.set_result(0.0)
        self._set_timer(now)

    def _set_timer(self, now: float) -> None:
        if self._timer:
            self._timer.cancel()
        at = self._line.next_at()
        self._timer = None if at is None else asyncio.get_running_loop().call_later(max(0.0, at - now), self._go)

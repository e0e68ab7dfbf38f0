"""What is on its way to Telegram: who may go goes, and what became of it goes into the books."""

import asyncio
import logging
from collections.abc import Callable, Iterable

from bot.exits import ExitCode, Stop
from bot.outgoing.books import Unsettled
from bot.outgoing.delivery import Delivery
from bot.outgoing.fair_queue import FairQueue
from bot.telegram.errors import Disposition, Done, Fatal, Fresh, GivenUp, Later, Moved, Unreachable
from bot.telegram.rate_limit import RateLimiter
from handlers.context import Services
from storage.records import Owed

log = logging.getLogger(__name__)

DOUBLES = 30  # what may be sent twice if we die, under way and out but not written down: beyond it, nothing new goes
CROWDED = 5_000  # ms for which what a chat has too much of goes back
LONG_WAIT = 5.0  # seconds; a chat that must wait longer keeps nothing in hand
ALARM = 300_000  # ms of a flood penalty that the maintainers should know of
REFUSED, REST, LONGEST_REST = 30.0, 0.25, 8.0  # seconds of nothing but refusals that end the process; between tries
NOT_FOUND = "not found"
EXITS = {"token": ExitCode.TOKEN, "conflict": ExitCode.OTHER_POLLER}


class InFlight:
    """Takes claimed rows in and sends them, `at_once` at most. `landed` is called after each; `clock` is monotonic."""

    def __init__(
        self,
        services: Services,
        delivery: Delivery,
        pace: RateLimiter | None,
        at_once: int,
        clock: Callable[[], float],
        landed: Callable[[], object],
    ) -> None:
        self._services, self._delivery, self._pace, self._clock, self._call_back = (
            services,
            delivery,
            pace,
            clock,
            landed,
        )
        self.turns, self.books = FairQueue(at_once), Unsettled()
        self._most = max(DOUBLES, at_once + at_once // 2)
        self._flying: set[asyncio.Task[None]] = set()
        self._doubted: set[int] = set()
        self._refusals = RefusedSends()
        self._alarm: asyncio.TimerHandle | None = None
        self._closed = False

    def take_in(self, claimed: Iterable[Owed], most: int) -> None:
        """Keep in hand what was claimed, `most` of a chat. What must not go yet goes back."""
        now = self._services.now()
        for owed in claimed:
            held_until = self.books.held_until(owed.chat, now)
            if self.books.is_lost(owed.chat):
                continue
            room = self.turns.of_chat(owed.chat) < most and not self.turns.holds(owed)
            if held_until is None and room:
                self.turns.add(owed)
            else:
                self.books.later(owed, held_until or now + CROWDED, owed.tries, "behind", self._clock())
        self.fill()

    def fill(self) -> None:
        """Let go who may go now, and come back when the next may."""
        at = self._clock()
        if self._closed or self.fault:
            return
        if at < self._refusals.rest_until:
            self._set_alarm(self._refusals.rest_until - at)
            return
        self.turns.wake(at)
        while self.turns.under_way + self.books.unsettled < self._most and (owed := self.turns.take()):
            self._let_go(owed, at)
        next_at = self.turns.wake(at)
        if next_at is not None:
            self._set_alarm(next_at - at)

    async def finish(self, seconds: float) -> None:
        """Nothing new goes; what is under way has so long to arrive."""
        self._closed = True
        if self._flying:
            await asyncio.wait(self._flying, timeout=seconds)
        for flight in self._flying:
            flight.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)

    @property
    def fault(self) -> BaseException | None:
        """Stop when nothing can be sent any more, or whatever else went wrong."""
        return self._refusals.fault

    def _let_go(self, owed: Owed, at: float) -> None:
        wait = self._pace.wait(owed.chat) if self._pace else 0.0
        if wait > LONG_WAIT:
            self.turns.back(owed.chat)
            self._send_home(owed.chat, self._services.now() + round(1000 * wait))
        elif wait > 0:
            self.turns.sleep(owed.chat, at + wait)
        else:
            flight = asyncio.create_task(self._fly(owed))
            self._flying.add(flight)
            flight.add_done_callback(self._land)

    async def _fly(self, owed: Owed) -> None:
        last = NOT_FOUND if owed.chat in self._doubted else ""
        self._enter(owed, await self._delivery.carry(owed, last))

    def _land(self, flight: asyncio.Task[None]) -> None:
        self._flying.discard(flight)
        if not flight.cancelled() and (fault := flight.exception()):
            self._refusals.fault = fault
        self.fill()
        self._call_back()

    def _enter(self, owed: Owed, judged: Disposition) -> None:
        """The one place where a verdict becomes entries, and places for others."""
        at, now = self._clock(), self._services.now()
        if isinstance(judged, Fatal):
            self.turns.back(owed.chat)
            self._refusals.another(judged, at)
            return
        self.turns.free(owed.chat)
        self._doubted.discard(owed.chat)
        match judged:
            case Done():
                self._refusals.over()
                self.books.sent(owed, at)
            case Later():
                self._postpone(owed, judged, at)
            case Unreachable(reason):
                self.turns.drop(owed.chat)
                self.books.lose(owed.chat, reason, now, at)
            case Moved():
                self._give_up(owed, "the group has moved")
            case GivenUp(reason) | Fresh(reason):
                self._give_up(owed, reason)

    def _postpone(self, owed: Owed, later: Later, at: float) -> None:
        if later.reason == NOT_FOUND:
            self._doubted.add(owed.chat)
        wait = later.at - self._services.now()
        facts = {"notice": owed.ids[0], "reason": later.reason, "tries": owed.tries, "wait_ms": wait}
        log.log(logging.WARNING if wait > ALARM else logging.DEBUG, "sent later", extra=facts)
        self.books.later(owed, later.at, owed.tries + later.counts, later.reason, at)
        self._send_home(owed.chat, later.at)

    def _send_home(self, chat: int, until: int) -> None:
        for owed in self.turns.drop(chat):
            self.books.later(owed, until, owed.tries, "behind", self._clock())

    def _give_up(self, owed: Owed, reason: str) -> None:
        log.error("given up", extra={"notice": owed.ids[0], "reason": reason})
        self.books.give_up(owed, reason, self._services.now(), self._clock())

    def _set_alarm(self, seconds: float) -> None:
        if self._alarm:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_later(seconds, self.fill)


class RefusedSends:
    """Telegram refuses every send. It may be a proxy's hiccup: 30 s of nothing else say that it is not."""

    def __init__(self) -> None:
        self.rest_until = 0.0
        self.fault: BaseException | None = None
        self._since: float | None = None
        self._rest = REST

    def another(self, fatal: Fatal, at: float) -> None:
        """One more. Those that were under way with the last one count as one with it."""
        self._since = at if self._since is None else self._since
        if at - self._since >= REFUSED:
            self.fault = Stop(EXITS[fatal.kind], f"Telegram refuses to send: {fatal.kind}")
        elif at >= self.rest_until:
            log.error("refused", extra={"reason": fatal.kind})
            self.rest_until = at + self._rest
            self._rest = min(2 * self._rest, LONGEST_REST)

    def over(self) -> None:
        """One went through."""
        self._since, self._rest = None, REST

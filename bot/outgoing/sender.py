"""The one sender: claims what the outbox owes, sends it, and settles what came of it."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from math import inf

from bot.counts import Counts
from bot.outgoing.delivery import Delivery, Render
from bot.outgoing.hand import CLAIM, LINGER_S, Hand, settle
from bot.retry import Backoff
from bot.telegram.api import BotApi
from bot.telegram.errors import Done, Held
from handlers.context import Services
from storage import outbox
from storage.records import Owed

log = logging.getLogger(__name__)

KINDS = (outbox.ANSWER, outbox.NOTICE)
# Rows that would be sent again if we died now: under way, or out and not settled. At so many, nothing new goes.
DOUBLES = 30
TELL_EVERY_S = 60.0  # while Telegram refuses all
LOOK_S = 0.5  # between two looks at whether we still lead
ORPHANS_S = 60.0  # between two looks at what another process may have claimed and left


class Sender:
    """Rows are claimed, sent, then settled: who dies in between sends again, a rare double, and nothing is lost.

    At most `at_once` sends are under way, and none begins while `leads` says no; `clock` is monotonic, in seconds;
    `chance` from [0, 1) spreads retries.
    """

    def __init__(
        self,
        services: Services,
        api: BotApi,
        render: Render,
        *,
        at_once: int = 20,
        leads: Callable[[], bool] = lambda: True,
        chance: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
        counts: Counts | None = None,
    ) -> None:
        self._services, self._api, self._clock, self._leads = services, api, clock, leads
        self._counts = counts or Counts()
        self._delivery = Delivery(api, render, services, chance, self._counts)
        self.hand = Hand(at_once, clock, services.now)
        self._sends: set[asyncio.Task[None]] = set()
        self._due: dict[int, int] = {}  # by priority, when the next unclaimed row falls due (epoch ms)
        self._look_again = True  # something may fall due sooner than that
        # There may be claims that nobody holds: newer than the newest we hold, of a commit whose answer got lost; or,
        # while we know of none, of a process that died or stood still while it may have been sending.
        self._orphans, self._orphans_at = True, 0.0
        self._newest: int | None = None
        # Monotonic times: when somebody may go who may not now, until when nobody may, when that is told again.
        self._send_again_at, self._rest_until, self._tell_at = inf, 0.0, 0.0
        self._refusals, self._grace = 0, 0.0  # in a row; seconds to end in
        self._refused = Backoff(chance, first=0.25, longest=8.0)
        self._database = Backoff(chance, self._rest, first=0.1, longest=5.0)
        self._fault: Exception | None = None
        self._bell, self._stopping, self._stopped = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._stopped.set()

    async def run(self) -> None:
        """Send what is owed until `drain()`; for the holder of the lease only. What Telegram refuses to all is kept."""
        self._stopped.clear()
        try:
            while not self._stopping.is_set():
                await self._until_needed()
                if self._fault:
                    raise self._fault
                await self._database.until_database_is_back(self._settle_and_claim)
                self._send_next()
        finally:
            await self._finish()
            self._stopped.set()

    def wake(self) -> None:
        """Something may be owed that was not before."""
        self._look_again = True
        self._bell.set()

    async def drain(self, seconds: float) -> None:
        """Begin nothing new, let arrive what is under way, for so long at most, and write it down.

        What waits is let go of. What is cut off on its way stays claimed: whoever runs next sends it as a repeat.
        """
        self._grace = seconds
        self._stopping.set()
        self._bell.set()
        await self._stopped.wait()

    # Claim

    async def _settle_and_claim(self) -> None:
        """Write down what came back and claim what is due, if it is worth a transaction."""
        if self._stopping.is_set():
            return
        if self._look_again:
            self._look_again = False  # before looking: what is put down meanwhile may not be seen
            # What is claimed while nothing is in hand was claimed by a process that stood still while we took
            # over: it may have been sent. Not before a claim of ours is back whose commit got lost, which is no repeat.
            if self._clock() >= self._orphans_at and self.hand.is_empty and not self._orphans:
                self._orphans, self._newest, self._orphans_at = True, None, self._clock() + ORPHANS_S
            async with self._services.storage.reading() as tx:
                self._due = await outbox.next_due(tx)
        wanted = self._wanted()
        if not wanted and not self.hand.is_ripe:
            return
        now, batch, claimed, orphans = self._services.now(), self.hand.unsettled[:], list[Owed](), self._orphans
        # If the answer to the commit gets lost, claims may stand that nobody holds: they are released with the next.
        self._orphans = orphans or bool(wanted)
        # One transaction for both: one write to disk, and no chat is lost or paused while its rows are being claimed.
        async with self._services.storage.transaction() as tx:
            is_due = await settle(tx, batch, now)
            wanted = wanted if self._leads() else ()  # we may have stood still until the register was ours
            if wanted and orphans:
                await outbox.release(tx, KINDS, after=self._newest)
            for kind in wanted:
                claimed += await outbox.claim(tx, kind, now, CLAIM, self._services.workflow.gather)
            if wanted or is_due:
                self._due = await outbox.next_due(tx)
        self._orphans = orphans and not wanted
        newest = (self._newest or 0) if wanted else self._newest  # 0: we have claimed, and hold none
        self._newest = claimed[-1].claim if claimed else newest
        # Only now: had the transaction failed, all of the batch would be written by the next one.
        self.hand.committed(batch, claimed, now)

    def _wanted(self) -> Sequence[int]:
        """The kinds of which something is due, and so few chats are ready that a place may soon stay free."""
        if not self._leads():  # whoever leads would not see it, and send what comes behind it
            return ()
        if self._orphans:  # others would wait for one that hangs
            return KINDS
        now = self._services.now()
        return [kind for kind in KINDS if self._due.get(kind, inf) <= now and self.hand.ready(kind) < self.hand.at_once]

    # Send

    def _send_next(self) -> None:
        """Send whose turn it is, as long as there are places. After each send, and when a chat has waited."""
        at = self._clock()
        if not self._leads():  # what we hold may be sent by another, or be taken back
            self._rest_until = at + LOOK_S
        self._send_again_at = self._rest_until
        if self._fault or self._stopping.is_set() or at < self._rest_until:
            return
        room = max(DOUBLES, self.hand.at_once + self.hand.at_once // 2) - self.hand.out
        while self.hand.taken < room and (owed := self.hand.take(at)):
            wait = self._api.wait(owed.chat)
            if wait > 0:  # the limiter would let it wait as well, but in one of our places
                self.hand.let_wait(owed.chat, wait)
                continue
            send = asyncio.create_task(self._send(owed))
            self._sends.add(send)
            send.add_done_callback(self._sends.discard)
        # Without room whoever has waited goes once something of what is out is written down.
        self._send_again_at = self.hand.next_at if self.hand.taken < room else inf

    async def _send(self, owed: Owed) -> None:
        try:
            began, found = self._services.now(), await self._delivery.deliver(owed)
            self._counts.notices[type(found).__name__] += 1
            if isinstance(found, Held):
                self.hand.put_back(owed.chat)
                self._refuse(found)
            else:
                self.hand.came_back(owed, found, began)
            if isinstance(found, Done):
                self._refusals = 0
        except Exception as error:  # noqa: BLE001 - raised by `run`: nobody waits for this task
            self._fault = error
        self._send_next()
        self._bell.set()

    def _refuse(self, held: Held) -> None:
        """Telegram refuses every send, or a proxy does for a moment. What was under way together counts once."""
        at = self._clock()
        if at < self._rest_until:
            return
        if not self._refusals or at >= self._tell_at:
            log.error("Telegram refuses to send; what is owed is kept", extra={"reason": held.kind})
            self._tell_at = at + TELL_EVERY_S
        self._rest_until = at + self._refused.pause(self._refusals)
        self._refusals += 1

    # Wait

    async def _until_needed(self) -> None:
        """Wait for what comes back, is put down or falls due; nothing else may be owed by then that nobody told."""
        while not (self._look_again or self.hand.is_ripe or self._wanted() or self._fault or self._stopping.is_set()):
            self._bell.clear()
            now, at = self._services.now(), self._clock()
            waits = [self._send_again_at - at, *([LINGER_S] if self.hand.unsettled else [])]
            waits += [(self._due[kind] - now) / 1000 for kind in KINDS if self._due.get(kind, now) > now]
            wait = min(waits)
            timer = asyncio.get_running_loop().call_later(wait, self.wake) if wait < inf else None
            await self._bell.wait()
            if timer:
                timer.cancel()

    async def _rest(self, seconds: float) -> None:
        """The database is away. What comes back meanwhile is kept."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        self._look_again = True

    async def _finish(self) -> None:
        """Nothing new goes; what is under way has its grace to arrive, and is settled."""
        self._stopping.set()
        if self._sends:
            await asyncio.wait(self._sends, timeout=self._grace)
        for send in self._sends:
            send.cancel()
        await asyncio.gather(*self._sends, return_exceptions=True)
        tries = 3 if self._grace else 1
        while not self.hand.is_empty and tries:
            tries -= 1
            try:
                async with self._services.storage.transaction() as tx:
                    await settle(tx, self.hand.unsettled, self._services.now())
                    await outbox.let_go(tx, self.hand.waiting())
                break
            except Exception as error:  # noqa: BLE001 - what cannot be written down will be sent again
                log.warning(
                    "not settled at the end", extra={"n": len(self.hand.unsettled), "error": type(error).__name__}
                )
                await asyncio.sleep(0.1)

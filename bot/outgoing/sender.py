"""The one sender: claims what the outbox owes, lets it fly, and settles what came back."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.outgoing.books import LINGER
from bot.outgoing.delivery import Delivery, Render
from bot.outgoing.fair_queue import KINDS
from bot.outgoing.in_flight import InFlight
from bot.telegram.api import BotApi
from bot.telegram.rate_limit import RateLimiter
from handlers.context import Services
from storage import Tx, is_transient, outbox
from storage.records import Owed

log = logging.getLogger(__name__)

CLAIM = 50  # rows at once
MOST_OF_A_CHAT = 8  # of them in hand while others may be kept waiting by it
LOOK = 10.0  # seconds after which the outbox is looked at though nobody said so
LONGEST_REST = 5.0  # seconds between two tries while the database is away


class Sender:
    """Rows are claimed, sent, then settled: who dies in between sends again, a rare double, and nothing is lost.

    `pace` is the transport's own; `at_once` sends are under way at most; `clock` is monotonic, in seconds.
    """

    def __init__(
        self,
        services: Services,
        transport: BotApi,
        render: Render,
        *,
        pace: RateLimiter | None = None,
        at_once: int = 20,
        chance: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._services, self._clock = services, clock
        delivery = Delivery(services, transport, render, chance)
        self._flights = InFlight(services, delivery, pace, at_once, clock, self._landed)
        self._turns, self._books = self._flights.turns, self._flights.books
        self._bell, self._quiet = asyncio.Event(), asyncio.Event()
        self._stopping, self._stopped = asyncio.Event(), asyncio.Event()
        self._stopped.set()
        self._due: dict[int, int | None] = dict.fromkeys(KINDS)
        self._woken = True
        self._astray = True  # there may be claims that nobody holds
        self._lingers = False
        self._troubles = 0
        self._patience = 0.0

    async def run(self) -> None:
        """Send what is owed until `drain()`; for the holder of the lease only.

        Raises Stop when Telegram refuses every send (token, second instance); what is owed stays.
        """
        self._stopped.clear()
        try:
            while not self._stopping.is_set():
                await self._round()
        finally:
            await self._close()

    def wake(self) -> None:
        """Something may be owed that was not before."""
        self._woken = True
        self._quiet.clear()
        self._bell.set()

    async def idle(self) -> None:
        """Until nothing that is due is left, nothing is under way and everything is written down."""
        self.wake()
        await self._quiet.wait()

    async def drain(self, seconds: float) -> None:
        """Begin nothing new, let arrive what is under way, for so long at most, and write it down.

        What else is claimed is let go of by whoever runs next: the lease may be another's by now, and so the claims.
        """
        self._patience = seconds
        self._stopping.set()
        self._bell.set()
        await self._stopped.wait()

    @property
    def flying(self) -> int:
        """How many are being sent."""
        return self._turns.under_way

    async def _round(self) -> None:
        try:
            any_done = await self._work()
        except Exception as error:
            if not is_transient(error):
                raise
            await self._rest(error)
        else:
            self._troubles = 0
            if not any_done:
                await self._wait()

    async def _work(self) -> bool:
        """Look into the outbox, claim and settle, as far as it is worth it. False if there was nothing to do."""
        if self._flights.fault:
            raise self._flights.fault
        if self._astray and self._turns.is_empty and not self._books:
            await self._release()
        if self._woken:
            await self._look()
        wanted = self._wanted()
        if not wanted and not self._is_worth_settling():
            return False
        await self._settle_and_claim(wanted)
        return True

    async def _release(self) -> None:
        async with self._services.storage.transaction() as tx:
            await outbox.release(tx)
        self._astray = False
        self._woken = True

    async def _look(self) -> None:
        self._woken = False
        async with self._services.storage.reading() as tx:
            for kind in KINDS:
                self._due[kind] = await outbox.next_due(tx, kind)

    def _wanted(self) -> list[int]:
        """The kinds of which something is due and little is in hand."""
        if self._astray:
            return []
        now = self._services.now()
        return [kind for kind, due in self._due.items() if due is not None and due <= now and self._turns.lacks(kind)]

    def _is_worth_settling(self) -> bool:
        return bool(self._books) and (not self._turns.under_way or self._books.is_ripe(self._clock()))

    async def _settle_and_claim(self, wanted: Sequence[int]) -> None:
        """What came back is written and more is claimed, in one transaction."""
        now = self._services.now()
        # If the answer to the commit gets lost, claims may stand that nobody holds: no more until they are released.
        self._astray = self._astray or bool(wanted)
        async with self._services.storage.transaction() as tx:
            counts = await self._books.write(tx, now)
            claimed = [owed for kind in wanted for owed in await self._claim(tx, kind, now)]
        self._astray = self._astray and not wanted
        self._books.written(counts, now, self._clock())
        self._flights.take_in(claimed, MOST_OF_A_CHAT if _rows(claimed) >= CLAIM else CLAIM)

    async def _claim(self, tx: Tx, kind: int, now: int) -> list[Owed]:
        claimed = await outbox.claim(tx, kind, now, CLAIM)
        if _rows(claimed) < CLAIM:
            self._due[kind] = await outbox.next_due(tx, kind)
        return claimed

    def _landed(self) -> None:
        """Something came back: is there a reason to go to the database at once, or at all?"""
        news = bool(self._books) and not self._lingers
        if news or self._flights.fault or self._is_worth_settling() or self._wanted():
            self._bell.set()

    async def _wait(self) -> None:
        """Until something comes back, is put down or falls due."""
        self._bell.clear()
        if self._woken:
            return  # somebody rang while we looked
        if self._turns.is_empty and not self._books:
            self._quiet.set()
        self._lingers = bool(self._books)
        now = self._services.now()
        coming = [(due - now) / 1000 for due in self._due.values() if due is not None and due > now]
        soon = min([LINGER if self._lingers else LOOK, *coming])
        timer = asyncio.get_running_loop().call_later(soon, self._bell.set if soon < LOOK else self.wake)
        await self._bell.wait()
        timer.cancel()

    async def _rest(self, error: Exception) -> None:
        """The database is away. What comes back meanwhile is kept."""
        self._troubles += 1
        log.warning("the database failed the sender", extra={"error": type(error).__name__, "tries": self._troubles})
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), min(LONGEST_REST, 0.05 * 2 ** min(self._troubles, 7)))
        self._woken = True

    async def _close(self) -> None:
        self._stopping.set()
        await self._flights.finish(self._patience)
        tries = 3 if self._patience else 1
        while self._books and tries:
            tries -= 1
            await self._settle_once_more()
        self._stopped.set()
        self._quiet.set()

    async def _settle_once_more(self) -> None:
        try:
            await self._settle_and_claim(())
        except Exception as error:  # noqa: BLE001 - what cannot be written down will be sent again
            log.warning("not settled at the end", extra={"n": len(self._books), "error": type(error).__name__})
            await asyncio.sleep(0.1)


def _rows(claimed: Sequence[Owed]) -> int:
    return sum(len(owed.ids) for owed in claimed)

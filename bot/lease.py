"""Who leads: one process polls and sends, any other waits until the lease of the first has ended."""

import asyncio
import logging
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.clock import APART, Clock
from bot.exits import ExitCode, Stop
from bot.logs import told
from bot.retry import Backoff, damaged_since
from handlers.context import Services
from storage import is_transient
from storage.db import leases

log = logging.getLogger(__name__)

NAME, LASTS, EVERY, LOOK = "lead", 15.0, 5.0, 1.0  # seconds
PROMPT = 1.0  # seconds; an answer that took longer does not say what time it is


class Lease:
    """The lease of one process. It runs by the database's clock, with which each renewal compares the process's own.

    `clock_skew` is by how many seconds that one is ahead. `haste` divides every time, for tests; `look` raises, or
    ends the process, if the register is no longer where it was. It `waits` once it has found another's.
    """

    def __init__(
        self,
        services: Services,
        haste: float = 1.0,
        clock: Clock | None = None,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        self._services, self._haste, self._clock, self._look = services, haste, clock or Clock(), look
        self.clock_skew = 0.0
        self.renewed_at = time.monotonic()  # or tried for another's: the register took a write
        self.place = here()
        self.holder = f"{self.place}:{os.getpid()}:{secrets.token_hex(4)}"
        self.held = self.waits = False
        self._sure_until = 0.0  # monotonic: nobody else can have it before

    def is_sure(self) -> bool:
        """True if it is ours, and nobody can have taken it meanwhile: false after we stood still."""
        return self.held and time.monotonic() < self._sure_until

    async def take(self) -> bool:
        """Wait until the lease is ours; True if it was another's. That of a process that died here is nobody's.

        What the one before had begun to write is over by then: no claim of it comes afterwards, nor a late word.
        """
        taken_over = False
        database = Backoff()
        while not await database.until_database_is_back(self._renew):
            taken_over = True
            if await database.until_database_is_back(self._bury):
                continue
            if not self.waits:
                log.warning("another process leads; waiting for its lease")
            self.waits = True
            await asyncio.sleep(LOOK / self._haste)
        # No longer than a lease may go without renewal.
        if not await database.until_database_is_back(partial(self._services.storage.writes_end, EVERY / self._haste)):
            log.warning("somebody else is amid a transaction; not waited for any longer")
        self.held = True
        return taken_over

    async def keep(self) -> None:
        """Renew it for ever. Raises Stop when somebody else has taken it, or the database is damaged for good."""
        pause, since = EVERY, None
        while True:
            await asyncio.sleep(pause / self._haste)
            try:
                kept = await self._renew()
            except Exception as error:
                if not is_transient(error):
                    raise
                if pause == EVERY:
                    log.warning("the lease could not be renewed", extra={"error": told(error)})
                since = damaged_since(error, since)
                pause = LOOK  # the database may be away for us alone, and the lease be taken meanwhile
                continue
            if not kept:
                raise Stop(ExitCode.LEASE, "another process took the lease")
            pause, since = EVERY, None

    async def drop(self) -> None:
        """Give it back, as well as it can be done."""
        self.held = False
        with suppress(Exception):
            self._look()  # who ends with a harmed file writes nothing any more
            async with self._services.storage.transaction() as tx:
                await leases.drop(tx, NAME, self.holder)

    async def _renew(self) -> bool:
        self._look()
        async with self._services.storage.transaction() as tx:
            asked = time.monotonic()
            now = await tx.clock()
            # A database on this machine has this machine's clock: only what a visitor of the demo skipped lies between.
            if self._services.storage.remote and time.monotonic() - asked < PROMPT:
                self._compare(now)
            # Who once lost it leads no more, though it may be free again: another knew more by then than is here.
            is_lost = self.held and await leases.holder_of(tx, NAME) != self.holder
            kept = not is_lost and await leases.take(tx, NAME, self.holder, now, LASTS / self._haste)
        self.renewed_at = time.monotonic()
        self._sure_until = asked + LASTS / self._haste if kept else 0.0
        return kept

    def _compare(self, now: int) -> None:
        before = abs(self.clock_skew) > APART
        self.clock_skew = self._clock.compare(now)
        if (abs(self.clock_skew) > APART) != before:
            words = "the clock agrees with the database's again" if before else "the clock is not the database's"
            log.warning(words, extra={"seconds": round(self.clock_skew, 1)})

    async def _bury(self) -> bool:
        async with self._services.storage.transaction() as tx:
            holder = await leases.holder_of(tx, NAME)
            if holder is None or not is_dead(holder, self.place):
                return False
            await leases.drop(tx, NAME, holder)
        log.warning("the process that led is dead")
        return True


def is_dead(holder: str, place: str) -> bool:
    """True if the holder was a process of this very place, and there is none of its number any more.

    A number that was given out again looks alive: then its lease runs out as any other does.
    """
    where, number, _ = f"{holder}::".split(":", 2)
    if not place or where != place or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def here() -> str:
    """The boot of this machine and the namespace of its process numbers: only here does a number name a process."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink().name.strip('pid:[]')}"
    except OSError:
        return ""

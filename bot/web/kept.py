"""Keeps what takes long to make in memory while somebody asks for it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)
FRESH = 60.0  # seconds for which it is not made again
SHARE = 20  # times as long as its making took it is not made again, so that it never is a twentieth of the work
FORGOTTEN = 300.0  # seconds after which it is let go if nobody asks
WAITS = 0.02  # seconds from the beginning of its making for which somebody waits for a newer one


class Kept(Generic[T]):
    """Something that is made when it is asked for: who comes first waits for it, who comes later sees the last one
    while the next is made.
    """

    def __init__(
        self,
        make: Callable[[], Awaitable[T]],
        now: Callable[[], float] = time.monotonic,
        forgotten: float = FORGOTTEN,
        fresh: float = FRESH,
    ) -> None:
        self._make, self._now, self._forgotten, self._fresh = make, now, forgotten, fresh
        self._made: tuple[T, float] | None = None  # and until when it is fresh
        self._making: asyncio.Task[None] | None = None
        self._begun = 0.0
        self._failure: Exception | None = None
        self._letting_go: asyncio.TimerHandle | None = None

    @property
    def is_empty(self) -> bool:
        """True if nothing is kept."""
        return self._made is None

    async def get(self) -> T:
        """The newest there is. Raises what its making raises if there is none."""
        found = await self.soon(None)
        if found is None:
            raise self._failure or LookupError("it was let go while it was made")
        return found

    async def soon(self, seconds: float | None) -> T | None:
        """The same, or None if it is not made within so many seconds; whoever comes second waits for a moment alone."""
        self._keep()
        is_first = self._making is None
        if is_first and (self._made is None or self._made[1] <= self._now()):
            self._making, self._begun = asyncio.create_task(self._renew()), self._now()
        if self._making:
            is_patient = self._made is None and (is_first or seconds is None)
            patience = seconds if is_patient else self._begun + WAITS - self._now()
            if patience is None or patience > 0:
                await asyncio.wait({self._making}, timeout=patience)
        return self._made[0] if self._made else None

    def let_go(self) -> None:
        """Keep it no longer: who asks next waits for a new one."""
        self._made = None

    def stop(self) -> None:
        """Make nothing any more."""
        for one in (self._making, self._letting_go):
            if one:
                one.cancel()

    def _keep(self) -> None:
        """For a while from now on."""
        if self._letting_go:
            self._letting_go.cancel()
        self._letting_go = asyncio.get_running_loop().call_later(self._forgotten, self.let_go)

    async def _renew(self) -> None:
        try:
            made = await self._make()
        except Exception as error:  # noqa: BLE001  # whoever asks hears it, unless the one before is there
            log.warning("a page cannot be made anew", extra={"error": type(error).__name__})
            self._failure = error
        else:
            done = self._now()
            self._made = made, done + max(self._fresh, SHARE * (done - self._begun))
            self._keep()
        finally:
            self._making = None

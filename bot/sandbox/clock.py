"""The sandbox's clock: real time plus what a test or a visitor has skipped; timers see both."""

import asyncio
import time
from collections.abc import Callable
from typing import Any


class Clock:
    """Unix seconds. With a constant `base` the clock stands still until somebody calls `advance`."""

    def __init__(self, base: Callable[[], float] = time.time) -> None:
        self._base = base
        self._skipped = 0.0
        self._timers: set[Timer] = set()

    def now(self) -> float:
        return self._base() + self._skipped

    def advance(self, seconds: float) -> None:
        """Skip ahead; whatever falls due on the way happens now, in its order."""
        self._skipped += seconds
        for timer in sorted(self._timers, key=lambda timer: timer.due):
            timer.look()

    def call_at(self, due: float, callback: Callable[[], object]) -> "Timer":
        timer = Timer(self, due, callback)
        self._timers.add(timer)
        timer.look()
        return timer

    def forget(self, timer: "Timer") -> None:
        self._timers.discard(timer)

    async def sleep(self, seconds: float) -> None:
        await self.wait(asyncio.get_running_loop().create_future(), seconds)

    async def wait(self, future: "asyncio.Future[Any]", seconds: float) -> None:
        """Until the future is done or the seconds have passed, whichever comes first."""
        timer = self.call_at(self.now() + seconds, lambda: finish(future))
        try:
            await future
        finally:
            timer.cancel()


class Timer:
    """Calls back once, when its time has come by the virtual clock."""

    __slots__ = ("_callback", "_clock", "_handle", "due")

    def __init__(self, clock: Clock, due: float, callback: Callable[[], object]) -> None:
        self.due = due
        self._clock = clock
        self._callback = callback
        self._handle: asyncio.TimerHandle | None = None

    def look(self) -> None:
        """Fire if due, else look again when real time alone would have made it so."""
        if self._handle:
            self._handle.cancel()
        left = self.due - self._clock.now()
        if left > 0:
            self._handle = asyncio.get_running_loop().call_later(left, self.look)
        else:
            self._clock.forget(self)
            self._callback()

    def cancel(self) -> None:
        self._clock.forget(self)
        if self._handle:
            self._handle.cancel()


def finish(future: "asyncio.Future[Any]") -> None:
    """Let whoever waits go on, unless it already does."""
    if not future.done():
        future.set_result(None)

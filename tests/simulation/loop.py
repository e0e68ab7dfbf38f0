"""An event loop that never waits: when nobody has anything to do, it is the time of the next timer.

It stands on asyncio's own loop; what differs is where time comes from, and that each step belongs to a process, which
may be dead by then. (The package simloop does this, too, but for Python 3.12 and later.)
"""

import asyncio
import logging
import sys
import warnings
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from contextvars import Context, ContextVar
from heapq import heappop
from itertools import count
from typing import Any, Protocol, Self, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
BEGAN = 1000.0  # seconds; of monotonic time nobody knows where it begins


class Mortal(Protocol):
    """Whose step it is."""

    handlers: dict[int, Callable[[], object]]  # of signals

    def admits(self, step: asyncio.Handle) -> bool:
        """False if this step is not to be made now, or never."""

    def stepped(self) -> None:
        """A step was made."""


PROCESS: ContextVar[Mortal | None] = ContextVar("PROCESS", default=None)  # whose step this is; None: the world's
WORLD = Context()  # where that happens which is no process's


AT_ONCE = 100_000  # steps before it is any later: somebody waits for nothing, for ever


class Stuck(Exception):
    """Nobody will ever do anything again, or time stands still."""


class NumberedTask(asyncio.Task[Any]):
    """A task whose place in a set does not depend on where it lies in memory. It `began` at this time of the loop."""

    number: int
    began: float
    numbers = count()

    def __new__(cls, *_args: object, **_options: object) -> Self:
        task = super().__new__(cls)
        task.number = next(cls.numbers)
        return task

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        return self is other


class VirtualLoop(asyncio.BaseEventLoop):
    """Time is virtual seconds. `complaints` are exceptions that nobody caught."""

    _ready: deque[asyncio.Handle]
    _scheduled: list[asyncio.TimerHandle]

    def __init__(self) -> None:
        super().__init__()
        self._now = BEGAN
        self.steps = self._since = 0
        self.complaints: list[str] = []
        self._tasks: list[asyncio.Task[Any]] = []  # kept: one that is collected would run its last words
        self.set_task_factory(self._new_task)  # type: ignore[arg-type]  # typeshed's has no context
        self.set_exception_handler(self._complain)
        NumberedTask.numbers = count()

    def time(self) -> float:
        return self._now

    async def until(self, at: float) -> None:
        """Sleep until so many seconds after it all began."""
        await asyncio.sleep(max(0.0, BEGAN + at - self._now))

    def _run_once(self) -> None:
        ready, timers = self._ready, self._scheduled
        if not ready:
            if not timers:
                raise Stuck
            if timers[0].when() > self._now:
                self._now, self._since = timers[0].when(), self.steps
        if self.steps - self._since > AT_ONCE:
            raise Stuck
        while timers and timers[0].when() <= self._now:
            ready.append(heappop(timers))
        step = ready.popleft()
        if not step.cancelled():
            self._make(step)

    def _make(self, step: asyncio.Handle) -> None:
        self.steps += 1
        process: Mortal | None = step._context.get(PROCESS)  # type: ignore[attr-defined]  # typeshed hides it
        if process is None:
            step._run()
        elif process.admits(step):
            step._run()
            process.stepped()

    def again(self, steps: Iterable[asyncio.Handle]) -> None:
        """Steps that were not admitted are due now."""
        self._ready.extend(steps)

    def _new_task(self, _loop: object, coroutine: Coroutine[Any, Any, T], **options: Any) -> asyncio.Task[T]:
        task = NumberedTask(coroutine, loop=self, **options)
        task.began = self._now
        self._tasks.append(task)
        return task

    def _complain(self, _loop: object, context: dict[str, Any]) -> None:
        self.complaints.append(f"{context.get('message')}: {context.get('exception')!r}")

    def bury(self) -> None:
        """The end. What is left says its last words to nobody."""
        self.close()
        logging.disable()
        hook, sys.unraisablehook = sys.unraisablehook, lambda _: None
        with warnings.catch_warnings(action="ignore"):  # of what they would have begun
            for task in self._tasks:
                task._log_destroy_pending = False  # type: ignore[attr-defined]  # typeshed hides it
                _close(task.get_coro())
        self._tasks.clear()
        sys.unraisablehook = hook
        logging.disable(logging.NOTSET)

    # What other loops do with files, threads and signals

    def _process_events(self, _events: object) -> None: ...

    def _write_to_self(self) -> None: ...

    def _timer_handle_cancelled(self, _handle: object) -> None: ...

    def _asyncgen_firstiter_hook(self, _generator: object) -> None: ...

    def _asyncgen_finalizer_hook(self, _generator: object) -> None: ...  # who was killed tidies nothing up

    def run_in_executor(self, executor: Any, func: Callable[[*Ts], T], *args: *Ts) -> asyncio.Future[T]:
        assert executor is None
        return self.create_task(_later(func, *args))

    def add_signal_handler(self, sig: int, callback: Callable[[*Ts], object], *args: *Ts) -> None:
        if process := PROCESS.get():
            process.handlers[sig] = lambda: callback(*args)


def _close(coroutine: Any) -> None:
    while getattr(coroutine, "cr_frame", None) is not None:  # again, if its last words were to wait for something
        with suppress(BaseException):
            coroutine.close()


async def _later(function: Callable[[*Ts], T], *args: *Ts) -> T:
    await asyncio.sleep(0)
    return function(*args)

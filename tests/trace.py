"""What an update crosses on its way through our code: `python -m tests.trace`, with `--names` each function in order.

Another checkout is traced by its own town: `PYTHONPATH=../other python -P tests/trace.py`.
"""

import asyncio
import inspect
import sys
import tempfile
from collections.abc import Awaitable, Callable, Hashable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Self

import bot
from handlers import callbacks
from tests.town import Town, migrated

ROOMS = ("bot", "handlers", "storage", "locales")
HOME = Path(bot.__file__).parent.parent
TESTS = str(Path(inspect.getfile(Town)).parent)
SANDBOX = str(HOME / "bot" / "sandbox")
CALL_FROM_THE_LOOP = asyncio.Handle._run.__code__  # where the stack of each task begins


@dataclass(frozen=True, slots=True)
class Function:
    module: str
    name: str
    line: int

    @property
    def room(self) -> str:
        return self.module.partition(".")[0]

    @property
    def folder(self) -> str:
        return self.module.rpartition(".")[0]


@dataclass(slots=True)
class Trace:
    """The calls of our functions, in order. A coroutine that goes on after a wait is called again.

    A comprehension belongs to its function. What a test asks by itself does not count, nor what the sandbox does.
    """

    calls: list[Function] = field(default_factory=list)
    _known: dict[CodeType, Function | None] = field(default_factory=dict)

    def __enter__(self) -> Self:
        sys.setprofile(self._profile)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _profile(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and (function := self._ours(frame.f_code)) and not _asked_by_a_test(frame):
            self.calls.append(function)

    def _ours(self, code: CodeType) -> Function | None:
        if code not in self._known:
            self._known[code] = _function(code)
        return self._known[code]

    @property
    def functions(self) -> list[Function]:
        """Each once, in the order of their first calls."""
        return list(dict.fromkeys(self.calls))

    @property
    def modules(self) -> int:
        return len({function.module for function in self.calls})

    def changes(self, of: Callable[[Function], Hashable]) -> int:
        """How often a call is in another place than the call before it."""
        return sum(of(before) != of(after) for before, after in pairwise(self.calls))

    @property
    def rooms(self) -> int:
        """Changes of room, of the four at the top."""
        return self.changes(lambda function: function.room)


def _function(code: CodeType) -> Function | None:
    path = Path(code.co_filename)
    if code.co_name in {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"} or not path.is_relative_to(HOME):
        return None
    module = path.relative_to(HOME).with_suffix("").parts
    if module[0] not in ROOMS or path.is_relative_to(SANDBOX):
        return None
    return Function(".".join(module), code.co_qualname, code.co_firstlineno)


def _asked_by_a_test(frame: FrameType) -> bool:
    """Whether a test is among the callers, up to the event loop that runs this task."""
    caller = frame.f_back
    while caller and caller.f_code is not CALL_FROM_THE_LOOP:
        if caller.f_code.co_filename.startswith(TESTS):
            return True
        caller = caller.f_back
    return False


async def tap(town: Town) -> Trace:
    """A courier takes a leg, and three families hear of it."""
    (card,) = await town.files("KK")
    families = (town.sari, town.paijo, town.emma)
    for family in families:
        await town.follows(family, card.number)
    await town.carries(card, "at_district")
    await town.passes(60)
    await town.joko.says(card.number)
    before = [len(family.heard) for family in families]
    with Trace() as trace:
        await town.joko.taps("✅ Bawa ke Disdukcapil")
        await town.grace()
    assert [len(family.heard) for family in families] == [heard + 1 for heard in before]
    return trace


async def status(town: Town) -> Trace:
    """A family asks where its card is."""
    (card,) = await town.files("KK")
    await town.passes(60)
    with Trace() as trace:
        screen = await town.sari.says(f"/status {card.number}")
    assert "Kartu Keluarga" in screen
    return trace


async def reminder(town: Town) -> Trace:
    """The counters have opened, and a village hears what it can fetch."""
    (card,) = await town.files("KK")
    await town.carries(card, "ready_at_district")
    await town.passes(60)
    with Trace() as trace:
        await asyncio.create_task(town.chores())
        await town.settled()
    assert "Siap dijemput" in town.warni.screen
    return trace


PATHS: dict[str, Callable[[Town], Awaitable[Trace]]] = {
    "a tap, three notices": tap,
    "/status": status,
    "a reminder": reminder,
}


async def traced(path: Callable[[Town], Awaitable[Trace]]) -> Trace:
    """A path through a town of its own: SQLite, no rate limiter, HTTP in memory."""
    callbacks.parse.cache_clear()  # what was tapped before in this process
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/town.db"
        await migrated(url)
        async with Town.open(url) as town:
            return await path(town)


def table(traces: dict[str, Trace], *, names: bool) -> Iterator[str]:
    yield f"{'':<22}functions  modules  calls  changes of room  of folder"
    for title, trace in traces.items():
        counts = f"{len(trace.functions):>9}{trace.modules:>9}{len(trace.calls):>7}{trace.rooms:>17}"
        yield f"{title:<22}{counts}{trace.changes(lambda function: function.folder):>11}"
    for title, trace in traces.items() if names else ():
        yield f"\n{title}"
        yield from (f"    {function.module}:{function.line} {function.name}" for function in trace.functions)


if __name__ == "__main__":
    traces = {title: asyncio.run(traced(path)) for title, path in PATHS.items()}
    print("\n".join(table(traces, names="--names" in sys.argv)))  # noqa: T201  # it is a command

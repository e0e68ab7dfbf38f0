"""Where the bots play: one pretend Telegram behind real HTTP in this process, and crowds that keep a bot busy."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.sandbox import Bot, File, Limits, Sandbox, Settings, Window
from bot.sandbox.server import Runner, serve
from bot.sandbox.state import NO_FILES
from bot.sandbox.world import Call
from tests.bench.bots import Process

JITTER = 0.05  # seconds that a call may arrive too early or too late
WARM_UP = 0.4


class Stage(Sandbox):
    """The pretend Telegram. What bots in `shaken` send arrives up to twice JITTER late."""

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(Settings(limits=limits, poll_spacing=False, calls_kept=100))
        self.shaken: set[str] = set()
        self.runner: Runner | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, limits: Limits | None = None) -> AsyncIterator["Stage"]:
        stage = cls(limits)
        async with await serve(stage, port=0, control_port=0) as runner:
            stage.runner = runner
            yield stage

    @property
    def url(self) -> str:
        if self.runner is None:
            raise RuntimeError("not open")
        return self.runner.url

    async def call(
        self, token: str, method: str, params: Mapping[str, str], files: Mapping[str, File] = NO_FILES
    ) -> tuple[int, Any]:
        if token in self.shaken and method == "sendMessage":
            await asyncio.sleep(random.uniform(0, 2 * JITTER))
        return await super().call(token, method, params, files)

    def windows(self, bot: Bot, chats: Iterable[int]) -> list[Window]:
        """The phones of these people, in chats that were opened long ago."""
        found = []
        for chat in chats:
            window = self.person(f"p{chat}", "id", id_=chat).chat(bot)
            window.chat.started = True
            found.append(window)
        return found

    async def settled(self, process: Process, window: Window, text: str) -> None:
        """Wait until a bot that was just started answers."""
        window.say(text)
        async with asyncio.timeout(30):
            while not window.heard:
                process.pid  # noqa: B018  # raises once it is dead
                await asyncio.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a flow went: things done a second, processor time for each (ms), how busy the pretend Telegram was (0-1)."""

    rate: float
    cpu: float
    server: float


class Flow:
    """A crowd in which each asks again once the last thing is wholly done: so many in flight, always.

    `ask(i)` puts the next update of member i into the queue; `belongs(call)` says whose a call is, None for nobody's;
    after `calls` of them the thing is done.
    """

    def __init__(
        self,
        stage: Stage,
        bot: Bot,
        members: int,
        ask: Callable[[int], object],
        belongs: Callable[[Call], int | None],
        calls: int = 1,
    ) -> None:
        self._stage, self._bot, self._ask, self._belongs, self._calls = stage, bot, ask, belongs, calls
        self._left = [calls] * members
        self._open, self._busy = False, 0
        self._drained = asyncio.Event()
        self.done, self.refused = 0, 0

    async def measure(self, process: Process, seconds: float) -> Pace:
        self._stage.watchers.append(self._watch)
        self._open, self._busy = True, len(self._left)
        self._drained.clear()
        for i in range(len(self._left)):
            self._ask(i)
        await asyncio.sleep(WARM_UP)
        done, cpu, busy, start = self.done, process.cpu(), time.process_time(), time.perf_counter()
        while self.done == done:  # a machine that stands still tells nothing
            await asyncio.sleep(seconds)
        took, n = time.perf_counter() - start, self.done - done
        pace = Pace(n / took, 1000 * (process.cpu() - cpu) / n, (time.process_time() - busy) / took)
        await self._drain(process)
        return pace

    async def _drain(self, process: Process) -> None:
        self._open = False
        try:
            async with asyncio.timeout(30):
                await self._drained.wait()
        except TimeoutError:
            ends = f"{self.done} done, {self._busy} not, {self.refused} calls refused"
            raise RuntimeError(f"{process.breed.title}: {ends}\n{process.last_words()}") from None
        finally:
            self._stage.watchers.remove(self._watch)

    def _watch(self, event: str, facts: dict[str, Any]) -> None:
        if event != "call" or (call := facts["call"]).bot != self._bot.id or call.method.startswith("get"):
            return
        if call.status != 200:
            self.refused += 1
        elif (i := self._belongs(call)) is not None:
            self._left[i] -= 1
            if not self._left[i]:
                self._finished(i)

    def _finished(self, i: int) -> None:
        self._left[i] = self._calls
        self.done += 1
        if self._open:
            self._ask(i)
        else:
            self._busy -= 1
            if not self._busy:
                self._drained.set()


def by_chat(windows: Sequence[Window]) -> Callable[[Call], int | None]:
    """A message belongs to whoever's chat it goes to."""
    places = {str(window.chat.id): i for i, window in enumerate(windows)}
    return lambda call: places.get(call.params.get("chat_id", ""))

"""The machine with its processes: they are started as `bot run` starts one, killed between two steps, started again."""

import asyncio
import hashlib
import signal
import sqlite3
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextvars import Context, copy_context
from random import Random
from typing import Any, NamedTuple, Protocol

from bot import app
from bot.clock import Clock
from bot.config import Settings
from bot.exits import ExitCode
from bot.lease import Lease
from bot.outgoing.hand import Hand
from storage.records import Owed
from tests.simulation.loop import PROCESS, WORLD, VirtualLoop
from tests.simulation.weather import Fate, Plan, Weather

EXPECTED = {int(code) for code in (ExitCode.OK, ExitCode.LEASE, ExitCode.OTHER_POLLER)}
NOTICED_WITHIN = 8.0  # seconds until a process that lost the lease while it stood still has found out


class SkewedClock(Clock):
    """A clock that is wrong by so many ms."""

    def __init__(self, skew: int) -> None:
        super().__init__()
        self._skew = skew

    def __call__(self) -> int:
        return super().__call__() + self._skew


class End(NamedTuple):
    """How a process ended, or began to stand still, `at` the loop's time; since it was told to it may hand over."""

    at: float
    told_at: float | None
    number: int
    is_orderly: bool

    @property
    def began(self) -> float:
        """Since when another may send what this one had in hand."""
        return self.told_at or self.at


class Process:
    """One life of the bot. `slot` is which of the two it is, `number` its process number.

    `ends_after`: it is killed after so many steps more. `at_news`: once a message is out and so many `others` are not,
    and something waits in its hand if it `clings`.
    """

    def __init__(self, machine: "Machine", slot: int, number: int, skew: float) -> None:
        self.machine, self.slot, self.number, self._skew = machine, slot, number, skew
        self.alive = True
        self.ends_after: int | None = None
        self.at_news: Callable[[], object] = lambda: None
        self.others, self.clings = 1, False
        self.hand: Hand | None = None
        self.drives: list[sqlite3.Connection] = []
        self.handlers: dict[int, Callable[[], object]] = {}
        self.lease: Lease | None = None
        self.told_at: float | None = None  # to stop
        self.failed_at = 0.0  # by its disk, or so late that an end does not wait for it
        self._stalled: list[asyncio.Handle] | None = None
        self._expected = EXPECTED  # codes

    @property
    def runs(self) -> bool:
        return self.alive and self._stalled is None

    @property
    def leads(self) -> bool:
        return self.runs and self.lease is not None and self.lease.held

    def start(self) -> None:
        run = app.run(self.machine.settings, SkewedClock(round(self._skew * 1000)))
        task = asyncio.get_running_loop().create_task(run, context=self._context())
        task.add_done_callback(self._ended, context=WORLD)

    def _context(self) -> Context:
        context = copy_context()
        context.run(PROCESS.set, self)
        return context

    def _ended(self, task: "asyncio.Task[int]") -> None:
        error = task.exception()
        code = None if error else task.result()
        if error:
            self.machine.tell("".join(traceback.format_exception(error)))
        if code not in self._expected:
            self.machine.faults.append(f"{self.number} ended with {error!r} {code}")
        if self.alive:  # it may have been killed in its last step
            self._die(f"ends with {code}")

    # What the loop asks

    def admits(self, step: asyncio.Handle) -> bool:
        if self.alive and self._stalled is not None:
            self._stalled.append(step)
            return False
        return self.alive

    def stepped(self) -> None:
        if self.ends_after is not None:
            self.ends_after -= 1
            if self.ends_after < 0:
                self.kill()

    def hears_news(self, others: int) -> None:
        """A message is out, and it is soon going to write that down; so many others are under way."""
        if others >= self.others and not (self.clings and self.hand and not self.hand.waiting()):
            happens, self.at_news, self.others, self.clings = self.at_news, lambda: None, 1, False
            happens()

    # What is done to it

    def kill_after(self, steps: int) -> None:
        """Kill it, so many steps later."""
        self.ends_after = steps

    def kill(self) -> None:
        """As SIGKILL would, right now: nothing of it runs any more, and what it had not committed is rolled back."""
        if self.alive:
            self.machine.kills += 1
            self._die("is killed")

    def _die(self, how: str) -> None:
        self.alive, self._stalled = False, None
        for drive in self.drives:
            drive.close()
        self.machine.ended(self, how)

    def terminate(self) -> None:
        """As SIGTERM would."""
        if not self.alive:
            return
        self.machine.journal(self.number, "is told to stop")
        if self._stalled is None:  # who stands still hears it later, and may have lost the lease by then
            self.told_at = self.told_at or asyncio.get_running_loop().time()
        if handler := self.handlers.get(signal.SIGTERM):
            asyncio.get_running_loop().call_soon(handler, context=self._context())
        else:
            self.kill()  # it has not begun to listen

    def stall(self) -> None:
        """As SIGSTOP would."""
        if self.alive and self._stalled is None:
            self.machine.journal(self.number, "stands still")
            self.machine.ends.append(End(self.machine.loop.time(), None, self.number, is_orderly=False))
            self._stalled = []

    def go_on(self) -> None:
        """As SIGCONT would."""
        if self._stalled is not None:
            steps, self._stalled = self._stalled, None
            self._expected = EXPECTED | {int(ExitCode.ZOMBIE)}  # as of any that gave no sign for too long
            self.machine.journal(self.number, "goes on")
            self.machine.wakes.append(self.machine.loop.time())
            self.machine.loop.again(steps)


class Carrier(Protocol):
    """A network, for the processes."""

    at_message: Callable[[int], float]
    late: dict[int, Callable[[], None]]

    def fate(self, process: Any, method: str, chat: int) -> Fate: ...

    def carry(self, sending: Any) -> None: ...


class Machine:
    """Two places for a process; whoever ends is started again by its supervisor, until the machine `is_off`."""

    network: Carrier

    def __init__(self, loop: VirtualLoop, weather: Weather, settings: Settings, plan: Plan) -> None:
        self.loop, self.weather, self.settings, self.plan = loop, weather, settings, plan
        self._dice = Random(f"machine {weather.seed}")
        self.processes: dict[int, Process] = {}
        self.slots: dict[int, Process] = {}
        self.kills, self.is_off = 0, False
        # Who hears of it as somebody claims rows, and as somebody begins to handle an update.
        self.at_claim: list[Callable[[Sequence[Owed]], None]] = []
        self.at_handled: list[Callable[[object], None]] = []
        self.fates: dict[int, Fate] = {}  # by chat, of the next message that is owed to it
        self.wakes: list[float] = []  # when one went on that had stood still
        # When one ended or stood still; since when it was told to, if all was well; and its number.
        self.ends: list[End] = []
        self.faults: list[str] = []
        self.leaders: list[int] = []  # numbers of those that have polled or sent
        self.rivalries: list[str] = []
        self._rivals_since: float | None = None
        self._trace = hashlib.sha256()
        self.lines: list[str] | None = None

    def start(self, slot: int) -> None:
        """Start a new process."""
        if self.is_off:
            return
        number = 100 + len(self.processes)
        process = self.processes[number] = self.slots[slot] = Process(self, slot, number, self.plan.skews[slot])
        self.journal(number, "starts")
        process.start()

    def ended(self, process: Process, how: str) -> None:
        """A process is no more; its supervisor starts another."""
        self.journal(process.number, how)
        is_orderly = how == f"ends with {int(ExitCode.OK)}" and process.failed_at < (process.told_at or 0.0)
        self.ends.append(End(self.loop.time(), process.told_at, process.number, is_orderly=is_orderly))
        self.loop.call_later(self._dice.uniform(0.1, 3.0), self.start, process.slot, context=WORLD)

    def off(self) -> None:
        """The end of all processes."""
        self.is_off = True
        for process in self.slots.values():
            process.kill()

    @property
    def leader(self) -> Process | None:
        return next((one for one in self.slots.values() if one.leads), None)

    def watch(self, process: Process) -> None:
        """A process polls or sends: only one leads, but for one that has just stood still."""
        if process.number not in self.leaders:
            self.leaders.append(process.number)
        now, rivals = self.loop.time(), [one.number for one in self.slots.values() if one.leads]
        if len(rivals) < 2:
            self._rivals_since = None
        elif self._rivals_since is None:
            self._rivals_since = now
        elif now - max(self._rivals_since, *self.wakes, 0.0) > self._noticed_within:
            self.rivalries.append(f"at {now:.2f} {rivals} lead since {self._rivals_since:.2f}")

    @property
    def _noticed_within(self) -> float:
        """Seconds until whoever lost the lease has found out, once nobody stands still amid a transaction: meanwhile no
        other can look at the lease.
        """
        return NOTICED_WITHIN * (3 if self.plan.disk or self.plan.outages else 1)

    def begins(self, process: Process) -> None:
        """A process begins to poll, to handle or to send one thing more: nobody does who has led before another."""
        self.watch(process)
        if process.number != self.leaders[-1]:
            self.rivalries.append(
                f"at {self.loop.time():.2f} {process.number} goes on, though {self.leaders[-1]} has led since"
            )

    def journal(self, who: int, what: str, facts: Mapping[str, str] | None = None) -> None:
        """Write down what happens: two runs are the same if their journals are."""
        line = f"{self.loop.time():.6f} {who} {what} {facts or ''}"
        self._trace.update(line.encode())
        self.tell(line)

    def tell(self, line: str) -> None:
        """Write down what somebody may want to read."""
        if self.lines is not None:
            self.lines.append(line)

    @property
    def trace(self) -> str:
        return self._trace.hexdigest()[:16]


def here() -> Process:
    """The process whose step this is."""
    process = PROCESS.get()
    assert isinstance(process, Process)
    return process

"""The story of one seed: a town at work while things go wrong; then calm, and all must be quiet soon."""

import asyncio
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.config import Secret, Settings
from storage import outbox
from storage.feedback.lines import WRITING
from tests.simulation.ear import Ear
from tests.simulation.encores import Encores
from tests.simulation.ledger import Ledger
from tests.simulation.loop import Stuck, VirtualLoop
from tests.simulation.machine import Machine, Process
from tests.simulation.moments import VOLLEY, Moments, when
from tests.simulation.network import Network
from tests.simulation.stories import Stories
from tests.simulation.substitutes import Now, claim_at_once
from tests.simulation.town import Snapshot
from tests.simulation.weather import PARTS, Plan, Weather
from tests.town import TOKEN

# Seconds of calm; a question of the last moment waits for the line that may go with it.
QUIET_WITHIN = 600.0 + WRITING / 1000
SETTLED, AT_ONCE = 60.0, 15.0  # seconds of calm after which all is as ever, and what is due waits no longer than this


@dataclass(slots=True)
class Verdict:
    """How a seed ended: faults by rule, figures, and a hash of all that happened."""

    seed: int
    plan: Plan
    trace: str = ""
    faults: dict[str, list[str]] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> Mapping[str, list[str]]:
        return {rule: found for rule, found in self.faults.items() if found}


class Run:
    """One seed, on a file of its own in a folder."""

    def __init__(self, seed: int, folder: Path, snapshot: Snapshot) -> None:
        # Not that of the seed before: a connection which nobody closed may still have that one open.
        self._snapshot, self._file = snapshot, folder / f"{seed}.db"
        self._dice = random.Random(f"run {seed}")
        self._hasty, self._watching = list[asyncio.Task[None]](), list[asyncio.Task[None]]()
        self._plan, self._late = Plan.of(seed), list[str]()
        self._verdict = Verdict(seed, self._plan)
        self._settings = Settings(telegram_bot_token=Secret(TOKEN), database_url=f"sqlite:///{self._file}")

    def play(self, *, tell: bool = False) -> Verdict:
        """Play it. With `tell` the verdict has a line for each thing that happened."""
        random.seed(self._verdict.seed)
        self._snapshot.copy(self._file)
        loop, Now.gather = VirtualLoop(), self._plan.gather
        Now.loop = loop
        claim_at_once(self._plan.claim)
        try:
            loop.run_until_complete(self._story(loop, tell=tell))
            self._verdict.faults["nothing is raised unseen"] = loop.complaints[:]  # whoever is buried may complain, too
        except Stuck:
            self._verdict.faults["time goes on"] = [f"{loop.steps} steps, the last of them at {loop.time():.6f}"]
        finally:
            loop.bury()
            Now.loop = None
            for end in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        return self._verdict

    async def _story(self, loop: VirtualLoop, *, tell: bool) -> None:
        plan, verdict = self._plan, self._verdict
        machine = Machine(loop, Weather(plan, verdict.seed), self._settings, plan)
        machine.lines = verdict.lines if tell else None
        scene = await self._snapshot.town(self._file, verdict.seed, limits=plan.limits)
        machine.network = network = Network(machine, scene.sandbox)
        people = Stories(scene, self._dice)
        with Ear(machine):
            machine.start(0)
            loop.call_later(self._dice.uniform(0, 4), machine.start, 1)
            await self._trouble(machine, people)
            self._calm(machine)
            seconds = await self._until_quiet(machine, people)
            ledger = Ledger(scene, people, self._snapshot.acts, machine, network)
            await ledger.open()
            verdict.faults |= await ledger.faults(is_quiet=seconds < QUIET_WITHIN) | {
                "what is due goes at once": self._late
            }
        verdict.figures = ledger.figures() | {"seconds of calm": seconds, "steps": loop.steps}
        verdict.trace = machine.trace
        machine.off()
        await scene.storage.close()

    async def _trouble(self, machine: Machine, people: Stories) -> None:
        """Everybody works, and one thing after the other happens."""
        plan, dice = self._plan, self._dice
        working = machine.loop.create_task(self._work(people))
        returning = [machine.loop.create_task(happens) for happens in Moments(machine, people).all()]
        events = [
            *["kill"] * plan.kills, *["stop"] * plan.stops, *["stall"] * plan.stalls, *["cut"] * plan.cuts,
            *["full disk"] * plan.outages, *["again"] * plan.repeats, *["absence"] * plan.absences,
            *["haste"] * plan.haste, *["part"] * plan.parts, *["hold"] * plan.holds,
        ]  # fmt: skip
        for at, event in sorted((dice.uniform(2, plan.seconds), event) for event in events):
            await machine.loop.until(at)
            people.act_often(dice.randrange(VOLLEY + 1))
            self._happens(machine, people, event)
        await machine.loop.until(plan.seconds)
        await asyncio.gather(*returning)
        working.cancel()
        await Encores(machine, people).play()

    async def _work(self, people: Stories) -> None:
        while True:
            await asyncio.sleep(self._dice.expovariate(self._plan.deeds / self._plan.seconds))
            people.act()

    def _happens(self, machine: Machine, people: Stories, event: str) -> None:
        """Mostly to the one that leads. All of it is over when the weather is calm."""
        dice, loop, weather = self._dice, machine.loop, machine.weather
        slot = dice.choice([*machine.slots])
        process = (machine.leader if dice.random() < 0.8 else None) or machine.slots[slot]
        machine.journal(process.number, event)
        match event:
            case "kill" | "stop":
                self._ends(process, event)
            case "stall":
                loop.create_task(self._stands_still(machine, process))
            case "cut":
                weather.cut.add(process.slot)
                loop.call_later(dice.uniform(1, 40), weather.cut.discard, process.slot)
            case "part":
                weather.down.add(part := dice.randrange(PARTS))
                loop.call_later(dice.uniform(3, 25), weather.down.discard, part)
            case "full disk":
                weather.full_until = loop.time() + dice.uniform(0.1, 15)
            case _:
                self._is_done(machine, people, event)

    def _is_done(self, machine: Machine, people: Stories, event: str) -> None:
        """By people, and by Telegram."""
        dice, loop = self._dice, machine.loop
        match event:
            case "again":
                people.stage.telegram.queue.redeliver(dice.randrange(1, 8))
            case "absence" if dice.random() < 0.5:
                loop.call_later(dice.uniform(1, 20), people.returns, people.leaves())
            case "absence":
                machine.network.at_message = partial(self._misses, machine, people)
            case "hold":
                self._watching.append(loop.create_task(people.hold_and_let_go()))
            case "haste":
                self._hasty.append(loop.create_task(people.get_ahead()))

    def _misses(self, machine: Machine, people: Stories, chat: int) -> float:
        """A family blocks the bot just as a message comes, and returns before the bot knows: so much later."""
        if chat not in people.families:
            return 0.0
        machine.network.at_message = lambda _: 0.0
        machine.loop.call_later(self._dice.uniform(0.02, 0.5), people.returns, people.leaves(chat))
        return self._dice.uniform(0.5, 4)

    async def _stands_still(self, machine: Machine, process: Process) -> None:
        """Now, or with the next message of which it hears; it goes on after a while, or as whoever took over ends."""
        dice, loop, weather = self._dice, machine.loop, machine.weather
        seconds = dice.choice((dice.uniform(1, 30), dice.uniform(16, 25), 0.0))
        process.at_news, at = process.stall, loop.time() + dice.choice((0, 5))
        await when(lambda: not process.runs or loop.time() >= at or weather.is_calm)
        process.at_news = lambda: None
        if weather.is_calm:
            return
        process.stall()
        await asyncio.sleep(seconds)
        if not seconds:
            await when(lambda: machine.leader or weather.is_calm)
            await asyncio.sleep(dice.uniform(0, 3))
            if (other := machine.leader) and not weather.is_calm:
                other.terminate()
                await when(lambda: not other.alive or weather.is_calm)
        process.go_on()

    def _ends(self, process: Process, how: str) -> None:
        """Now, or with the next message of which it hears that it is out; to be told to stop amid several is worse."""
        dice = self._dice
        kill = partial(process.kill_after, dice.randrange(dice.choice((60, 500))))
        end = kill if how == "kill" else process.terminate
        if dice.random() < 0.5:
            process.at_news, process.others = end, dice.choice((1, 2, 3)) if how == "stop" else 1
        else:
            process.machine.loop.call_later(dice.uniform(0, 0.2), end)

    @staticmethod
    def _calm(machine: Machine) -> None:
        machine.weather.is_calm = True
        for process in machine.slots.values():
            process.go_on()
            process.ends_after, process.at_news = None, lambda: None
        machine.network.at_message = lambda _: 0.0

    async def _until_quiet(self, machine: Machine, people: Stories) -> float:
        """How many seconds it took until all were back and at rest, nothing open, nothing owed, nothing on its way."""
        began, scene = machine.loop.time(), people.stage
        while (passed := machine.loop.time() - began) < QUIET_WITHIN:
            load = await scene.load()
            busy = load.updates or load.owed or load.away or people.away or len(scene.telegram.queue)
            if machine.leader and not busy and all(deed.done() for deed in self._hasty):
                break
            if passed > SETTLED and not (self._plan.one_leads or self._late):
                async with scene.storage.reading() as tx:
                    due = await outbox.next_due(tx)
                before = round(1000 * (time.time() - AT_ONCE))
                self._late = [
                    f"at {before} of priority {kind} since {at}"
                    for kind, at in due.items()
                    if kind != outbox.SMS and at < before
                ]
            await asyncio.sleep(1)
        for deed in self._watching:
            deed.cancel()  # what they wait for does not come any more
        await asyncio.sleep(1)
        return passed

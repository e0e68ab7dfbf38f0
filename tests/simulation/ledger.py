"""What is wrong with how a run ended: what people did and what the bot promises, against all that arrived."""

from bisect import bisect
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from handlers.bags.screens import arrived_screen
from locales import words
from storage.records import Document, Event
from tests.crash.accounts import Accounts, Expected
from tests.crash.crowd import Deeds
from tests.crash.scene import Scene
from tests.simulation.machine import Machine
from tests.simulation.network import Arrival, Network

DOUBLES = 30  # that a process may leave behind when it ends


class Ledger(Accounts):
    """Adds to the crash tests' accounts what can be known here: who knew what when, and why something came twice.

    `old` are the acts of before.
    """

    def __init__(self, scene: Scene, deeds: Deeds, old: Container[int], machine: Machine, network: Network) -> None:
        super().__init__(scene, deeds, 0)
        self._old, self.machine, self.network = old, machine, network
        self.owed: dict[int, list[Expected]] = {}
        self._doubles = 0

    async def faults(self, *, is_quiet: bool) -> dict[str, list[str]]:
        """What is wrong, by rule."""
        self.stage.too_late |= self.network.toasts  # a toast is tried once; the card says the same
        self.owed = {chat: self._due(chat) for chat in self.stage.phones}
        load = await self.stage.load()
        return {
            "quiet within 600 s": [] if is_quiet else [f"{load}, {len(self.stage.telegram.queue)} with Telegram"],
            "nothing is stuck": [f"{load}"] if load.stuck else [],
            "all are answered": list(self.unanswered()),
            "each tap does what it says": list(await self.undone_deeds()),
            "each move once": list(self.twice_moved()),
            "each draft once": await self.twice_filed(),
            "all are told, in order and in these words": list(self.untold()),
            "nobody is told what was taken back": list(self.told_in_vain()),
            "twice for a reason alone": list(self.unexplained()),
            "one leads": list(self.other_leaders()),
            "no process fails": self.machine.faults,
        }

    def figures(self) -> dict[str, float]:
        """How much happened."""
        return {
            "deeds": self.deeds.count,
            "notices": sum(map(len, self.owed.values())),
            "moves": sum(self.is_new(e) for steps in self.events.values() for e in steps),
            "kills": self.machine.kills,
            "doubles": self._doubles,
        }

    def is_new(self, event: Event) -> bool:
        return event.act not in self._old  # a process whose clock is an hour behind moves documents before we began

    def expected(self, chat: int) -> list[Expected]:
        return self.owed[chat]

    def _due(self, chat: int) -> list[Expected]:
        """What somebody has to hear, in order. Officers hear of several requests that came in with one act at once."""
        news, followed = self.news(chat), self.stage.followed.get(chat, ())
        work = Counter(act for (act, _), moved in news.items() if moved[0][0].number not in followed)
        owed = []
        for act in [act for act, requests in work.items() if requests > 1]:
            arrived = [moved for key in [*news] if key[0] == act for moved in news.pop(key)]
            if all(self.events[one.id][-1] is event for one, event in arrived):  # else part of it has gone on since
                owed.append(Expected(arrived[0][1].at, act, self._arrived(chat, arrived)))
        owed += [Expected(moved[0][1].at, act, self._text(chat, moved)) for (act, _), moved in news.items()]
        return sorted(owed, key=lambda one: one.at)

    def _arrived(self, chat: int, arrived: Sequence[tuple[Document, Event]]) -> str:
        documents = sorted((one for one, _ in arrived), key=lambda one: one.id)
        t, stage = words(self.langs[chat]), arrived[0][1].to_stage
        return arrived_screen(self.stage.workflow, stage, documents, (), t).text

    # Told in vain

    def told_in_vain(self) -> Iterator[str]:
        """Whoever heard of a move that was taken back while its grace ran."""
        if any(self.machine.plan.skews):
            return  # two clocks may differ about when a grace is over
        undone, self.undone = self.undone, set()
        try:
            for chat in self.stage.phones:
                mine = {one.text for one in self.owed[chat]}
                vain = {one.text for one in self._due(chat) if one.act in undone} - mine
                yield from (
                    f"{chat} heard {sent.text}" for sent in self.sent if sent.chat == chat and sent.text in vain
                )
        finally:
            self.undone = undone

    # What came twice

    def unexplained(self) -> Iterator[str]:
        """What came twice although its sender knew that it was out, and lived on; or too much after one end."""
        by_end: Counter[float] = Counter()
        for first, again in self._twice():
            self._doubles += 1
            ends = self.machine.ends
            if bisect(ends, first.at) < bisect(ends, again.at):
                by_end[ends[bisect(ends, again.at) - 1]] += 1
            elif first.known_at is not None and first.known_at < again.left_at and first.process == again.process:
                yield f"{again.chat} at {again.at:.2f} and {first.at:.2f}: {again.text}"
        yield from (f"{count} doubles after {end}" for end, count in by_end.items() if count > DOUBLES)

    def _twice(self) -> Iterator[tuple[Arrival, Arrival]]:
        """What says the same as something that came before, more often than it is owed."""
        owed = Counter((chat, one.text) for chat, mine in self.owed.items() for one in mine)
        said: dict[tuple[int, str], list[Arrival]] = {}
        for arrival in self.network.arrivals:
            key = (arrival.chat, self._mark(arrival) or arrival.text)
            before = said.setdefault(key, [])
            if before and len(before) >= owed.get(key, 1) and (key in owed or key[1] != arrival.text):
                yield before[-1], arrival
            before.append(arrival)

    def _mark(self, arrival: Arrival) -> str:
        return next((mark for chat, mark in self.deeds.marks if chat == arrival.chat and mark in arrival.text), "")

    # Who leads

    def other_leaders(self) -> Iterator[str]:
        yield from self.machine.rivalries
        if self.machine.plan.one_leads and len(self.machine.leaders) > 1:
            yield f"{self.machine.leaders} led, one after the other"

"""What is wrong with how a run ended: what people did and what the bot promises, against all that arrived."""

from bisect import bisect
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from bot.app import DRAIN
from handlers.bags.screens import arrived_screen
from handlers.documents.buttons import TakeLeg
from handlers.wording.sentences import sentence
from locales import words
from storage.numbers import grouped
from storage.records import Document, Event, Person
from tests.crash.accounts import Accounts, Expected
from tests.crash.scene import Scene
from tests.crash.truths import uninformed
from tests.crash.wordings import plain
from tests.simulation.machine import Machine
from tests.simulation.network import Arrival, Network
from tests.simulation.people import Townspeople

TWO_LEAD = 10.0  # seconds after a process that stood still goes on
DOUBLES = 30  # that a process may leave behind when it ends


class Ledger(Accounts):
    """Adds to the crash tests' accounts what can be known here: who knew what when, and why something came twice.

    `old` are the acts of before.
    """

    def __init__(
        self, scene: Scene, people: Townspeople, old: Container[int], machine: Machine, network: Network
    ) -> None:
        super().__init__(scene, people.deeds, 0)
        # Whoever blocks the bot gets no answer; all else is told when they are back.
        self.deeds.marks = [mark for mark in self.deeds.marks if mark[0] not in people.left]
        self.deeds.asked = [asked for asked in self.deeds.asked if asked[0] not in people.left]
        self._old, self.machine, self.network = old, machine, network
        self.owed: dict[int, list[Expected]] = {}
        self._ever_owed: Counter[tuple[int, str]] = Counter()  # what was taken back with it
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
            "each tap does what it says": [] if self.machine.wakes else list(await self.undone_deeds()),
            "who did it hears that it is recorded": list(self.denied()),
            "each move once": list(self.twice_moved()),
            "each draft once": await self.twice_filed(),
            "all are told, in order and in these words": list(self.untold()),
            "what was taken back is put right": list(self.deceived()),
            "families know what stands still and what goes on": list(uninformed(self, 1000 * self._slack)),
            "twice for a reason alone": list(self.unexplained()),
            "what comes again says so": list(self.unmarked()),
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
        return arrived_screen(self.stage.workflow, Person(chat), stage, documents, (), t).text

    def untold(self) -> Iterator[str]:
        """Somebody who did not hear of a stage once its grace was over, or not in order."""
        grace = self.stage.workflow.grace / 1000 - 0.1 - self._slack
        for chat, owed in self.owed.items():
            heard, told = [sent for sent in self.sent if sent.chat == chat], []
            for one in owed:
                times = [
                    sent.at for sent in heard if sent.text.startswith(one.text) and sent.at > one.at / 1000 + grace
                ]
                if times:
                    told.append((times[0], times[-1], one))
                else:
                    yield f"{chat} never heard: {one.text}"
            for (at, _, one), (_, then, other) in pairwise(told):  # what is heard twice may be of another act
                if at > then and one.at < other.at:
                    yield f"{chat} heard {other} at {then} and {one} at {at}"

    @property
    def _slack(self) -> float:
        """By how many seconds the clocks of the two processes differ at most."""
        return float("inf") if self.machine.plan.one_leads else sum(map(abs, self.machine.plan.skews))

    # Answers

    def denied(self) -> Iterator[str]:
        """Officers whose own move was said to be somebody else's, when their tap was handled once more."""
        events = {(one.id, event.version): event for one, event in self._steps()}
        for tap, button in self.deeds.taps:
            if not (isinstance(button, TakeLeg) and tap.answer):
                continue
            chat, event = tap.person.id, events.get((button.document, button.seen + 1))
            did = event and event.chat == chat and event.to_stage == button.stage and event.act not in self.undone
            if did and tap.answer.text == sentence("changed", words(self.langs[chat]), 0):
                yield f"{chat}: {tap.data}"

    # What was taken back

    def deceived(self) -> Iterator[str]:
        """Whoever heard of a move that was taken back, and neither an apology nor how it went on."""
        back = {event.act for one, event in self._steps() if self.is_undone(one, event)}
        back -= {act for act in back if self._was_done_again(act)}
        if self.machine.wakes:
            back = set()  # what was on its way when a process stood still arrives when it wakes, after the apology
        undone, self.undone = self.undone, {}
        try:
            for chat in self.stage.phones:
                owed, ever = {one.text for one in self.owed[chat]}, self._due(chat)
                self._ever_owed.update((chat, one.text) for one in ever)
                vain = {one.text: one.act for one in ever if one.act in back and one.text not in owed}
                yield from self._deceived(chat, vain, owed)
        finally:
            self.undone = undone

    def _was_done_again(self, act: int) -> bool:
        """True if all that was taken back with it went there once more, and it stayed so: its news is true."""
        return all(
            any(
                later.kind == "move"
                and later.to_stage == event.to_stage
                and later.version > event.version
                and not self.is_undone(one, later)
                for later in self.events[one.id]
            )
            for one, event in self._steps()
            if event.act == act
        )

    def _deceived(self, chat: int, vain: Mapping[str, int], owed: Container[str]) -> Iterator[str]:
        sorry = words(self.langs[chat])("Sorry, our news was wrong.")
        mine = [sent for sent in self.sent if sent.chat == chat]
        for heard in mine:
            if heard.text in vain:
                numbers = {one.number for one, event in self._steps() if event.act == vain[heard.text]}
                later = [sent.text for sent in mine if sent.at > heard.at]
                if not any(
                    (text.startswith(sorry) or text in owed) and any(grouped(number) in text for number in numbers)
                    for text in later
                ):
                    yield f"{chat} heard {heard.text}"

    def _steps(self) -> Iterator[tuple[Document, Event]]:
        return ((one, event) for one in self.documents for event in self.events[one.id])

    # What came twice

    def unexplained(self) -> Iterator[str]:
        """What came twice although it was known to be out, and could be written down; or too much after one end."""
        by_end: Counter[float] = Counter()
        for first, again in self._twice():
            self._doubles += 1
            if self._two_lead(again.at):
                continue
            ends = [
                at for at, told_at in self.machine.ends if told_at is None or not self._is_written(first, at, told_at)
            ]
            if bisect(ends, first.at) < bisect(ends, again.at):
                by_end[ends[bisect(ends, again.at) - 1]] += 1
            elif self._was_known(first, again.left_at) and (first.process == again.process or not self._is_disk_bad):
                yield f"{again.chat} at {again.at:.2f} and {first.at:.2f}: {again.text}"
        yield from (f"{count} doubles after {end}" for end, count in by_end.items() if count > DOUBLES)

    def unmarked(self) -> Iterator[str]:
        """News that came again and did not say so."""
        for first, again in self._twice():
            is_news = (again.chat, again.text) in self._ever_owed
            if is_news and first.at < again.left_at and not self._two_lead(again.at):
                yield f"{again.chat} at {again.at:.2f} and {first.at:.2f}: {again.text}"

    @property
    def _is_disk_bad(self) -> bool:
        return bool(self.machine.plan.disk or self.machine.plan.outages)

    def _two_lead(self, at: float) -> bool:
        """True while a process that stood still may not know that another leads, and does what that one does."""
        seconds = TWO_LEAD * (
            3 if self.machine.plan.disk or self.machine.plan.outages else 1
        )  # it may not be able to ask
        return any(woke <= at < woke + seconds for woke in self.machine.wakes)

    def _is_written(self, first: Arrival, end: float, told_at: float) -> bool:
        """True if a process that ended in order, as it was told to, could have written down that a message was out."""
        came = first.left_at < told_at and first.answered_at is not None and first.answered_at < told_at + DRAIN / 2
        return came or self._was_known(first, end)

    @staticmethod
    def _was_known(arrival: Arrival, at: float) -> bool:
        return arrival.known_at is not None and arrival.known_at < at

    def _twice(self) -> Iterator[tuple[Arrival, Arrival]]:
        """What says the same as something that came before, more often than it is owed."""
        owed = self._ever_owed
        special = {grouped(one.number) for one, event in self._steps() if event.kind not in {"file", "move", "undo"}}
        said: dict[tuple[int, str], list[Arrival]] = {}
        for arrival in self.network.arrivals:
            key = (arrival.chat, self._mark(arrival) or plain(arrival.text))
            is_unique = key in owed or key[1] != plain(arrival.text)
            if not is_unique or any(number in arrival.text for number in special):
                continue  # it was held up or put right, and so may reach a stage once more
            before = said.setdefault(key, [])
            if before and plain(arrival.text) != arrival.text:  # it says so itself
                yield before[-1], arrival
                continue
            if len(before) >= owed.get(key, 1):
                yield before[-1], arrival
            before.append(arrival)

    def _mark(self, arrival: Arrival) -> str:
        return next((mark for chat, mark in self.deeds.marks if chat == arrival.chat and mark in arrival.text), "")

    # Who leads

    def other_leaders(self) -> Iterator[str]:
        yield from self.machine.rivalries
        if self.machine.plan.one_leads and len(self.machine.leaders) > 1:
            yield f"{self.machine.leaders} led, one after the other"

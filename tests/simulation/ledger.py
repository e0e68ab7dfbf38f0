"""What is wrong with how a run ended: what people did and what the bot promises, against all that arrived."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property

from bot.app import DRAIN
from handlers.documents.buttons import TakeLeg
from handlers.wording.layout import grouped
from handlers.wording.sentences import sentence
from locales import words
from storage.records import Document, Event
from tests.crash.accounts import Accounts
from tests.crash.crowd import FOLLOWING
from tests.crash.news import News, Part
from tests.crash.repeats import Repeats
from tests.crash.scene import Scene, Sent
from tests.crash.truths import uninformed
from tests.crash.wordings import plain
from tests.simulation.cards import missing, outdated
from tests.simulation.machine import Machine
from tests.simulation.network import Arrival, Network
from tests.simulation.people import Townspeople
from tests.simulation.steps import half_done, torn_back, unseen
from tests.storage.cast import ask

APOLOGIES = """
    select o.chat, o.request, a.recorded_at from outbox o join act a on a.id = o.act
    where o.kind = 'regret' and a.kind = 'undo' and o.request is not null and o.facts not like '%unsaid%'
    and o.sent_at is not null"""
DISORDERED = """
    select a.chat, a.kind, a.key, b.kind, b.key from outbox a join outbox b on b.chat = a.chat and b.id > a.id
    where a.priority = 1 and b.priority = 1 and a.owed_at + {slack} < b.owed_at and a.sent_at > b.sent_at + {slack}
    and not (b.facts = '{{"carried":1}}' and exists (select 1 from outbox s
        where s.chat = b.chat and s.request = b.request and s.id < b.id and s.sent_at = b.sent_at))
"""  # a hold goes with its step, though it would not be owed yet
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
        self._old, self.machine, self.network, self._meddled = old, machine, network, people.meddled
        self._left = {(one.chat, one.at): one.at - (one.came_at - one.left_at) for one in network.arrivals}
        self.news: News
        self._doubles = 0

    async def open(self) -> "Ledger":
        await super().open()
        stored = {int(id) for (id,) in await ask(self.stage.storage, "select update_id from inbox")}
        self._pass_over(stored | {update.id for update in self.stage.telegram.queue.delivered})
        return self

    def _pass_over(self, known: Container[int]) -> None:
        """Telegram drops a tap after 150 s, and then nobody ever knew of it. What a process has stored or confirmed is
        `known` by its update, and owed an answer.
        """
        taps, self.deeds.taps = self.deeds.taps, []
        for tap, button in taps:
            if self.network.polled.get(tap.id) in known:
                self.deeds.taps.append((tap, button))
            elif isinstance(button, FOLLOWING):
                self.deeds.follows.pop((tap.person.id, button.number), None)

    def left_at(self, sent: Sent) -> float:
        return self._left.get((sent.chat, sent.at), sent.at)

    async def faults(self, *, is_quiet: bool) -> dict[str, list[str]]:
        """What is wrong, by rule."""
        self.stage.too_late |= self.network.toasts  # a toast is tried once; the card says the same
        self.news = News(self)
        load = await self.stage.load()
        return {
            "quiet within 600 s": [] if is_quiet else [f"{load}, {len(self.stage.telegram.queue)} with Telegram"],
            "nothing is stuck": [f"{load}"] if load.stuck else [],
            "all are answered": list(self.unanswered()),
            "each tap does what it says": [] if self.machine.wakes else list(await self.undone_deeds()),
            "who did it hears that it is recorded": list(self.denied()),
            "each move once": list(self.twice_moved()),
            "as it was seen, or not at all": await unseen(self, self._meddled) + torn_back(self),
            "whole or not at all": await half_done(self),
            "each draft once": await self.twice_filed(),
            "all are told, in order and in these words": list(self.news.untold(self._grace)),
            "what was taken back is put right": list(self.deceived()),
            "nothing overtakes that it was wrong": [] if self.machine.wakes else list(await self.overtaken()),
            "what was owed first goes first": await self.disordered(),
            "cards show where it is": await outdated(self, self.network.overwritten) + missing(self, self._slack),
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
            "notices": self.news.count,
            "moves": sum(self.is_new(e) for steps in self.events.values() for e in steps),
            "kills": self.machine.kills,
            "doubles": self._doubles,
        }

    def is_new(self, event: Event) -> bool:
        return event.act not in self._old  # a process whose clock is an hour behind moves documents before we began

    @property
    def _slack(self) -> float:
        """By how many seconds the clocks of the two processes differ at most."""
        return float("inf") if self.machine.plan.one_leads else sum(map(abs, self.machine.plan.skews))

    @property
    def _grace(self) -> float:
        """After so many seconds news may be told, at the earliest."""
        return self.stage.workflow.grace / 1000 - 0.1 - self._slack

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
        if self.machine.wakes:
            return  # what was on its way when a process stood still arrives when it wakes, after the apology
        back = {(event.act, one.request) for one, event in self._steps() if self.is_undone(one, event)} - self.mixed
        back -= {known for known in back if self._was_done_again(*known)}
        for chat in self.stage.phones:
            mine = [sent for sent in self.sent if sent.chat == chat]
            for heard in mine:
                at = self.left_at(heard)  # one that was long on its way may come after the apology for it
                later = [sent for sent in mine if sent.at > at and sent is not heard]
                for part in self.news.parts(chat, heard.text):
                    if not (part.is_true(back) or any(self._puts_right(one, part, back) for one in later)):
                        yield f"{chat} heard {heard.text}"

    def _puts_right(self, later: Sent, part: Part, back: Container[tuple[int, int]]) -> bool:
        """True if it is an apology for that part of another message, or tells how it went on."""
        if part.number not in later.text:
            return False
        sorry = words(self.langs[later.chat])("Sorry, our news was wrong.")
        return later.text.startswith(sorry) or any(one.is_true(back) for one in self.news.parts(later.chat, later.text))

    async def overtaken(self) -> Iterator[str]:
        """News of what was done after something was taken back, which came before the apology for that."""
        owed = [(int(chat), int(request), int(at)) for chat, request, at in await ask(self.stage.storage, APOLOGIES)]
        return (fault for one in owed for fault in self._before_apology(*one))

    def _before_apology(self, chat: int, request: int, at: int) -> Iterator[str]:
        number = next(one.number for one in self.documents if one.request == request)
        sorry = words(self.langs[chat])("Sorry, our news was wrong.")
        mine = [sent for sent in self.sent if sent.chat == chat]
        apologies = [sent.at for sent in mine if sent.text.startswith(sorry) and grouped(number) in sent.text]
        for sent in mine:
            is_later = any(
                min(one.at for one in part.begins()) > at + 1000 * self._slack
                for part in self.news.parts(chat, sent.text)
            )
            if apologies and is_later and sent.at < min(apologies) and sent.at * 1000 > at:
                yield f"{chat} heard before {apologies}: {sent.text}"

    async def disordered(self) -> list[str]:
        """What left before what had been owed to the same chat for longer."""
        if self.machine.wakes or self.machine.plan.one_leads:
            return []  # who stood still writes down late what is out
        found = await ask(self.stage.storage, DISORDERED.format(slack=round(1000 * self._slack)))
        return [f"{chat}: {kind} {key} after {other} {later}" for chat, kind, key, other, later in found]

    def _was_done_again(self, act: int, request: int) -> bool:
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
            if event.act == act and one.request == request
        )

    def _steps(self) -> Iterator[tuple[Document, Event]]:
        return ((one, event) for one in self.documents for event in self.events[one.id])

    # What came twice

    def unexplained(self) -> Iterator[str]:
        """What came twice although it was known to be out, and could be written down; or too much after one end."""
        by_end: Counter[float] = Counter()
        for first, again in self._twice:
            self._doubles += 1
            if (end := self._end_between(first, again)) is not None:
                by_end[end] += 1
            elif self._has_no_reason(first, again):
                yield f"{again.chat} at {again.came_at:.2f} and {first.came_at:.2f}: {again.text}"
        yield from (f"{count} doubles after {end}" for end, count in by_end.items() if count > DOUBLES)

    def _end_between(self, first: Arrival, again: Arrival) -> float | None:
        """When a process ended for the last time between the two, of which it could not write down that it is out."""
        ends = [
            at for at, told_at, _ in self.machine.ends if told_at is None or not self._is_written(first, at, told_at)
        ]
        before = bisect(ends, again.came_at)
        return ends[before - 1] if bisect(ends, first.came_at) < before and not self._two_lead(again.came_at) else None

    def _has_no_reason(self, first: Arrival, again: Arrival) -> bool:
        is_free = self._two_lead(again.came_at) or self._end_between(first, again) is not None
        return not is_free and self._could_settle(first, again)

    def unmarked(self) -> Iterator[str]:
        """News that came again and did not say so, and answers of another process."""
        for first, again in self._twice:
            if self._should_say_so(first, again):
                yield f"{again.chat} at {again.came_at:.2f} and {first.came_at:.2f}: {again.text}"

    def _should_say_so(self, first: Arrival, again: Arrival) -> bool:
        says_so = plain(again.text) != again.text
        must = first.process != again.process or bool(self.news.parts(again.chat, again.text))
        return must and not says_so and first.came_at < again.left_at and not self._two_lead(again.came_at)

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
        return self._arrived_in_time(first, told_at) or self._was_known(first, end)

    def _could_settle(self, first: Arrival, again: Arrival) -> bool:
        """True if it was known that the first is out, or would have been if a process had ended as it was told to."""
        if self._was_known(first, again.left_at) and (first.process == again.process or not self._is_disk_bad):
            return True
        told = (told_at for _, told_at, number in self.machine.ends if number == first.process and told_at)
        return any(told_at < again.left_at and self._arrived_in_time(first, told_at) for told_at in told)

    @staticmethod
    def _arrived_in_time(first: Arrival, told_at: float) -> bool:
        return first.left_at < told_at and first.answered_at is not None and first.answered_at < told_at + DRAIN / 2

    @staticmethod
    def _was_known(arrival: Arrival, at: float) -> bool:
        return arrival.known_at is not None and arrival.known_at < at

    @cached_property
    def _twice(self) -> Sequence[tuple[Arrival, Arrival]]:
        """What came twice, for each chat in that reading of its messages which leaves less unexplained."""
        readings = [self._by_chat(is_bold=is_bold) for is_bold in (False, True)]
        return [
            pair
            for chat in sorted({*readings[0], *readings[1]})
            for pair in min((one[chat] for one in readings), key=self._wrong)
        ]

    def _by_chat(self, *, is_bold: bool) -> Mapping[int, list[tuple[Arrival, Arrival]]]:
        pairs = defaultdict[int, list[tuple[Arrival, Arrival]]](list)
        for pair in Repeats(self.news, self.network.lost, self._grace, is_bold=is_bold).among(self.network.arrivals):
            pairs[pair[0].chat].append(pair)
        return pairs

    def _wrong(self, pairs: Sequence[tuple[Arrival, Arrival]]) -> int:
        return sum(self._has_no_reason(*pair) or self._should_say_so(*pair) for pair in pairs)

    # Who leads

    def other_leaders(self) -> Iterator[str]:
        yield from self.machine.rivalries
        if self.machine.plan.one_leads and len(self.machine.leaders) > 1:
            yield f"{self.machine.leaders} led, one after the other"

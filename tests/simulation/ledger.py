"""What is wrong with how a run ended: what people did and what the bot promises, against all that arrived."""

from collections.abc import Container, Iterator

from handlers.documents.buttons import TakeLeg
from handlers.wording.layout import grouped
from handlers.wording.sentences import sentence
from locales import words
from storage.records import Document, Event
from tests.crash.accounts import Accounts
from tests.crash.crowd import FOLLOWING
from tests.crash.news import News, Part
from tests.crash.scene import Message, Scene, Sent
from tests.crash.truths import uninformed
from tests.simulation.cards import missing, outdated
from tests.simulation.doubles import Doubles
from tests.simulation.machine import Machine
from tests.simulation.network import Network
from tests.simulation.people import Townspeople
from tests.simulation.steps import half_done, torn_back, unseen
from tests.storage.cast import ask

APOLOGIES = """
    select o.chat, o.request, a.recorded_at from outbox o join act a on a.id = o.act
    where o.kind = 'regret' and a.kind = 'undo' and o.request is not null and o.facts not like '%unsaid%'
    and o.sent_at is not null"""
DISORDERED = """
    select a.chat, a.kind, a.key, b.kind, b.key from outbox a join outbox b on b.chat = a.chat and b.id > a.id
    where a.priority = 1 and b.priority = 1 and a.owed_at + {slack} < b.owed_at and a.sent_at > b.sent_at + {slack}"""


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
        self._doubles: Doubles

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

    def left_at(self, sent: Message) -> float:
        return self._left.get((sent.chat, sent.at), sent.at)

    async def faults(self, *, is_quiet: bool) -> dict[str, list[str]]:
        """What is wrong, by rule."""
        self.stage.too_late |= self.network.toasts  # a toast is tried once; the card says the same
        self.news = News(self)
        self._doubles = doubles = Doubles(self.machine, self.network, self.news, self._grace)
        load = await self.stage.load()
        return {
            "quiet within 600 s": [] if is_quiet else [f"{load}, {len(self.stage.telegram.queue)} with Telegram"],
            "nothing is stuck": [f"{load}"] if load.stuck else [],
            "all are answered": list(self.unanswered()),
            "each tap does what it says": list(await self.undone_deeds()),
            "who did it hears that it is recorded": list(self.denied()),
            "each move once": list(self.twice_moved()),
            "as it was seen, or not at all": await unseen(self, self._meddled) + torn_back(self),
            "whole or not at all": await half_done(self),
            "each draft once": await self.twice_filed(),
            "all are told, in order and in these words": list(self.news.untold(self._grace)),
            "what was taken back is put right": list(self.deceived()),
            "nothing overtakes that it was wrong": list(await self.overtaken()),
            "what was owed first goes first": await self.disordered(),
            "cards show where it is": await outdated(self, self.network.overwritten) + missing(self, self._slack),
            "families know what stands still and what goes on": list(uninformed(self, 1000 * self._slack)),
            "twice for a reason alone": list(doubles.unexplained()),
            "what comes again says so": list(doubles.unmarked()),
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
            "doubles": len(self._doubles.pairs),
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

    # Who leads

    def other_leaders(self) -> Iterator[str]:
        yield from self.machine.rivalries
        if self.machine.plan.one_leads and len(self.machine.leaders) > 1:
            yield f"{self.machine.leaders} led, one after the other"

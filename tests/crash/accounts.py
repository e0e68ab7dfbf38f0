"""The reckoning: what people did, against what came of it and what they were told. Each check lists what is wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.sandbox import Tap
from handlers import callbacks
from handlers.bags.buttons import CompleteBag
from handlers.documents.buttons import TakeLeg
from handlers.filing.buttons import FileDraft
from handlers.holds.buttons import THESE, LetGo, PutOnHold
from handlers.returns.buttons import GiveBack, TakeUp
from handlers.wording.layout import NO_BREAK, grouped
from handlers.wording.sentences import SENTENCES
from locales import words
from storage import Tx, bags, documents, ledger, overview, people
from storage.counter import handovers
from storage.records import Document, Event
from tests.crash.crowd import GUESSED, Deeds
from tests.crash.heads import heads_of
from tests.crash.scene import Message, Scene
from tests.crash.wordings import plain
from tests.storage.cast import ask

STEPS, STAYS = {"file", "move"}, {"undo", "hold", "release"}  # kinds of events
SPECIAL = """
    select request from event where hold is not null or kind not in ('file', 'move', 'undo')
    union select request from event where kind = 'file' group by request having count(distinct act) > 1"""
STEPPED_BACK = """
    select chat from post where until is not null
    union select p.chat from stand_in s join post p on p.id in (s.post, s.deputy) where s.accepted_at is not null"""
RELAYED = "select act, chat, coalesce(request, 0) from outbox where kind = 'relay'"
CARDS = "select chat, request from card"
CUT = "\ue000"  # between what was said


class Accounts:
    """Reads the register once everything is settled."""

    def __init__(self, stage: Scene, deeds: Deeds, since: int) -> None:
        self.stage, self.deeds, self.since = stage, deeds, since
        self.sent = [replace(one, text=plain(one.text.replace(NO_BREAK, " "))) for one in stage.sent]
        self.documents: list[Document] = []
        self.events: dict[int, list[Event]] = {}
        self.special: set[int] = set()  # requests that stood still, left their road, were put right or added to
        # Who laid down a post, or stood in, or somebody did for them: they are told and answered otherwise.
        self.stepped_back: set[int] = set()
        self.relayed: set[tuple[int, int, int]] = set()  # act, chat, request (0: several) that officers tell families
        self.mixed: set[tuple[int, int]] = set()
        self.undone: dict[int, int] = {}  # acts, and those that took them back
        self.mourned: set[int] = set()
        self.fetched: dict[tuple[int, int], str] = {}  # by act and request: who fetched what was handed over
        self.langs: dict[int, str] = {}
        self.cards: set[tuple[int, int]] = set()  # chats that have one, of which requests

    async def open(self) -> "Accounts":
        self.special = {int(request) for (request,) in await ask(self.stage.storage, SPECIAL)}
        self.relayed = {(int(act), int(chat), int(one)) for act, chat, one in await ask(self.stage.storage, RELAYED)}
        self.cards = {(int(chat), int(one)) for chat, one in await ask(self.stage.storage, CARDS)}
        self.stepped_back = {int(chat) for (chat,) in await ask(self.stage.storage, STEPPED_BACK)}
        async with self.stage.storage.reading() as tx:
            self.documents = await overview.everything(tx, 0)
            for one in self.documents:
                self.events[one.id] = await ledger.history(tx, one.id)
            await self._acts(tx)
            await self._fetchers(tx)
            for chat in self.stage.phones:
                person = await people.get(tx, chat)
                self.langs[chat] = words(person.lang or person.code or "id").lang
        self.mixed = self._mixed()
        types = self.stage.workflow.types
        self.mourned = {one.request for one in self.documents if types[one.type].mourning}
        return self

    async def _acts(self, tx: Tx) -> None:
        for act in {event.act for events in self.events.values() for event in events}:
            found = await ledger.act_of(tx, act)
            if found and found.undone_by is not None:
                self.undone[act] = found.undone_by

    async def _fetchers(self, tx: Tx) -> None:
        for one in self.documents:
            for event in self.events[one.id]:
                if fetched_by := await handovers.fetched_by(tx, event.act, one.request):
                    self.fetched[event.act, one.request] = fetched_by

    def _mixed(self) -> set[tuple[int, int]]:
        """Acts and requests of which nobody knows to the word what is told: special ones, and half taken back."""
        back: dict[tuple[int, int], set[bool]] = {}
        for one in self.documents:
            for event in self.events[one.id]:
                found = back.setdefault((event.act, one.request), set())
                found |= {True, False} if one.request in self.special else {self.is_undone(one, event)}
        return {one for one, found in back.items() if len(found) > 1}

    def is_new(self, event: Event) -> bool:
        """True if it happened while we looked."""
        return event.at >= self.since

    def is_undone(self, document: Document, event: Event) -> bool:
        """True if this step was taken back; of a document that had moved on it stays."""
        back = self.undone.get(event.act)
        return any(step.act == back for step in self.events[document.id])

    def left_at(self, sent: Message) -> float:
        """When a message left whoever sent it (unix seconds), as far as that can be known: when it arrived."""
        return sent.at

    # Answers

    def unanswered(self) -> Iterator[str]:
        """Messages without an answer, and taps that still spin."""
        texts: dict[int, str] = {}
        for sent in self.sent:
            texts[sent.chat] = texts.get(sent.chat, "") + CUT + sent.text
        searches = [one for one in self.deeds.searches if one[0] not in self.stepped_back]
        for chat, mark in (*self.deeds.marks, *searches):
            if mark not in texts.get(chat, ""):
                yield f"{chat} got no answer about {mark}"
        for (chat, command), asked in Counter(self.deeds.asked).items():
            told = self._answers(chat, command)
            if told < asked and chat not in self.stepped_back:
                yield f"{chat} asked {command} {asked} times and got {told} answers"
        spinning = [tap for tap, _ in self.deeds.taps if tap.answer is None and tap.id not in self.stage.too_late]
        yield from (f"a tap of {tap.person.id} spins: {tap.data}" for tap in spinning)

    def _answers(self, chat: int, command: str) -> int:
        heads = heads_of(command, words(self.langs[chat]))
        return sum(
            sent.chat == chat and sent.method == "sendmessage" and any(head in sent.text for head in heads)
            for sent in self.sent
        )

    # Effects

    async def undone_deeds(self) -> Iterator[str]:
        """Taps that neither did what they say nor were told why not."""
        async with self.stage.storage.reading() as tx:
            taps = [(tap, button) for tap, button in self.deeds.taps if not self._is_empty(tap)]
            found = [fault for tap, button in taps for fault in await self._fault(tx, tap.person.id, button)]
            found += [fault async for fault in self._follows(tx)]
        return iter(found)

    def _is_empty(self, tap: Tap) -> bool:
        """A bag of which nothing was ticked any more when the tap came, or of which others had taken some; and whatever
        somebody may not do any more.
        """
        if tap.person.id in self.stepped_back:
            return True
        t = words(self.langs[tap.person.id])
        told = t("Choose at least one document first."), t(SENTENCES["shared"])
        return tap.answer is not None and tap.answer.text in told

    async def _fault(self, tx: Tx, chat: int, button: callbacks.Callback) -> list[str]:
        match button:
            case CompleteBag(bag):
                packed = await bags.get(tx, bag)
                if packed and packed.act is None and any(item.version != item.seen for item in packed.items):
                    return []  # others took some: it was refused, and the card says so if the toast got lost
                left = (
                    [item for item in packed.items if item.ticked and item.version == item.seen] if packed else [None]
                )
                return [f"{chat}: {len(left)} of bag {bag} never moved"] if left else []
            case PutOnHold(of, seen, reason, _, much) if seen and much == THESE and reason != GUESSED:
                return await self._fault(tx, chat, LetGo(of, seen))  # of one document as well
            case GiveBack(_, 0):
                return []  # the ticked lines of a bag
            case TakeLeg(document, seen) | LetGo(document, seen) | GiveBack(document, seen) | TakeUp(document, seen):
                now = await documents.get(tx, document)
                return [] if now and now.version > seen else [f"{chat}: document {document} never moved"]
            case FileDraft(draft):
                rows = await tx.all("request_by_draft", draft=f"{chat}:{draft}")
                return [] if len(rows) == 1 and self._is_shown(chat, rows[0][1]) else [f"{chat}: draft {draft}: {rows}"]
        return []

    def _is_shown(self, chat: int, number: str) -> bool:
        """The officer has read the number and got its picture."""
        mine = [sent for sent in self.sent if sent.chat == chat and grouped(number) in sent.text]
        return {"sendphoto"} < {sent.method for sent in mine}

    async def _follows(self, tx: Tx):
        for (chat, number), wanted in self.deeds.follows.items():
            follows = await people.follow_of(tx, chat, number) is not None
            if follows != wanted:
                yield f"{chat} wanted {wanted} for {number} and has {follows}"

    # Moves

    def twice_moved(self) -> Iterator[str]:
        """Documents whose history does not explain, step by step and once each, where they are."""
        for one in self.documents:
            steps = self.events[one.id]
            if [event.version for event in steps] != list(range(1, one.version + 1)):
                yield f"{one.id}: versions {[event.version for event in steps]}, now {one.version}"
            if steps[-1].to_stage != one.stage:
                yield f"{one.id}: is at {one.stage}, its history ends at {steps[-1].to_stage}"
            yield from (f"{one.id}: {b} after {a}" for a, b in pairwise(steps) if b.from_stage != a.to_stage)
            if any(event.kind not in STEPS | STAYS for event in steps):
                continue  # it was put right, or sent back: it may come by again
            reached = [event.to_stage for event in steps if event.kind in STEPS and event.act not in self.undone]
            if len(set(reached)) < len(reached):
                yield f"{one.id}: reached a stage twice: {reached}"

    async def twice_filed(self) -> list[str]:
        """Filings that nobody tapped, or one tap that filed twice."""
        confirmed = {(t.person.id, b.draft) for t, b in self.deeds.taps if isinstance(b, FileDraft)}
        confirmed = {(chat, draft) for chat, draft in confirmed if chat not in self.stepped_back}
        first = [(one.request, self.events[one.id][0]) for one in self.documents]
        new = {request for request, event in first if self.is_new(event) and event.chat not in self.stepped_back}
        new -= {request for request, event in first if not self.is_new(event)}  # added to it, as it was forgotten
        return [] if len(new) == len(confirmed) else [f"{len(confirmed)} drafts confirmed, {len(new)} requests filed"]

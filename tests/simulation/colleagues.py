"""What officers of the town do for one another's stories: whole bags, and what is open to whom."""

import asyncio
from collections import Counter
from collections.abc import Collection
from types import UnionType

from bot.sandbox import Message, Window
from handlers.bags.buttons import CompleteBag, PackVillage, Tick
from handlers.callbacks import Callback
from handlers.documents.buttons import TakeLeg, Undo
from handlers.holds.buttons import THESE, LetAllGo, LetGo, PutOnHold
from handlers.wording.layout import NO_BREAK
from locales import LANGUAGES, words
from storage import Tx, bags, documents, ledger, overview, people
from storage.holds import queues
from storage.records import Document
from tests.crash.crowd import shown
from tests.simulation.people import Townspeople

LOOK = 0.25  # seconds
HELD = [words(lang)("On hold: {reason}.", reason="\n").partition("\n")[0] for lang in LANGUAGES]
ALL = -1  # places in a bag


class Colleagues(Townspeople):
    """The people of the town, who can be asked to do this or that now."""

    async def let_go(self, tx: Tx, chat: int, of: int) -> list[tuple[int, Callback]]:
        """What lets it go on, if it stands still and this officer may: it may do so in other hands by now."""
        one, person = await documents.get(tx, of), await people.get(tx, chat)
        is_theirs = one and one.hold and self.stage.workflow.pauser(person, one.village, one.stage, one.hold)
        return [(chat, LetGo(one.id, one.version))] if one and is_theirs else []

    async def moved_by(self, undo: Undo | None) -> list[Document]:
        """What was moved by what this would take back, and by nobody since."""
        async with self.stage.storage.reading() as tx:
            return await self.left_by(tx, undo.act) if undo else []

    async def what_no_one_need_hear(self) -> tuple[int, PackVillage] | None:
        """A bag that leaves for where it concerns no family."""
        async with self.stage.storage.reading() as tx:
            legs = [leg for leg in await self._legs(tx) if not self.stage.workflow.is_milestone(leg[1].to)]
        return self.dice.choice(legs[:3]) if legs else None

    async def now(self, moved: Collection[Document]) -> Collection[Document]:
        """The same as they are now."""
        async with self.stage.storage.reading() as tx:
            return [now for one in moved if (now := await documents.get(tx, one.id))]

    async def once_changed(self, moved: Collection[Document]) -> Collection[Document]:
        """What was moved or taken back since as it is then, if that does not take long."""
        for _ in range(12):
            await asyncio.sleep(LOOK)
            found = await self.now(moved)
            if all(now.version > one.version for now, one in zip(found, moved, strict=False)):
                return found
        return ()

    def _knows(self, chat: int, numbers: Collection[str]) -> bool:
        """True if what a family heard last is that one of these is held up."""
        last = next(iter(self.stage.phones[chat].chat.newest_first()), None)
        text = last.text.replace(NO_BREAK, " ") if last else ""
        return any(held in text for held in HELD) and any(number in text for number in numbers)

    async def send_bag(self, what: tuple[int, Callback] | None = None) -> tuple[Window, Message | None, Undo | None]:
        """An officer moves all that waits for a leg; whose phone it is, and where it is undone, if it is not slow."""
        what = what or await self.some_bag()
        if what is None:
            return self.stage.phones[self._officers[0]], None, None
        chat, pack = what
        phone = self.stage.phones[chat]
        self.hurry(phone, None, pack)
        message, complete = await self._chooses_all(phone)
        if complete is None:
            return phone, None, None
        self.hurry(phone, message, complete)
        message, undo = await self._sees(phone, Undo)
        return phone, message, undo if isinstance(undo, Undo) else None

    async def _chooses_all(self, phone: Window) -> tuple[Message | None, CompleteBag | None]:
        """What completes the bag that comes on this phone, all of it: of some nothing is chosen at first."""
        message, found = await self._sees(phone, CompleteBag | Tick)
        bag = found.bag if isinstance(found, CompleteBag | Tick) else 0
        offered = [one for *_, one in shown(phone) if isinstance(one, CompleteBag) and one.bag == bag]
        if isinstance(found, Tick) and not offered:
            self.hurry(phone, message, Tick(found.bag, ALL, 1, 0))
            message, found = await self._sees(phone, CompleteBag)
            offered = [found] if isinstance(found, CompleteBag) else []
        return message, next(iter(offered), None)

    async def some_bag(
        self, but: tuple[int, PackVillage] | None = None, to: str = ""
    ) -> tuple[int, PackVillage] | None:
        """A bag of which much waits, and not this one; to that stage, if any is named. None once nothing does."""
        async with self.stage.storage.reading() as tx:
            legs = [leg for leg in await self._legs(tx) if leg != but and to in ("", leg[1].to)]
        return self.dice.choice(legs[:4]) if legs else None

    async def _legs(self, tx: Tx) -> list[tuple[int, PackVillage]]:
        """The legs for which something waits, that for which most does first: an officer, and what packs it."""
        legs: dict[tuple[int, str, str], int] = {}
        for chat in self._officers:
            for leg in await bags.legs(tx, self.stage.workflow, await people.get(tx, chat)):
                if not (leg.mine or leg.to in self.stage.workflow.at_home):
                    key = chat, leg.origin, leg.to
                    legs[key] = legs.get(key, 0) + leg.count
        most = sorted(legs, key=lambda key: -legs[key])
        return [(chat, PackVillage(origin, to, "")) for chat, origin, to in most]

    async def _sees(self, phone: Window, kind: type[Callback] | UnionType) -> tuple[Message | None, Callback | None]:
        """A new button of this kind on the newest cards, once it is there."""
        known = [button for *_, button in shown(phone)]
        for _ in range(40):
            await asyncio.sleep(0.25)
            for message, _, button in shown(phone):
                if isinstance(button, kind) and button not in known:
                    return message, button
        return None, None

    async def left_by(self, tx: Tx, act: int) -> list[Document]:
        """What an act has moved and nobody since."""
        versions = {event.document: event.version for event in await ledger.events_of(tx, act)}
        return [one for one in await documents.of_act(tx, act) if one.version == versions[one.id]]

    async def ways(self, tx: Tx, one: Document, but: int) -> list[tuple[int, Callback]]:
        """What others than that officer may do with a document: take it on, each way as likely as to hold it up."""
        workflow, ways = self.stage.workflow, list[tuple[int, Callback]]()
        for chat in self._officers:
            person = await people.get(tx, chat)
            if chat != but:
                legs = workflow.open_to(person, one.type, one.village, one.stage)
                ways += [(chat, TakeLeg(one.id, one.version, stage)) for stage in legs if stage not in workflow.at_home]
                reasons = [reason for reason in workflow.holds_open_to(person, one) if reason != one.hold]
                ways += [(chat, PutOnHold(one.id, one.version, reason, 0, THESE)) for reason in reasons[:1]]
        return ways

    async def of_families(self, *, alone: bool = False) -> Document | None:
        """What some family follows, and somebody may hold up; rather what is `alone` in its request."""
        numbers = {number for chat in self._families for number in self.stage.followed[chat]}
        async with self.stage.storage.reading() as tx:
            followed = [one for one in await overview.everything(tx, 0) if one.number in numbers and not one.hold]
            ways = [(one, way) for one in followed for _, way in await self.ways(tx, one, 0)]
        found, filed = (
            [one for one, way in ways if isinstance(way, PutOnHold)],
            Counter(one.request for one in followed),
        )
        by_itself = [one for one in found if filed[one.request] == 1] if alone else []
        return self.dice.choice(by_itself or found) if found else None

    async def two_at_a_place(self) -> tuple[Document | None, Document | None]:
        """What some family follows, alone in its request, and somebody may take on; and another of that place which
        somebody may hold up with all that is there.
        """
        numbers = {number for chat in self._families for number in self.stage.followed[chat]}
        async with self.stage.storage.reading() as tx:
            free = [one for one in await overview.everything(tx, 0) if not one.hold]
            ways = [(one, way) for one in free for _, way in await self.ways(tx, one, 0)]
        alone = numbers - {number for number, count in Counter(one.number for one in free).items() if count > 1}
        moves = [one for one, way in ways if isinstance(way, TakeLeg) and one.number in alone]
        stops = [one for one, way in ways if isinstance(way, PutOnHold)]
        pairs = [(one, other) for one in moves for other in stops if other.stage == one.stage and other.id != one.id]
        return self.dice.choice(pairs) if pairs else (None, None)

    async def does(self, kind: type[Callback], one: Document) -> tuple[Window, Message, Callback] | None:
        """Somebody takes this on, or holds it up; whose phone it is, and what takes it back; None if it is slow."""
        async with self.stage.storage.reading() as tx:
            ways = [way for way in await self.ways(tx, one, 0) if isinstance(way[1], kind)]
        for chat, button in ways[:1]:
            self.hurry(phone := self.stage.phones[chat], None, button)
            message, undo = await self._sees(phone, Undo)
            return (phone, message, undo) if message and undo else None
        return None

    async def cause_of(self, one: Document) -> int:
        """Which queue holds it up, or 0."""
        async with self.stage.storage.reading() as tx:
            found = await queues.of_document(tx, one.id)
        return found.id if found else 0

    async def family_of(self, one: Document) -> list[Document]:
        """All documents of its request, as they are now."""
        async with self.stage.storage.reading() as tx:
            return [found for found in await documents.of_request(tx, one.request) if found.closed_at is None]

    async def let_go_on(self, one: Document) -> None:
        """Whoever may lets it go on, with its queue if that is what is held up."""
        cause = await self.cause_of(one)
        async with self.stage.storage.reading() as tx:
            free = [way for chat in self._officers for way in await self.let_go(tx, chat, one.id)]
        for chat, button in free[:1]:
            self.hurry(self.stage.phones[chat], None, LetAllGo(cause) if cause else button)

"""Those of the town who are up today: few, and with much to do, so that a short run moves many documents."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from random import Random
from typing import Any

from bot.demo.cast import CAST
from bot.sandbox import Message, Window
from handlers.aloud.buttons import ReadAloud
from handlers.attestations.buttons import SendLetter
from handlers.bags.buttons import CompleteBag, PackBag, PackMine, PackVillage, ShowTasks, Tick
from handlers.callbacks import Callback, parse
from handlers.corrections.buttons import AskWhere, AskWhy, AskWhyBack, Correct
from handlers.deputies.buttons import LayDown, ShowDuty
from handlers.documents.buttons import TakeLeg, Undo
from handlers.filing.buttons import Draft, DropDraft, FileDraft
from handlers.handover.buttons import Give
from handlers.holds.buttons import (
    THESE,
    HoldUntil,
    HoldWhy,
    LetAllGo,
    LetGo,
    PutOnHold,
    ShowCause,
    ShowHeld,
    ShowHold,
)
from handlers.lookup.buttons import ShowHistory
from handlers.paper.buttons import (
    NewBooklet,
    PrintBag,
    PrintBoard,
    PrintBooklet,
    PrintChoice,
    PrintPoster,
    PrintSlip,
)
from handlers.returns.buttons import ReturnDraft, TakeUp
from handlers.wording.layout import NO_BREAK, grouped
from locales import LANGUAGES, words
from storage import Tx, bags, documents, ledger, people
from storage.records import Document
from tests.crash.crowd import Crowd, shown
from tests.crash.scene import Scene

LIKED: dict[type[Callback], float] = {  # of what stands on a card many times, each a little
    CompleteBag: 60.0, TakeLeg: 30.0, FileDraft: 30.0, Give: 10.0, PackBag: 3.0, PackVillage: 3.0, PackMine: 15.0,
    Undo: 8.0, Draft: 2.0, Tick: 0.7, ShowTasks: 0.5, DropDraft: 0.05,
    HoldWhy: 12.0, HoldUntil: 4.0, ShowCause: 8.0, ShowHold: 8.0, ShowHeld: 4.0, LetGo: 20.0, LetAllGo: 30.0,
    ReturnDraft: 20.0, TakeUp: 30.0, Correct: 8.0, AskWhere: 6.0, AskWhy: 3.0, AskWhyBack: 15.0, ShowHistory: 0.05,
    ShowDuty: 0.3, LayDown: 4.0,
}  # fmt: skip

MEDDLES = 0.1
LOOKS_UP = 0.6  # the card of a number has a button for its next leg
PATIENCE, LOOK = 150.0, 0.25  # seconds until somebody believes that no family will hear that it is held up
HEARD = "select chat from outbox where act = :act and kind = 'act' and sent_at is not null"
HELD = [words(lang)("On hold: {reason}.", reason="\n").partition("\n")[0] for lang in LANGUAGES]
ALONE = 0.7  # how often what a colleague takes on is all of its request


class Townspeople(Crowd):
    """Two couriers, the desks and a village, who do what is to be done; and families. None of them has paper: what is
    printed is drawn by a process of its own, and there are none in virtual time.
    """

    ignored = (
        *Crowd.ignored, PrintChoice, PrintSlip, PrintBag, PrintBoard, NewBooklet, PrintBooklet, PrintPoster,
        SendLetter, ReadAloud,
    )  # fmt: skip

    tired = 1  # anybody may lay down a post

    def __init__(self, scene: Scene, dice: Random) -> None:
        super().__init__(scene, dice)
        villages = [member.key for member in CAST.values() if member.role == "village_officer"]
        self._officers = [CAST[key].chat for key in ("joko", "slamet", "rina", "budi", *dice.sample(villages, 2))]
        self._fresh = set(self._officers)
        self._forged: set[str] = set()
        self.meddled: list[tuple[int, Callback]] = []  # what somebody pressed on another's card
        self.away: set[int] = set()
        self.left: set[int] = set()  # who ever blocked the bot

    @property
    def families(self) -> Sequence[int]:
        """Those who have not blocked the bot."""
        return self._families

    def leaves(self, chat: int = 0) -> int:
        """A family blocks the bot, this one or any; its chat."""
        chat = chat or self.dice.choice(self._families)
        self._families.remove(chat)
        self.left.add(chat)
        self.away.add(chat)
        self.stage.phones[chat].block()
        return chat

    def returns(self, chat: int) -> None:
        """It is back."""
        self._families.append(chat)
        self.away.discard(chat)
        self.stage.phones[chat].unblock()

    def act_often(self, times: int) -> None:
        """So many of them act, one after the other."""
        for _ in range(times):
            self.act()

    def _work(self, chat: int, phone: Window) -> None:
        if chat in self._fresh:
            self._fresh.discard(chat)
            if self.dice.random() < LOOKS_UP:
                self._look_up(chat, phone)
            else:
                self._say(chat, phone, "/tugas")
        elif self.dice.random() > MEDDLES or not self._meddle(chat, phone):
            super()._work(chat, phone)

    def _begin(self, chat: int, phone: Window) -> None:
        if self.dice.random() < LOOKS_UP:
            self._look_up(chat, phone)
        else:
            super()._begin(chat, phone)

    def _meddle(self, chat: int, phone: Window) -> bool:
        """Press what stands on a colleague's card. False if there is nothing of the kind."""
        others = [self.stage.phones[other] for other in self._officers if other != chat]
        tempting = [
            button for other in others for *_, button in shown(other) if isinstance(button, CompleteBag | TakeLeg)
        ]
        if tempting:
            button = self.dice.choice(tempting)
            self._forged.add(phone.forge(button.pack()).data)
            self.meddled.append((chat, button))
        return bool(tempting)

    async def get_ahead(self) -> None:
        """An officer moves all that waits for a leg; a colleague takes one paper on, or holds it up; then all of it is
        taken back.
        """
        async with self.stage.storage.reading() as tx:
            chat, pack = await self._most_to_do(tx)
        phone = self.stage.phones[chat]
        for button in (pack, CompleteBag, Undo):
            message, found = await self._sees(phone, button) if isinstance(button, type) else (None, button)
            if found is None:
                return  # it is taking long, and people forget
            if isinstance(found, Undo):
                async with self.stage.storage.reading() as tx:
                    await self._take_one(tx, found.act, chat)
                await asyncio.sleep(self.dice.uniform(0.3, 4))
            self._hurry(phone, message, found)

    async def hold_and_let_go(self) -> None:
        """Two bags leave, one soon after the other. What was in the second is held up, and let go on as soon as some
        family knows, which hears of both together.
        """
        await self._send_bag()
        await asyncio.sleep(self.dice.uniform(1, 6))
        _, _, undo = await self._send_bag()
        async with self.stage.storage.reading() as tx:
            moved = await self._where_it_was_left(tx, undo.act if undo else 0)
            ways = [way for one in moved for way in await self._ways(tx, one, 0)]
        held = {button.of: (chat, button) for chat, button in ways if isinstance(button, PutOnHold)}
        for chat, button in held.values():
            self._hurry(self.stage.phones[chat], None, button)
        numbers = {grouped(one.number) for one in moved if one.id in held}
        for _ in range(round(PATIENCE / LOOK) if held else 0):
            await asyncio.sleep(LOOK)
            if any(self._knows(chat, numbers) for chat in self.stage.followed):
                async with self.stage.storage.reading() as tx:
                    free = [way for of, (chat, _) in held.items() for way in await self._let_go(tx, chat, of)]
                for chat, let_go in free:
                    self._hurry(self.stage.phones[chat], None, let_go)
                return

    async def _let_go(self, tx: Tx, chat: int, of: int) -> list[tuple[int, Callback]]:
        """What lets it go on, if it stands still and this officer may: it may do so in other hands by now."""
        one, person = await documents.get(tx, of), await people.get(tx, chat)
        is_theirs = one and one.hold and self.stage.workflow.pauser(person, one.village, one.stage, one.hold)
        return [(chat, LetGo(one.id, one.version))] if one and is_theirs else []

    async def make_amends(self, seed: int) -> None:
        """A family hears of a bag, and goes away. Meanwhile another leaves, what it heard is taken back, and one more
        leaves; and once all of that is owed to it, it is back.
        """
        dice = Random(f"amends of {seed}")
        await asyncio.sleep(dice.uniform(2, 9))
        phone, message, undo = await self._send_bag()
        chat = await self._who_heard(undo.act) if undo else 0
        if not (undo and chat):
            return
        self.leaves(chat)
        await self._send_bag()
        self._hurry(phone, message, undo)
        await asyncio.sleep(dice.uniform(0.5, 3))
        await self._send_bag()
        await asyncio.sleep(self.stage.workflow.grace / 1000 + dice.uniform(1, 4))
        self.returns(chat)

    async def _who_heard(self, act: int) -> int:
        """A family that hears every stage, once it hears of an act, and is here; or 0."""
        for _ in range(round(PATIENCE / LOOK)):
            await asyncio.sleep(LOOK)
            async with self.stage.storage.reading() as tx:
                raw: Any = tx  # a question that no query of the house asks
                told: set[int] = {chat for (chat,) in await raw._connection.execute_fetchall(HEARD, {"act": act})}
            if mine := sorted(told.intersection(self._families) - self.stage.concerned):
                return mine[0]
        return 0

    def _knows(self, chat: int, numbers: Collection[str]) -> bool:
        """True if what a family heard last is that one of these is held up."""
        last = next(iter(self.stage.phones[chat].chat.newest_first()), None)
        text = last.text.replace(NO_BREAK, " ") if last else ""
        return any(held in text for held in HELD) and any(number in text for number in numbers)

    async def _send_bag(self) -> tuple[Window, Message | None, Undo | None]:
        """An officer moves all that waits for a leg; whose phone it is, and where it is undone, if it is not slow."""
        async with self.stage.storage.reading() as tx:
            chat, pack = await self._most_to_do(tx)
        phone = self.stage.phones[chat]
        self._hurry(phone, None, pack)
        message, complete = await self._sees(phone, CompleteBag)
        if complete is None:
            return phone, None, None
        self._hurry(phone, message, complete)
        message, undo = await self._sees(phone, Undo)
        return phone, message, undo if isinstance(undo, Undo) else None

    async def _most_to_do(self, tx: Tx) -> tuple[int, Callback]:
        """The officer for whom most waits for one leg, and what packs that."""
        legs: dict[tuple[int, str, str], int] = {}
        for chat in self._officers:
            for leg in await bags.legs(tx, self.stage.workflow, await people.get(tx, chat)):
                if not (leg.mine or self.stage.workflow.hands_over(leg.to)):
                    key = chat, leg.origin, leg.to
                    legs[key] = legs.get(key, 0) + leg.count
        most = sorted(legs, key=lambda key: -legs[key])[:4]
        chat, origin, to = self.dice.choice(most)
        return chat, PackVillage(origin, to, "")

    async def _sees(self, phone: Window, kind: type[Callback]) -> tuple[Message | None, Callback | None]:
        """A new button of this kind on the newest cards, once it is there."""
        known = [button for *_, button in shown(phone)]
        for _ in range(40):
            await asyncio.sleep(0.25)
            for message, _, button in shown(phone):
                if isinstance(button, kind) and button not in known:
                    return message, button
        return None, None

    async def _take_one(self, tx: Tx, act: int, but: int) -> None:
        """Of what an act has moved some colleague takes one document on, or holds it up."""
        moved = await self._where_it_was_left(tx, act)
        filed = Counter(one.request for one in moved)
        alone = [one for one in moved if filed[one.request] == 1]
        if alone and self.dice.random() < ALONE:
            moved = alone
        ways = await self._ways(tx, self.dice.choice(moved), but) if moved else []
        if ways:
            chat, button = self.dice.choice(ways)
            other = self.stage.phones[chat]
            self.deeds.taps.append((other.forge(button.pack()), button))

    async def _where_it_was_left(self, tx: Tx, act: int) -> list[Document]:
        """What an act has moved and nobody since."""
        versions = {event.document: event.version for event in await ledger.events_of(tx, act)}
        return [one for one in await documents.of_act(tx, act) if one.version == versions[one.id]]

    async def _ways(self, tx: Tx, one: Document, but: int) -> list[tuple[int, Callback]]:
        """What others than that officer may do with a document: take it on, each way as likely as to hold it up."""
        workflow, ways = self.stage.workflow, list[tuple[int, Callback]]()
        for chat in self._officers:
            person = await people.get(tx, chat)
            if chat != but:
                legs = workflow.open_to(person, one.type, one.village, one.stage)
                ways += [
                    (chat, TakeLeg(one.id, one.version, stage)) for stage in legs if not workflow.hands_over(stage)
                ]
                reasons = workflow.holds_open_to(person, one)
                ways += [(chat, PutOnHold(one.id, one.version, reason, 0, THESE)) for reason in reasons[:1]]
        return ways

    def _resend(self, phone: Window) -> None:
        again = [tap for tap in phone.resend_unanswered() if tap.data not in self._forged]
        self.deeds.taps += [(tap, parse(tap.data)) for tap in again]

    def _liking(self, _label: str, button: Callback) -> float:
        return LIKED.get(type(button), 0.2)

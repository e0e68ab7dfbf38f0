"""Stories that several people of the town play together, each with what the next one needs to go wrong."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from random import Random
from typing import Any

from bot.sandbox import Message, Window
from handlers.bags.buttons import CompleteBag, PackVillage
from handlers.callbacks import Callback
from handlers.documents.buttons import TakeLeg, Undo
from handlers.holds.buttons import STAGE, THESE, LetGo, PutOnHold
from handlers.wording.layout import NO_BREAK, grouped
from locales import LANGUAGES, words
from storage import Tx, bags, documents, ledger, overview, people
from storage.records import Document
from tests.crash.crowd import shown
from tests.simulation.people import Townspeople

PATIENCE, LOOK = 150.0, 0.25  # seconds until somebody believes that no family will hear that it is held up
HEARD = "select chat from outbox where act = :act and kind = 'act' and sent_at is not null"
HELD = [words(lang)("On hold: {reason}.", reason="\n").partition("\n")[0] for lang in LANGUAGES]
ALONE = 0.7  # how often what a colleague takes on is all of its request


class Stories(Townspeople):
    """The people of the town, who also play these."""

    async def get_ahead(self) -> None:
        """An officer moves all that waits for a leg; a colleague takes one paper on, or holds it up; then all of it is
        taken back.
        """
        async with self.stage.storage.reading() as tx:
            most = await self._most_to_do(tx)
        if most is None:
            return  # all is done
        chat, pack = most
        phone = self.stage.phones[chat]
        for button in (pack, CompleteBag, Undo):
            message, found = await self._sees(phone, button) if isinstance(button, type) else (None, button)
            if found is None:
                return  # it is taking long, and people forget
            if isinstance(found, Undo):
                async with self.stage.storage.reading() as tx:
                    await self._take_one(tx, found.act, chat)
                await asyncio.sleep(self.dice.uniform(0.3, 4))
            self.hurry(phone, message, found)

    async def hold_and_let_go(self) -> None:
        """Two bags leave, one soon after the other. What was in the second is held up, and let go on as soon as some
        family knows, which hears of both together.
        """
        await self.send_bag()
        await asyncio.sleep(self.dice.uniform(1, 6))
        _, _, undo = await self.send_bag()
        async with self.stage.storage.reading() as tx:
            moved = await self.left_by(tx, undo.act if undo else 0)
            ways = [way for one in moved for way in await self.ways(tx, one, 0)]
        held = {button.of: (chat, button) for chat, button in ways if isinstance(button, PutOnHold)}
        for chat, button in held.values():
            self.hurry(self.stage.phones[chat], None, button)
        numbers = {grouped(one.number) for one in moved if one.id in held}
        for _ in range(round(PATIENCE / LOOK) if held else 0):
            await asyncio.sleep(LOOK)
            if any(self._knows(chat, numbers) for chat in self.stage.followed):
                async with self.stage.storage.reading() as tx:
                    free = [way for of, (chat, _) in held.items() for way in await self.let_go(tx, chat, of)]
                for chat, let_go in free:
                    self.hurry(self.stage.phones[chat], None, let_go)
                return

    async def let_go(self, tx: Tx, chat: int, of: int) -> list[tuple[int, Callback]]:
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
        phone, message, undo = await self.send_bag()
        chat = await self._who_heard(undo.act) if undo else 0
        if not (undo and chat):
            return
        self.leaves(chat)
        await self.send_bag()
        self.hurry(phone, message, undo)
        await asyncio.sleep(dice.uniform(0.5, 3))
        await self.send_bag()
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

    async def repent(
        self, moved: Collection[Document], does: type[Callback], dice: Random, at: float | None = None
    ) -> None:
        """Somebody takes on what an act has moved, or holds it up, and takes that back `at` a time, or soon or late."""
        async with self.stage.storage.reading() as tx:
            ways = [(one.id, *way) for one in moved for way in await self.ways(tx, one, 0)]
        chosen = {of: (chat, button) for of, chat, button in ways if isinstance(button, does)}
        much, waits = dice.choice((THESE, THESE, STAGE)), dice.choice((dice.uniform(0.3, 3), dice.uniform(5, 16)))
        for chat, button in [*chosen.values()][: None if much == THESE else 1]:
            self.hurry(self.stage.phones[chat], None, so_much(button, much))
        for phone in {chat: self.stage.phones[chat] for chat, _ in chosen.values()}.values():
            message, undo = await self._sees(phone, Undo)
            await asyncio.sleep(waits if at is None else max(0.0, at - asyncio.get_running_loop().time()))
            if undo:
                self.hurry(phone, message, undo)

    async def hold_a_queue(self) -> None:
        """All that is at a place is held up; a bag comes there, and as some family knows, it is no more held up."""
        await asyncio.sleep(self.dice.uniform(1, 9))
        async with self.stage.storage.reading() as tx:
            queue = await anext(self._queues(tx), None)
        if queue is None:
            return
        (bearer, pack), (chat, button) = queue
        phone, message, undo = await self._hold_all(chat, button)
        _, _, moved = await self.send_bag((bearer, pack))
        numbers = {grouped(one.number) for one in await self.moved_by(moved)}
        for _ in range(round(PATIENCE / LOOK) if undo and numbers else 0):
            await asyncio.sleep(LOOK)
            if any(self._knows(chat, numbers) for chat in self.stage.followed):
                break
        if undo:
            self.hurry(phone, message, undo)

    async def _queues(self, tx: Tx) -> AsyncIterator[tuple[tuple[int, PackVillage], tuple[int, Callback]]]:
        """Bags that may leave for where somebody may hold up everything: who sends it how, and who holds it up how."""
        everything = await overview.everything(tx, 0)
        for bearer, pack in await self._legs(tx):
            for one in everything:
                if one.stage == pack.to and not one.hold:
                    for chat, button in await self.ways(tx, one, 0):
                        if isinstance(button, PutOnHold):
                            yield (bearer, pack), (chat, so_much(button, STAGE))

    async def moved_by(self, undo: Undo | None) -> list[Document]:
        """What was moved by what this would take back, and by nobody since."""
        async with self.stage.storage.reading() as tx:
            return await self.left_by(tx, undo.act) if undo else []

    async def what_no_one_need_hear(self) -> tuple[int, PackVillage] | None:
        """A bag that leaves for where it concerns no family."""
        async with self.stage.storage.reading() as tx:
            legs = [leg for leg in await self._legs(tx) if not self.stage.workflow.is_milestone(leg[1].to)]
        return self.dice.choice(legs[:3]) if legs else None

    async def take_on(self, moved: Collection[Document]) -> None:
        """Somebody takes on each of these."""
        async with self.stage.storage.reading() as tx:
            ways = [(one.id, *way) for one in moved for way in await self.ways(tx, one, 0)]
        legs = {of: (chat, button) for of, chat, button in ways if isinstance(button, TakeLeg)}
        for chat, button in legs.values():
            self.hurry(self.stage.phones[chat], None, button)

    async def once_changed(self, moved: Collection[Document]) -> Collection[Document]:
        """What was moved or taken back since as it is then, if that does not take long."""
        for _ in range(12):
            await asyncio.sleep(LOOK)
            async with self.stage.storage.reading() as tx:
                found = [now for one in moved if (now := await documents.get(tx, one.id))]
            if all(now.version > one.version for now, one in zip(found, moved, strict=False)):
                return found
        return ()

    async def take_half(self) -> tuple[tuple[int, PackVillage] | None, Document | None]:
        """One of two papers of a request is taken on by itself; with which bag the other may follow it."""
        async with self.stage.storage.reading() as tx:
            everything = [one for one in await overview.everything(tx, 0) if not one.hold]
            for chat, pack in await self._legs(tx):
                there = [one for one in everything if one.stage == pack.origin]
                filed = Counter(one.request for one in there)
                person = await people.get(tx, chat)
                for one in there:
                    legs = self.stage.workflow.open_to(person, one.type, one.village, one.stage)
                    if filed[one.request] > 1 and pack.to in legs:
                        self.hurry(self.stage.phones[chat], None, TakeLeg(one.id, one.version, pack.to))
                        return (chat, pack), one
        return None, None

    async def hold_all(self, of: int) -> tuple[Window, Message | None, Callback | None]:
        """Everything is held up where this document is; on whose phone that is undone, and where."""
        async with self.stage.storage.reading() as tx:
            one = await documents.get(tx, of)
            ways = [way for way in await self.ways(tx, one, 0) if isinstance(way[1], PutOnHold)] if one else []
        if not ways:
            return self.stage.phones[self._officers[0]], None, None
        [(chat, button), *_] = ways
        return await self._hold_all(chat, so_much(button, STAGE))

    async def _hold_all(self, chat: int, button: Callback) -> tuple[Window, Message | None, Callback | None]:
        phone = self.stage.phones[chat]
        self.hurry(phone, None, button)
        return phone, *await self._sees(phone, Undo)

    def ask_for(self, chats: Collection[int], numbers: Collection[str]) -> None:
        """Families ask where their numbers are."""
        for chat in sorted({*self._families}.intersection(chats)):
            for number in sorted({*numbers}.intersection(self.stage.followed[chat])):
                self._say_marked(chat, self.stage.phones[chat], "", number)

    def _knows(self, chat: int, numbers: Collection[str]) -> bool:
        """True if what a family heard last is that one of these is held up."""
        last = next(iter(self.stage.phones[chat].chat.newest_first()), None)
        text = last.text.replace(NO_BREAK, " ") if last else ""
        return any(held in text for held in HELD) and any(number in text for number in numbers)

    async def send_bag(self, what: tuple[int, Callback] | None = None) -> tuple[Window, Message | None, Undo | None]:
        """An officer moves all that waits for a leg; whose phone it is, and where it is undone, if it is not slow."""
        async with self.stage.storage.reading() as tx:
            what = what or await self._most_to_do(tx)
        if what is None:
            return self.stage.phones[self._officers[0]], None, None
        chat, pack = what
        phone = self.stage.phones[chat]
        self.hurry(phone, None, pack)
        message, complete = await self._sees(phone, CompleteBag)
        if complete is None:
            return phone, None, None
        self.hurry(phone, message, complete)
        message, undo = await self._sees(phone, Undo)
        return phone, message, undo if isinstance(undo, Undo) else None

    async def _most_to_do(self, tx: Tx) -> tuple[int, Callback] | None:
        """The officer for whom most waits for one leg, and what packs that; None once nothing does."""
        legs = await self._legs(tx)
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
        moved = await self.left_by(tx, act)
        filed = Counter(one.request for one in moved)
        alone = [one for one in moved if filed[one.request] == 1]
        if alone and self.dice.random() < ALONE:
            moved = alone
        ways = await self.ways(tx, self.dice.choice(moved), but) if moved else []
        if ways:
            chat, button = self.dice.choice(ways)
            other = self.stage.phones[chat]
            self.deeds.taps.append((other.forge(button.pack()), button))

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
                reasons = workflow.holds_open_to(person, one)
                ways += [(chat, PutOnHold(one.id, one.version, reason, 0, THESE)) for reason in reasons[:1]]
        return ways


def so_much(button: Callback, much: int) -> Callback:
    """The same, but so much of it, if it holds up anything."""
    return replace(button, much=much) if isinstance(button, PutOnHold) else button

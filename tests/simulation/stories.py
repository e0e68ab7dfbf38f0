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
from handlers.holds.buttons import STAGE, THESE, PutOnHold
from handlers.wording.layout import grouped
from storage import Tx, documents, overview, people
from storage.records import Document
from tests.simulation.colleagues import LOOK, Colleagues

PATIENCE = 150.0  # seconds until somebody believes that no family will hear that it is held up
HEARD = "select chat from outbox where act = :act and kind = 'act' and sent_at is not null"
CARDS = "select chat, request from card"
ALONE = 0.7  # how often what a colleague takes on is all of its request


class Stories(Colleagues):
    """The people of the town, who also play these."""

    async def get_ahead(self) -> None:
        """An officer moves all that waits for a leg; a colleague takes one paper on, or holds it up; then all of it is
        taken back.
        """
        most = await self.some_bag()
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

    async def with_pairs(self) -> tuple[int, PackVillage] | None:
        """A bag in which two papers of a request leave."""
        async with self.stage.storage.reading() as tx:
            everything = [one for one in await overview.everything(tx, 0) if not one.hold]
            for leg in await self._legs(tx):
                filed = Counter(one.request for one in everything if one.stage == leg[1].origin)
                if max(filed.values(), default=0) > 1:
                    return leg
        return None

    async def hold_one_of_two(self, moved: Collection[Document]) -> Document | None:
        """Somebody holds up one of these, and no other of its request."""
        filed = Counter(one.request for one in moved)
        async with self.stage.storage.reading() as tx:
            for one in moved:
                ways = await self.ways(tx, one, 0) if filed[one.request] > 1 else []
                for chat, button in ways:
                    if isinstance(button, PutOnHold):
                        self.hurry(self.stage.phones[chat], None, button)
                        return one
        return None

    async def of_no_news(self) -> Document | None:
        """What may be taken on to where it concerns no family, of which one hears that waits for it and has no card."""
        async with self.stage.storage.reading() as tx:
            cards = await self._cards(tx)
            found = [
                one for one in await self._for_cards(tx)
                if any((chat, one.request) not in cards for chat in self._who_hears_little(one))
            ]  # fmt: skip
        return self.dice.choice(found) if found else None

    async def two_without_cards(self) -> tuple[int, list[Document]]:
        """A family that cards alone would tell, and two papers of numbers without one that may be taken on; or none."""
        async with self.stage.storage.reading() as tx:
            cards, found = await self._cards(tx), await self._for_cards(tx)
        for chat in sorted(self.stage.concerned & {*self._families}):
            mine = {one.request: one for one in found if one.number in self.stage.followed[chat]}
            free = [one for request, one in mine.items() if (chat, request) not in cards]
            if len(free) > 1:
                return chat, self.dice.sample(free, 2)
        return 0, []

    @staticmethod
    async def _cards(tx: Tx) -> set[tuple[int, int]]:
        raw: Any = tx  # a question that no query of the house asks
        return {*await raw._connection.execute_fetchall(CARDS)}

    async def _for_cards(self, tx: Tx) -> list[Document]:
        """What may be taken on to where it concerns no family."""
        found = list[Document]()
        for one in await overview.everything(tx, 0):
            legs = [button.stage for _, button in await self.ways(tx, one, 0) if isinstance(button, TakeLeg)]
            if legs and not one.hold and not any(map(self.stage.workflow.is_milestone, legs)):
                found.append(one)
        return found

    def _who_hears_little(self, of: Document) -> Collection[int]:
        return [
            chat for chat in self.stage.concerned & {*self._families} if of.number in self.stage.followed.get(chat, ())
        ]

    async def take_on(self, moved: Collection[Document]) -> None:
        """Somebody takes on each of these."""
        async with self.stage.storage.reading() as tx:
            ways = [(one.id, *way) for one in moved for way in await self.ways(tx, one, 0)]
        legs = {of: (chat, button) for of, chat, button in ways if isinstance(button, TakeLeg)}
        for chat, button in legs.values():
            self.hurry(self.stage.phones[chat], None, button)

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


def so_much(button: Callback, much: int) -> Callback:
    """The same, but so much of it, if it holds up anything."""
    return replace(button, much=much) if isinstance(button, PutOnHold) else button

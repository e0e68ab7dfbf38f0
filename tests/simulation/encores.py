"""What is played once more when all else is over: stories whose moment is brought about."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from random import Random
from typing import Any

from bot.sandbox import Message, Window
from handlers.callbacks import Callback
from handlers.documents.buttons import TakeLeg, Undo
from handlers.holds.buttons import LetAllGo, PutOnHold
from tests.simulation.moments import Moments
from tests.simulation.weather import FLOOD, Fate

FUSS = 3, 8  # deeds
SETTLES = 40.0  # seconds in which what else was under way is told


class Encores(Moments):
    """Those of a town with a machine, two of which each quiet seed has."""

    async def play(self) -> None:
        """Those that the plan names, each once nothing is owed any more."""
        play: Mapping[str, Callable[[Random], Coroutine[Any, Any, None]]] = {
            "beside": self._beside, "behind": self._behind, "in vain": self._in_vain, "ahead": self._ahead,
            "further on": self._further_on, "late card": self._late_card, "in words": self._said_among_others,
            "queue": self._queue, "twice held": self._twice_held, "fuss": self._fuss,
            "otherwise": self._held_otherwise, "over": self._over_meanwhile, "back": self._back_into_queue,
        }  # fmt: skip
        for name in self._machine.plan.encores:
            await self._settled()
            await play[name](Random(f"{name} {self._seed}"))

    async def _settled(self) -> None:
        for _ in range(round(SETTLES)):
            load = await self._people.stage.load()
            if not (load.updates or load.owed):
                return
            await asyncio.sleep(1)

    async def _beside(self, dice: Random) -> None:
        """A bag leaves, and before that is told one of two papers in it is held up, and the bag taken back: the hold is
        all that is news.
        """
        people = self._people
        phone, message, undo = await people.send_bag(await people.with_pairs())
        moved = await people.moved_by(undo)
        if undo and (one := await people.hold_one_of_two(moved)):
            await people.once_changed([one])
            await asyncio.sleep(dice.uniform(0, 3))
            people.hurry(phone, message, undo)

    async def _behind(self, dice: Random) -> None:
        """News of a bag is long on its way to families. Meanwhile another leaves, the first is taken back, and one more
        leaves: of these the last is owed after the apology.
        """
        people = self._people
        first = await people.some_bag()
        phone, message, undo = await people.send_bag(first)
        moved = await people.moved_by(undo)
        if undo and await self._are_told(moved, dice, Fate(0.05, dice.uniform(32, 34))):
            await people.send_bag(await people.some_bag(first))
            people.hurry(phone, message, undo)
            await asyncio.sleep(dice.uniform(1, 3))
            await people.send_bag(await people.some_bag(first))

    async def _further_on(self, dice: Random) -> None:
        """Just before news of a bag leaves, a family card in it is taken on to where there are no blank ones; that is
        taken back before it is told.
        """
        people, loop = self._people, self._machine.loop
        _, _, undo = await people.send_bag(await people.some_bag(to="to_registry"))
        leaves = loop.time() + people.stage.workflow.grace / 1000 + self._machine.plan.gather
        moved = [one for one in await people.moved_by(undo) if one.type == "KK"]
        await asyncio.sleep(max(0.0, leaves - loop.time() - dice.uniform(1, 8)))
        await people.repent(moved[:1], TakeLeg, dice, leaves + dice.uniform(1, 3))

    async def _late_card(self, dice: Random) -> None:
        """A paper is taken on; the card that tells it is long on its way, and meanwhile it is taken back."""
        people = self._people
        leaves = self._machine.loop.time() + people.stage.workflow.grace / 1000 + self._machine.plan.gather
        moved = [one] if (one := await people.of_no_news()) else []
        goes = self._machine.loop.create_task(people.repent(moved, TakeLeg, dice, leaves + dice.uniform(3, 6)))
        await self._are_told(moved, dice, Fate(0.05, dice.uniform(9, 15)))
        await goes

    async def _ahead(self, _: Random) -> None:
        """A bag leaves, and somebody takes on one paper of it before the bag is taken back: its news stands."""
        people = self._people
        phone, message, undo = await people.send_bag()
        moved = await people.moved_by(undo)
        filed = Counter(one.request for one in moved)
        alone = [one for one in moved if filed[one.request] == 1][: len(moved) - 1]
        if undo and alone:
            await people.take_on(alone[:1])
            await people.once_changed(alone[:1])
            people.hurry(phone, message, undo)

    async def _queue(self, _: Random) -> None:
        """All that is at a place is held up; a bag comes there, and as a family knows, all of it goes on."""
        await self._people.hold_a_queue()

    async def _back_into_queue(self, dice: Random) -> None:
        """A paper is taken on; before that is told all is held up where it was, and it comes back there."""
        people = self._people
        one, other = await people.two_at_a_place()
        if one and other and (taken := await people.does(TakeLeg, one)):
            await people.hold_all(other.id)
            await asyncio.sleep(dice.uniform(0, 3))
            people.hurry(*taken)

    async def _said_among_others(self, dice: Random) -> None:
        """A family reads of two numbers in one message, of which it has no cards, and asks for one. That is taken back;
        or it is so while the card is brought up to date, done again, and, once the card shows that, taken back again.
        """
        people, soon = self._people, Fate(0.05, 0.05)
        chat, pair = await people.two_without_cards()
        taken = [await people.does(TakeLeg, one) for one in pair]
        if not (taken and all(taken) and chat in await self._are_told(pair, dice, soon)):
            return
        await asyncio.sleep(dice.uniform(0.2, 1))
        people.ask_for([chat], {pair[0].number})
        await asyncio.sleep(dice.uniform(1, 2))
        first, again = taken[0], dice.random() < 0.6
        self._machine.fates |= {chat: Fate(dice.uniform(2, 4), 0.05, of_edit=True)} if again else {}
        if first:
            people.hurry(*first)
        for one in await people.once_changed(await people.now(pair[:1])) if again else ():
            first = await people.does(TakeLeg, one)
            if first and await self._are_told([one], dice, soon):
                await asyncio.sleep(dice.uniform(0.5, 2))
                people.hurry(*first)

    async def _twice_held(self, dice: Random) -> None:
        """A family reads that a paper is held up. That is taken back while its answer is late, and held up once more
        before this is told; and before that is told, too, it is let go on.
        """
        people, one = self._people, await self._people.of_families()
        held = await people.does(PutOnHold, one) if one else None
        if one and held and await self._are_told([one], dice, Fate(0.05, dice.uniform(2, 5))):
            people.hurry(*held)
            for stood in await people.once_changed(await people.now([one])):
                await people.does(PutOnHold, stood)
                await asyncio.sleep(dice.uniform(4, 7))
                await people.let_go_on(stood)

    async def _held_otherwise(self, dice: Random) -> None:
        """A paper is held up, and just before that is told it is so for another reason, or taken on; this is taken back
        as nobody knows.
        """
        people, one = self._people, await self._people.of_families()
        if one and await people.does(PutOnHold, one):
            await asyncio.sleep(dice.uniform(3, 8))
            then = dice.choice((PutOnHold, TakeLeg, TakeLeg))
            again = [await people.does(then, held) for held in await people.now([one])]
            if await self._are_told([one], dice, Fate(0.05, 0.05)) and again[0]:
                await asyncio.sleep(dice.uniform(0.2, 2))
                people.hurry(*again[0])

    async def _over_meanwhile(self, dice: Random) -> None:
        """A family reads that all at a place is held up. One paper is so for another reason, too, before all goes on,
        and that is taken back as nobody heard it.
        """
        people, one = self._people, await self._people.of_families(alone=True)
        phone, _, _ = await people.hold_all(one.id if one else 0)
        if one and await self._are_told([one], dice, Fate(0.05, 0.05)):
            await asyncio.sleep(dice.uniform(0.2, 2))
            cause = await people.cause_of(one)
            again = [await people.does(PutOnHold, held) for held in await people.now([one])]
            people.hurry(phone, None, LetAllGo(cause))
            await asyncio.sleep(dice.uniform(0.5, 3))
            for other in filter(None, again):
                people.hurry(*other)

    async def _fuss(self, dice: Random) -> None:
        """The papers of a request are held up, one by one or with all that is there, let go on, taken on and moved back
        within seconds, as their news is late.
        """
        people, of = self._people, await self._people.of_families()
        follow = [chat for chat in people.families if of and of.number in people.stage.followed[chat]]
        done = list[tuple[Window, Message, Callback]]()
        for _ in range(dice.randint(*FUSS) if of else 0):
            self._machine.fates.update({chat: fate for chat in follow if (fate := self._any_fate(dice))})
            one = dice.choice(await people.family_of(of)) if of else None
            act = dice.choice((PutOnHold, PutOnHold, TakeLeg, Undo, Undo, Undo))
            if act is Undo and done:
                people.hurry(*done.pop())
            elif one and one.hold and dice.random() < 0.7:
                await people.let_go_on(one)
            elif one and act is PutOnHold and dice.random() < 0.2:
                phone, message, undo = await people.hold_all(one.id)
                done += [(phone, message, undo)] if message and undo else []
            elif one and act is not Undo and (found := await people.does(act, one)):
                done.append(found)
            await asyncio.sleep(dice.choice((0.3, dice.uniform(0.3, 3), dice.uniform(3, 12), dice.uniform(9, 14))))

    @staticmethod
    def _any_fate(dice: Random) -> Fate | None:
        """How the next message to a chat fares, or the edit of its card before it."""
        soon, late, is_edit = dice.uniform(0.01, 0.1), dice.uniform(1, 9), dice.random() < 0.3
        return dice.choice((
            None, None, Fate(soon, late, of_edit=is_edit), Fate(late, soon, of_edit=is_edit),
            Fate(soon, soon, refusal=FLOOD), Fate(soon, soon, "lost"), Fate(soon, late, "answer lost"),
        ))  # fmt: skip

    async def _in_vain(self, dice: Random) -> None:
        """News of a bag arrives, and its answer does not; the next try is told to wait, and the bag taken back."""
        people = self._people
        phone, message, undo = await people.send_bag()
        moved = await people.moved_by(undo)
        if undo and (chats := await self._are_told(moved, dice, Fate(0.05, 0.05, "answer lost"))):
            await self._wait_next(chats)
            await asyncio.sleep(dice.uniform(3, 9))
            people.hurry(phone, message, undo)

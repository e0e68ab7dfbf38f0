"""What is played once more when all else is over: stories whose moment is brought about."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from random import Random
from typing import Any

from handlers.documents.buttons import TakeLeg
from tests.simulation.moments import Moments
from tests.simulation.weather import Fate

SETTLES = 40.0  # seconds in which what else was under way is told


class Encores(Moments):
    """Those of a town with a machine, one of which each quiet seed has."""

    async def play(self) -> None:
        """The one that the plan names, if any, once nothing is owed any more."""
        play: Mapping[str, Callable[[Random], Coroutine[Any, Any, None]]] = {
            "beside": self._beside, "behind": self._behind, "in vain": self._in_vain,
            "further on": self._further_on, "late card": self._late_card,
        }  # fmt: skip
        if name := self._machine.plan.encore:
            await self._settled()
            await play[name](Random(f"encore {self._seed}"))

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

    async def _in_vain(self, dice: Random) -> None:
        """News of a bag arrives, and its answer does not; the next try is told to wait, and the bag taken back."""
        people = self._people
        phone, message, undo = await people.send_bag()
        moved = await people.moved_by(undo)
        if undo and (chats := await self._are_told(moved, dice, Fate(0.05, 0.05, "answer lost"))):
            await self._wait_next(chats)
            await asyncio.sleep(dice.uniform(3, 9))
            people.hurry(phone, message, undo)

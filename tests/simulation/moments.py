"""Mishaps that wait for their moment: what goes wrong just then happens by chance once in thousands of seeds."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from functools import partial
from random import Random
from typing import Any

from handlers.documents.buttons import TakeLeg
from handlers.holds.buttons import PutOnHold
from storage.records import Document, Owed
from tests.simulation.machine import Machine, Process
from tests.simulation.stories import Stories
from tests.simulation.weather import FLOOD, Fate

VOLLEY = 8  # deeds
CLINGS = 30.0  # seconds that a process waits for what it is to stand still at, and for another to lead
SLEEPS = 95.0, 120.0  # seconds, of which no handler may take so many
BAGS = 3
AGAIN = 13.0  # seconds after which something goes that met a FLOOD


class Moments:
    """Mishaps of the people of a town with a machine."""

    def __init__(self, machine: Machine, people: Stories) -> None:
        self._machine, self._people = machine, people
        self._seed, self._seconds = machine.weather.seed, machine.plan.seconds

    def all(self) -> Sequence[Coroutine[Any, Any, None]]:
        """Those that the plan has in store."""
        play: Mapping[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "returns": self._returns, "clings": self._clings, "late word": self._late_word, "sleeps": self._sleeps,
            "crosses": self._crosses, "piles": partial(self._again_and_again, "piles", self._piles),
            "in words": partial(self._again_and_again, "in words", self._in_words),
            "halves": partial(self._again_and_again, "halves", self._halves),
            "onward": partial(self._again_and_again, "onward", self._onward), "stops": self._stops,
            "queues": self._people.hold_a_queue,
            "amends": partial(self._people.make_amends, self._seed),
        }  # fmt: skip
        return [play[name]() for name in self._machine.plan.moments]

    async def _again_and_again(self, name: str, happens: Callable[[Random], Awaitable[None]]) -> None:
        for nth in ("", "again ", "once more "):
            await happens(Random(f"{name} {nth}{self._seed}"))

    async def _returns(self) -> None:
        """A family is away, so that some things are owed to it. As the first of them comes it blocks the bot once more
        and is back at once; the refusal comes late, or as the bot claims more of what is owed to it.
        """
        machine, people = self._machine, self._people
        dice, network = Random(f"return {self._seed}"), machine.network
        await self._machine.loop.until(dice.uniform(2, self._seconds / 2))
        chat, most = people.leaves(dice.choice(people.families)), dice.choice((1, 2))
        people.act_often(VOLLEY)
        await asyncio.sleep(dice.uniform(5, self._seconds / 2))
        people.act_often(VOLLEY)  # of which some hear when this one is back
        await asyncio.sleep(dice.uniform(3, 9))
        others = network.at_message

        def claimed(owed: Sequence[Owed]) -> None:
            if sum(one.chat == chat for one in owed) >= most:
                network.at_message = leaves
                machine.at_claim.remove(claimed)

        def leaves(other: int) -> float:
            if other != chat or chat not in people.families:
                return others(other)
            network.at_message = others
            machine.loop.call_later(dice.uniform(0.02, 0.3), people.returns, people.leaves(chat))
            machine.loop.call_later(1.1, machine.at_claim.append, more)  # by then one more may go to it
            return dice.uniform(3, 9)

        def more(owed: Sequence[Owed]) -> None:
            if any(one.chat == chat for one in owed):
                network.late.pop(chat, lambda: None)()

        machine.at_claim.append(claimed)
        people.returns(chat)
        await asyncio.sleep(12)
        machine.at_claim[:] = [one for one in machine.at_claim if one not in {claimed, more}]

    async def _clings(self) -> None:
        """The leader stands still as a message is out and more waits in its hand; it goes on once another leads."""
        dice, process = Random(f"clings {self._seed} here"), await self._leader(Random(f"clings {self._seed} at"))
        if process is None:
            return
        process.at_news, process.others, process.clings = process.stall, 0, True
        await self._until_another_leads(process)
        await asyncio.sleep(dice.choice((0, dice.uniform(0, 5))))
        process.go_on()

    async def _stops(self) -> None:
        """The leader is told to stop as it hears that one of several messages is out."""
        dice = Random(f"stops {self._seed}")
        for _ in range(BAGS):
            process = await self._leader(dice)
            if process is None:
                return
            await self._people.send_bag()
            await self._stop(process, dice.choice((1, 2, 3)))

    async def _stop(self, process: Process, others: int) -> None:
        process.at_news, process.others = process.terminate, others
        await self._within(self._machine.plan.gather + 20, lambda: not process.alive)
        process.at_news, process.others = lambda: None, 1

    async def _late_word(self) -> None:
        """The leader stands still as it hears that a family blocked the bot, which is back once another leads."""
        machine, people = self._machine, self._people
        dice = Random(f"late word {self._seed}")
        process = await self._leader(dice, 0.8)  # by then nobody says much more, by which it would be known to be here
        if process is None or not people.families:
            return
        chat = people.leaves(dice.choice(people.families))

        def hears(body: object) -> None:
            if "my_chat_member" in str(body) and str(chat) in str(body) and process.runs:
                machine.at_handled.remove(hears)
                machine.loop.call_later(dice.uniform(0, 0.01), process.stall)

        machine.at_handled.append(hears)
        await self._until_another_leads(process)
        machine.at_handled[:] = [one for one in machine.at_handled if one is not hears]
        people.returns(chat)
        people.act_often(VOLLEY)
        await asyncio.sleep(dice.uniform(0.5, 6))
        process.go_on()

    async def _sleeps(self) -> None:
        """The whole machine sleeps as something is being handled, for longer than a handler may take."""
        machine, dice = self._machine, Random(f"sleeps {self._seed}")
        await self._machine.loop.until(dice.uniform(2, self._seconds))
        self._people.act_often(VOLLEY)
        asleep = list[Process]()

        def sleep(_: object) -> None:
            machine.at_handled.remove(sleep)
            asleep.extend(machine.slots.values())
            for process in asleep:
                process.stall()

        machine.at_handled.append(sleep)
        await self._within(10, lambda: asleep)
        machine.at_handled[:] = [one for one in machine.at_handled if one is not sleep]
        await asyncio.sleep(dice.uniform(*SLEEPS) if asleep else 0)
        for process in asleep:
            process.go_on()

    async def _crosses(self) -> None:
        """News of a bag is on its way to families, for long or in vain, as somebody takes the bag back, holds up what
        was in it, or takes that on, and repents.
        """
        dice, people = Random(f"crosses {self._seed}"), self._people
        for _ in range(BAGS):
            await asyncio.sleep(dice.uniform(1, 5))
            phone, message, undo = await people.send_bag()
            moved = await people.moved_by(undo)
            if not (undo and await self._are_told(moved, dice)):
                continue
            await asyncio.sleep(dice.choice((0.0, 0.0, dice.uniform(0, 8))))
            if dice.random() < 0.3:
                await people.repent(moved, dice.choice((PutOnHold, TakeLeg)), dice)
                continue
            people.hurry(phone, message, undo)
            if dice.random() < 0.5:
                await people.repent(await people.once_changed(moved), TakeLeg, dice)
            else:
                await people.send_bag()

    async def _piles(self, dice: Random) -> None:
        """News of a bag is long on its way to families, or told to wait. Meanwhile more is owed to them: of a bag that
        left a little before, of this one, which is taken back, and of one that leaves then.
        """
        people, machine = self._people, self._machine
        await self._machine.loop.until(dice.uniform(1, 9))
        phone, message, undo = await people.send_bag()
        moved = await people.moved_by(undo)
        before = machine.loop.create_task(self._after(machine.plan.gather + dice.uniform(0, 4), people.send_bag))
        slow = Fate(0.05, dice.uniform(25, 34))
        if await self._are_told(moved, dice, slow, Fate(0.05, 0.05, refusal=FLOOD)) and undo:
            people.hurry(phone, message, undo)
            await people.send_bag()
        await before

    async def _in_words(self, dice: Random) -> None:
        """Families read of a bag of which a card would show them where they have one; they ask for one, and the bag is
        taken back, as may be once it was told again, by that card.
        """
        people = self._people
        await self._machine.loop.until(dice.uniform(0.5, 2))
        phone, message, undo = await people.send_bag(await people.what_no_one_need_hear())
        fate = dice.choice((Fate(0.05, 0.05), Fate(0.05, dice.uniform(0.1, 2), "answer lost")))
        moved = await people.moved_by(undo)
        chats = await self._are_told(moved, dice, fate)
        if fate.kind:
            await self._wait_next(chats)
        await asyncio.sleep(dice.uniform(0, 1))
        people.ask_for(chats, {one.number for one in moved})
        await asyncio.sleep(dice.uniform(0.5, 9) + AGAIN * bool(fate.kind))
        if undo:
            people.hurry(phone, message, undo)

    async def _onward(self, dice: Random) -> None:
        """News of a bag is told to wait; meanwhile what was in it is taken on, and held up there until that is out."""
        people = self._people
        await self._machine.loop.until(dice.uniform(1, 6))
        _, _, undo = await people.send_bag()
        moved = await people.moved_by(undo)
        if await self._are_told(moved, dice, Fate(0.05, 0.05, refusal=FLOOD)):
            told_again = self._machine.loop.time() + AGAIN
            await asyncio.sleep(dice.uniform(3, 8))
            await people.take_on(moved)
            await people.repent(await people.once_changed(moved), PutOnHold, dice, told_again + dice.uniform(0.3, 3))

    @staticmethod
    async def _after(seconds: float, happens: Callable[[], Awaitable[object]]) -> None:
        await asyncio.sleep(seconds)
        await happens()

    async def _halves(self, dice: Random) -> None:
        """One of the papers of a request is taken on, and later the others; all of them are held up as news of that
        waits, and let go on once it is out.
        """
        people = self._people
        await self._machine.loop.until(dice.uniform(2, 6))
        bag, half = await people.take_half()
        if bag is None or half is None:
            return
        await asyncio.sleep(dice.uniform(10, 20) + self._machine.plan.gather)
        _, _, undo = await people.send_bag(bag)
        moved = await people.moved_by(undo)
        await asyncio.sleep(dice.uniform(0.5, 8))
        held = self._machine.loop.create_task(people.hold_all(half.id))
        await self._are_told(moved, dice)
        await asyncio.sleep(dice.uniform(0.1, 3))
        phone, message, back = await held
        if back:
            people.hurry(phone, message, back)

    async def _are_told(self, moved: Collection[Document], dice: Random, *fates: Fate) -> list[int]:
        """Wait until news of these is claimed for families: what goes to each next meets one of these fates, by which
        it gets through late, or its answer, or not. Which families.
        """
        machine, chats, requests = self._machine, dict[int, None](), {one.request for one in moved}
        long = dice.choice((4, 25))
        fates = fates or (
            Fate(0.05, dice.uniform(1, long)), Fate(dice.uniform(1, long), 0.05), Fate(0.05, 0.05, refusal=FLOOD),
            Fate(0.05, dice.uniform(0.1, 4), "answer lost"), Fate(dice.uniform(0.3, 2), 0.05, "lost"),
        )  # fmt: skip

        def claimed(owed: Sequence[Owed]) -> None:
            for one in owed:
                if one.kind == "act" and any(part.request in requests for part in (one, *one.also)):
                    chats[one.chat] = None
                    machine.fates[one.chat] = dice.choice(fates)

        machine.at_claim.append(claimed)
        await self._within(machine.plan.gather + 20 if requests else 0, lambda: chats)
        machine.at_claim.remove(claimed)
        return [*chats]

    async def _wait_next(self, chats: Collection[int]) -> None:
        """Once what goes to these has met its fate, they are told to wait with the next try."""
        fates = self._machine.fates
        await self._within(5, lambda: not fates)
        fates.update(dict.fromkeys(chats, Fate(0.05, 0.05, refusal=FLOOD)))

    async def _leader(self, dice: Random, after: float = 0.0) -> Process | None:
        """Who leads at some moment after that part of the time, amid much to do; None if all stand still, or wait for
        the disk.
        """
        await self._machine.loop.until(dice.uniform(2, self._seconds / 2) + after * self._seconds)
        self._people.act_often(2 * VOLLEY)
        await self._within(self._seconds, lambda: self._machine.leader)
        return self._machine.leader

    async def _until_another_leads(self, process: Process) -> None:
        machine = self._machine
        await self._within(CLINGS, lambda: not process.runs)
        await self._within(CLINGS, lambda: machine.leaders[-1:] != [process.number] or not process.alive)

    async def _within(self, seconds: float, happens: Callable[[], object]) -> None:
        until = self._machine.loop.time() + seconds
        await when(lambda: happens() or self._machine.loop.time() > until)


async def when(happens: Callable[[], object]) -> None:
    """Wait until it does; the world has no event for it."""
    while not happens():  # noqa: ASYNC110  # as above
        await asyncio.sleep(0.05)

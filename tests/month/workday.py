"""What people do in a month. They see what is on their phones and press it; the dice say who does what, and when."""

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random

from bot.demo.cast import CAST, Member
from bot.sandbox import Message
from handlers.bags.buttons import CompleteBag, NextTasks, PackBag, PackMine, PackVillage, Tick
from handlers.callbacks import Callback
from handlers.documents.buttons import Undo
from handlers.feedback.buttons import AnswerQuestion, AskQuestion, ShowFeedback, ShowQuestion, ShowQuestions, WriteLine
from handlers.filing.buttons import FileDraft
from handlers.handover.buttons import Give, HandOver
from handlers.holds.buttons import HoldUntil, HoldWhat, HoldWhy, LetAllGo, LetGo, PutOnHold, ShowCause, ShowHeld
from handlers.morning.buttons import ChoosePickup, PromisePickup, Snooze
from handlers.relays.buttons import KeepProxy, Relayed, ShowRelay, ShowRelays
from handlers.returns.buttons import GiveBack, ReturnDraft, TakeUp
from handlers.start.buttons import Speak
from storage import overview
from storage.records import MINUTE, Document
from tests.crash.crowd import shown, waiting
from tests.month.wired import WiredTown
from tests.town import Inhabitant

Wish = Callable[[Callback], bool]  # of what somebody would press

FIRST_FAMILY = 730_000_001
SPEAK = {4: "jv", 8: "en"}  # of each nine families
WAITS = 5  # minutes
NIK = "3326164505990003"
LINES = ("Nama adik saya kurang satu huruf", f"NIK saya {NIK}, mohon diperiksa", "matur nuwun", "")
PATIENCE = 60  # taps in a row after which an officer goes home
MIXES = (("KK",), ("KTP",), ("AKL", "KK", "KIA"), ("KK", "KTP"), ("AKM", "KK"), ("KIA",), ("KK", "KIA"))
# What an officer presses first of all that the newest card shows.
WORK: tuple[tuple[type[Callback], ...], ...] = (
    (CompleteBag,),
    (Tick,),  # all, where nothing is ticked before
    (PackVillage, PackMine, PackBag),
    (NextTasks,),
)


def is_of(legs: Sequence[str], button: Callback) -> bool:
    """True for a bag of one of these legs, for all of its lines at once, and for whatever leads there."""
    match button:
        case CompleteBag(_, to) | PackBag(_, to) | PackVillage(_, to) | PackMine(_, to):
            return to in legs
        case Tick(_, place, on):
            return place < 0 < on
    return True


def is_for_a_day(button: Callback) -> bool:
    return isinstance(button, Snooze | PromisePickup) and button.day > 0


def names_what_is_missing(button: Callback) -> bool:
    return isinstance(button, ReturnDraft) and button.missing > 0


@dataclass(frozen=True, slots=True)
class Family:
    """A family with a phone, and the number it was given."""

    who: Inhabitant
    number: str


@dataclass(slots=True)
class Workdays:
    """The people of a district at work."""

    town: WiredTown
    dice: Random
    families: list[Family] = field(default_factory=list)
    told_by_village: list[str] = field(default_factory=list)  # numbers of families without Telegram
    put_off: int = 0  # mornings
    met: set[str] = field(default_factory=set)  # numbers
    asked: list[tuple[Family, int]] = field(default_factory=list)  # who asked an office something, and when

    # Looking and pressing

    def _cards(self, who: Inhabitant) -> Iterator[tuple[Message, Callback]]:
        return ((message, button) for message, _, button in shown(who.phone))

    async def _press(
        self, who: Inhabitant, *kinds: type[Callback], fits: Wish | None = None, newest: bool = True
    ) -> bool:
        """Press the first button of a kind on the newest card, or on one of the newest. False if there is none."""
        first = None
        for message, button in self._cards(who):
            first = first or message.id
            if newest and message.id != first:
                return False
            if isinstance(button, kinds) and (fits is None or fits(button)):
                await self.did(who, partial(who.phone.tap_data, button.pack(), message))
                return True
        return False

    async def did(self, who: Inhabitant, deed: Callable[[], object]) -> None:
        """Do something and wait for the answer, up to some minutes on a bad day."""
        self.town.did[who.chat] = self.town.clock
        deed()
        await self.town.settled()
        for _ in range(WAITS):
            if not waiting(who.phone):
                return
            await self.town.until(self.town.clock + MINUTE)

    async def says(self, who: Inhabitant, text: str) -> None:
        await self.did(who, partial(who.phone.say, text))

    # Officers

    async def works(self, who: Inhabitant, *legs: str) -> None:
        """All that waits for these legs, bag by bag; now and then a bag is taken back and packed again."""
        await self.says(who, "/tugas")
        for _ in range(PATIENCE):
            for wish in WORK:
                if await self._press(who, *wish, fits=partial(is_of, legs)):
                    break
            else:
                return
            if wish is WORK[0] and self.dice.random() < 0.06:
                await self.town.until(self.town.clock + self.dice.choice((5_000, 90_000)))
                await self._press(who, Undo, newest=False)

    async def files(self, village: Inhabitant, wanted: tuple[str, ...]) -> int:
        """A family comes to the village hall; how many documents it asks for."""
        town, dice = self.town, self.dice
        await self.says(village, "/baru")
        for type in wanted:
            short = town.workflow.types[type].short
            await self.did(village, partial(village.phone.tap, f"☐ {short}"))
        await self._press(village, FileDraft, newest=False)
        (number,) = {one.number for one in await self._of_village(village)} - self.met
        self.met.add(number)
        if dice.random() < 0.7:
            await self._follows(number)
        elif await self._press(village, KeepProxy, newest=False):
            self.told_by_village.append(number)
        return len(wanted)

    async def _of_village(self, village: Inhabitant) -> list[Document]:
        return [one for one in await self._everything() if one.village == village.member.village]

    async def _everything(self) -> list[Document]:
        async with self.town.storage.reading() as tx:
            return await overview.everything(tx, 0)

    async def _follows(self, number: str) -> None:
        """The family types its number at home, and says that it wants to hear."""
        n = len(self.families)
        lang = SPEAK.get(n % 9, "id")
        member = Member(f"family{n}", FIRST_FAMILY + n, f"Keluarga {n + 1}", lang)
        family = Family(Inhabitant(self.town, member), number)
        self.families.append(family)
        if lang == "jv":  # no Telegram says so by itself
            await self.says(family.who, "/bahasa")
            await self._press(family.who, Speak, fits=partial(operator.eq, Speak(lang)))
        await self.says(family.who, f"/daftar {number}")

    async def hands_over(self, officer: Inhabitant) -> None:
        """A family comes for what lies ready, if there is any."""
        ready = {one.number for one in await self._of_village(officer) if one.stage == "ready_at_village"}
        for number in sorted(ready):
            if self.dice.random() < 0.6:
                await self.says(officer, number)
                await self._press(officer, HandOver)
                await self._press(officer, Give)

    async def tells(self, officer: Inhabitant) -> None:
        """Those who have no Telegram."""
        await self.says(officer, "/tugas")
        if not await self._press(officer, ShowRelays):
            return
        for _ in range(PATIENCE):
            for kind in (Relayed, ShowRelay, ShowRelays):
                if await self._press(officer, kind):
                    break
            else:
                return

    async def answers(self, officer: Inhabitant) -> None:
        """What families ask, now and then with a line."""
        await self.says(officer, "/tugas")
        if not await self._press(officer, ShowQuestions):
            return
        while await self._press(officer, ShowQuestion):
            if self.dice.random() < 0.5 and await self._press(officer, WriteLine):
                await self.says(officer, "Silakan bawa surat aslinya")
            if not await self._press(officer, AnswerQuestion):
                return

    async def puts_off(self, officer: Inhabitant) -> None:
        """The morning is put off, or a day is promised on which the village fetches."""
        if await self._press(officer, Snooze, ChoosePickup, newest=False):
            self.put_off += await self._press(officer, Snooze, PromisePickup, fits=is_for_a_day, newest=False)

    async def stops(self, desk: Inhabitant, stage: str) -> None:
        """A paper is not as it should be: it is held, or goes back to the family."""
        there = [one for one in await self._everything() if one.stage == stage and not one.hold]
        if not there:
            return
        await self.says(desk, self.dice.choice(there).number)
        if not await self._press(desk, HoldWhy):
            return
        if self.dice.random() < 0.5 and await self._press(desk, ReturnDraft):
            await self._press(desk, ReturnDraft, fits=names_what_is_missing)
            await self._press(desk, GiveBack)
            return
        for kind in (HoldUntil, HoldWhat, PutOnHold):
            await self._press(desk, kind)

    async def goes_on(self, desk: Inhabitant) -> None:
        """What was missing is there."""
        for one in await self._everything():
            if one.stage == "returned" and self.dice.random() < 0.7:
                await self.says(desk, one.number)
                await self._press(desk, TakeUp)
        await self.says(desk, "/tugas")
        if await self._press(desk, ShowHeld, ShowCause):
            await self._press(desk, ShowCause)
            await self._press(desk, LetAllGo, LetGo)

    # Families

    async def asks(self) -> None:
        """A family looks how it is."""
        if self.families:
            family = self.dice.choice(self.families)
            await self.says(family.who, self.dice.choice(("/status", family.number, "kapan jadi?")))

    async def asks_office(self) -> None:
        """A family asks its village or the desk, now and then with a line."""
        if not self.families:
            return
        family = self.dice.choice(self.families)
        await self.says(family.who, family.number)
        if await self._press(family.who, ShowFeedback) and await self._press(family.who, AskQuestion):
            self.asked.append((family, self.town.clock))
            if line := self.dice.choice(LINES):
                await self.says(family.who, line)

    def everybody(self) -> list[Inhabitant]:
        return [*self.town.people.values(), *(one.who for one in self.families)]


def officers(role: str) -> list[str]:
    return [member.key for member in CAST.values() if member.role == role]

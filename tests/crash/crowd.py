"""Everybody at once: families ask and follow, officers tap what they see. What each of them did is written down."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from stdnum.iso7064 import mod_11_2

from bot.demo.cast import CAST
from bot.sandbox import Message, Tap, Unable, Window
from bot.sandbox.args import Json
from handlers import callbacks
from handlers.corrections.buttons import AskWhy, AskWhyBack, PutRight, TakeBack
from handlers.deputies.buttons import LayDown
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.holds.buttons import STAGE, THESE, TYPE, HoldUntil, HoldWhy, LetAllGo, PutOnHold, ShowCause
from handlers.returns.buttons import GiveBack, ReturnDraft
from handlers.start.buttons import Help, Speak
from handlers.wording.layout import grouped
from tests.crash.scene import Scene

RATE = 12.0  # deeds a second, of all together
REST = 1.2  # seconds that anybody leaves between two deeds
IMPATIENT = 5  # every fifth person does not wait for the answer before the next deed
TIRED = 6  # every sixth officer may lay down a post: a town without couriers would have nothing to do
FEW = 12  # numbers that families follow for a while; with those of all along fewer than 20
CARDS = 3  # messages with buttons on which somebody's eye may fall
OFFICERS = ("village_officer", "courier", "district_desk", "registry_desk")
# How much likelier than others a label is to be tapped; nobody cancels a draft for long.
LIKED = {
    "✅": 8.0,
    "☐": 2.0,
    "☑": 0.5,
    "Batal": 0.1,
    "↩": 0.4,
    "Semua": 4.0,
    "Pilih": 4.0,
    "⏸": 0.1,
    "Betulkan": 0.1,
    "Cetak": 0.1,
}
FOLLOWING = (FollowNumber, UnfollowNumber)
GUESSED = "tracing"  # a reason to wait which whoever may return papers may not be free to give
KNOWS_THE_WAY = 0.7  # how often somebody who would be asked two things more has pressed all of it at once


@dataclass(slots=True)
class Deeds:
    """What people did. A `mark` is a string that only the answer to this very message can contain."""

    marks: list[tuple[int, str]] = field(default_factory=list)
    searches: list[tuple[int, str]] = field(default_factory=list)  # marks, too; of whoever holds no post it is refused
    asked: list[tuple[int, str]] = field(default_factory=list)
    taps: list[tuple[Tap, callbacks.Callback]] = field(default_factory=list)
    follows: dict[tuple[int, str], bool] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.marks) + len(self.searches) + len(self.asked) + len(self.taps)


class Crowd:
    """People with phones, who act by what they see, at random. Officers leave `ignored` buttons alone."""

    ignored: tuple[type[callbacks.Callback], ...] = (*FOLLOWING, Speak, Help)
    tired = TIRED

    def __init__(self, stage: Scene, dice: random.Random) -> None:
        self.stage, self.dice = stage, dice
        self.deeds = Deeds()
        self.rate = RATE
        roles = {member.chat: member.role for member in CAST.values()}
        self._officers = [chat for chat, role in roles.items() if role in OFFICERS]
        self._files = {chat for chat, role in roles.items() if role == "village_officer"}
        self._corrects = {chat for chat, role in roles.items() if role == "district_desk"}
        self._families = list(stage.followed)
        self._last: dict[int, float] = {}
        self._said: dict[int, str] = {}
        self._typos = iter(typos(dice))

    async def run(self) -> None:
        """For ever: somebody does something, at some 12 deeds a second."""
        while True:
            await asyncio.sleep(self.dice.expovariate(self.rate))
            self.act()

    def act(self) -> None:
        """Somebody who has not done anything for a moment, and does not wait for too many answers, does something."""
        now, phones = time.monotonic(), self.stage.phones
        everybody = self.dice.choice((self._officers, self._families))
        rested = [chat for chat in everybody if now - self._last.get(chat, 0) > REST]
        free = [chat for chat in rested if waiting(phones[chat]) <= (chat % IMPATIENT == 0)]
        if not free:
            return
        chat = self.dice.choice(free)
        self._last[chat] = now
        (self._work if chat in self._officers else self._ask)(chat, self.stage.phones[chat])

    # Families

    def _ask(self, chat: int, phone: Window) -> None:
        deed = self.dice.choices(
            (self._look_up, self._list, self._follow, self._stop, self._tap_bell), (6, 1, 2, 1, 3)
        )[0]
        deed(chat, phone)

    def _look_up(self, chat: int, phone: Window) -> None:
        self._say_marked(chat, phone, self.dice.choice(("", "/status ")), self.dice.choice(self.stage.numbers))

    def _list(self, chat: int, phone: Window) -> None:
        self._say(chat, phone, "/status")

    def _follow(self, chat: int, phone: Window) -> None:
        if number := self._passing(chat):
            self._say_marked(chat, phone, "/daftar ", number)
            self.deeds.follows[chat, number] = True

    def _stop(self, chat: int, phone: Window) -> None:
        if number := self._passing(chat):
            self._say(chat, phone, "/berhenti " + number)
            self.deeds.follows[chat, number] = False

    def _passing(self, chat: int) -> str:
        """A number that this family does not follow all along."""
        return self.dice.choice(self._few(chat))

    def _few(self, chat: int) -> list[str]:
        """Some of these, lest anybody follows more than one may."""
        return [one for one in self.stage.numbers[:FEW] if one not in self.stage.followed[chat]]

    def _tap_bell(self, chat: int, phone: Window) -> None:
        """The bell on the newest card that has one."""
        for message, key, button in shown(phone):
            if isinstance(button, FOLLOWING) and button.number and button.number in self._few(chat):
                self._press(phone, message, key, button)
                self.deeds.follows[chat, button.number] = isinstance(button, FollowNumber)
                return
        self._look_up(chat, phone)

    # Officers

    def _work(self, chat: int, phone: Window) -> None:
        ignored = self.ignored if chat % self.tired == 0 else (*self.ignored, LayDown)
        keys = [one for one in shown(phone) if not isinstance(one[2], ignored)]
        if not keys or self.dice.random() < 0.2:
            self._begin(chat, phone)
        elif phone.unanswered and self.dice.random() < 0.05:
            self._resend(phone)
        else:
            liking = [self._liking(key["text"], button) for _, key, button in keys]
            message, key, button = self.dice.choices(keys, liking)[0]
            if (last := self._at_the_end(chat, button)) and self.dice.random() < KNOWS_THE_WAY:
                self._hurry(phone, message, last)
            else:
                self._press(phone, message, key, button)

    def _at_the_end(self, chat: int, button: callbacks.Callback) -> callbacks.Callback | None:
        """The last button of the way that begins with this one, as its cards would have it; None if it is no way."""
        match button:
            case HoldWhy(of, seen) if seen and chat in self._corrects and self.dice.random() < 0.4:
                return PutRight(of, seen, self.dice.choice(list(self.stage.workflow.stages)[:-1]), "elsewhere")
            case HoldWhy(of, seen) if self.dice.random() < 0.5:
                return PutOnHold(of, seen, GUESSED, self.dice.choice((0, 1, 5)), THESE)
            case HoldUntil(of, seen, reason):
                much = self.dice.choice((THESE, THESE, THESE, TYPE, STAGE))
                return PutOnHold(of, seen, reason, self.dice.choice((0, 1, 5)), much)
            case ReturnDraft(document, seen, exit, book):
                return GiveBack(document, seen, exit, book, 1) if book else None
            case AskWhy(document, seen, stage):
                return PutRight(document, seen, stage, "slip")
            case AskWhyBack(act, number):
                return TakeBack(act, number, "slip")
            case ShowCause(cause):
                return LetAllGo(cause)
        return None

    def _hurry(self, phone: Window, message: Message | None, button: callbacks.Callback) -> None:
        self._said.pop(phone.chat.id, None)
        self.deeds.taps.append((phone.forge(button.pack(), message), button))

    def _liking(self, label: str, _button: callbacks.Callback) -> float:
        return LIKED.get(label.split(" ", maxsplit=1)[0], 1.0)

    def _begin(self, chat: int, phone: Window) -> None:
        if self.dice.random() < 0.3:
            digits = "9" + "".join(self.dice.choices("0123456789", k=11))[1:]  # 08… would be a telephone
            phone.say(f"/cari {digits}")
            self.deeds.searches.append((chat, digits))
        elif chat in self._files and self.dice.random() < 0.5:
            self._say(chat, phone, "/baru")
        else:
            self._say(chat, phone, "/tugas")

    def _press(self, phone: Window, message: Message, key: Json, button: callbacks.Callback) -> None:
        """By its label, now and then twice as fast as a thumb can."""
        self._said.pop(phone.chat.id, None)
        times = 2 if self.dice.random() < 0.1 else 1
        for _ in range(times):
            try:
                tap = phone.tap(key["text"], message)
            except Unable:  # two keys of one card say the same
                tap = phone.tap_data(key["callback_data"], message)
            assert tap is not None
            self.deeds.taps.append((tap, button))

    def _resend(self, phone: Window) -> None:
        for tap in phone.resend_unanswered():
            self.deeds.taps.append((tap, callbacks.parse(tap.data)))

    def _say(self, chat: int, phone: Window, text: str) -> None:
        phone.say(text)
        if self._said.get(chat) != text:  # the same again, with nothing between: one answer may be enough
            self.deeds.asked.append((chat, text.partition(" ")[0]))
        self._said[chat] = text

    def _say_marked(self, chat: int, phone: Window, command: str, number: str) -> None:
        """A number in some spelling, and a mistyped one that nobody else will ever send."""
        self._said.pop(chat, None)
        typo = next(self._typos)
        spelling: Callable[[str], str] = self.dice.choice((str, grouped, dashed))
        phone.say(f"{command}{spelling(number)}, {typo}")
        self.deeds.marks.append((chat, grouped(typo)))


def waiting(phone: Window) -> int:
    """How many answers somebody waits for: own words at the end of the chat, and taps that spin."""
    own = takewhile(lambda message: message.author == phone.person.id, phone.chat.newest_first())
    return sum(1 for _ in own) + len(phone.unanswered)


def shown(phone: Window) -> list[tuple[Message, Json, callbacks.Callback]]:
    """The keys somebody sees on the newest cards, newest first, with what they stand for."""
    cards = [message for message in phone.chat.newest_first() if message.buttons][:CARDS]
    return [
        (card, key, callbacks.parse(key["callback_data"]))
        for card in cards
        for row in card.buttons
        for key in row
        if "callback_data" in key
    ]


def dashed(number: str) -> str:
    return grouped(number).replace(" ", "-")


def typos(dice: random.Random) -> Iterator[str]:
    """Numbers with one digit wrong, no two alike."""
    known = set()
    while True:
        body = "".join(dice.choices("0123456789", k=11))
        number = "5" + body
        if number not in known and not mod_11_2.is_valid(number):
            known.add(number)
            yield number

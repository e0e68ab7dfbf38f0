"""Those of the town who are up today: few, and with much to do, so that a short run moves many documents."""

from collections.abc import Sequence
from random import Random

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
    HoldUntil,
    HoldWhy,
    LetAllGo,
    LetGo,
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

    def hurry(self, phone: Window, message: Message | None, button: Callback) -> None:
        """Press what this phone need not show any more."""
        self._hurry(phone, message, button)

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

    def _resend(self, phone: Window) -> None:
        again = [tap for tap in phone.resend_unanswered() if tap.data not in self._forged]
        self.deeds.taps += [(tap, parse(tap.data)) for tap in again]

    def _liking(self, _label: str, button: Callback) -> float:
        return LIKED.get(type(button), 0.2)

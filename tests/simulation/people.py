"""Those of the town who are up today: few, and with much to do, so that a short run moves many documents."""

from random import Random

from bot.demo.cast import CAST
from bot.sandbox import Window
from handlers.bags.buttons import CompleteBag, PackBag, ShowTasks, Tick
from handlers.callbacks import Callback
from handlers.documents.buttons import TakeLeg, Undo
from handlers.filing.buttons import Draft, DropDraft, FileDraft
from tests.crash.crowd import Crowd
from tests.crash.scene import Scene

LIKED: dict[type[Callback], float] = {
    CompleteBag: 12.0, TakeLeg: 12.0, FileDraft: 12.0, PackBag: 6.0, Draft: 2.0, Undo: 1.5, Tick: 0.7, ShowTasks: 0.5,
    DropDraft: 0.05,
}  # fmt: skip


class Townspeople(Crowd):
    """Two couriers, the desks and a village, who do what is to be done; and families."""

    def __init__(self, scene: Scene, dice: Random) -> None:
        super().__init__(scene, dice)
        villages = [member.key for member in CAST.values() if member.role == "village_officer"]
        self._officers = [CAST[key].chat for key in ("joko", "slamet", "rina", "budi", *dice.sample(villages, 2))]
        self._fresh = set(self._officers)

    def _work(self, chat: int, phone: Window) -> None:
        if chat in self._fresh:
            self._fresh.discard(chat)
            self._say(chat, phone, "/tugas")
        else:
            super()._work(chat, phone)

    def _liking(self, _label: str, button: Callback) -> float:
        return LIKED.get(type(button), 0.2)

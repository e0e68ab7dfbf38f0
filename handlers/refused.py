"""The polite no: raised by handlers and views, and turned into words here alone."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import View, view
from handlers.wording.layout import page
from handlers.wording.sentences import sentence


@view("refused")
@dataclass(frozen=True, slots=True)
class RefusalView(View):
    """A refusal as a message of its own. `key` names its sentence, `number` and `until` fill its places."""

    key: str
    number: str = ""
    until: int = 0

    def words(self, viewer: Viewer) -> str:
        """The sentence alone."""
        return sentence(self.key, viewer.t, viewer.now, self.number, self.until)

    async def show(self, viewer: Viewer) -> Screen:
        return Screen(page(self.words(viewer)))


@view("sorry")
@dataclass(frozen=True, slots=True)
class SorryView(View):
    """A handler failed."""

    async def show(self, viewer: Viewer) -> Screen:
        return Screen(page(sentence("sorry", viewer.t, viewer.now)))


class Refused(Exception):
    """A polite no: its sentence, what fills its places, and what the card turns into if it was a tap."""

    def __init__(self, key: str, then: View | None = None, *, number: str = "", until: int = 0) -> None:
        super().__init__(key)
        self.view, self.then = RefusalView(key, number, until), then


async def screen_of(view: View, viewer: Viewer) -> Screen | None:
    """The screen of a view as things are now. A view that refuses shows why. None if there is nothing to say."""
    try:
        return await view.show(viewer)
    except Refused as refused:
        return await refused.view.show(viewer)

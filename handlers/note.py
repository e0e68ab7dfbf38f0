"""A short confirmation."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import View, view
from handlers.wording.layout import page
from handlers.wording.sentences import sentence


@view("note")
@dataclass(frozen=True, slots=True)
class NoteView(View):
    """A sentence that a feature has added, by its key."""

    key: str

    async def show(self, viewer: Viewer) -> Screen:
        return Screen(page(sentence(self.key, viewer.t, viewer.now)))

"""Looks, as they are noted now."""

from dataclasses import dataclass

from handlers.audit.screens import looks_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import View, view
from storage.audit import looks


@view("looks")
@dataclass(frozen=True, slots=True)
class LooksView(View):
    """A page of who looked at what; at one number, if it is named."""

    page: int = 0
    number: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await looks.latest(tx, self.number)
        return looks_screen(viewer.workflow, found, self.page, self.number, viewer.t, viewer.now)

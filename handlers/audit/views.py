"""Looks, as they are noted now."""

from handlers.audit.screens import looks_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import View
from storage.heads import looks


class LooksView(View, name="looks"):
    """A page of who looked at what; at one number, if it is named."""

    page: int = 0
    number: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await looks.latest(tx, self.number)
        return looks_screen(viewer.workflow, found, self.page, self.number, viewer.t, viewer.now)

"""What is paused, as things are now."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.pauses.screens import pauses_screen, why_screen
from handlers.reply import Screen
from handlers.view import View, view
from storage.pauses import pausing


@view("pauses")
@dataclass(frozen=True, slots=True)
class PausesView(View):
    """What is paused, and a page of what may be."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            pauses, waiting = await pausing.pauses(tx), await pausing.count(tx)
        return pauses_screen(viewer.workflow, pauses, waiting, self.page, viewer.t, viewer.now)


@view("pause_why")
@dataclass(frozen=True, slots=True)
class PauseWhyView(View):
    """Why it is paused."""

    scope: str
    subject: str

    async def show(self, viewer: Viewer) -> Screen:
        return why_screen(viewer.workflow, self.scope, self.subject, viewer.t)

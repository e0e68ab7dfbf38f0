"""What is followed."""

from dataclasses import dataclass

from handlers.context import Viewer
from handlers.follow.screens import stop_which_screen
from handlers.reply import Screen
from handlers.view import View, view
from storage import people


@view("stop_which")
@dataclass(frozen=True, slots=True)
class StopWhichView(View):
    """The choice of which notices to stop."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            return stop_which_screen(await people.follows(tx, viewer.person.chat), viewer.t)

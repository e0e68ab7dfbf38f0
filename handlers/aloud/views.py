"""A status for the ear, as things are when it leaves."""

from handlers.aloud.screens import aloud_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import Refused, View
from storage import documents
from storage.counter import pickup


class AloudView(View, name="aloud"):
    """A number read aloud, unless its asker may see nothing of it any more."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            look = await documents.status(tx, self.number, viewer.person.chat, viewer.now)
        if not look.documents or pickup.is_asked(viewer.workflow, viewer.person, look):
            raise Refused("old_button")
        return aloud_screen(viewer.workflow, viewer.person, look, viewer.t, viewer.now)

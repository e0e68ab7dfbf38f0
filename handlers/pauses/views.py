"""What is paused, as things are now."""

from handlers.context import Viewer
from handlers.pauses.screens import pauses_screen, why_screen
from handlers.reply import Screen
from handlers.view import Refused, View
from storage.heads import pausing
from storage.workflow import Workflow


class PausesView(View, name="pauses"):
    """What is paused, and a page of what may be."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            pauses, waiting = await pausing.pauses(tx), await pausing.count(tx)
        return pauses_screen(viewer.workflow, pauses, waiting, self.page, viewer.t, viewer.now)


def refuse_unknown(workflow: Workflow, scope: str, subject: str) -> None:
    """Raises Refused for what cannot be paused: the village may have left the district file."""
    known = {pausing.ALL: ("",), pausing.KIND: pausing.KINDS, pausing.VILLAGE: workflow.villages}
    if subject not in known.get(scope, ()):
        raise Refused("changed", then=PausesView())


class PauseWhyView(View, name="pause_why"):
    """Why it is paused."""

    scope: str
    subject: str

    async def show(self, viewer: Viewer) -> Screen:
        refuse_unknown(viewer.workflow, self.scope, self.subject)
        return why_screen(viewer.workflow, self.scope, self.subject, viewer.t)

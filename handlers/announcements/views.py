"""Announcements, as things are now."""

from handlers.announcements import composing
from handlers.announcements.buttons import ChooseHearers, PreviewAnnouncement
from handlers.announcements.screens import announcements_screen, hearers_screen, preview_screen, progress_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import Refused, View
from storage.heads import hearers, pausing
from storage.records import ROLES
from storage.workflow import Workflow


class AnnouncementsView(View, name="announcements"):
    """How to write one, and the last ones."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            return announcements_screen(viewer.workflow, await hearers.latest(tx), viewer.t)


class HearersView(View, name="hearers"):
    """Whom it is for."""

    announcement: int
    scope: str = ""
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        if self.scope not in ("", hearers.VILLAGE, hearers.ROLE, hearers.STAGE):
            raise Refused("changed", then=HearersView(self.announcement))
        return hearers_screen(viewer.workflow, ChooseHearers(self.announcement, self.scope, self.page), viewer.t)


def refuse_unknown(workflow: Workflow, announcement: int, scope: str, subject: str) -> None:
    """Raises Refused for nobody: the village or stage may have left the district file."""
    known = {
        hearers.ALL: ("",), hearers.VILLAGE: workflow.villages, hearers.ROLE: ROLES, hearers.STAGE: workflow.stages,
    }  # fmt: skip
    if subject not in known.get(scope, ()):
        raise Refused("changed", then=HearersView(announcement))


class PreviewView(View, name="announcement_preview"):
    """As it will arrive."""

    announcement: int
    scope: str
    subject: str

    async def show(self, viewer: Viewer) -> Screen:
        refuse_unknown(viewer.workflow, self.announcement, self.scope, self.subject)
        async with viewer.storage.reading() as tx:
            one = await hearers.get(tx, self.announcement)
            people = len(await hearers.of(tx, self.scope, self.subject))
        if one is None:
            raise Refused("old_button")
        asked = PreviewAnnouncement(self.announcement, self.scope, self.subject)
        return preview_screen(viewer.workflow, one, asked, people, viewer.t, viewer.now)


class AnnouncementView(View, name="announcement"):
    """How far it is, or what came of it. Comes without a sound when it has ended."""

    announcement: int
    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            one = await hearers.get(tx, self.announcement)
            counts = await hearers.progress(tx, self.announcement)
            pauses = [pause for pause in await pausing.pauses(tx) if pause.holds_announcements()]
            stopped = await hearers.pause_of(tx, self.announcement) is not None
        if one is None or one.begun_at is None:
            raise Refused("old_button")
        return progress_screen(viewer.workflow, one, counts, pauses, viewer.t, viewer.now, stopped=stopped)


class AnnouncedView(View, name="announced"):
    """What people get, until it has ended; `village` is where somebody knows them."""

    announcement: int
    village: str = ""

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            one = await hearers.get(tx, self.announcement)
        return Screen(composing.told(one.texts, viewer.t)) if one and one.ended_at is None else None

"""All files of a village, as they are now."""

from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import View
from handlers.village.screens import lampid_screen, village_screen
from storage import overview
from storage.counter import custody
from storage.mornings import lampid
from storage.records import DAY

LATELY = 14 * DAY


class VillageView(View, name="village"):
    """A page of all files of a village."""

    village: str
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await overview.of_village(tx, self.village, viewer.now - LATELY)
            out = await custody.out_in(tx, self.village)
        return village_screen(viewer.workflow, self.village, found, out, self.page, viewer.t, viewer.now)


class LampidView(View, name="lampid"):
    """The births, deaths and moves that a village filed in a month; on the first working day without a sound."""

    village: str
    month: int
    heard: int = 1

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await lampid.of_month(tx, viewer.workflow, self.village, self.month)
        this = lampid.number_of(viewer.workflow.calendar.day(viewer.now))
        return lampid_screen(viewer.workflow, viewer.person, self.village, self.month, found, this, viewer.t)

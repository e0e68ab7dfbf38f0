"""What is printed, as things are when it leaves. Where it cannot be any more, whoever asked for it reads that."""

from handlers.bags.views import BagView
from handlers.context import Viewer
from handlers.paper import sheets
from handlers.paper.screens import choice_screen, paper_screen, village_screen
from handlers.reply import Paper, Screen
from handlers.view import Refused, View
from handlers.wording import links, names
from handlers.wording.layout import file_name, grouped
from storage import bags, overview
from storage.db.ids import new_id
from storage.paper import booklets, slips


class PrintView(View, name="print"):
    """What somebody can print: of one village, if it is named or the only one."""

    village: str = ""
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        villages = [key for key in viewer.workflow.villages if viewer.workflow.is_in_sight(viewer.person, key)]
        if self.village in villages or len(villages) == 1:
            return await _of_village(viewer, self.village or villages[0])
        return choice_screen(viewer.workflow, villages, self.page, viewer.t)


async def _of_village(viewer: Viewer, village: str) -> Screen:
    files = village in viewer.workflow.filing_villages(viewer.person)
    async with viewer.storage.reading() as tx:
        found = await booklets.of_village(tx, village) if files else []
    new = new_id(viewer.now) if files else 0
    return village_screen(viewer.workflow, village, found, new, viewer.t, viewer.now)


class SlipView(View, name="slip"):
    """The slip of a number. Its code stands on it for whoever filed it: others would learn what families prove by."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            slip = await slips.of_number(tx, self.number)
        if slip is None:
            raise Refused("old_button")
        sheet = sheets.slips(viewer.workflow, viewer.bot_name, [slip.seen_by(viewer.person.chat)], page=_page(viewer))
        said = viewer.t("Receipt slip {number}, to be printed on A6.", number=grouped(self.number))
        return paper_screen(said, Paper(file_name("pdf", viewer.t("receipt slip"), self.number), sheet))


class ManifestView(View, name="manifest"):
    """What is ticked in a bag, to be signed for; all of it, if nothing is."""

    bag: int

    async def show(self, viewer: Viewer) -> Screen:
        t, workflow = viewer.t, viewer.workflow
        async with viewer.storage.reading() as tx:
            bag = await bags.own(tx, self.bag, viewer.person.chat)
        if bag is None:
            raise Refused("old_button")
        present = [item for item in bag.items if item.version == item.seen]
        papers = [item for item in present if item.ticked] or present
        if not papers:
            raise Refused("changed", then=BagView(self.bag))
        leg = names.leg_name(workflow, bag.to_stage, t.lang, *(one.type for one in papers), roles=viewer.person.roles)
        said = t("List of a bag: {leg}.", leg=leg)
        sheet = sheets.manifest(workflow, leg, papers, t, viewer.now)
        return paper_screen(said, Paper(file_name("pdf", t("list of a bag")), sheet))


class BoardView(View, name="board"):
    """A village's board."""

    village: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            papers = await overview.of_village(tx, self.village, viewer.now)
        sheet = sheets.board(viewer.workflow, self.village, papers, viewer.now)
        name = names.village_name(viewer.workflow, self.village)
        paper = Paper(file_name("pdf", viewer.t("board of a village"), name), sheet)
        return paper_screen(viewer.t("Board of {village} village.", village=name), paper)


class BookletView(View, name="booklet"):
    """The slips of a booklet that are left."""

    booklet: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await booklets.of_booklet(tx, self.booklet)
        left = booklets.left_of(found)
        if not left or left[0].village not in viewer.workflow.filing_villages(viewer.person):
            raise Refused("old_button")
        sheet = sheets.booklet(
            viewer.workflow, viewer.bot_name, left[0].village, left, found[0].reserved_at, _page(viewer)
        )
        name = names.village_name(viewer.workflow, left[0].village)
        said = viewer.t("Booklet of {village} village: {n} slips on A4, to be cut.", village=name, n=len(left))
        return paper_screen(said, Paper(file_name("pdf", viewer.t("booklet of slips"), name), sheet))


class PosterView(View, name="poster"):
    """The poster with the bot's code."""

    async def show(self, viewer: Viewer) -> Screen:
        sheet = sheets.poster(viewer.workflow, viewer.bot_name, _page(viewer))
        paper = Paper(file_name("pdf", viewer.t("poster with the code")), sheet)
        return paper_screen(viewer.t("Poster with the bot's code."), paper)


def _page(viewer: Viewer) -> str:
    return links.typed(viewer.workflow, viewer.services.page_url)

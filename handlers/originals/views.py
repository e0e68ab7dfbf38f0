"""Originals as they are now: of a number, those that stayed behind, and what a family hears of them."""

from handlers.context import Viewer
from handlers.originals.screens import left_behind_screen, news_screen, papers_screen
from handlers.reply import Screen
from handlers.view import Refused, View
from storage import documents
from storage.counter import custody
from storage.search import filters


class PapersView(View, name="papers"):
    """The originals of a request."""

    request: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await documents.of_request(tx, self.request)
            papers = await custody.of(tx, self.request)
            is_seen = bool(found) and await filters.is_seen(tx, viewer.workflow, viewer.person, found[0])
        if not is_seen or not viewer.workflow.clerk(viewer.person, found[0].village):
            raise Refused("not_yours")
        return papers_screen(viewer.workflow, viewer.person, found, papers, viewer.t, viewer.now)


class LeftBehindView(View, name="left_behind"):
    """A page of the originals that stayed behind and are this officer's to give back."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            out = await custody.left_behind(tx, viewer.workflow, viewer.person)
        return left_behind_screen(viewer.workflow, out, self.page, viewer.t, viewer.now)


class PapersNewsView(View, name="papers_news"):
    """What an act did with the originals of a request, as far as that is still so."""

    act: int
    request: int

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            found = await documents.of_request(tx, self.request)
            papers = await custody.of(tx, self.request)
        steps = [one for one in papers.steps if one.act == self.act]
        changed = [one.paper for one in steps if papers.state(one.paper) == one.state]
        sorry = any(one.kind == "undo" for one in steps)
        if not found or not papers.left_at:
            return None  # they are on their road again: the card of the number tells it
        first = found[0]
        return news_screen(
            viewer.workflow, first.number, first.village, changed, papers, viewer.t, is_sorry=sorry
        )  # fmt: skip

"""Drafts, and what was filed."""

from zlib import crc32

from handlers.context import Viewer
from handlers.filing.buttons import Draft
from handlers.filing.screens import (
    draft_screen,
    filed_by_me_screen,
    filed_screen,
    handing_in,
    qr_screen,
    villages_screen,
    without_telegram,
)
from handlers.reply import Screen
from handlers.view import View
from handlers.wording import nameless
from storage import corrections, documents, overview
from storage.births import reservations
from storage.counter import custody, pickup
from storage.news import relays
from storage.paper import booklets
from storage.records import DAY
from storage.search import filters
from storage.workflow import Workflow

ALIKE = 3 * DAY  # within which the same village rarely files the same kind twice


def book_of_types(workflow: Workflow) -> int:
    """A fingerprint of the list of documents, in which each bit of a draft has its meaning."""
    return crc32(",".join(workflow.types).encode()) & 0xFFFFF


class DraftView(View, name="draft"):
    """A draft as it is wanted: for a village, with these types (a bit each, in the order of the district file)."""

    draft: int
    book: int
    village: str
    types: int
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        wanted = Draft(self.draft, self.book, self.village, self.types, self.page)
        if not wanted.village:
            open_to = viewer.workflow.filing_villages(viewer.person)
            return villages_screen(viewer.workflow, wanted, open_to, viewer.t)
        async with viewer.storage.reading() as tx:
            has_slips = await booklets.are_left(tx, wanted.village)
            given = await reservations.reserved(tx, viewer.workflow, viewer.person, wanted.village)
        return draft_screen(viewer.workflow, wanted, viewer.t, has_slips=has_slips, given=len(given))


class FiledView(View, name="filed"):
    """The number of a request that was filed."""

    request: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await documents.of_request(tx, self.request)
            code = await pickup.code(tx, self.request)
            since = viewer.now - ALIKE
            papers = await custody.of(tx, self.request)
            alike = [other for one in found if (other := await corrections.alike(tx, one, since))]
            number = found[0].number
            has_slip = await booklets.of_number(tx, number) and not await reservations.of_number(tx, number)
            is_kept = await relays.is_kept(tx, self.request)
            alike = [one for one in alike if await filters.is_seen(tx, viewer.workflow, viewer.person, one)]
        screen = filed_screen(
            viewer.workflow, found, alike[:1], code, viewer.bot_name, viewer.t, viewer.now, has_slip=bool(has_slip)
        )
        screen = handing_in(viewer.workflow, screen, found, papers, viewer.t)
        told = without_telegram(viewer.person, found[0], viewer.t, is_kept=is_kept)
        rows = nameless.rows(viewer.workflow, viewer.person, found, viewer.t)
        return screen._replace(rows=(*screen.rows, told, *rows))


class QrView(View, name="qr"):
    """A number as a picture to scan."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        return qr_screen(self.number, viewer.bot_name, viewer.t)


class FiledByMeView(View, name="filed_by_me"):
    """What somebody filed, and where it is."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            filed = await overview.filed_by(tx, viewer.person.chat)
            given = await reservations.held_by(tx, viewer.person)
        return filed_by_me_screen(viewer.workflow, filed, [one.number for one in given], viewer.t)

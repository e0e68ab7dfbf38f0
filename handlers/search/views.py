"""What fits a search, as things are now; and a number of it."""

from handlers.context import Viewer
from handlers.lookup.screens import status_screen
from handlers.reply import Screen
from handlers.search.buttons import ShowFound
from handlers.search.packing import Search, unpacked
from handlers.search.screens import found_screen, may_be_code, pick_screen
from handlers.view import Refused, View
from handlers.wording import layout
from handlers.wording.layout import button
from storage import documents
from storage.search import filters
from storage.search.filters import MOST, Filter

LAST = MOST // layout.ROWS - 1  # page, from 0


class FoundView(View, name="found"):
    """A page of a search; the card of the number, if last digits are all that is asked and it is but one."""

    digits: str = ""
    page: int = 0
    which: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        workflow, person, t = viewer.workflow, viewer.person, viewer.t
        search = unpacked(workflow, self.which, self.digits, min(max(self.page, 0), LAST)) or Search()
        most = MOST if self.digits else (search.page + 1) * layout.ROWS
        async with viewer.storage.reading() as tx:
            hits = await filters.find(tx, workflow, person, search.wanted, most, viewer.now)
        if search.pick:
            return pick_screen(workflow, search, hits, t)
        numbers = {one.number for one in hits.oldest}
        if len(numbers) == 1 and self.digits and search.wanted == Filter(digits=self.digits):
            return await _card(viewer, numbers.pop(), may_be_code(workflow, person, self.digits, t))
        last = max(hits.total - 1, 0) // layout.ROWS
        if search.page > last:  # there is less than there was
            return await FoundView(self.digits, last, self.which).show(viewer)
        return found_screen(workflow, person, search, hits, t, viewer.now)


class NumberFoundView(View, name="number_found"):
    """A number with what can be done with its documents now, and the way back to the search."""

    number: str
    digits: str
    page: int
    which: int

    async def show(self, viewer: Viewer) -> Screen:
        card = await _card(viewer, self.number)
        back = button(viewer.t("Back"), ShowFound(self.digits, self.page, self.which))
        return card._replace(rows=(*card.rows, (back,)))


async def _card(viewer: Viewer, number: str, note: str = "") -> Screen:
    async with viewer.storage.reading() as tx:
        look = await documents.status(tx, number, viewer.person.chat, viewer.now)
    if not look.documents:
        raise Refused("old_button")
    return status_screen(viewer.workflow, viewer.person, [look], [note], viewer.t, viewer.now)

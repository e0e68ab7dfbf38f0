"""A bag that was brought, as things are now."""

from handlers.consignments.screens import Sides, count_screen, marking_screen, taken_screen
from handlers.context import Viewer
from handlers.reply import Screen
from handlers.view import Refused, View
from handlers.wording import waiting
from storage import bags, ledger, people
from storage.road import consignments
from storage.road.consignments import STATES


class ConsignmentView(View, name="consignment"):
    """What an act brought: to be counted by whoever receives it (with a `state`: paper by paper), then what came of it.
    Nothing if it was taken back, or taken further meanwhile.
    """

    act: int
    state: str = ""
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            one = await consignments.get(tx, self.act)
            if one is None:
                return None
            lines = await consignments.lines(tx, one)
            known = [await people.post(tx, id) if id else None for id in (one.post, one.taken_by, one.searcher)]
            sides = Sides(*known)
            back = await ledger.act_of(tx, one.missed) if one.missed else None
            waits = await bags.legs(tx, viewer.workflow, viewer.person) if one.taken_at else []
        is_taker = consignments.taker(viewer.workflow, viewer.person, one, lines) is not None
        gave = any(post.id == one.post for post in viewer.person.posts)
        if not is_taker and not gave:
            raise Refused("not_yours")
        if one.taken_at is not None:
            mine = back is not None and back.chat == viewer.person.chat
            screen = taken_screen(viewer.workflow, one, lines, sides, back, viewer.t, viewer.now, may_undo=mine)
            if not is_taker:
                return screen
            onward = waiting.next_rows(viewer.workflow, viewer.person, waits, ("", ""), one.stage, viewer.t)
            return screen._replace(rows=(*onward, *screen.rows))
        if not any(line.is_here for line in lines) or not is_taker:
            return None
        if self.state in STATES:
            return marking_screen(viewer.workflow, one, lines, self.state, self.page, sides.giver, viewer.t)
        return count_screen(viewer.workflow, one, lines, sides.giver, viewer.t)

"""A reason, a day, what is held up: as things are now."""

from handlers.bags.views import TasksView
from handlers.chosen import Papers, papers_of
from handlers.context import Viewer
from handlers.documents.views import DocumentView
from handlers.holds.buttons import EVERYWHERE, STAGE, THESE, TYPE, HoldUntil, HoldWhat, HoldWhy
from handlers.holds.screens import (
    DAYS,
    cause_screen,
    extend_screen,
    held_list_screen,
    held_screen,
    until_screen,
    what_screen,
    why_screen,
)
from handlers.reply import Screen
from handlers.view import Refused, View
from handlers.wording import layout, standstill
from handlers.wording.layout import page
from storage import documents, ledger, people
from storage.db.protocol import Tx
from storage.holds import queues
from storage.holds.queues import Queue
from storage.ledger import Cause
from storage.records import Person
from storage.road import consignments
from storage.workflow import Workflow


def reasons_for(workflow: Workflow, person: Person, papers: Papers) -> list[str]:
    """The reasons for which a person may put all of these on hold."""
    open_to = [workflow.holds_open_to(person, one) for one in papers]
    return [reason for reason in open_to[0] if all(reason in found for found in open_to)]


def exits_for(workflow: Workflow, person: Person, papers: Papers) -> list[str]:
    """The exits to which a person may send all of these; several are returned, and never refused together."""
    open_to = [workflow.exits_open_to(person, one.village, one.stage) for one in papers]
    common = [exit for exit in open_to[0] if all(exit in found for found in open_to)]
    return common if len(papers) == 1 else [exit for exit in common if not workflow.ends(exit)]


def queue_of(workflow: Workflow, person: Person, papers: Papers, reason: str, much: int) -> Queue | None:
    """The queue in which these stand, as far as it is one and this person may hold all of it."""
    first = papers[0]
    village = "" if workflow.pauser(person, "", first.stage, reason) else first.village
    is_for_all_kinds = not workflow.holds[reason].types
    if much == TYPE and len({one.type for one in papers}) == 1:
        queue = Queue(first.stage, first.type, village)
    elif much == STAGE and is_for_all_kinds:
        queue = Queue(first.stage, "", village)
    elif much == EVERYWHERE and is_for_all_kinds and len(workflow.places_of(reason)) > 1:
        queue = Queue("", "", village)
    else:
        return None
    return queue if queues.pauser(workflow, person, queue, reason) else None


async def to_hold(tx: Tx, workflow: Workflow, person: Person, of: int, seen: int, reason: str = "") -> Papers:
    """What this person may put on hold (for this reason), as it was seen. Raises Refused."""
    then = DocumentView(of) if seen else TasksView()
    papers = await papers_of(tx, workflow, person, of, seen, then)
    reasons = reasons_for(workflow, person, papers)
    if not reasons or (reason and reason not in reasons):
        raise Refused("not_yours", then=then)
    return papers


async def cause_of(tx: Tx, workflow: Workflow, person: Person, id: int) -> Cause:
    """A cause that this person may end. Raises Refused for others, and when it is over."""
    cause = await queues.get(tx, id)
    if cause is None:
        raise Refused("changed", then=TasksView())
    if not await queues.releaser(tx, workflow, cause, person):
        raise Refused("not_yours")
    return cause


def days_ahead(workflow: Workflow, now: int) -> dict[int, int]:
    """The mornings that can be chosen, by working days from now."""
    return {n: workflow.calendar.opening_after(now, n) for n in DAYS}


def review_after(workflow: Workflow, now: int, days: int) -> int | None:
    """The morning on which somebody looks again who chose so many working days; None if that is no choice."""
    return workflow.calendar.opening_after(now, days) if days in DAYS else None


class HoldWhyView(View, name="hold_why"):
    """The reasons that fit where something is."""

    of: int
    seen: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            papers = await to_hold(tx, viewer.workflow, viewer.person, self.of, self.seen)
        reasons = reasons_for(viewer.workflow, viewer.person, papers)
        exits = exits_for(viewer.workflow, viewer.person, papers)
        return why_screen(viewer.workflow, HoldWhy(self.of, self.seen), papers, reasons, exits, viewer.t)


class HoldUntilView(View, name="hold_until"):
    """The days on which somebody may look at it again."""

    of: int
    seen: int
    reason: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            papers = await to_hold(tx, viewer.workflow, viewer.person, self.of, self.seen, self.reason)
        asked = HoldUntil(self.of, self.seen, self.reason)
        return until_screen(
            viewer.workflow, asked, papers, days_ahead(viewer.workflow, viewer.now), viewer.t, viewer.now
        )


class HoldWhatView(View, name="hold_what"):
    """What would be put on hold, and what families would read."""

    of: int
    seen: int
    reason: str
    days: int
    much: int

    async def show(self, viewer: Viewer) -> Screen:
        workflow, counts = viewer.workflow, {}
        async with viewer.storage.reading() as tx:
            papers = await to_hold(tx, viewer.workflow, viewer.person, self.of, self.seen, self.reason)
            counts[THESE] = len(papers)
            for much in (TYPE, STAGE, EVERYWHERE):
                queue = queue_of(workflow, viewer.person, papers, self.reason, much)
                if queue:
                    counts[much] = await queues.count(tx, workflow, queue, self.reason)
        much = self.much if self.much in counts else THESE
        days = self.days if self.days in DAYS else 0
        asked = HoldWhat(self.of, self.seen, self.reason, days, much)
        review = review_after(workflow, viewer.now, days)
        return what_screen(workflow, asked, papers, counts, review, viewer.t, viewer.now)


class CauseView(View, name="cause"):
    """A page of what stands still for one cause."""

    cause: int
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            cause = await cause_of(tx, viewer.workflow, viewer.person, self.cause)
            count = await queues.count_held(tx, cause.id)
            shown = max(min(self.page, (count - 1) // layout.ROWS), 0)
            papers = await queues.papers_of(tx, cause.id, layout.ROWS, shown * layout.ROWS)
            lost = await consignments.of_cause(tx, cause.id)
            searcher = await people.post(tx, lost.searcher) if lost and lost.searcher else None
        screen = cause_screen(viewer.workflow, cause, papers, count, shown, viewer.t, viewer.now)
        if searcher is None:
            return screen
        line = standstill.searched_by(viewer.workflow, searcher, viewer.t)
        return screen._replace(text=f"{screen.text}\n{page(line)}")


class HeldListView(View, name="held_list"):
    """A page of all that stands still and that somebody may let go on."""

    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            held = queues.theirs(viewer.workflow, viewer.person, await queues.everything(tx))
        return held_list_screen(viewer.workflow, held, self.page, viewer.t, viewer.now)


class ExtendView(View, name="extend"):
    """The days on which somebody may look at a cause again."""

    cause: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            cause = await cause_of(tx, viewer.workflow, viewer.person, self.cause)
            count = await queues.count_held(tx, cause.id)
        days = days_ahead(viewer.workflow, viewer.now)
        return extend_screen(viewer.workflow, cause, count, days, viewer.t, viewer.now)


class HeldView(View, name="held"):
    """What one act held up or let go on in the villages of an officer, as far as that is still so."""

    act: int

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            act = await ledger.act_of(tx, self.act)
            found = await documents.of_act(tx, self.act)
            # Of an undo, what had come to a queue that was held by mistake.
            kind = "hold" if act and act.kind == "hold" else "release"
            of = {event.document for event in await ledger.events_of(tx, self.act) if event.kind == kind}
        seen = [one for one in found if one.id in of and viewer.workflow.is_in_sight(viewer.person, one.village)]
        still = [one for one in seen if (one.hold is None) == (kind == "release")]
        return held_screen(viewer.workflow, still, kind, viewer.t, viewer.now) if still else None

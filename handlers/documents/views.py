"""One document, and what a move did: as things are now."""

from collections.abc import Mapping, Sequence

from handlers.context import Viewer
from handlers.documents.screens import (
    Faster,
    acted_screen,
    corrected_screen,
    moved_before,
    not_permitted,
    overtaken_screen,
    relocated_screen,
    retyped_screen,
    to_reopen,
)
from handlers.lookup.screens import leg_rows, other_ways_screen, status_screen
from handlers.reply import Rows, Screen
from handlers.view import Refused, View, looked_up
from handlers.wording import originals, outlook, standstill, waiting
from handlers.wording.layout import page
from storage import Tx, audience, bags, documents, ledger
from storage.counter import custody
from storage.records import Act, Document, Event, MoveResult
from storage.road.way import LATE, still_counting


class ActedView(View, name="acted"):
    """What an act did, what others had done before it or its undo (`faster`), and the numbers this person may not move
    (`barred`).

    If it was done on the card of one `request`, what is left of that stays on it.
    """

    act: int
    stage: str
    faster: tuple[Faster, ...] = ()
    barred: tuple[str, ...] = ()
    request: int = 0
    result: MoveResult | None = looked_up()  # it is a field

    async def show(self, viewer: Viewer) -> Screen:
        if self.result and self.result.record:
            act, moved, told = self.result.record, self.result.moved, self.result.told
        else:
            async with viewer.storage.reading() as tx:
                found = await ledger.act_of(tx, self.act)
                last = (found and found.undone_by) or self.act  # what others moved on was not taken back
                told, moved = await audience.told(tx, last), tuple(await documents.of_act(tx, last))
            if found is None:
                raise Refused("old_button")
            act = found
        types = [document.type for document in moved]
        notes = [moved_before(viewer.workflow, viewer.person, one, viewer.t, viewer.now) for one in self.faster]
        if held := [one for one in moved if one.hold]:
            notes = [*_why_held(viewer, act, held), *notes]
        notes += [not_permitted(self.barred, viewer.t)] if self.barred else []
        screen = acted_screen(viewer.workflow, act, types, told, notes, self.stage, viewer.t, viewer.now)
        if act.undone_by is not None:
            return await _taken_back(viewer, screen, act)
        if len({one.request for one in moved}) == 1 and (act.kind in LEAVES or moved[0].closed_at is not None):
            screen = await _with_originals(viewer, screen, act, moved[0])
        if not self.request:
            return screen._replace(rows=(*await _next_rows(viewer, act, moved), *screen.rows))
        async with viewer.storage.reading() as tx:
            family = await documents.of_request(tx, self.request)
        if len(family) <= len(moved):
            return screen
        rest = leg_rows(viewer.workflow, viewer.person, family, viewer.t, without={one.id for one in moved})
        return screen._replace(rows=(*rest, *screen.rows))


def _why_held(viewer: Viewer, act: Act, held: Sequence[Document]) -> list[str]:
    if act.kind == "hold":
        return [standstill.why(viewer.workflow, held[0].hold or "", held[0].hold_review, viewer.t, viewer.now)]
    return standstill.joined(viewer.workflow, held, viewer.t) if act.kind == "move" else []


async def _taken_back(viewer: Viewer, screen: Screen, act: Act) -> Screen:
    async with viewer.storage.reading() as tx:
        is_bag = await bags.of_act(tx, act.id, viewer.person.chat) is not None
    return to_reopen(screen, act.id, viewer.t) if is_bag else screen


async def _next_rows(viewer: Viewer, act: Act, moved: Sequence[Document]) -> Rows:
    """After a bag, and once something goes on again, the ways on without the list of work."""
    async with viewer.storage.reading() as tx:
        bag = await bags.of_act(tx, act.id, viewer.person.chat) if act.kind in ("move", "hold") else None
        done = await bags.get(tx, bag) if bag else None
        if not moved or (done is None and act.kind != "release"):
            return ()
        found = await bags.legs(tx, viewer.workflow, viewer.person)
    leg = (done.from_stage, done.to_stage) if done else ("", "")
    here = "" if act.kind == "hold" else moved[0].stage
    return waiting.next_rows(viewer.workflow, viewer.person, found, leg, here, viewer.t)


LEAVES = frozenset({"return", "refuse", "withdraw"})


async def _with_originals(viewer: Viewer, screen: Screen, act: Act, one: Document) -> Screen:
    """The same, naming the family's originals if its documents have left their road or ended without them."""
    async with viewer.storage.reading() as tx:
        papers = await custody.of(tx, one.request)
    if not papers.out or not (act.kind in LEAVES or papers.left_at):
        return screen
    named = originals.paper_names(viewer.workflow, papers.out, viewer.t.lang)
    note = page(viewer.t("Not given back: {papers}.", papers=named))
    row = (originals.papers_button(one.request, len(papers.out), viewer.t),)
    return screen._replace(text=f"{screen.text}\n{note}", rows=(*screen.rows, row))


class OvertakenView(View, name="overtaken"):
    """Others had moved everything that was ticked."""

    faster: tuple[Faster, ...]

    async def show(self, viewer: Viewer) -> Screen:
        notes = [moved_before(viewer.workflow, viewer.person, one, viewer.t, viewer.now) for one in self.faster]
        return overtaken_screen(notes, viewer.t)


class DocumentView(View, name="document"):
    """One document with all that belongs to its number."""

    document: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await documents.get(tx, self.document)
            if found is None:
                raise Refused("old_button")
            look = await documents.status(tx, found.number, viewer.person.chat, viewer.now)
        return status_screen(viewer.workflow, viewer.person, [look], [], viewer.t, viewer.now)


class OtherWaysView(View, name="other_ways"):
    """The ways past a stage for the documents of a number; where they are, if there are none."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            look = await documents.status(tx, self.number, viewer.person.chat, viewer.now)
        if not look.documents:
            raise Refused("old_button")
        return other_ways_screen(viewer.workflow, viewer.person, look, viewer.t, viewer.now)


class CorrectedView(View, name="corrected"):
    """What an act put right: where its documents (of one request, or of all) stand since, as far as they still do."""

    act: int
    request: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            put = {event.document: event for event in await ledger.events_of(tx, self.act)}
            found, act = await documents.of_act(tx, self.act), await ledger.act_of(tx, self.act)
            if act and act.kind == "retype":
                return await _retyped(tx, viewer, act, found[0], put[found[0].id])
            if put and (villages := ledger.villages_of(next(iter(put.values())))):
                return await _relocated(tx, viewer, villages, found[0], put)
            # Of all of it a village hears what is its own.
            own = [d for d in found if viewer.workflow.is_in_sight(viewer.person, d.village)]
            theirs = [d for d in found if d.request == self.request] if self.request else own
            since = {d.id: await _since(tx, d, put[d.id]) for d in theirs}
        still = [d for d in theirs if d.stage == put[d.id].to_stage and since[d.id] <= ledger.STANDSTILL]
        if not still or act is None:
            return None
        to_staff = act.kind == "correct" and bool(viewer.person.posts)
        screen = corrected_screen(viewer.workflow, still, act.reason, viewer.t, to_staff=to_staff)
        return _with_standstill(viewer, screen, [d for d in still if not since[d.id]])


async def _retyped(tx: Tx, viewer: Viewer, act: Act, one: Document, put: Event) -> Screen | None:
    """Of which kind a document is since an act, wherever it has gone meanwhile; None if it is of another again."""
    was, type = ledger.was_and_is(act.reason)
    if one.type != type:
        return None
    family = await documents.of_request(tx, one.request)
    as_put = [one] if not await _since(tx, one, put) else []
    return _with_standstill(viewer, retyped_screen(viewer.workflow, one, was, family, viewer.t), as_put)


async def _relocated(
    tx: Tx, viewer: Viewer, villages: tuple[str, str], one: Document, put: Mapping[int, Event]
) -> Screen | None:
    """Of which village a request is since an act, wherever it has gone meanwhile; None if it is of another again."""
    was, village = villages
    if one.village != village:
        return None
    family = await documents.of_request(tx, one.request)
    as_put = [d for d in family if d.id in put and not await _since(tx, d, put[d.id])]
    return _with_standstill(viewer, relocated_screen(viewer.workflow, family, was, viewer.person, viewer.t), as_put)


def _with_standstill(viewer: Viewer, screen: Screen, found: Sequence[Document]) -> Screen:
    """The same, and why documents that are as they were put stand still, if they do; to a family also what it does if
    that is its turn. What was held up since is told by that hold.
    """
    held = next((d for d in found if d.hold), None)
    if held is None or held.hold is None:
        return screen
    lines = [standstill.why(viewer.workflow, held.hold, held.hold_review, viewer.t, viewer.now)]
    if viewer.workflow.stops_clock(held.hold) and not viewer.person.posts:
        lines += outlook.your_turn(viewer.workflow, held.hold, held.village, viewer.now, viewer.t)
    return screen._replace(text=f"{screen.text}\n{page(*lines)}")


async def _since(tx: Tx, document: Document, put: Event) -> set[str]:
    """The kinds of what happened to a document since it was put somewhere, but for what was taken back. Of what moved
    it on there is other news, and what held it up is told by itself.
    """
    if document.version == put.version:
        return set()
    steps = [event for event in await ledger.history(tx, document.id) if event.version > put.version]
    return {event.kind for event in still_counting(steps)} - {LATE}

"""What somebody may put right, as things are now."""

from handlers.context import Viewer
from handlers.corrections.screens import (
    Mistakes,
    adding_screen,
    correct_screen,
    relocating_screen,
    retyping_screen,
    where_screen,
    why_back_screen,
    why_screen,
)
from handlers.lookup.views import StatusView
from handlers.reply import Screen
from handlers.view import Refused, View
from storage import corrections, documents, ledger
from storage.db.protocol import Tx
from storage.mistakes import wrong_village
from storage.records import Act, Document
from storage.search import filters


class CorrectView(View, name="correct"):
    """A page of what of a number this person may put right or withdraw."""

    number: str
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        workflow, person = viewer.workflow, viewer.person
        async with viewer.storage.reading() as tx:
            look = await documents.status(tx, self.number, person.chat, viewer.now)
            corrects = corrections.post_for(workflow, person) is not None
            last = await _last_act(tx, look.documents) if corrects else None
            is_seen = [one for one in look.documents[:1] if await filters.is_seen(tx, workflow, person, one)]
        where = {one: corrections.places(workflow, one, viewer.now) for one in look.documents if corrects}
        movable = {one: places for one, places in where.items() if places}
        ending = [one for one in look.documents if corrections.withdrawing_post(workflow, person, one)]
        if not is_seen or not (movable or ending):
            raise Refused("not_yours")
        adds = corrections.adding_post(workflow, person, look.documents) is not None
        adds &= bool(corrections.addable(workflow, look.documents))
        mistyped = [one for one in look.documents if corrections.retyping_post(workflow, person, one)]
        strayed = bool(wrong_village.villages(workflow, person, look.documents))
        wrong = Mistakes(movable, mistyped, ending, last, adds, strayed)
        return correct_screen(workflow, look, wrong, self.page, viewer.t, viewer.now)


async def _last_act(tx: Tx, found: tuple[Document, ...]) -> tuple[Act, int] | None:
    """The act that brought a document here, and how many it moved that are still as it left them, if several."""
    for document in found:
        event = await ledger.event_at(tx, document.id, document.version)
        act = await ledger.act_of(tx, event.act) if event else None
        if act is None or act.kind not in ledger.CORRECTABLE or act.undone_by is not None:
            continue
        left = {event.document: event.version for event in await ledger.events_of(tx, act.id)}
        still = [one for one in await documents.of_act(tx, act.id) if one.version == left[one.id]]
        if len(still) > 1:
            return act, len(still)
    return None


class AddDocumentView(View, name="add_document"):
    """Which kinds of documents may be added to what was filed under a number."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            look = await documents.status(tx, self.number, viewer.person.chat, viewer.now)
        if corrections.adding_post(viewer.workflow, viewer.person, look.documents) is None:
            raise Refused("changed", then=StatusView((self.number,)))
        return adding_screen(
            viewer.workflow, self.number, corrections.addable(viewer.workflow, look.documents), viewer.t
        )


class RetypeView(View, name="retype"):
    """Of which kind a document may really be, or what is to be done first."""

    document: int

    async def show(self, viewer: Viewer) -> Screen:
        workflow = viewer.workflow
        async with viewer.storage.reading() as tx:
            found = await documents.get(tx, self.document)
            if found is None or corrections.retyping_post(workflow, viewer.person, found) is None:
                raise Refused("not_yours")
            family = await documents.of_request(tx, found.request)
        return retyping_screen(workflow, found, corrections.retypable(workflow, found, family), viewer.t)


class RelocateView(View, name="relocate"):
    """Of which village a request may really be, or what is to be done first."""

    document: int
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        workflow = viewer.workflow
        async with viewer.storage.reading() as tx:
            found = await documents.get(tx, self.document)
            family = await documents.of_request(tx, found.request) if found else []
        villages = wrong_village.villages(workflow, viewer.person, family) if family else []
        if found is None or not villages:
            raise Refused("not_yours")
        is_on_its_road = wrong_village.is_on_its_road(workflow, family)
        return relocating_screen(workflow, found, villages, self.page, viewer.t, is_on_its_road=is_on_its_road)


class WhereView(View, name="where"):
    """Where a document may really be."""

    document: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await _sure(tx, viewer, self.document)
        return where_screen(viewer.workflow, found, corrections.places(viewer.workflow, found, viewer.now), viewer.t)


class WhyView(View, name="why"):
    """Why a document may be elsewhere than was recorded."""

    document: int
    seen: int
    stage: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await _sure(tx, viewer, self.document)
        return why_screen(viewer.workflow, found, self.seen, self.stage, viewer.t)


class WhyBackView(View, name="why_back"):
    """Why a whole act may be wrong."""

    act: int
    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            act, moved = await ledger.act_of(tx, self.act), await documents.of_act(tx, self.act)
        if act is None or corrections.post_for(viewer.workflow, viewer.person) is None:
            raise Refused("not_yours")
        return why_back_screen(viewer.workflow, act, moved, self.number, viewer.t, viewer.now)


async def _sure(tx: Tx, viewer: Viewer, id: int) -> Document:
    found = await documents.get(tx, id)
    if found is None or corrections.post_for(viewer.workflow, viewer.person) is None:
        raise Refused("not_yours")
    return found

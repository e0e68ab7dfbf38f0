"""What goes to a family, and what they say of it, as things are now."""

from handlers.callbacks import Callback
from handlers.context import Viewer
from handlers.handover.buttons import AskReceiver, Give, ShowFamilies
from handlers.handover.screens import (
    Proofs,
    asked_screen,
    families_screen,
    handover_screen,
    keypad_screen,
    objection_screen,
    objections_screen,
    originals_asked_screen,
    receiver_screen,
    right_code_screen,
)
from handlers.reply import Screen
from handlers.view import Refused, View
from handlers.wording import originals
from storage import bags, documents, ledger
from storage.counter import custody, handovers, pickup
from storage.db.protocol import Tx
from storage.records import Document


async def ready_for(tx: Tx, viewer: Viewer, number: str) -> list[Document]:
    """What of a number this person may hand to the family now. Raises Refused if there is nothing."""
    look = await documents.status(tx, number, viewer.person.chat, viewer.now)
    ready = handovers.may_give(viewer.workflow, viewer.person, look.documents)
    if not ready:
        raise Refused("nothing_ready")
    return ready


class HandOverView(View, name="hand_over"):
    """What of a number goes to the family now, and the proofs there are; with `only` one document of it."""

    number: str
    only: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            ready = await ready_for(tx, viewer, self.number)
            proofs = Proofs(
                may_vouch=await handovers.may_vouch(tx, viewer.person, ready),
                has_code=await pickup.left(tx, ready[0].request) > 0,
                is_followed=bool(await handovers.receivers(tx, self.number, viewer.person.chat, viewer.now)),
            )
            papers = await custody.of(tx, ready[0].request)
        only = self.only if any(one.id == self.only for one in ready) else 0
        ticks = originals.given_back_rows(
            viewer.workflow, viewer.person, ready[0].request, papers, only, viewer.t, viewer.now
        )
        return handover_screen(viewer.workflow, ready, only, proofs, viewer.t, out=papers.out, ticks=ticks)


class CodeView(View, name="code"):
    """The keys for a pickup code, of which some digits are typed; what the code is never stays here."""

    number: str
    only: int = 0
    typed: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            ready = await ready_for(tx, viewer, self.number)
            left = await pickup.left(tx, ready[0].request)
        only = self.only if any(one.id == self.only for one in ready) else 0
        if len(self.typed) == pickup.DIGITS:
            return right_code_screen(viewer.workflow, ready, only, self.typed, viewer.t)
        return keypad_screen(viewer.workflow, ready, only, self.typed, left, viewer.t)


class OriginalsAskedView(View, name="originals_asked"):
    """Whether the family got the originals that nobody has ticked: asked before what it fetches is handed over to
    `fetched_by`, or before the receiver is asked.
    """

    number: str
    only: int = 0
    seen: int = 0
    fetched_by: str = ""
    proof: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            ready = await ready_for(tx, viewer, self.number)
            chosen = [one for one in ready if self.only in (0, one.id)]
            papers = await handovers.staying(tx, viewer.workflow, viewer.person, chosen or ready)
        if not papers.out:
            return await HandOverView(self.number, self.only).show(viewer)

        def to(originals: int) -> Callback:
            if not self.fetched_by:
                return AskReceiver(self.number, originals)
            return Give(self.number, self.only, self.seen, self.fetched_by, self.proof, originals)

        return originals_asked_screen(viewer.workflow, chosen or ready, self.only, papers, to, viewer.t)


class FamiliesView(View, name="families"):
    """For which families something lies ready at a stage, in one village if it is named."""

    origin: str
    village: str = ""
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        workflow, to = viewer.workflow, handovers.hands(viewer.workflow, self.origin)
        async with viewer.storage.reading() as tx:
            found = await bags.present(tx, workflow, viewer.person, self.origin, to, self.village)
        if not found:
            raise Refused("nothing_ready")
        here = ShowFamilies(self.origin, self.village, self.page)
        return families_screen(workflow, found, here, viewer.person, viewer.t)


class ReceiverView(View, name="receiver"):
    """A follower is asked whether they hold what lies ready of a request; nothing, if it has been handed over."""

    request: int

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            officer = await handovers.asker(tx, self.request, viewer.now)
            found = await documents.of_request(tx, self.request)
        ready = handovers.may_give(viewer.workflow, officer, found) if officer else []
        return receiver_screen(viewer.workflow, ready, viewer.t) if ready else None


class AskedView(View, name="receiver_asked"):
    """So many chats were asked, and may answer until a time."""

    number: str
    count: int
    until: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        until = self.until or viewer.now + handovers.ASKED_FOR
        return asked_screen(viewer.workflow, self.number, self.count, until, viewer.t, viewer.now)


class ObjectionView(View, name="objection"):
    """What a family says it did not get; nothing, if that is cleared up."""

    act: int
    request: int

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            found = await handovers.objection(tx, self.act, self.request)
            if found is None:
                return None
            given = [one for one in await documents.of_act(tx, self.act) if one.request == self.request]
            done = await ledger.act_of(tx, self.act)
            who = await handovers.fetched_by(tx, self.act, self.request)
        role = done.role if done else ""
        return objection_screen(viewer.workflow, found, given, who, role, viewer.t, viewer.now)


class ObjectionsView(View, name="objections"):
    """All that families say they did not get, where this officer works."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await handovers.objections(tx, viewer.person)
        return objections_screen(viewer.workflow, found, viewer.t, viewer.now)

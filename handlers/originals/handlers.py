"""Tick originals of a family: handed in, given back, never handed in."""

from handlers.chosen import must_see
from handlers.context import Request
from handlers.feature import Feature, for_staff
from handlers.filing.views import FiledView
from handlers.handover.views import HandOverView
from handlers.originals.buttons import COUNTER, FILED, LEDGER, NotePaper, ShowLeftBehind, ShowPapers
from handlers.originals.views import LeftBehindView, PapersView
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage import documents
from storage.counter import custody
from storage.counter.custody import BACK, NONE, OUT
from storage.records import Actor, Document


async def note(request: Request, button: NotePaper) -> Answer:
    """Where an original is, or all of them are that are not there yet."""
    if button.state not in (OUT, BACK, NONE):
        raise Refused("old_button")
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        found = await documents.of_request(tx, button.request)
        if not found or not request.workflow.clerk(officer, found[0].village):
            raise Refused("not_yours")
        await must_see(tx, request.workflow, officer, found[0].id)
        papers, card = await custody.of(tx, button.request), _card(button.card, found)
        asked = custody.asked(request.workflow, (one.type for one in found))
        wanted = [button.paper] if button.paper else papers.out if button.state == BACK else asked
        if not {*wanted} <= {*asked, *(step.paper for step in papers.steps)}:
            raise Refused("changed", then=card)
        actor = Actor(officer, request.now)
        try:
            done = await custody.note(tx, request.workflow, found, wanted, button.state, button.seen, actor)
        except PermissionError:
            raise Refused("too_late", then=card) from None
    if done is None:
        raise Refused("changed", then=card)
    return Answer(card, recorded=done)


def _card(card: int, found: list[Document]) -> View:
    """The card on which it was ticked."""
    if card == FILED:
        return FiledView(found[0].request)
    if card == LEDGER:
        return PapersView(found[0].request)
    return HandOverView(found[0].number, 0 if card == COUNTER else card)


async def show_papers(request: Request, button: ShowPapers) -> Answer:
    """The originals of a request, below the card: that may hold the way back."""
    staff_only(request.person)
    return Answer(PapersView(button.request), fresh=True)


ORIGINALS = Feature(buttons={NotePaper: note, ShowPapers: show_papers, ShowLeftBehind: for_staff(LeftBehindView)})

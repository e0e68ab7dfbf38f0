"""Count what was brought: all of it in one tap, or paper by paper."""

from handlers.bags.views import TasksView
from handlers.consignments.buttons import MarkPaper, ShowConsignment, TakeConsignment
from handlers.consignments.views import ConsignmentView
from handlers.context import Request
from handlers.feature import Feature
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage.db.protocol import Tx
from storage.records import Actor, Person
from storage.road import consignments
from storage.road.consignments import STATES, Consignment


async def show(request: Request, button: ShowConsignment) -> View:
    """What was brought; paper by paper, if a state is named."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button.act)
    return ConsignmentView(button.act, button.state, button.page)


async def mark(request: Request, button: MarkPaper) -> Answer:
    """Something is wrong with a paper, or nothing."""
    if button.to not in ("", *STATES):
        raise Refused("old_button")
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        await _open(tx, request, officer, button.act)
        await consignments.mark(tx, button.act, button.document, button.to)
    return Answer(ConsignmentView(button.act, button.state, button.page), passing=True)


async def take(request: Request, button: TakeConsignment) -> Answer:
    """It is counted."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        one = await _taken_by(tx, request, officer, button.act)
        searcher = 0 if button.us else one.post
        actor = Actor(officer, request.now)
        result = await consignments.take(tx, request.workflow, one, button.papers, button.missing, searcher, actor)
        if result is None and one.taken_at is None:
            raise Refused("changed", then=ConsignmentView(button.act))
    return Answer(ConsignmentView(button.act), recorded=result is not None)


async def _open(tx: Tx, request: Request, person: Person, act: int) -> Consignment:
    """A consignment that this person may take, and nobody has. Raises Refused."""
    one = await _taken_by(tx, request, person, act)
    lines = await consignments.lines(tx, one)
    if one.taken_at is not None or not any(line.is_here for line in lines):
        raise Refused("changed", then=ConsignmentView(act) if one.taken_at else TasksView())
    return one


async def _taken_by(tx: Tx, request: Request, person: Person, act: int) -> Consignment:
    staff_only(person)
    one = await consignments.get(tx, act)
    if one is None:
        raise Refused("changed", then=TasksView())
    if not consignments.taker(request.workflow, person, one, await consignments.lines(tx, one)):
        raise Refused("not_yours", then=TasksView())
    return one


CONSIGNMENTS = Feature(buttons={ShowConsignment: show, MarkPaper: mark, TakeConsignment: take})

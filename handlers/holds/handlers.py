"""Put on hold, let go on, look at it again: one document, the ticked ones of a bag, or all that shares a cause."""

from functools import partial

from handlers.bags.views import GoneView, TasksView
from handlers.chosen import must_see
from handlers.context import Request
from handlers.documents.handlers import answer_to, naming_own
from handlers.documents.views import ActedView, DocumentView
from handlers.feature import Feature, for_staff
from handlers.holds.buttons import (
    THESE,
    Extend,
    HoldUntil,
    HoldWhat,
    HoldWhy,
    LetAllGo,
    LetGo,
    PutOnHold,
    ShowCause,
    ShowHeld,
    ShowHold,
)
from handlers.holds.views import (
    CauseView,
    ExtendView,
    HeldListView,
    HoldUntilView,
    HoldWhatView,
    HoldWhyView,
    cause_of,
    queue_of,
    review_after,
    to_hold,
)
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage import bags
from storage.db.protocol import Tx
from storage.holds import papers, queues
from storage.records import Actor, MoveResult, Seen


async def hold(request: Request, button: PutOnHold) -> Answer:
    """Put it on hold: these, or all of the queue."""
    review = review_after(request.workflow, request.now, button.days)
    async with request.storage.transaction() as tx:
        actor = Actor(await officer_of(tx, request), request.now)
        if button.much == THESE:
            held = await naming_own(tx, await _hold_these(tx, request, button, review, actor))
            return answer_to(held, "", request, emptied=None if button.seen else partial(GoneView, button.of))
        if before := await _held_before(tx, button, actor):
            return _acted(request, MoveResult(None, before=before))
        found = await to_hold(tx, request.workflow, actor.person, button.of, button.seen, button.reason)
        queue = queue_of(request.workflow, actor.person, found, button.reason, button.much)
        if queue is None:
            raise Refused("not_yours")
        result = await queues.hold(tx, request.workflow, queue, button.reason, review, actor)
    return _acted(request, result or MoveResult(None))


async def _held_before(tx: Tx, button: PutOnHold, actor: Actor) -> int | None:
    """The act by which this person has held the queue already of which this is a second tap."""
    bag = None if button.seen else await bags.get(tx, button.of)
    for id in [item.document for item in bag.items if item.ticked] if bag else [button.of]:
        cause = await queues.of_document(tx, id)
        if cause and cause.gathers and cause.reason == button.reason:
            return await queues.begun_by(tx, cause.id, actor)
    return None


def _acted(request: Request, result: MoveResult) -> Answer:
    """What came of it for a whole queue, or of a tap before this one."""
    if result.act is not None:
        return Answer(ActedView(result.act, ""), recorded=True)
    view = ActedView(result.before, "") if result.before is not None else TasksView()
    return Answer(view, recorded=False)


async def _hold_these(tx: Tx, request: Request, button: PutOnHold, review: int | None, actor: Actor) -> MoveResult:
    if button.seen:
        await must_see(tx, request.workflow, actor.person, button.of)
        wanted = [Seen(button.of, button.seen)]
        return await papers.hold(tx, request.workflow, wanted, button.reason, review, actor)
    bag = await bags.own(tx, button.of, actor.person.chat)
    if bag is None:
        raise Refused("changed", then=TasksView())
    if bag.act is not None:
        raise Refused("changed", then=ActedView(bag.act, bag.to_stage))
    if not any(item.ticked for item in bag.items):
        raise Refused("choose")
    return await papers.hold_bag(tx, request.workflow, bag, button.reason, review, actor)


async def let_go(request: Request, button: LetGo) -> Answer:
    """Let one document go on."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        await must_see(tx, request.workflow, officer, button.document)
        seen = [Seen(button.document, button.seen)]
        result = await papers.release(tx, request.workflow, seen, Actor(officer, request.now))
    return answer_to(result, "", request)


async def show_hold(request: Request, button: ShowHold) -> View:
    """Why a document stands still."""
    staff_only(request.person)
    async with request.storage.reading() as tx:
        await must_see(tx, request.workflow, request.person, button.document)
        cause = await queues.of_document(tx, button.document)
        if cause is None:
            raise Refused("changed", then=DocumentView(button.document))
        await cause_of(tx, request.workflow, request.person, cause.id)
    return CauseView(cause.id)


async def let_all_go(request: Request, button: LetAllGo) -> Answer:
    """Let all go on that stands still for one cause."""
    async with request.storage.transaction() as tx:
        actor = Actor(await officer_of(tx, request), request.now)
        if before := await queues.ended_by(tx, button.cause, actor):
            return _acted(request, MoveResult(None, before=before))
        cause = await cause_of(tx, request.workflow, actor.person, button.cause)
        result = await queues.release(tx, request.workflow, cause, actor)
    if result is None:
        raise Refused("changed", then=TasksView())
    return _acted(request, result)


async def extend(request: Request, button: Extend) -> Answer:
    """Ask for another day, or take the one that was chosen."""
    if button.days < 0:
        return Answer(ExtendView(button.cause))
    review = review_after(request.workflow, request.now, button.days)
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        cause = await cause_of(tx, request.workflow, officer, button.cause)
        if cause.review == review:
            return Answer(CauseView(cause.id), recorded=False)
        result = await queues.extend(tx, request.workflow, cause, review, Actor(officer, request.now))
    if result is None:
        raise Refused("changed", then=TasksView())
    return Answer(CauseView(button.cause), recorded=True)


HOLDS = Feature(
    buttons={
        HoldWhy: for_staff(HoldWhyView),
        HoldUntil: for_staff(HoldUntilView),
        HoldWhat: for_staff(HoldWhatView),
        PutOnHold: hold,
        LetGo: let_go,
        ShowHold: show_hold,
        ShowCause: for_staff(CauseView),
        ShowHeld: for_staff(HeldListView),
        LetAllGo: let_all_go,
        Extend: extend,
    },
)

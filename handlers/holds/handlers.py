"""Put on hold, let go on, look at it again: one document, the ticked ones of a bag, or all that shares a cause."""

from handlers.bags.views import TasksView
from handlers.chosen import papers_of
from handlers.context import Request
from handlers.documents.handlers import answer_to, refuse_unseen
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
from handlers.holds.screens import DAYS
from handlers.holds.views import (
    CauseView,
    ExtendView,
    HeldListView,
    HoldUntilView,
    HoldWhatView,
    HoldWhyView,
    queue_of,
    reasons_for,
)
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage import bags
from storage.db.protocol import Tx
from storage.holds import papers, queues
from storage.ledger import Cause
from storage.records import Actor, MoveResult, Person, Seen


async def ask_why(request: Request, button: HoldWhy) -> View:
    """The reasons that fit."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button)
    return HoldWhyView(button.of, button.seen)


async def ask_until(request: Request, button: HoldUntil) -> View:
    """The days on which somebody may look at it again."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button, button.reason)
    return HoldUntilView(button.of, button.seen, button.reason)


async def ask_what(request: Request, button: HoldWhat) -> View:
    """What would be put on hold, and what families would read."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button, button.reason)
    return HoldWhatView(button.of, button.seen, button.reason, button.days, button.much)


async def _open(
    tx: Tx, request: Request, person: Person, button: HoldWhy | HoldUntil | HoldWhat | PutOnHold, reason: str = ""
) -> None:
    """Raises Refused if this person may not put it on hold (for this reason), or it is not as it was seen."""
    staff_only(person)
    if button.seen:
        await refuse_unseen(tx, request.workflow, person, button.of)
    then = DocumentView(button.of) if button.seen else TasksView()
    try:
        found = await papers_of(tx, person, button.of, button.seen)
    except Refused as refused:
        raise Refused(refused.view.key, then=then) from None
    reasons = reasons_for(request.workflow, person, found)
    if not reasons or (reason and reason not in reasons):
        raise Refused("not_yours", then=then)


async def hold(request: Request, button: PutOnHold) -> Answer:
    """Put it on hold: these, or all of the queue."""
    workflow, days = request.workflow, button.days if button.days in DAYS else 0
    review = workflow.calendar.opening_after(request.now, days) if days else None
    result: MoveResult | None
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        actor = Actor(officer, request.now)
        if button.much == THESE:
            result = await _hold_these(tx, request, button, review, actor)
        else:
            await _open(tx, request, officer, button, button.reason)
            found = await papers_of(tx, officer, button.of, button.seen)
            queue = queue_of(workflow, officer, found, button.reason, button.much)
            if queue is None:
                raise Refused("not_yours")
            result = await queues.hold(tx, workflow, queue, button.reason, review, actor)
    if result is None:
        return Answer(TasksView(), toast=request.t("Already recorded."))
    if result.act is not None and button.much != THESE:
        return Answer(ActedView(result.act, ""), toast=request.t("Recorded."))
    return answer_to(result, "", request)


async def _hold_these(tx: Tx, request: Request, button: PutOnHold, review: int | None, actor: Actor) -> MoveResult:
    if button.seen:
        await refuse_unseen(tx, request.workflow, actor.person, button.of)
        wanted = [Seen(button.of, button.seen)]
        return await papers.hold(tx, request.workflow, wanted, button.reason, review, actor)
    bag = await bags.get(tx, button.of)
    if bag is None or bag.chat != actor.person.chat:
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
        await refuse_unseen(tx, request.workflow, officer, button.document)
        seen = [Seen(button.document, button.seen)]
        result = await papers.release(tx, request.workflow, seen, Actor(officer, request.now))
    return answer_to(result, "", request)


async def show_hold(request: Request, button: ShowHold) -> View:
    """Why a document stands still."""
    staff_only(request.person)
    async with request.storage.reading() as tx:
        await refuse_unseen(tx, request.workflow, request.person, button.document)
        cause = await queues.of_document(tx, button.document)
        if cause is None:
            raise Refused("changed", then=DocumentView(button.document))
        await _of_mine(tx, request, request.person, cause.id)
    return CauseView(cause.id)


async def show_cause(request: Request, button: ShowCause) -> View:
    """A page of what stands still for one cause."""
    async with request.storage.reading() as tx:
        await _of_mine(tx, request, request.person, button.cause)
    return CauseView(button.cause, button.page)


async def let_all_go(request: Request, button: LetAllGo) -> Answer:
    """Let all go on that stands still for one cause."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        cause = await _of_mine(tx, request, officer, button.cause)
        result = await queues.release(tx, request.workflow, cause, Actor(officer, request.now))
    if result is None or result.act is None:
        raise Refused("changed", then=TasksView())
    return Answer(ActedView(result.act, ""), toast=request.t("Recorded."))


async def extend(request: Request, button: Extend) -> Answer:
    """Ask for another day, or take the one that was chosen."""
    if button.days < 0:
        async with request.storage.reading() as tx:
            await _of_mine(tx, request, request.person, button.cause)
        return Answer(ExtendView(button.cause))
    days = button.days if button.days in DAYS else 0
    review = request.workflow.calendar.opening_after(request.now, days) if days else None
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        cause = await _of_mine(tx, request, officer, button.cause)
        if cause.review == review:
            return Answer(CauseView(cause.id), toast=request.t("Already recorded."))
        result = await queues.extend(tx, request.workflow, cause, review, Actor(officer, request.now))
    if result is None:
        raise Refused("changed", then=TasksView())
    return Answer(CauseView(button.cause), toast=request.t("Recorded."))


async def _of_mine(tx: Tx, request: Request, person: Person, id: int) -> Cause:
    """A cause that this person may end. Raises Refused for others, and when it is over."""
    staff_only(person)
    cause = await queues.get(tx, id)
    if cause is None:
        raise Refused("changed", then=TasksView())
    if not await queues.is_theirs(tx, request.workflow, cause, person):
        raise Refused("not_yours")
    return cause


HOLDS = Feature(
    buttons={
        HoldWhy: ask_why,
        HoldUntil: ask_until,
        HoldWhat: ask_what,
        PutOnHold: hold,
        LetGo: let_go,
        ShowHold: show_hold,
        ShowCause: show_cause,
        ShowHeld: for_staff(HeldListView),
        LetAllGo: let_all_go,
        Extend: extend,
    },
)

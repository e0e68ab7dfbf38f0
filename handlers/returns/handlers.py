"""Return a document with what is missing, refuse it with a reason, let it go on where it left."""

from collections.abc import Sequence
from functools import partial

from handlers.bags.views import BagView, GoneView, TasksView
from handlers.chosen import must_see
from handlers.context import Request
from handlers.documents.handlers import answer_to, naming_own
from handlers.documents.views import ActedView, DocumentView
from handlers.feature import Feature, for_staff
from handlers.returns.buttons import GiveBack, Refuse, RefuseDraft, RefuseWhy, ReturnDraft, TakeUp
from handlers.returns.views import RefuseView, ReturnView, book_of, ending, missing_of, needs_of, reason_of
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage import bags
from storage.db.protocol import Tx
from storage.holds import returns
from storage.records import Actor, Bag, Person, Seen


async def ask_missing(request: Request, button: ReturnDraft) -> View:
    """What is missing."""
    staff_only(request.person)
    return ReturnView(button.of, button.seen, button.exit, button.book, button.missing)


async def give_back(request: Request, button: GiveBack) -> Answer:
    """Return it, with what is ticked."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        type, wanted, bag = await _wanted(tx, request, officer, button)
        said = missing_of(request.workflow, type, button.missing)
        if button.book != book_of(request.workflow, type):
            raise Refused("changed", then=TasksView() if bag else DocumentView(button.of))
        if needs_of(request.workflow, type, request.t.lang) and not any(said.values()):
            raise Refused("choose")
        actor = Actor(officer, request.now)
        result = await returns.give_back(tx, request.workflow, wanted, button.exit, said, actor, bag)
        result = await naming_own(tx, result)
    return answer_to(result, button.exit, request, emptied=partial(GoneView, bag.id) if bag else None)


async def _wanted(
    tx: Tx, request: Request, officer: Person, button: GiveBack
) -> tuple[str, Sequence[Seen], Bag | None]:
    """The kind, and what is to be returned of it: one document, or the ticked lines of a bag. Raises Refused."""
    if button.seen:
        found = await must_see(tx, request.workflow, officer, button.of)
        return found.type, [Seen(button.of, button.seen)], None
    bag = await bags.own(tx, button.of, officer.chat)
    if bag is None:
        raise Refused("changed", then=TasksView())
    if bag.act is not None:
        raise Refused("changed", then=ActedView(bag.act, button.exit))
    ticked = [item for item in bag.items if item.ticked]
    if len({item.type for item in ticked}) != 1:
        raise Refused("changed" if ticked else "choose", then=BagView(bag.id))
    return ticked[0].type, [Seen(item.document, item.seen) for item in ticked], bag


async def ask_why(request: Request, button: RefuseWhy) -> View:
    """The reasons for which it may be refused."""
    staff_only(request.person)
    return RefuseView(button.document, button.seen)


async def refuse(request: Request, button: Refuse) -> Answer:
    """Refuse it, for a reason of the district file."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        found = await must_see(tx, request.workflow, officer, button.document)
        if button.reason not in request.workflow.refusals:
            raise Refused("old_button")
        exit = ending(request.workflow, found, officer)
        seen, actor = Seen(button.document, button.seen), Actor(officer, request.now)
        said = reason_of(request.workflow, button.reason)
        result = await returns.refuse(tx, request.workflow, seen, exit, said, actor)
    return answer_to(result, exit, request)


async def take_up(request: Request, button: TakeUp) -> Answer:
    """What was missing is there: it goes on where it left."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        await must_see(tx, request.workflow, officer, button.document)
        seen = Seen(button.document, button.seen)
        result = await returns.take_up(tx, request.workflow, seen, Actor(officer, request.now))
    done = (*result.moved, *result.repeated)
    return answer_to(result, done[0].stage if done else "", request)


RETURNS = Feature(
    buttons={
        ReturnDraft: ask_missing,
        GiveBack: give_back,
        RefuseWhy: ask_why,
        RefuseDraft: for_staff(RefuseView),
        Refuse: refuse,
        TakeUp: take_up,
    },
)

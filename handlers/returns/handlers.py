"""Return a document with what is missing, refuse it with a reason, let it go on where it left."""

from collections.abc import Sequence

from handlers.bags.views import BagView, TasksView
from handlers.chosen import Papers, papers_of
from handlers.context import Request
from handlers.documents.handlers import answer_to, refuse_unseen
from handlers.documents.views import ActedView, DocumentView
from handlers.feature import Feature
from handlers.returns.buttons import GiveBack, Refuse, RefuseDraft, RefuseWhy, ReturnDraft, TakeUp
from handlers.returns.views import RefuseView, ReturnView, book_of, ending, missing_of, needs_of, reason_of
from handlers.view import Answer, Refused, View, officer_of, staff_only
from storage import bags, documents
from storage.db.protocol import Tx
from storage.holds import returns
from storage.records import Actor, Bag, Document, Person, Seen

Button = RefuseWhy | RefuseDraft | Refuse


async def _open(tx: Tx, request: Request, person: Person, button: Button) -> Document:
    """The document, if this person may refuse it and it is as it was seen. Raises Refused."""
    staff_only(person)
    await refuse_unseen(tx, request.workflow, person, button.document)
    found = await documents.get(tx, button.document)
    if found is None or found.version != button.seen:
        raise Refused("changed", then=DocumentView(button.document))
    if not ending(request.workflow, found, request, ends=True):
        raise Refused("not_yours", then=DocumentView(button.document))
    return found


async def ask_missing(request: Request, button: ReturnDraft) -> View:
    """What the type asks for, ticked as the button wants it; nothing, if the list has changed since."""
    async with request.storage.reading() as tx:
        found = await _to_return(tx, request, request.person, button)
    book = book_of(request.workflow, found[0].type)
    return ReturnView(button.of, button.seen, button.exit, book, button.missing if button.book == book else 0)


async def _to_return(tx: Tx, request: Request, person: Person, button: ReturnDraft) -> Papers:
    """The document, or the ticked lines of a bag, of one kind, if this person may return all of it. Raises Refused."""
    staff_only(person)
    then: View = DocumentView(button.of) if button.seen else TasksView()
    if button.seen:
        await refuse_unseen(tx, request.workflow, person, button.of)
    try:
        found = await papers_of(tx, person, button.of, button.seen)
    except Refused as refused:
        raise Refused(refused.view.key, then=then) from None
    if len({one.type for one in found}) != 1:
        raise Refused("changed", then=then)
    may = (request.workflow.exit_post(person, one.village, one.stage, button.exit) for one in found)
    if request.workflow.ends(button.exit) or not all(may):
        raise Refused("not_yours", then=then)
    return found


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
    return answer_to(result, button.exit, request)


async def _wanted(
    tx: Tx, request: Request, officer: Person, button: GiveBack
) -> tuple[str, Sequence[Seen], Bag | None]:
    """The kind, and what is to be returned of it: one document, or the ticked lines of a bag. Raises Refused."""
    if button.seen:
        await refuse_unseen(tx, request.workflow, officer, button.of)
        found = await documents.get(tx, button.of)
        return found.type if found else "", [Seen(button.of, button.seen)], None
    bag = await bags.get(tx, button.of)
    if bag is None or bag.chat != officer.chat:
        raise Refused("changed", then=TasksView())
    if bag.act is not None:
        raise Refused("changed", then=ActedView(bag.act, button.exit))
    ticked = [item for item in bag.items if item.ticked]
    if len({item.type for item in ticked}) != 1:
        raise Refused("changed" if ticked else "choose", then=BagView(bag.id))
    return ticked[0].type, [Seen(item.document, item.seen) for item in ticked], bag


async def ask_why(request: Request, button: RefuseWhy) -> View:
    """The reasons for which it may be refused."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button)
    return RefuseView(button.document, button.seen)


async def ask_refusing(request: Request, button: RefuseDraft) -> View:
    """What families would read."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button)
    return RefuseView(button.document, button.seen, button.reason)


async def refuse(request: Request, button: Refuse) -> Answer:
    """Refuse it, for a reason of the district file."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        await refuse_unseen(tx, request.workflow, officer, button.document)
        found = await documents.get(tx, button.document)
        if found is None or button.reason not in request.workflow.refusals:
            raise Refused("old_button")
        open_to = request.workflow.exits_open_to(officer, found.village, found.stage)
        exit = next((one for one in open_to if request.workflow.ends(one)), "")
        seen, actor = Seen(button.document, button.seen), Actor(officer, request.now)
        said = reason_of(request.workflow, button.reason)
        result = await returns.refuse(tx, request.workflow, seen, exit, said, actor)
    return answer_to(result, exit, request)


async def take_up(request: Request, button: TakeUp) -> Answer:
    """What was missing is there: it goes on where it left."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        await refuse_unseen(tx, request.workflow, officer, button.document)
        stage = await returns.left_at(tx, button.document)
        seen = Seen(button.document, button.seen)
        result = await returns.take_up(tx, request.workflow, seen, Actor(officer, request.now))
    return answer_to(result, stage, request)


RETURNS = Feature(
    buttons={
        ReturnDraft: ask_missing,
        GiveBack: give_back,
        RefuseWhy: ask_why,
        RefuseDraft: ask_refusing,
        Refuse: refuse,
        TakeUp: take_up,
    },
)

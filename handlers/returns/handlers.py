"""Return a document with what is missing, refuse it with a reason, let it go on where it left."""

from handlers.context import Request
from handlers.documents.handlers import answer_to, refuse_unseen, staff_only
from handlers.documents.views import DocumentView
from handlers.feature import Feature
from handlers.returns.buttons import GiveBack, Refuse, RefuseDraft, RefuseWhy, ReturnDraft, TakeUp
from handlers.returns.views import RefuseView, ReturnView, book_of, ending, missing_of, needs_of, reason_of
from handlers.view import Answer, Refused, View
from storage import documents, people
from storage.db.protocol import Tx
from storage.holds import returns
from storage.records import Actor, Document, Person, Seen

Button = ReturnDraft | GiveBack | RefuseWhy | RefuseDraft | Refuse


async def _open(tx: Tx, request: Request, person: Person, button: Button, *, ends: bool) -> Document:
    """The document, if this person may take it off its road and it is as it was seen. Raises Refused."""
    staff_only(person)
    await refuse_unseen(tx, request.workflow, person, button.document)
    found = await documents.get(tx, button.document)
    if found is None or found.version != button.seen:
        raise Refused("changed", then=DocumentView(button.document))
    if not ending(request.workflow, found, request, ends=ends):
        raise Refused("not_yours", then=DocumentView(button.document))
    return found


async def ask_missing(request: Request, button: ReturnDraft) -> View:
    """What the type asks for, ticked as the button wants it; nothing, if the list has changed since."""
    async with request.storage.reading() as tx:
        found = await _open(tx, request, request.person, button, ends=False)
    book = book_of(request.workflow, found.type)
    return ReturnView(button.document, button.seen, button.exit, book, button.missing if button.book == book else 0)


async def give_back(request: Request, button: GiveBack) -> Answer:
    """Return it, with what is ticked."""
    async with request.storage.transaction() as tx:
        officer = await people.get(tx, request.person.chat)  # with the posts held in this very transaction
        staff_only(officer)
        await refuse_unseen(tx, request.workflow, officer, button.document)
        found = await documents.get(tx, button.document)
        type = found.type if found else ""
        said = missing_of(request.workflow, type, button.missing)
        if button.book != book_of(request.workflow, type):
            raise Refused("changed", then=DocumentView(button.document))
        if needs_of(request.workflow, type, request.t.lang) and not any(said.values()):
            raise Refused("choose")
        seen, actor = Seen(button.document, button.seen), Actor(officer, request.now)
        result = await returns.give_back(tx, request.workflow, seen, button.exit, said, actor)
    return answer_to(result, button.exit, request)


async def ask_why(request: Request, button: RefuseWhy) -> View:
    """The reasons for which it may be refused."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button, ends=True)
    return RefuseView(button.document, button.seen)


async def ask_refusing(request: Request, button: RefuseDraft) -> View:
    """What families would read."""
    async with request.storage.reading() as tx:
        await _open(tx, request, request.person, button, ends=True)
    return RefuseView(button.document, button.seen, button.reason)


async def refuse(request: Request, button: Refuse) -> Answer:
    """Refuse it, for a reason of the district file."""
    async with request.storage.transaction() as tx:
        officer = await people.get(tx, request.person.chat)  # with the posts held in this very transaction
        staff_only(officer)
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
        officer = await people.get(tx, request.person.chat)  # with the posts held in this very transaction
        staff_only(officer)
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

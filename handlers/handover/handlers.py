"""Hand documents to a family: find it, know that it is theirs, say who fetched it. And what a family answers."""

from handlers.context import Request
from handlers.documents.handlers import answer_to
from handlers.documents.views import ActedView
from handlers.feature import Feature, for_staff
from handlers.handover.buttons import (
    AskReceiver,
    Give,
    HandOver,
    NotReceived,
    Received,
    Settle,
    ShowFamilies,
    ShowObjections,
    TypeCode,
    all_back,
    missing,
)
from handlers.handover.screens import KNOWN
from handlers.handover.views import (
    AskedView,
    CodeView,
    FamiliesView,
    HandOverView,
    ObjectionsView,
    ObjectionView,
    OriginalsAskedView,
    ReceiverView,
    ready_for,
)
from handlers.view import Answer, NoteView, Refused, View, officer_of, staff_only
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, people
from storage.counter import custody, handovers, pickup
from storage.db.protocol import Tx
from storage.records import Actor, Document, MoveResult, Person, Seen

SENTENCES |= {
    "nothing_ready": _("Nothing lies ready here for you to hand over. Please look at /tugas."),
    "wrong_code": _("This code is wrong. Please ask for it again."),
    "wrong_code_typed": _("This code is wrong. Please ask for it again. Tries left: {number}."),
    "no_tries": _("Too many wrong codes: none can be tried any more. Please choose another way."),
    "received": _("Thank you. It is recorded that you have it."),
    "not_asked": _("The officer's question has run out. Please ask the officer to ask again."),
    "objected": _("Thank you. The village office, the district desk and the head are told and will look into it."),
    "too_old": _("This was too long ago. Please ask the village office."),
}


async def type_code(request: Request, button: TypeCode) -> View:
    """One more digit of a pickup code; the fourth tells whether it is right."""
    staff_only(request.person)
    typed = button.typed[: pickup.DIGITS]
    if len(typed) < pickup.DIGITS:
        return CodeView(button.number, button.only, typed)
    async with request.storage.transaction() as tx:
        ready = await ready_for(tx, request, button.number)
        right = await pickup.is_right(tx, ready[0].request, typed, request.now)
        left = await pickup.left(tx, ready[0].request)
    if right:
        return CodeView(button.number, button.only, typed)
    if left:
        raise Refused("wrong_code_typed", then=CodeView(button.number, button.only), number=str(left))
    raise Refused("no_tries", then=HandOverView(button.number, button.only))


async def code_written(request: Request, button: TypeCode) -> View | None:
    """All of a code at once, as it was written in answer to its card."""
    code = pickup.written(request.update.arguments)
    return await type_code(request, TypeCode(button.number, button.only, code)) if code else None


async def give(request: Request, button: Give) -> View | Answer:
    """Hand it over, to somebody the officer knows or who named the code, once it is said where its originals are."""
    if button.fetched_by not in handovers.FETCHERS:
        raise Refused("old_button")
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        look = await documents.status(tx, button.number, officer.chat, request.now)
        found = [
            one
            for one in look.documents
            if button.only in (0, one.id) and request.workflow.is_in_sight(officer, one.village)
        ]
        ready = handovers.may_give(request.workflow, officer, found)
        key = await _why_not(tx, button, officer, found, ready, request.now)
        if ready and not key and not await _originals_told(tx, request, officer, ready, button.originals):
            return OriginalsAskedView(button.number, button.only, button.seen, button.fetched_by, button.proof)
        result = None if key else await _give(tx, request, button, officer, found, ready)
    if result is None:  # outside the transaction, for a wrong code was counted in it
        raise Refused(key, then=None if key == "not_yours" else HandOverView(button.number, button.only))
    stage = next((one.stage for one in (*result.moved, *result.repeated)), "")
    return answer_to(result, stage, request, on_card=True)


async def _why_not(
    tx: Tx, button: Give, officer: Person, found: list[Document], ready: list[Document], now: int
) -> str:
    """The key of the reason why this may not be handed over; nothing if it may, or if it has been and nothing moves."""
    if not found:
        return "not_yours"
    if not ready:
        return ""
    if sum(one.version for one in ready) != button.seen:
        return "changed"
    if button.proof == KNOWN:
        return "" if await handovers.may_vouch(tx, officer, ready) else "not_yours"
    return "" if await pickup.is_right(tx, ready[0].request, button.proof, now) else "wrong_code"


async def _originals_told(tx: Tx, request: Request, officer: Person, ready: list[Document], told: int) -> bool:
    """True if no original would stay behind with nothing said of it. What went back is noted."""
    papers = await handovers.staying(tx, request.workflow, officer, ready)
    if not papers.out or told == missing(papers.seen):
        return True
    if told != all_back(papers.seen):
        return False
    found, actor = await documents.of_request(tx, ready[0].request), Actor(officer, request.now)
    return bool(await custody.note(tx, request.workflow, found, papers.out, custody.BACK, papers.seen, actor))


async def _give(
    tx: Tx, request: Request, button: Give, officer: Person, found: list[Document], ready: list[Document]
) -> MoveResult:
    actor, proof = Actor(officer, request.now), button.proof if button.proof == KNOWN else "code"
    if ready:
        return await handovers.give(tx, request.workflow, ready, button.fetched_by, proof, actor)
    # It has been handed over: by this very person a moment ago, or by somebody else. Nothing moves, and that is told.
    before = [Seen(one.id, one.version - 1) for one in found]
    return await documents.move(tx, request.workflow, before, request.workflow.route(found[0].type)[-1], actor)


async def ask_receiver(request: Request, button: AskReceiver) -> View:
    """Ask whoever follows the number."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        ready = await ready_for(tx, request, button.number)
        if not await _originals_told(tx, request, officer, ready, button.originals):
            return OriginalsAskedView(button.number)
        post = handovers.giver(request.workflow, officer, ready[0])
        facts = ReceiverView(ready[0].request).facts()
        count = await handovers.ask(tx, ready[0], post, facts, Actor(officer, request.now))
    return AskedView(button.number, count, request.now + handovers.ASKED_FOR)


async def received(request: Request, button: Received) -> View:
    """A follower holds the documents now: the officer who asked hands them over by that."""
    async with request.storage.transaction() as tx:
        found = await documents.of_request(tx, button.request)
        if not found or not await people.follow_of(tx, request.person.chat, found[0].number):
            raise Refused("old_button")
        officer = await handovers.asker(tx, button.request, request.now)
        ready = handovers.may_give(request.workflow, officer, found) if officer else []
        if officer is None or officer.chat == request.person.chat or not ready:
            done = all(one.stage in request.workflow.at_home for one in found)
            raise Refused("received" if done else "not_asked")
        result = await handovers.give(
            tx, request.workflow, ready, handovers.FOLLOWER, "tap", Actor(officer, request.now)
        )
        if result.act is not None:
            facts = ActedView(result.act, result.moved[0].stage, request=button.request).facts()
            await handovers.answer_officer(tx, officer.chat, result.act, facts, request.now)
    return NoteView("received")


async def not_received(request: Request, button: NotReceived) -> Answer:
    """A family did not get what was recorded as handed over to it."""
    async with request.storage.transaction() as tx:
        chat, now = request.person.chat, request.now
        found = await handovers.object_to(tx, request.workflow, button.act, button.request, chat, now)
        if found is None:
            raise Refused("too_old")
        await handovers.tell(tx, found, ObjectionView(button.act, button.request).facts(), now)
    return Answer(NoteView("objected"), fresh=True)


async def settle(request: Request, button: Settle) -> Answer:
    """It is cleared up."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        mine = {(one.act, one.request) for one in await handovers.objections(tx, officer)}
        if (button.act, button.request) not in mine:
            raise Refused("changed", then=ObjectionsView())
        await handovers.settle(tx, button.act, button.request, request.now)
    return Answer(ObjectionsView(), recorded=True)


HANDOVER = Feature(
    buttons={
        HandOver: for_staff(HandOverView),
        ShowFamilies: for_staff(FamiliesView),
        TypeCode: type_code,
        Give: give,
        AskReceiver: ask_receiver,
        Received: received,
        NotReceived: not_received,
        ShowObjections: for_staff(ObjectionsView),
        Settle: settle,
    },
    replies={TypeCode: code_written},
)

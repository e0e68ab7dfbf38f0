"""One document at a time: open it, take a leg, take that back."""

from collections.abc import Callable, Iterable

from handlers.chosen import must_see
from handlers.context import Request
from handlers.documents.buttons import OpenDocument, OtherWays, TakeLeg, TakeTogether, Undo
from handlers.documents.screens import Faster
from handlers.documents.views import ActedView, DocumentView, OtherWaysView, OvertakenView
from handlers.feature import Feature, for_staff
from handlers.view import Answer, Refused, View, officer_of, staff_only
from handlers.wording.sentences import SENTENCES
from locales import _, dates
from storage import documents, ledger
from storage.db.protocol import Tx
from storage.heads import looks
from storage.mistakes import taking_back
from storage.records import Actor, MoveResult, Overtaken, Person, Seen
from storage.road import consignments
from storage.workflow import Workflow

SENTENCES |= {
    "not_yours": _("This is another officer's task. Yours: /tugas."),
    "too_late": _("Too late to take it back. Please ask the district desk to put it right."),
    "too_late_for_you": _("Too late to take it back. Please open the number and tap “Put right”."),
}


async def open_document(request: Request, button: OpenDocument) -> Answer:
    """One document with its road and the legs I may complete."""
    staff_only(request.person)
    async with request.storage.transaction() as tx:
        found = await must_see(tx, request.workflow, request.person, button.document)
        await looks.note(tx, request.workflow, request.person, looks.NUMBER, [found.number], request.now)
    return Answer(DocumentView(button.document), fresh=True)


async def take_leg(request: Request, button: TakeLeg) -> Answer:
    """Complete a leg for one document."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        if button.stage in request.workflow.at_home:
            await _refuse_by_hand(tx, request.workflow, officer, button.document, button.stage)
        seen, actor = [Seen(button.document, button.seen)], Actor(officer, request.now)
        result = await documents.move(tx, request.workflow, seen, button.stage, actor)
        if result.act is None:
            await must_see(tx, request.workflow, officer, button.document)
        elif request.workflow.stages[button.stage].place != "road":  # where nobody receives it
            await consignments.give(tx, request.workflow, button.stage, result, actor)
    return answer_to(result, button.stage, request, on_card=True)


async def take_together(request: Request, button: TakeTogether) -> Answer:
    """Complete a leg for several documents of one number."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        look = await documents.status(tx, button.number, officer.chat, request.now)
        wanted = [one for place, one in enumerate(look.documents) if button.which >> place & 1]
        if not wanted:
            raise Refused("not_yours")
        await must_see(tx, request.workflow, officer, wanted[0].id)
        if button.stage in request.workflow.at_home:
            await _refuse_by_hand(tx, request.workflow, officer, wanted[0].id, button.stage)
        # Each has its own version; as many steps further for all of them is a tap that was done before.
        further, odd = divmod(sum(one.version for one in wanted) - button.seen, len(wanted))
        if odd or further < 0:
            raise Refused("changed", then=DocumentView(wanted[0].id))
        seen, actor = [Seen(one.id, one.version - further) for one in wanted], Actor(officer, request.now)
        result = await documents.move(tx, request.workflow, seen, button.stage, actor)
        if result.moved and result.overtaken:
            raise Refused("changed", then=DocumentView(wanted[0].id))  # PostgreSQL: one was faster; nothing has moved
        await consignments.give(tx, request.workflow, button.stage, result, actor)
    return answer_to(result, button.stage, request, on_card=True)


async def _refuse_by_hand(tx: Tx, workflow: Workflow, officer: Person, id: int, stage: str) -> None:
    """Raises Refused for what goes into a family's hands: who fetched it, and how one knew, is asked first."""
    found = await must_see(tx, workflow, officer, id)
    may = workflow.doer(officer, found.type, found.village, found.stage, stage)
    raise Refused("changed" if may or found.stage == stage else "not_yours", then=DocumentView(id))


Emptied = Callable[[tuple[Faster, ...]], View]  # what is left of a bag, and who had moved what of it


def answer_to(
    result: MoveResult, stage: str, request: Request, *, on_card: bool = False, emptied: Emptied | None = None
) -> Answer:
    """What came of a move, on the card of a number, or of a bag, which does not become the card of a number if it is
    `emptied`. Raises Refused if nothing came of it.
    """
    faster = _faster(result.overtaken, request) if result.overtaken else ()
    if result.act is not None:
        barred = tuple(one.number for one in result.not_permitted)
        view = ActedView(result.act, stage, faster, barred, result.moved[0].request if on_card else 0, result=result)
        return Answer(view, recorded=True)
    if result.repeated:
        first = result.repeated[0]
        again = result.before and ActedView(result.before, stage, request=first.request if on_card else 0)
        left = emptied(faster) if emptied else DocumentView(first.id)
        return Answer(again or left, recorded=False)
    if emptied:
        raise Refused("changed" if faster else "not_yours", then=emptied(faster))
    if len(result.overtaken) == 1:
        raise Refused("changed", then=DocumentView(result.overtaken[0].document.id))
    if result.overtaken:
        raise Refused("changed", then=OvertakenView(faster))
    raise Refused("not_yours", then=DocumentView(result.not_permitted[0].id))


def _faster(overtaken: Iterable[Overtaken], request: Request) -> tuple[Faster, ...]:
    """Who had moved what, an entry for each role and minute."""
    groups: dict[tuple[str, int], list[str]] = {}
    for one in overtaken:
        role = "" if one.chat == request.person.chat else one.role
        groups.setdefault((role, one.at // dates.MINUTE * dates.MINUTE), []).append(one.document.number)
    return tuple((role, at, tuple(numbers)) for (role, at), numbers in groups.items())


async def naming_own(tx: Tx, result: MoveResult) -> MoveResult:
    """The same of a bag of which nothing moved, naming with what others had moved what this person had."""
    own = [await documents.overtaken(tx, one) for one in result.repeated if result.act is None]
    return result._replace(overtaken=(*result.overtaken, *own))


async def undo(request: Request, button: Undo) -> Answer:
    """Take an act of mine back while that can be."""
    try:
        return await _undo(request, button)
    except taking_back.GoneOn as gone:
        raise Refused("changed", then=OvertakenView(_faster(gone.overtaken, request))) from None


async def _undo(request: Request, button: Undo) -> Answer:
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        act = await ledger.act_of(tx, button.act)
        events = await ledger.events_of(tx, button.act)
        back = await taking_back.undo(tx, request.workflow, button.act, Actor(officer, request.now))
    if act is None or act.chat != officer.chat or not events:
        raise Refused("old_button")
    faster = _faster(back.overtaken, request) if back else ()
    view = ActedView(act.id, events[0].to_stage, faster)
    if back is None and act.undone_by is None:
        corrects = officer.holds(*request.workflow.district.district.corrects)
        raise Refused("too_late_for_you" if corrects else "too_late", then=view)
    return Answer(view, toast=request.t("Undone."))


DOCUMENTS = Feature(
    buttons={
        OpenDocument: open_document,
        TakeLeg: take_leg,
        TakeTogether: take_together,
        OtherWays: for_staff(OtherWaysView),
        Undo: undo,
    },
)

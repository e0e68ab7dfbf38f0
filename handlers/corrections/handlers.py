"""Put right where documents are, and withdraw what was filed by mistake. Who may is asked when it is done."""

from collections.abc import Sequence

from handlers.chosen import must_see
from handlers.context import Request
from handlers.corrections.buttons import (
    AddDocument,
    AskWhere,
    AskWhy,
    AskWhyBack,
    Correct,
    PutRight,
    Relocate,
    Retype,
    TakeBack,
    Withdraw,
)
from handlers.corrections.views import (
    AddDocumentView,
    CorrectView,
    RelocateView,
    RetypeView,
    WhereView,
    WhyBackView,
    WhyView,
)
from handlers.documents.views import ActedView, DocumentView
from handlers.feature import Feature, for_staff
from handlers.lookup.views import StatusView
from handlers.view import Answer, Refused, View, officer_of
from handlers.wording.layout import grouped
from handlers.wording.names import REASONS
from locales import words
from storage import corrections, documents, ledger
from storage.db.protocol import Tx
from storage.holds.returns import Said
from storage.mistakes import wrong_village
from storage.records import Actor, Document, MoveResult, Seen

KINDS = ("correct", "withdraw", "retype", wrong_village.KIND)


async def put_right(request: Request, button: PutRight) -> Answer:
    """Where a document really is."""
    seen = [Seen(button.document, button.seen)]
    async with request.storage.transaction() as tx:
        actor = await _actor(tx, request)
        result = await corrections.put_right(tx, request.workflow, seen, button.stage, _known(button.reason), actor)
        present = await _present(tx, request, button.document, DocumentView(button.document))
    return _answer(request, result, present, button.stage)


async def take_back(request: Request, button: TakeBack) -> Answer:
    """A whole act of somebody else."""
    async with request.storage.transaction() as tx:
        actor = await _actor(tx, request)
        result = await corrections.take_back(tx, request.workflow, button.act, _known(button.reason), actor)
    return _answer(request, result, StatusView((button.number,)))


async def withdraw(request: Request, button: Withdraw) -> Answer:
    """What was filed by mistake ends."""
    async with request.storage.transaction() as tx:
        actor = await _actor(tx, request)
        look = await documents.status(tx, button.number, request.person.chat, request.now)
        for one in look.documents[:1]:
            await must_see(tx, request.workflow, actor.person, one.id)
        asked = [one for one in look.documents if button.document in (0, one.id)]
        wanted = [
            Seen(one.id, one.version)
            for one in asked
            if corrections.withdrawing_post(request.workflow, actor.person, one)
        ]
        if asked and all(one.stage == corrections.WITHDRAWN for one in asked):
            present = await _present(tx, request, asked[0].id, StatusView((button.number,)))
            return Answer(present, recorded=False)
        said = await _goes_on(tx, request, f"{button.same:012}", look.documents) if button.same else {}
        result = await corrections.withdraw(tx, request.workflow, wanted, actor, said)
    return _answer(request, result, StatusView((button.number,)))


async def _goes_on(tx: Tx, request: Request, same: str, ended: Sequence[Document]) -> Said:
    """What is said of a request that was filed twice: under which number it goes on. Raises Refused if it does not."""
    look = await documents.status(tx, same, request.person.chat, request.now)
    villages = {one.village for one in ended}
    if not any(one.closed_at is None and one.village in villages for one in look.documents):
        raise Refused("changed", then=StatusView((ended[0].number,)) if ended else None)
    spoken = {lang: words(lang) for lang in request.workflow.district.district.languages}
    return {
        lang: [t("It was registered twice and goes on under {number}", number=grouped(same))]
        for lang, t in spoken.items()
    }


async def add_document(request: Request, button: AddDocument) -> View | Answer:
    """What was forgotten joins what was filed; which kind it is, is asked first."""
    try:
        return await _add(request, button)
    except ledger.Twice:
        return Answer(StatusView((button.number,)), recorded=False)


async def _add(request: Request, button: AddDocument) -> View | Answer:
    present = StatusView((button.number,))
    async with request.storage.transaction() as tx:
        actor = await _actor(tx, request)
        look = await documents.status(tx, button.number, request.person.chat, request.now)
        for one in look.documents[:1]:
            await must_see(tx, request.workflow, actor.person, one.id)
        if not button.type:
            return AddDocumentView(button.number)
        if any(one.type == button.type for one in look.documents):
            return Answer(present, recorded=False)
        if not await corrections.add(tx, request.workflow, look.documents, button.type, actor):
            raise Refused("changed", then=present)
    return Answer(present, recorded=True)


async def retype(request: Request, button: Retype) -> View | Answer:
    """Of which kind a document really is; which, is asked first."""
    present: View = DocumentView(button.document)
    async with request.storage.transaction() as tx:
        actor = await _actor(tx, request)
        found = await must_see(tx, request.workflow, actor.person, button.document)
        if not button.type:
            return RetypeView(button.document)
        if found.type == button.type:
            present = await _present(tx, request, button.document, present)
            return Answer(present, recorded=False)
        seen = Seen(button.document, button.seen)
        result = await corrections.retype(tx, request.workflow, seen, button.type, actor)
    return _answer(request, result, present)


async def relocate(request: Request, button: Relocate) -> View | Answer:
    """Of which village a request really is; which, is asked first."""
    present: View = DocumentView(button.document)
    async with request.storage.transaction() as tx:
        actor = await _actor(tx, request)
        found = await must_see(tx, request.workflow, actor.person, button.document)
        if not button.village:
            return RelocateView(button.document, button.page)
        if found.village == button.village:
            present = await _present(tx, request, button.document, present)
            return Answer(present, recorded=False)
        seen = Seen(button.document, button.seen)
        result = await wrong_village.put_right(tx, request.workflow, seen, button.village, actor)
    return _answer(request, result, present)


async def _actor(tx: Tx, request: Request) -> Actor:
    return Actor(await officer_of(tx, request), request.now)


async def _present(tx: Tx, request: Request, id: int, otherwise: View) -> View:
    """What this person put right of a document if that is the last that was done to it, with the way back."""
    found = await documents.get(tx, id)
    last = await ledger.event_at(tx, id, found.version) if found else None
    act = await ledger.act_of(tx, last.act) if last else None
    if found is None or act is None or act.chat != request.person.chat or act.kind not in KINDS:
        return otherwise
    return ActedView(act.id, found.stage)


def _known(reason: str) -> str:
    if reason not in REASONS:
        raise Refused("old_button")
    return reason


def _answer(request: Request, result: MoveResult | None, present: View, stage: str = "") -> Answer:
    """What came of it. A second tap finds its documents at that `stage` already, by the same hand."""
    if result is None:
        raise Refused("not_yours")  # not even where it is is told
    if result.act is None:
        mine = [one for one in result.overtaken if one.chat == request.person.chat and one.document.stage == stage]
        if mine and len(mine) == len(result.overtaken):
            return Answer(present, recorded=False)
        raise Refused("changed", then=present)
    view = ActedView(result.act, result.moved[0].stage, result=result)
    return Answer(view, recorded=True)


CORRECTIONS = Feature(
    buttons={
        Correct: for_staff(CorrectView),
        AddDocument: add_document,
        AskWhere: for_staff(WhereView),
        AskWhy: for_staff(WhyView),
        AskWhyBack: for_staff(WhyBackView),
        PutRight: put_right,
        Relocate: relocate,
        Retype: retype,
        TakeBack: take_back,
        Withdraw: withdraw,
    },
)

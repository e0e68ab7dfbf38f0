"""A family asks its village or the desk, or tells the head alone that it was asked for money."""

from handlers.context import Request
from handlers.feature import Feature, for_staff
from handlers.feedback.buttons import (
    AnswerQuestion,
    AskedBy,
    AskedForMoney,
    AskQuestion,
    SeeDemand,
    SettleDemand,
    ShowDemands,
    ShowFeedback,
    ShowQuestion,
    ShowQuestions,
    SkipLine,
    TellDemand,
    WriteLine,
)
from handlers.feedback.views import (
    AskedByView,
    DemandSettledView,
    DemandsView,
    DemandToldView,
    DemandView,
    FeedbackView,
    QuestionAnsweredView,
    QuestionAskedView,
    QuestionsView,
    QuestionView,
)
from handlers.lookup.handlers import look_up_sound, sound
from handlers.view import Answer, Refused, View, must_not_rest, officer_of
from storage import documents
from storage.db.protocol import Tx
from storage.feedback import demands, lines, questions
from storage.feedback.demands import Demand
from storage.feedback.questions import ANSWERS, LOOK, OpenQuestion
from storage.records import Document


async def show_feedback(request: Request, button: ShowFeedback) -> View:
    """What can be asked and told of a number."""
    return FeedbackView((await document_of(request, button.number)).number)


async def document_of(request: Request, number: str) -> Document:
    """The first document of a number that this person may see. Raises Refused."""
    return (await documents_of(request, number))[0]


async def documents_of(request: Request, number: str) -> list[Document]:
    """The documents of a number that this person may see. Raises Refused."""
    found = await look_up_sound(request, (sound(number),))
    of_it = [one for look in found.looks or () for one in look.documents]
    if not of_it:
        raise Refused("changed", then=found)
    return of_it


async def ask_who(request: Request, button: AskedForMoney) -> View:
    """Who asked for money."""
    return AskedByView((await document_of(request, button.number)).number)


async def ask_paid(request: Request, button: AskedBy) -> View:
    """How much was paid."""
    if button.role not in demands.WHO:
        raise Refused("old_button")
    return AskedByView((await document_of(request, button.number)).number, button.role)


async def tell(request: Request, button: TellDemand) -> View:
    """Tell it: the village and the role alone, for the head."""
    if button.role not in demands.WHO or button.paid not in demands.PAID:
        raise Refused("old_button")
    village, chat, now = (await document_of(request, button.number)).village, request.person.chat, request.now
    async with request.storage.transaction() as tx:
        demand = await demands.note(tx, chat, request.t.lang, village, button.role, button.paid, now)
        if demand is not None:
            await demands.tell(tx, demand, village, DemandView(demand).facts(), now)
    return DemandToldView(button.number)


async def see(request: Request, button: SeeDemand) -> Answer:
    """A head has read it."""
    async with request.storage.transaction() as tx:
        found = await _open(tx, request, button.demand)
        is_new = await demands.see(tx, found.id, request.now)
    return Answer(DemandsView(), recorded=is_new)


async def settle(request: Request, button: SettleDemand) -> Answer:
    """It is settled: whoever told it hears so."""
    async with request.storage.transaction() as tx:
        found = await _open(tx, request, button.demand)
        await demands.settle(tx, found, DemandSettledView().facts(found.lang), request.now)
    return Answer(DemandsView(), recorded=True)


async def _open(tx: Tx, request: Request, id: int) -> Demand:
    """One that this head may read. Raises Refused, for others in the same words whether it is there or not."""
    officer, found = await officer_of(tx, request), await demands.get(tx, id)
    if not officer.holds("head") or (found and not demands.may_read(officer, found.village)):
        raise Refused("not_yours")
    if found is None:
        raise Refused("changed", then=DemandsView())
    return found


# Questions


async def ask(request: Request, button: AskQuestion) -> View:
    """Ask the village or the desk; of each number one thing at a time."""
    if button.what not in ANSWERS:
        raise Refused("old_button")
    found, now = await documents_of(request, button.number), request.now
    if button.what not in questions.to_ask(found):
        raise Refused("changed", then=FeedbackView(found[0].number))
    village = found[0].village
    async with request.storage.transaction() as tx:
        await must_not_rest(tx, request)
        lang, chat = request.t.lang, request.person.chat
        id, role, is_new = await questions.ask(tx, request.workflow, chat, lang, found, button.what, now)
        if is_new:
            await questions.tell(tx, id, role, village, QuestionView(id).facts(), now, lines.WRITING)
    return QuestionAskedView(found[0].number, role, village, again=int(not is_new), question=id)


async def skip_line(request: Request, button: SkipLine) -> View:
    """The question goes as it is, now."""
    chat, now = request.person.chat, request.now
    async with request.storage.transaction() as tx:
        found = await questions.get(tx, button.question)
        if found is None or found.chat != chat:
            raise Refused("old_button")
        await lines.skip(tx, found.id, chat)
        await questions.tell(tx, found.id, found.role, found.village, QuestionView(found.id).facts(), now)
    return QuestionAskedView(found.number, found.role, found.village, question=found.id)


async def show_question(request: Request, button: ShowQuestion) -> View:
    """One of them."""
    async with request.storage.reading() as tx:
        return QuestionView((await _asked(tx, request, button.question)).id, opened=1)


async def write_line(request: Request, button: WriteLine) -> View:
    """What this officer writes next goes with the answer."""
    async with request.storage.transaction() as tx:
        found = await _asked(tx, request, button.question)
        await lines.begin(tx, found.id, lines.DRAFT, request.person.chat, request.now)
    return QuestionView(found.id, opened=1)


async def answer(request: Request, button: AnswerQuestion) -> Answer:
    """The family gets this answer."""
    chat, now, said = request.person.chat, request.now, button.answer
    async with request.storage.transaction() as tx:
        found = await _asked(tx, request, button.question)
        if said == "soon" and button.day <= now:
            raise Refused("changed", then=QuestionView(found.id, opened=1))  # the day of a card of last month
        of_it = (await documents.status(tx, found.number, found.chat, now)).documents
        if (
            said in ANSWERS[found.what]
            and said != LOOK
            and said not in questions.answers(request.workflow, found, of_it)
        ):
            raise Refused("changed", then=QuestionView(found.id, opened=1))
        has_line = (await lines.of(tx, found.id, lines.DRAFT, chat, now))[0] != ""
        if said not in ANSWERS[found.what] and not (said == lines.ALONE and has_line):
            raise Refused("old_button")
        view = QuestionAnsweredView(
            found.number, found.village, found.role, found.what, said, button.day, question=found.id * has_line
        )
        is_new = await questions.answer(tx, found, said, chat, view.facts(found.lang), now)
    return Answer(QuestionsView(), recorded=is_new)


async def _asked(tx: Tx, request: Request, id: int) -> OpenQuestion:
    """A question that this officer may answer. Raises Refused."""
    officer, found = await officer_of(tx, request), await questions.get(tx, id)
    if found is None:
        raise Refused("changed", then=QuestionsView())
    if not questions.may_answer(officer, found):
        raise Refused("not_yours", then=QuestionsView())  # it may have been, until its village was put right
    return found


FEEDBACK = Feature(
    buttons={
        ShowFeedback: show_feedback,
        AskedForMoney: ask_who,
        AskedBy: ask_paid,
        TellDemand: tell,
        AskQuestion: ask,
        SkipLine: skip_line,
        ShowQuestions: for_staff(QuestionsView),
        ShowQuestion: show_question,
        WriteLine: write_line,
        AnswerQuestion: answer,
        ShowDemands: for_staff(DemandsView),
        SeeDemand: see,
        SettleDemand: settle,
    },
)

"""What a family can say, and what it said, as things are now."""

from handlers.context import Viewer
from handlers.feedback.question_screens import (
    WithIt,
    answer_screen,
    asked_screen,
    office_name,
    question_screen,
    questions_screen,
    sealed_screen,
)
from handlers.feedback.screens import (
    demand_screen,
    demands_screen,
    feedback_screen,
    paid_screen,
    settled_screen,
    told_screen,
    who_screen,
)
from handlers.reply import Screen
from handlers.view import Refused, View
from locales import dates
from storage import documents
from storage.feedback import demands, lines, questions


class FeedbackView(View, name="voices"):
    """What can be asked and told of a number."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            look = await documents.status(tx, self.number, viewer.person.chat, viewer.now)
        return feedback_screen(self.number, questions.to_ask(look.documents), viewer.t)


class AskedByView(View, name="asked_by"):
    """Who asked for money; then, of what `role`, how much was paid."""

    number: str
    role: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        return paid_screen(self.number, self.role, viewer.t) if self.role else who_screen(self.number, viewer.t)


class DemandToldView(View, name="demand_told"):
    """It was told to the head."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        return told_screen(viewer.workflow, self.number, viewer.t)


class DemandView(View, name="demand"):
    """A family was asked for money; nothing, if that is settled."""

    demand: int
    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            found = await demands.get(tx, self.demand)
        if found is None:
            return None
        if not demands.may_read(viewer.person, found.village):
            raise Refused("not_yours")
        return demand_screen(viewer.workflow, found, viewer.t, viewer.now)


class DemandsView(View, name="demands"):
    """All that this head may read of it and that is not settled."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await demands.open_to(tx, viewer.person)
        return demands_screen(viewer.workflow, found, viewer.t, viewer.now)


class DemandSettledView(View, name="demand_settled"):
    """Whoever told it hears that it is settled."""

    heard: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        return settled_screen(viewer.workflow, viewer.t)


class QuestionAskedView(View, name="question_asked"):
    """The village or the desk has the question; or it has another one of this chat about the same number (`again`).

    What goes with it, and until when it may be written. Of what was written long numbers were `left_out`.
    """

    number: str
    role: str
    village: str
    again: int = 0
    question: int = 0
    left_out: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            line, until = await lines.of(tx, self.question, lines.ASKED, viewer.person.chat, viewer.now)
        office = office_name(viewer.workflow, self.role, self.village, viewer.t)
        with_it = _with_it(viewer, self.question, line, until, self.left_out)
        return asked_screen(self.number, office, with_it, viewer.t, again=bool(self.again))


class QuestionView(View, name="question"):
    """What a family asks, and the answers; nothing, if it is answered, or no longer this officer's.

    The line that the family wrote is for whoever has `opened` it, in no message that comes by itself. Of the officer's
    own line long numbers were `left_out`.
    """

    question: int
    heard: int = 0
    opened: int = 0
    left_out: int = 0

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            found = await questions.get(tx, self.question)
            line = await lines.asked(tx, self.question)
            mine, until = await lines.of(tx, self.question, lines.DRAFT, viewer.person.chat, viewer.now)
            of_it = (await documents.status(tx, found.number, found.chat, viewer.now)).documents if found else ()
        if found is None or not questions.may_answer(viewer.person, found):
            return None
        if line and not self.opened:
            return sealed_screen(viewer.workflow, found, viewer.t, viewer.now)
        mine_with_it = _with_it(viewer, found.id, mine, until, self.left_out)
        return question_screen(viewer.workflow, found, of_it, line, mine_with_it, viewer.t, viewer.now)


def _with_it(viewer: Viewer, question: int, line: str, until: int, left_out: int) -> WithIt:
    moment = dates.moment(until, viewer.now, viewer.workflow.zone, viewer.t.lang) if until else ""
    return WithIt(question, line, moment, is_cut=bool(left_out))


class QuestionsView(View, name="questions"):
    """All that this officer has to answer."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await questions.open_to(tx, viewer.workflow, viewer.person, viewer.now)
        return questions_screen(viewer.workflow, found, viewer.t, viewer.now)


class QuestionAnsweredView(View, name="question_answered"):
    """The family reads the answer of a role; `day` (epoch ms) is by when a mistake is put right.

    Where a line goes with it, that is found by the `question`: no row of the outbox holds it.
    """

    number: str
    village: str
    role: str
    what: str
    answer: str
    day: int = 0
    heard: int = 0
    question: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            line, _ = await lines.of(tx, self.question, self.answer, viewer.person.chat, viewer.now)
        office = office_name(viewer.workflow, self.role, self.village, viewer.t)
        day = dates.day(self.day, viewer.now, viewer.workflow.zone, viewer.t.lang)
        return answer_screen(self.number, self.what, self.answer, office, day, line, viewer.t)

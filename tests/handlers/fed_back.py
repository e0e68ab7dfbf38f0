"""The part of the gallery that shows what families say."""

from handlers.aloud.screens import aloud_screen
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
from handlers.opinions.screens import why_screen
from locales import Words, dates
from storage.feedback.demands import PAID, WHO, Demand
from storage.feedback.lines import ALONE
from storage.feedback.questions import ANSWERS, OpenQuestion
from storage.workflow import Workflow
from tests.gallery import CITIZEN, ID, NOW, Wall, document, looked_up, numbers


def said(t: Words, workflow: Workflow) -> Wall:
    number = numbers(1)[0]
    yield "read aloud", aloud_screen(workflow, CITIZEN, looked_up(document()), t, NOW)
    yield "what could be better", why_screen(ID, t)
    yield "ask or report", feedback_screen(number, tuple(ANSWERS), t)
    yield "who asked for money", who_screen(number, t)
    yield "asked for money, told", told_screen(workflow, number, t)
    yield "asked for money, settled", settled_screen(workflow, t)
    money = [Demand(ID - i, ID, "id", "tlogopakis", role, PAID[i % 4], NOW, None) for i, role in enumerate(WHO)]
    for one in money:
        yield f"asked for money by {one.role}", demand_screen(workflow, one, t, NOW)
        yield f"how much to {one.role}", paid_screen(number, one.role, t)
    yield "all who were asked for money", demands_screen(workflow, [*money, money[0]._replace(seen_at=NOW)], t, NOW)
    yield "nobody was asked for money", demands_screen(workflow, [], t, NOW)
    yield from asked(t, workflow, number)


def asked(t: Words, workflow: Workflow, number: str) -> Wall:
    offices = [office_name(workflow, role, "tlogopakis", t) for role in ("village_officer", "district_desk")]
    for is_again, office in enumerate(offices):
        yield f"asked {is_again}", asked_screen(number, office, WithIt(ID), t, again=bool(is_again))
    waits = WithIt(ID, until=dates.moment(NOW, NOW, workflow.zone, t.lang))
    ready = WithIt(ID, "Nama anak saya masih salah tulis", is_cut=True)
    for with_it in (waits, ready):
        yield f"asked, with a line {with_it.line}", asked_screen(number, office, with_it, t, again=False)
    open_ones = [
        OpenQuestion(ID, ID, "id", number, "tlogopakis", what, "village_officer", NOW, None) for what in ANSWERS
    ]
    ready_ones = [document(stage="ready_at_village"), document("KTP")]
    weekday = dates.weekday(NOW, workflow.zone, t.lang)
    for one in open_ones:
        yield f"a family asks {one.what}", question_screen(workflow, one, ready_ones, "", WithIt(ID), t, NOW)
        for said in (*ANSWERS[one.what], ALONE):
            answer = answer_screen(number, one.what, said, offices[0], weekday, "", t)
            yield f"answered {one.what} {said}", answer
    yield "answered with a line", answer_screen(number, "when", ALONE, offices[0], "", ready.line, t)
    seen = open_ones[0]._replace(seen_at=NOW)
    yield "a family asks, and somebody looks", question_screen(workflow, seen, ready_ones, "", WithIt(ID), t, NOW)
    yield "a family asks with a line", sealed_screen(workflow, seen, t, NOW)
    yield "a family asks with a line, opened", question_screen(workflow, seen, ready_ones, ready.line, waits, t, NOW)
    yield "an answer gets a line", question_screen(workflow, seen, ready_ones, ready.line, ready, t, NOW)
    yield "questions", questions_screen(workflow, open_ones, t, NOW)
    yield "no questions", questions_screen(workflow, [], t, NOW)

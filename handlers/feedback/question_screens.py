"""A family asks about a number: what it reads, and the village or the desk."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handlers.bags.buttons import ShowTasks
from handlers.feedback.buttons import (
    AnswerQuestion,
    AskQuestion,
    ShowFeedback,
    ShowQuestion,
    ShowQuestions,
    SkipLine,
    WriteLine,
)
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names, whereabouts
from handlers.wording.layout import GAP, bold, button, column, grouped, page
from locales import Words, dates
from storage.feedback.lines import ALONE
from storage.feedback.questions import LOOK, PATIENCE, SOON, OpenQuestion, answers
from storage.records import Document
from storage.workflow import Workflow


def keys(number: str, offered: Sequence[str], t: Words) -> tuple[tuple[Button, ...], ...]:
    """A button for each question that may be asked."""
    return column(button(words_of(what, t), AskQuestion(number, what)) for what in offered)


def words_of(what: str, t: Words) -> str:
    """A question."""
    words = {
        "when": t("When can I fetch it?"),
        "bring": t("What must I bring?"),
        "missing": t("What is missing?"),
        "mistake": t("There is a mistake in it"),
    }
    return words[what]


class WithIt(NamedTuple):
    """The line that goes with a question or an answer; until it is written, until when it is waited for (in words).

    `is_cut`: long numbers were left out of it.
    """

    question: int
    line: str = ""
    until: str = ""
    is_cut: bool = False

    def told(self, said: str, t: Words) -> Iterator[str]:
        """What is written (as `said` has it), or what may be."""
        if self.line:
            yield said
            yield t("Long numbers were left out.") if self.is_cut else ""
        elif self.until:
            yield GAP
            yield t("You may add one line: write it here until {moment}. No names, no NIK.", moment=self.until)


def asked_screen(number: str, office: str, with_it: WithIt, t: Words, *, again: bool) -> Screen:
    """Whom it was asked, what goes with it, and what becomes of it; or that one question about this number is enough
    for now.
    """
    where = (
        t("You have asked already: the question is with {office}.", office=office)
        if again
        else t("It is now with {office}.", office=office)
    )
    days = dates.working_days(PATIENCE, t.lang)
    skip: Rows = ((button(t("Without a line"), SkipLine(with_it.question)),),) if with_it.until else ()
    return Screen(
        page(
            bold(t("Your question · {number}", number=grouped(number))),
            where,
            t("The answer comes to this chat."),
            t("No answer after {days}? The head of the district sees that.", days=days),
            *with_it.told(t("Your line goes along: “{line}”", line=with_it.line), t),
        ),
        (*skip, (button(t("Back"), ShowFeedback(number)),)),
    )


def office_name(workflow: Workflow, role: str, village: str, t: Words) -> str:
    """Where a role works, in a sentence."""
    if role == "district_desk":
        return t("the district office")
    return t("the office of {village}", village=names.village_name(workflow, village))


# Who answers


def sealed_screen(workflow: Workflow, asked: OpenQuestion, t: Words, now: int) -> Screen:
    """One of them that comes by itself: its line is read by a tap."""
    return Screen(
        page(
            bold(t("A family asks")),
            _line(workflow, asked, t, now),
            words_of(asked.what, t),
            t("A line of theirs came with it. Please read it before you answer."),
        ),
        ((button(t("Read and answer"), ShowQuestion(asked.id)),),),
    )


def question_screen(
    workflow: Workflow, asked: OpenQuestion, of_it: Sequence[Document], line: str, mine: WithIt, t: Words, now: int
) -> Screen:
    """One of them, with where the documents `of_it` are, its answers, and the line of mine that goes with one."""
    day = workflow.calendar.opening_after(now, SOON)
    labels = _labels(dates.day(day, now, workflow.zone, t.lang), t)
    offered = (*answers(workflow, asked, of_it), *((ALONE,) if mine.line else ()))
    rows = tuple(
        (button(labels[said], AnswerQuestion(asked.id, said, day if said == "soon" else 0)),) for said in offered
    )
    write = t("Write another line") if mine.line else t("Add one line")
    return Screen(
        page(
            bold(t("A family asks")),
            _line(workflow, asked, t, now),
            whereabouts.places(workflow, of_it, t),
            words_of(asked.what, t),
            t("Their line: “{line}”", line=line) if line else "",
            t("Your tap sends the answer to their chat.") if asked.seen_at is None else _seen(workflow, asked, t, now),
            *mine.told(t("Your line goes with it: “{line}”", line=mine.line), t),
        ),
        (
            *rows,
            (button(write, WriteLine(asked.id)),),
            (button(t("Show status"), ShowStatus(asked.number)), button(t("Back"), ShowQuestions())),
        ),
    )


def _labels(day: str, t: Words) -> dict[str, str]:
    return {
        "ready": t("It is ready here"),
        "come": t("Please come with the receipt"),
        "receipt": t("The receipt is enough"),
        "nothing": t("Nothing is missing"),
        "right": t("It has been put right"),
        "soon": t("Put right by {day}", day=day),
        LOOK: t("We look into it"),
        ALONE: t("Send my line alone"),
    }


def _line(workflow: Workflow, asked: OpenQuestion, t: Words, now: int) -> str:
    day = dates.lately(asked.at, now, workflow.zone, t.lang)
    return f"{grouped(asked.number)} · {names.village_name(workflow, asked.village)} · {day}"


def _seen(workflow: Workflow, asked: OpenQuestion, t: Words, now: int) -> str:
    day = dates.lately(asked.seen_at or now, now, workflow.zone, t.lang)
    return t("The family heard {day} that somebody looks into it. It still needs an answer.", day=day)


def questions_screen(workflow: Workflow, found: Sequence[OpenQuestion], t: Words, now: int) -> Screen:
    """All that somebody has to answer: the oldest first."""
    back = (button(t("Back"), ShowTasks()),)
    if not found:
        return Screen(page(t("No question of a family is open.")), (back,))
    shown = found[: layout.ROWS]
    blocks = [[f"{place}. {_line(workflow, one, t, now)}", words_of(one.what, t)] for place, one in enumerate(shown, 1)]
    rows = column(
        button(f"{place}. {words_of(one.what, t)}", ShowQuestion(one.id)) for place, one in enumerate(shown, 1)
    )
    head = bold(t("Questions of families: {n}", n=len(found)))
    return Screen(page(head, *layout.fitting(blocks, t)), (*rows, back))


# The answer


def answer_screen(number: str, what: str, said: str, office: str, day: str, line: str, t: Words) -> Screen:
    """What the family reads of it. A line that is no longer there was all that some answers said."""
    answers = {
        "ready": t("It is ready. Please fetch it at {office}, with the receipt. Free.", office=office),
        "come": t("Please come to {office} with the receipt. Free.", office=office),
        "receipt": t("The receipt is enough. Please bring it to {office}. Free.", office=office),
        "nothing": t("Nothing is missing. You need not do anything now."),
        "right": t("The mistake has been put right."),
        "soon": t("The mistake will be put right by {day}.", day=day),
        LOOK: t("Somebody at {office} looks into it. You get another answer here.", office=office),
        ALONE: "" if line else t("What was written is no longer kept. Please ask at {office}.", office=office),
    }
    asked = t("Your question: {question}", question=words_of(what, t))
    writes = t("From {office}: “{line}”", office=office, line=line) if line else ""
    return Screen(
        page(bold(t("An answer about {number}", number=grouped(number))), asked, answers[said], writes),
        ((button(t("Show status"), ShowStatus(number)),),),
    )

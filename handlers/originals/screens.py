"""The originals of a request, and those that stayed behind."""

from collections.abc import Iterator, Sequence

from handlers.bags.buttons import ShowTasks
from handlers.lookup.buttons import ShowStatus
from handlers.originals.buttons import NotePaper, ShowLeftBehind, ShowPapers
from handlers.reply import Button, Screen
from handlers.wording import layout, originals
from handlers.wording.layout import GAP, button, card, column, grouped, page
from locales import Words, dates
from storage import corrections
from storage.counter import custody
from storage.counter.custody import BACK, NONE, OUT, Out
from storage.originals.steps import Papers
from storage.records import Document, Person
from storage.workflow import Workflow


def papers_screen(
    workflow: Workflow, person: Person, documents: Sequence[Document], papers: Papers, t: Words, now: int
) -> Screen:
    """Where each original of a number is and since when, and what may be ticked of it."""
    number = documents[0].number
    asked = custody.asked(workflow, (one.type for one in documents))
    known = list(dict.fromkeys([*(step.paper for step in papers.steps), *asked]))
    lines = [_line(workflow, paper, papers, t, now) for paper in known]
    rows = [row for paper in known for row in _rows(workflow, person, documents[0].request, paper, papers, t, now)]
    if len(papers.out) > 1:
        every = t("All back with the family ({n})", n=len(papers.out))
        rows.insert(0, button(every, NotePaper(documents[0].request, "", BACK, papers.seen)))
    where = originals.lines(workflow, documents, papers, t)
    text = [t("Originals · {number}", number=grouped(number)), *lines, GAP, *where]
    return card(text, column(rows), ShowStatus(number), t)


def _line(workflow: Workflow, paper: str, papers: Papers, t: Words, now: int) -> str:
    last = papers.last(paper)
    if last is None or last.state == NONE:
        return t("{paper}: not handed in", paper=layout.capital(originals.paper_name(workflow, paper, t.lang)))
    moment = dates.moment(last.at, now, workflow.zone, t.lang)
    said = layout.capital(originals.said(workflow, last, t))
    return " · ".join([said, moment, originals.by_whom(workflow, last, t)])


def _rows(
    workflow: Workflow, person: Person, request: int, paper: str, papers: Papers, t: Words, now: int
) -> Iterator[Button]:
    """What may be said of a paper now: the next step, and that the last one was wrong."""
    name, last = originals.paper_name(workflow, paper, t.lang), papers.last(paper)
    is_out = papers.state(paper) == OUT
    if is_out:
        yield button(t("{paper}: given back", paper=layout.capital(name)), _note(request, paper, BACK, papers))
    if custody.is_free(workflow, person, last, now):
        yield button("↩ " + t("Undo") + f": {name}", _note(request, paper, papers.before(paper), papers))
    elif is_out and corrections.post_for(workflow, person):
        yield button(t("{paper}: never handed in", paper=layout.capital(name)), _note(request, paper, NONE, papers))
    if not is_out and not custody.is_free(workflow, person, last, now):
        label = t("{paper}: handed in", paper=layout.capital(name))
        yield button(label, _note(request, paper, OUT, papers))


def _note(request: int, paper: str, state: str, papers: Papers) -> NotePaper:
    return NotePaper(request, paper, state, papers.seen)


def left_behind_screen(workflow: Workflow, out: Sequence[Out], page_no: int, t: Words, now: int) -> Screen:
    """The families whose originals stayed behind, the longest waiting first: a line and a button for each."""
    shown, page_no, last = layout.paged(originals.by_request(out), page_no)
    lines = [originals.family_line(workflow, group, t, now) for group in shown]
    rows = column(button(grouped(group[0].number), ShowPapers(group[0].request)) for group in shown)
    head = t("Originals to give back ({n})", n=len(out)) if out else t("No original stayed behind.")
    turning = layout.turning(page_no, last, ShowLeftBehind)
    return card([head, *layout.listed(lines, t)], (*rows, *turning), ShowTasks(), t)


def news_screen(
    workflow: Workflow, number: str, village: str, changed: Sequence[str], papers: Papers, t: Words, *, is_sorry: bool
) -> Screen | None:
    """What a family hears of its originals once its documents are at their end; nothing if nothing is to be said."""
    back = [paper for paper in changed if papers.state(paper) == BACK]
    lines = [t("Sorry, our news was wrong.")] if is_sorry else []
    if back:
        lines.append(t("Given back: {papers}.", papers=originals.paper_names(workflow, back, t.lang)))
    if papers.out:
        lines.append(originals.left_behind(workflow, papers, village, t))
    said = bool(back) or any(paper in papers.out for paper in changed)
    return Screen(page(grouped(number), *lines)) if said else None

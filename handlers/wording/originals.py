"""The originals of a family in words: which, where they lie, what is ticked of them. Pure.

An original lies where the documents of its request are: with them on the way, and where they were last once they are
at their end.
"""

from collections.abc import Iterable, Sequence

from handlers.originals.buttons import COUNTER, FILED, NotePaper, ShowLeftBehind, ShowPapers
from handlers.reply import Button, Rows
from handlers.wording import layout, names
from handlers.wording.layout import GAP, bold, button
from locales import Words, dates, speech, words
from storage.counter import custody
from storage.counter.custody import BACK, NONE, OUT, Out
from storage.originals.steps import Papers, PaperStep
from storage.records import Document, LookUp, Person
from storage.workflow import Workflow

NAMED = 4  # of a request; only a district with very many originals asks for more


def paper_name(workflow: Workflow, paper: str, lang: str) -> str:
    """An original by its name; one that is in the district file no longer by its key."""
    return str(getattr(workflow.originals.get(paper), lang, paper))


def paper_names(workflow: Workflow, papers: Iterable[str], lang: str) -> str:
    """Originals by their names, the first of very many."""
    t, found = words(lang), [paper_name(workflow, paper, lang) for paper in papers]
    if len(found) > NAMED:
        found[NAMED - 1 :] = [t("{n} more", n=len(found) - NAMED + 1)]
    return speech.join(found, lang)


def place(workflow: Workflow, stage: str, village: str, t: Words) -> str:
    """Where what was at this stage lies."""
    known = workflow.stages.get(stage)
    match known.place if known else "":
        case "district":
            return t("the {district} district office", district=workflow.district.district.name)
        case "registry":
            return workflow.district.district.registry
    return t("the {village} village office", village=names.village_name(workflow, village))


def lines(workflow: Workflow, documents: Sequence[Document], papers: Papers, t: Words) -> list[str]:
    """Of what a family has handed in and not got back: where that is, and what to do."""
    if not papers.out:
        return []
    named = layout.capital(paper_names(workflow, papers.out, t.lang))
    if papers.left_at:
        return [left_behind(workflow, papers, documents[0].village, t)]
    if all(one.stage in workflow.stages for one in documents):
        return [t("{papers}: with the file, comes back with the document.", papers=named)]
    return [t("{papers}: with the file.", papers=named)]


def left_behind(workflow: Workflow, papers: Papers, village: str, t: Words) -> str:
    """What was not given back when the documents were at their end, and where to ask for it."""
    where, known = place(workflow, papers.left_at, village, t), workflow.stages.get(papers.left_at)
    named = layout.capital(paper_names(workflow, papers.out, t.lang))
    if known and known.place == "registry":  # 34 mountain kilometres away
        office = names.village_name(workflow, village)
        return t(
            "{papers}: still at {place}. Please ask for it at the {village} village office.",
            papers=named, place=where, village=office,
        )  # fmt: skip
    return t("{papers}: still at {place}. Please ask for it there.", papers=named, place=where)


# What is ticked


def handed_in_rows(workflow: Workflow, request: int, asked: Sequence[str], papers: Papers, t: Words) -> Rows:
    """What a family hands in with what was filed just now: each to be ticked, or all at once."""
    ticks = []
    for paper in asked:
        on = papers.state(paper) == OUT
        ticks.append(_tick(workflow, request, paper, papers, NONE if on else OUT, FILED, t, on=on))
    free = [paper for paper in asked if papers.state(paper) != OUT]
    return (*_all(request, papers, OUT, FILED, len(free), ticks, t), *layout.abreast(ticks))


def given_back_rows(
    workflow: Workflow, person: Person, request: int, papers: Papers, only: int, t: Words, now: int
) -> Rows:
    """What goes back to the family with its documents: each to be ticked, or all at once."""
    card, ticks = max(only, COUNTER), []
    for paper in dict.fromkeys(step.paper for step in papers.steps):
        state, last = papers.state(paper), papers.last(paper)
        if state == OUT:
            ticks.append(_tick(workflow, request, paper, papers, BACK, card, t, on=False))
        elif state == BACK and custody.is_free(workflow, person, last, now):
            ticks.append(_tick(workflow, request, paper, papers, OUT, card, t, on=True))
    return (*_all(request, papers, BACK, card, len(papers.out), ticks, t), *layout.abreast(ticks))


def _tick(
    workflow: Workflow, request: int, paper: str, papers: Papers, state: str, card: int, t: Words, *, on: bool
) -> Button:
    label = f"{'☑' if on else '☐'} {paper_name(workflow, paper, t.lang)}"
    return button(label, NotePaper(request, paper, state, papers.seen, card))


def _all(request: int, papers: Papers, state: str, card: int, left: int, ticks: Sequence[Button], t: Words) -> Rows:
    """The box above the others, where several are left to tick; it counts the boxes, for these are what one sees."""
    if left < 2:  # noqa: PLR2004  # one is ticked by itself
        return ()
    label = f"☐ {layout.every(len(ticks), t)}"
    return ((button(label, NotePaper(request, "", state, papers.seen, card)),),)


# The ways to it


def card_row(workflow: Workflow, person: Person, look: LookUp, t: Words) -> Rows:
    """The way from the card of a number to its originals, for whoever takes them in and gives them back."""
    first = look.documents[0]
    may_hold = look.papers.steps or custody.asked(workflow, (one.type for one in look.documents))
    if not may_hold or not workflow.clerk(person, first.village):
        return ()
    return ((papers_button(first.request, len(look.papers.out), t),),)


def papers_button(request: int, out: int, t: Words) -> Button:
    """The way to the originals of a request, of which so many are out."""
    return button(t("Originals: {n} not back …", n=out) if out else t("Originals …"), ShowPapers(request))


def task_buttons(count: int, t: Words) -> Sequence[Button]:
    """The way to what stayed behind, in a list of work."""
    return [button(t("Originals to give back: {n} ⚠", n=count), ShowLeftBehind())] if count else []


# Lists and histories


def village_lines(workflow: Workflow, out: Sequence[Out], t: Words, now: int) -> list[str]:
    """A line for each family that has not got its originals back with its documents, the first of very many."""
    groups = by_request(one for one in out if one.since)
    found = [family_line(workflow, group, t, now) for group in groups[: layout.ROWS]]
    more = [t("… and {n} more", n=len(groups) - layout.ROWS)] if len(groups) > layout.ROWS else []
    return [GAP, bold(t("Originals not given back:")), *found, *more] if found else []


def along(workflow: Workflow, group: Sequence[Document], out: Iterable[Out], t: Words) -> str:
    """What goes along with documents that are under way, for the end of their line."""
    if group[0].closed_at is not None:
        return ""
    papers = [one.paper for one in out if one.request == group[0].request]
    return f" · + {paper_names(workflow, papers, t.lang)}" if papers else ""


def by_request(out: Iterable[Out]) -> list[list[Out]]:
    """What stayed behind, family by family."""
    groups: dict[int, list[Out]] = {}
    for one in out:
        groups.setdefault(one.request, []).append(one)
    return list(groups.values())


def family_line(workflow: Workflow, group: Sequence[Out], t: Words, now: int) -> str:
    """`…5492 buku nikah: Kantor desa Tlogopakis, sejak Senin`"""
    first = group[0]
    named = paper_names(workflow, [one.paper for one in group], t.lang)
    day = dates.lately(first.since or now, now, workflow.zone, t.lang)
    where = place(workflow, first.left_at, first.village, t)
    return t("…{digits} {papers}: at {place} since {day}", digits=first.number[-4:], papers=named, place=where, day=day)


def history(workflow: Workflow, papers: Papers, t: Words, *, to_staff: bool) -> list[tuple[int, list[str]]]:
    """Every step of the originals of a number, oldest first; to staff also by whom. Families read what stands."""
    steps = papers.steps if to_staff else papers.standing
    whom = [[f"   {by_whom(workflow, one, t)}"] if to_staff else [] for one in steps]
    return [(one.at, [said(workflow, one, t), *beneath]) for one, beneath in zip(steps, whom, strict=True)]


def said(workflow: Workflow, step: PaperStep, t: Words) -> str:
    """What happened to an original."""
    paper = paper_name(workflow, step.paper, t.lang)
    found = {
        OUT: t("{paper} handed in", paper=paper),
        BACK: t("{paper} given back", paper=paper),
        NONE: t("{paper} not handed in", paper=paper),
    }
    what = found.get(step.state, paper)
    if step.kind == "undo":
        return t("undone: {place}", place=what)
    return t("put right: {place}", place=what) if step.kind == "correct" else what


def by_whom(workflow: Workflow, step: PaperStep, t: Words) -> str:
    """Which role did it, and of which village if it is one of a village."""
    where = [names.village_name(workflow, step.village)] if step.village else []
    return " · ".join([names.role_name(step.role, t), *where])

"""A bag that was brought: to be counted, and what came of that."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.bags.buttons import NextTasks
from handlers.consignments.buttons import MarkPaper, ShowConsignment, TakeConsignment
from handlers.documents.buttons import OpenDocument, Undo
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names, standstill
from handlers.wording.layout import bold, button, card, column, page
from locales import Words, dates
from storage.records import Act, Document, Post
from storage.road.consignments import MISSING, STATES, Consignment, Line
from storage.workflow import Workflow

SIGNS = {"": "☑", "missing": "☐", "wet": "💧", "torn": "✂", "page": "📄"}


class Sides(NamedTuple):
    """Who gave, who took it if somebody has, and who looks for what did not come."""

    giver: Post | None = None
    taker: Post | None = None
    searcher: Post | None = None


def count_screen(workflow: Workflow, one: Consignment, lines: Sequence[Line], giver: Post | None, t: Words) -> Screen:
    """What was brought, to be counted in one tap. What somebody took further since was counted so."""
    here = [line for line in lines if line.is_here]
    counted = len(lines) - len(here)
    villages = [[text] for text in names.by_village(workflow, [line.document for line in here])]
    on = t.n("{n} went on already.", "{n} went on already.", counted) if counted else ""
    text = page(
        bold(_given(workflow, one, giver, t)), *layout.fitting(villages, t, gap=""), on, t("Please count them.")
    )
    if any(line.state for line in here):
        return Screen(text, (*_taking(workflow, one, here, giver, t), (_else(one, t),)))
    whole = button(
        "✅ " + t.n("{n} is here", "All {n} are here", len(here)), TakeConsignment(one.act, 0, 0, one.papers)
    )
    return Screen(text, ((whole,), (_else(one, t),)))


def _given(workflow: Workflow, one: Consignment, giver: Post | None, t: Words) -> str:
    who = names.post_title(workflow, giver, t) if giver else t("A colleague")
    return t.n("{who} has brought {n} paper.", "{who} has brought {n} papers.", one.papers, who=who)


def _else(one: Consignment, t: Words) -> Button:
    return button(t("Something is missing or damaged …"), ShowConsignment(one.act, MISSING, 0))


def marking_screen(
    workflow: Workflow, one: Consignment, lines: Sequence[Line], state: str, page_no: int, giver: Post | None, t: Words
) -> Screen:
    """Its papers, each with what is wrong with it: a tap says what the row above them has chosen."""
    here = [line for line in lines if line.is_here]
    shown, page_no, last = layout.paged(here, page_no)
    choice = [
        button(("• " if key == state else "") + names.condition(key, t), ShowConsignment(one.act, key, page_no))
        for key in STATES
    ]
    is_one_village = len({line.document.village for line in here}) == 1
    rows = column(_line(workflow, one, line, state, page_no, in_village=is_one_village) for line in shown)
    turning = layout.turning(page_no, last, lambda to: ShowConsignment(one.act, state, to))
    text = [
        _given(workflow, one, giver, t),
        t("Tap each paper that is: {state}.", state=names.condition(state, t)),
        t("Of a paper too many please write the number."),
    ]
    return card(
        text,
        (*layout.abreast(choice), *rows, *turning, *_taking(workflow, one, here, giver, t)),
        ShowConsignment(one.act),
        t,
    )


def _line(workflow: Workflow, one: Consignment, line: Line, state: str, page_no: int, *, in_village: bool) -> Button:
    label = names.paper_label(workflow, line.document, in_village=in_village)
    sign = SIGNS.get(line.state, "☐")
    to = "" if line.state == state else state
    return button(f"{sign} {label}", MarkPaper(one.act, line.document.id, to, state, page_no))


def _taking(workflow: Workflow, one: Consignment, here: Sequence[Line], giver: Post | None, t: Words) -> Rows:
    """The button that takes it; where something is missing two, by who looks for it."""
    missing = sum(line.state == MISSING for line in here)
    n = len(here) - missing
    if not missing:
        return (
            (button("✅ " + t.n("{n} is here", "All {n} are here", n), TakeConsignment(one.act, 0, 0, one.papers)),),
        )
    theirs = t("{n} here; the carrier looks for {missing}", n=n, missing=missing)
    ours = t("{n} here; {missing} looked for by us", n=n, missing=missing)
    return column(
        button(f"✅ {label}", TakeConsignment(one.act, missing, us, one.papers))
        for us, label in enumerate((theirs, ours))
    )


def taken_screen(
    workflow: Workflow, one: Consignment, lines: Sequence[Line], sides: Sides, back: Act | None, t: Words, now: int,
    *, may_undo: bool = False,
) -> Screen:  # fmt: skip
    """What came of a bag that was brought: how many came, what did not, what was damaged, and who looks for it."""
    gone = [line.document for line in lines if line.state == MISSING] if back and back.undone_by is None else []
    n, at = one.papers - len(gone), dates.moment(one.taken_at or now, now, workflow.zone, t.lang)
    who = names.post_title(workflow, sides.taker, t) if sides.taker else t("A colleague")
    came = t.n("{who}: {n} of {all} has come, {moment}.", "{who}: {n} of {all} have come, {moment}.", n,
               who=who, all=one.papers, moment=at)  # fmt: skip
    text = [bold(came), *_absent(workflow, gone, sides.searcher, t, now), *_damaged(lines, t)]
    rows: list[tuple[Button, ...]] = [
        (button(f"🔎 {names.paper_label(workflow, document)}", OpenDocument(document.id)),)
        for document in gone[: layout.ROWS]
        if document.hold
    ]
    following = (button(t("Next task"), NextTasks()),)
    undo = bool(gone and back and may_undo and now < back.grace_until)
    rows.append((button("↩ " + t("Undo"), Undo(back.id)), *following) if undo and back else following)
    return Screen(page(*text), tuple(rows))


def _absent(workflow: Workflow, gone: Sequence[Document], searcher: Post | None, t: Words, now: int) -> list[str]:
    if not gone:
        return []
    lines = [t("Not come: {numbers}.", numbers=layout.tails(dict.fromkeys(one.number for one in gone)))]
    still = [one for one in gone if one.hold]
    if not still:
        return [*lines, t("All of it has turned up.")]
    if searcher and (day := standstill.still_to_come(workflow, still[0].hold_review, now)):
        who = layout.small(names.post_title(workflow, searcher, t))
        named = dates.day(day, now, workflow.zone, t.lang)
        lines.append(t("{who} looks for it until {day}.", who=layout.capital(who), day=named))
    return lines


def _damaged(lines: Sequence[Line], t: Words) -> list[str]:
    """`Wet: …5492, …1234`, a line for each state."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.state not in ("", MISSING):
            found.setdefault(line.state, []).append(line.document.number)
    named = ((layout.capital(names.condition(state, t)), dict.fromkeys(of)) for state, of in found.items())
    return [t("{state}: {numbers}.", state=state, numbers=layout.tails(of)) for state, of in named]

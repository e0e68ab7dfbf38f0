"""A reason, a day, what families will read; and what stands still for one cause."""

from collections.abc import Callable, Sequence

from handlers.bags.buttons import ShowBag, ShowTasks
from handlers.callbacks import Callback
from handlers.chosen import Papers
from handlers.documents.buttons import OpenDocument
from handlers.holds.buttons import (
    EVERYWHERE,
    STAGE,
    THESE,
    TYPE,
    Extend,
    HoldUntil,
    HoldWhat,
    HoldWhy,
    LetAllGo,
    PutOnHold,
    ShowCause,
    ShowHeld,
)
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.returns.buttons import RefuseWhy, ReturnDraft
from handlers.wording import layout, names, standstill
from handlers.wording.layout import bold, button, card, column, page
from locales import Words, dates, speech
from storage.holds import queues
from storage.holds.queues import Standstill
from storage.ledger import Cause
from storage.records import Document
from storage.workflow import Workflow

DAYS = (1, 2, 3, 5, 10)  # working days until somebody looks at it again


def why_screen(
    workflow: Workflow, asked: HoldWhy, papers: Papers, reasons: Sequence[str], exits: Sequence[str], t: Words
) -> Screen:
    """The reasons that fit where these documents are, and the ways off their road."""
    labels = [
        layout.either(names.hold_reason(workflow, one, t.lang), names.hold_brief(workflow, one, t.lang))
        for one in reasons
    ]
    rows = column(button(label, _then(workflow, asked, reason)) for label, reason in zip(labels, reasons, strict=True))
    head = t("Put on hold: {documents}", documents=_named(workflow, papers, t))
    of_one_kind = len({one.type for one in papers}) == 1  # what may be missing of it is asked by its kind
    aside = column(_exit_button(workflow, asked, exit, t) for exit in exits if of_one_kind)
    hint = t("Tick only one kind of document to return several at once.") if exits and not of_one_kind else ""
    back = ShowStatus(papers[0].number) if asked.seen else ShowBag(asked.of)
    return card([head, t("Why does it stand still?"), hint], (*rows, *aside), back, t)


def _then(workflow: Workflow, asked: HoldWhy, reason: str) -> Callback:
    """When somebody looks at it again is asked next; where it is the family's turn, a week is taken as known."""
    if workflow.stops_clock(reason):
        return HoldWhat(asked.of, asked.seen, reason, queues.A_WEEK, THESE)
    return HoldUntil(asked.of, asked.seen, reason)


def _exit_button(workflow: Workflow, asked: HoldWhy, exit: str, t: Words) -> Button:
    if workflow.ends(exit):
        return button(t("Refuse …"), RefuseWhy(asked.of, asked.seen, exit))
    return button(t("Return to be completed …"), ReturnDraft(asked.of, asked.seen, exit, 0, 0))


def until_screen(
    workflow: Workflow, asked: HoldUntil, papers: Papers, days: dict[int, int], t: Words, now: int
) -> Screen:
    """In how many working days somebody looks at it again: `days` tells which day that is."""
    head = t("Put on hold: {documents}", documents=_named(workflow, papers, t))
    buttons = _days(workflow, days, lambda n: HoldWhat(asked.of, asked.seen, asked.reason, n, THESE), t, now)
    reason = f"{names.hold_reason(workflow, asked.reason, t.lang)}."
    return card([head, reason, t("When do you look at it again?")], buttons, HoldWhy(asked.of, asked.seen), t)


def _days(workflow: Workflow, days: dict[int, int], to: Callable[[int], Callback], t: Words, now: int) -> Rows:
    known = [
        button(f"{dates.day(at, now, workflow.zone, t.lang)} ({dates.working_days(n, t.lang)})", to(n))
        for n, at in days.items()
    ]
    return (*column(known), (button(t("Nobody knows yet"), to(0)),))


def what_screen(
    workflow: Workflow,
    asked: HoldWhat,
    papers: Papers,
    counts: dict[int, int],
    review: int | None,
    t: Words,
    now: int,
) -> Screen:
    """What is put on hold, with a button to make it more (`counts`: how much each would be), and what families read."""
    n = counts[asked.much]
    is_their_turn = workflow.stops_clock(asked.reason)
    lines = [f"“{standstill.why(workflow, asked.reason, review, t, now)}”"]
    day: Rows = ()
    if is_their_turn:
        lines.append(t("Families read that it is their turn, and where to go."))
        lines.append(
            t("You are reminded again on {day}.", day=dates.day(review, now, workflow.zone, t.lang)) if review else ""
        )
        day = ((button(t("Another day …"), HoldUntil(asked.of, asked.seen, asked.reason)),),)
    if asked.much != THESE:
        lines.append(t("What comes later is held as well, until you let it go on."))
    confirm = t.n("✅ Put {n} document on hold", "✅ Put {n} documents on hold", n)
    more = column(
        button(f"{_much(workflow, much, papers, t)} ({count})", _with(asked, much))
        for much, count in counts.items()
        if much != asked.much
    )
    text = [_chosen(workflow, asked.much, papers, t), t("Families will read:"), *lines]
    confirming = button(confirm, PutOnHold(asked.of, asked.seen, asked.reason, asked.days, asked.much))
    back = HoldWhy(asked.of, asked.seen) if is_their_turn else HoldUntil(asked.of, asked.seen, asked.reason)
    return card(text, ((confirming,), *more, *day), back, t)


def _with(asked: HoldWhat, much: int) -> HoldWhat:
    return HoldWhat(asked.of, asked.seen, asked.reason, asked.days, much)


def _chosen(workflow: Workflow, much: int, papers: Papers, t: Words) -> str:
    place = names.stage_now(workflow, papers[0].stage, papers[0].village, t.lang).partition(". ")[0]
    what = _named(workflow, papers, t) if much == THESE else _much(workflow, much, papers, t)
    where = "" if much == EVERYWHERE else f" · {place}"
    return t("Put on hold: {documents}", documents=what) + where


def _much(workflow: Workflow, much: int, papers: Papers, t: Words) -> str:
    if much == TYPE:
        return t("All {document} there", document=names.type_short(workflow, papers[0].type))
    if much == STAGE:
        return t("Everything there")
    return t("Everywhere") if much == EVERYWHERE else t("Only these")


def _named(workflow: Workflow, papers: Papers, t: Words) -> str:
    if len(papers) == 1:
        return names.titled(workflow, papers[0])
    return t.n("{n} document", "{n} documents", len(papers))


def cause_screen(
    workflow: Workflow,
    cause: Cause,
    papers: Sequence[Document],
    count: int,
    page_no: int,
    t: Words,
    now: int,
) -> Screen:
    """A page of what stands still for one cause, oldest first, to be let go on or looked at later."""
    last = max((count - 1) // layout.ROWS, 0)
    lines = column(button(names.paper_label(workflow, one), OpenDocument(one.id)) for one in papers)
    turning = layout.turning(page_no, last, lambda to: ShowCause(cause.id, to))
    go = t.n("✅ Let {n} document go on", "✅ Let {n} documents go on", count)
    rows: Rows = ((button(go, LetAllGo(cause.id)),), (button(t("Look again later"), Extend(cause.id, -1)),))
    text = [
        standstill.cause_name(workflow, cause, t) + f" ({count})",
        standstill.since(workflow, cause.reason, cause.since, cause.review, t, now),
        t("What comes later is held as well, until you let it go on.") if cause.gathers else "",
        t("Oldest first.") if count > 1 else "",
    ]
    return card(text, (*rows, *lines, *turning), ShowTasks(), t)


def held_list_screen(workflow: Workflow, held: Sequence[Standstill], page_no: int, t: Words, now: int) -> Screen:
    """A page of all that stands still, by cause: what is to be looked at today first."""
    due = queues.to_look_at(workflow, held, now)
    found = [*due, *(one for one in held if one not in due)]
    shown, page_no, last = layout.paged(found, page_no)
    labels = [_held_label(workflow, one, t, is_due=one in due) for one in shown]
    rows = column(button(label, ShowCause(one.cause.id, 0)) for label, one in zip(labels, shown, strict=True))
    count = sum(one.count for one in held)
    today = t("To look at today: {n}", n=len(due)) if due else ""
    nothing = "" if held else t("Nothing stands still.")
    turning = layout.turning(page_no, last, ShowHeld)
    return card([t("On hold ({n})", n=count), today, nothing], (*rows, *turning), ShowTasks(), t)


def _held_label(workflow: Workflow, one: Standstill, t: Words, *, is_due: bool) -> str:
    return standstill.cause_label(workflow, one.cause, f"{'⚠ ' if is_due else ''}{one.count}", t)


def extend_screen(workflow: Workflow, cause: Cause, count: int, days: dict[int, int], t: Words, now: int) -> Screen:
    """In how many working days somebody looks at a cause again."""
    head = standstill.cause_name(workflow, cause, t) + f" ({count})"
    rows = _days(workflow, days, lambda n: Extend(cause.id, n), t, now)
    line = standstill.since(workflow, cause.reason, cause.since, cause.review, t, now)
    return card([head, line, t("When do you look at it again?")], rows, ShowCause(cause.id, 0), t)


def held_screen(workflow: Workflow, held: Sequence[Document], kind: str, t: Words, now: int) -> Screen:
    """What an act held up or let go on, for the officers of a village: by reason and kind."""
    kinds: dict[str, dict[str, int]] = {}
    for one in held:
        counts = kinds.setdefault(standstill.why(workflow, one.hold, one.hold_review, t, now) if one.hold else "", {})
        short = names.type_short(workflow, one.type)
        counts[short] = counts.get(short, 0) + 1
    head = (
        t.n("On hold: {n} document.", "On hold: {n} documents.", len(held))
        if kind == "hold"
        else t.n("Going on: {n} document.", "Going on: {n} documents.", len(held))
    )
    village = names.village_name(workflow, held[0].village)
    blocks = [
        line
        for why, counts in kinds.items()
        for line in (f"{village}: {speech.join([f'{short} {n}' for short, n in counts.items()], t.lang)}", why)
    ]
    return Screen(page(bold(head), *blocks))

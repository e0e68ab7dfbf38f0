"""Why something stands still, in words: what holds documents up, when somebody looks at it again, whose turn it is; and
what of the messages a head has paused. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from handlers.holds.buttons import ShowCause, ShowHeld
from handlers.reply import Button, Rows
from handlers.wording import layout, names
from handlers.wording.layout import button
from locales import Words, dates, words
from storage.heads.pausing import ALL, ANNOUNCEMENT, STOPPED, VILLAGE, Pause
from storage.holds.queues import Standstill
from storage.ledger import Cause
from storage.records import Document, Post
from storage.road.consignments import TRACING
from storage.workflow import Workflow

NAMED = 3  # held queues that have a button of their own in the list of work


def why(workflow: Workflow, hold: str, review: int | None, t: Words, now: int) -> str:
    """The reason, and when somebody looks at it again, in a line; but not where it is the family's turn."""
    when = "" if workflow.stops_clock(hold) else again(workflow, review, t, now)
    return " ".join(filter(None, [f"{names.hold_reason(workflow, hold, t.lang)}.", when]))


def joined(workflow: Workflow, moved: Iterable[Document], t: Words) -> list[str]:
    """How many of these wait where they came to, with others like them, and why."""
    counts = Counter(one.hold for one in moved if one.hold)
    return [
        t.n(
            "{n} document waits there: {reason}.", "{n} documents wait there: {reason}.", n,
            reason=layout.small(names.hold_reason(workflow, hold, t.lang)),
        )
        for hold, n in counts.items()
    ]  # fmt: skip


def again(workflow: Workflow, review: int | None, t: Words, now: int) -> str:
    """When somebody looks at it again; nothing if nobody knows, or the day is over."""
    review = still_to_come(workflow, review, now)
    if review is None:
        return ""
    return t("We look at it again on {day}.", day=dates.day(review, now, workflow.zone, t.lang))


def still_to_come(workflow: Workflow, review: int | None, now: int) -> int | None:
    """When somebody looks at it again, unless that day is over."""
    if review is None or workflow.calendar.day(review) < workflow.calendar.day(now):
        return None
    return review


def place(workflow: Workflow, stage: str, lang: str, *types: str, hold: str | None = None) -> str:
    """Where documents are that are held up there, in a few words: of what would be ready, not that it is; of what is
    looked for, where it was last.
    """
    known, t, lost = workflow.stages.get(stage), words(lang), hold == TRACING
    at = names.stage_brief(workflow, stage, lang, *types)
    if known and (known.ready or (lost and known.place != "road")):
        offices = {"village": t("at the village office"), "district": t("at the district office")}
        at = offices.get(known.place, t("at {office}", office=workflow.district.district.registry))
    return t("last seen {place}", place=at) if lost else at


def here(workflow: Workflow, document: Document, t: Words, *types: str) -> str:
    """Where a document is, perhaps with others of these kinds, as a line of its own says it: while it is held up never
    that it is ready, and while it is looked for where it was last.
    """
    known, kinds = workflow.stages.get(document.stage), types or (document.type,)
    if document.hold == TRACING or (document.hold and known and known.ready):
        return layout.capital(place(workflow, document.stage, t.lang, *kinds, hold=document.hold))
    return names.stage_now(workflow, document.stage, document.village, t.lang, *kinds).partition(". ")[0]


def since(
    workflow: Workflow,
    hold: str,
    at: int,
    review: int | None,
    t: Words,
    now: int,
    turn: int | None = None,
    *,
    brief: bool = False,
) -> str:
    """Since when, why (perhaps in brief), which place it has where they go on in turn, and when somebody looks at it
    again, in a line: but not where the family has to do something first.
    """
    whole = layout.small(names.hold_reason(workflow, hold, t.lang))
    reason = names.hold_brief(workflow, hold, t.lang) if brief else whole
    line = t("On hold since {day}: {reason}.", day=dates.date(at, now, workflow.zone, t.lang), reason=reason)
    known = workflow.holds.get(hold)
    whose = t("Number {n} in turn.", n=turn) if turn and known and known.in_turn else ""
    when = "" if workflow.stops_clock(hold) else again(workflow, review, t, now)
    return " ".join(filter(None, [line, whose, when]))


def cause_label(workflow: Workflow, cause: Cause, before: str, t: Words) -> str:
    """The same on a button, behind what stands `before`: the reason in brief, and as much of the rest as fits."""
    parts = [before, layout.capital(names.hold_brief(workflow, cause.reason, t.lang))]
    parts += [names.village_name(workflow, cause.village)] if cause.village else []
    parts += [names.type_short(workflow, cause.type)] if cause.type else []
    return layout.joined(parts)


def cause_name(workflow: Workflow, cause: Cause, t: Words) -> str:
    """What a cause holds up: its kind of document and village, as far as it names them; and why."""
    parts = [
        names.type_short(workflow, cause.type) if cause.type else "",
        names.village_name(workflow, cause.village) if cause.village else "",
        names.hold_reason(workflow, cause.reason, t.lang),
    ]
    return " · ".join(filter(None, parts))


def rows(workflow: Workflow, held: Sequence[Standstill], t: Words) -> Rows:
    """A button for each of the oldest held queues, and one for all that stands still."""
    first = [one for one in held if one.cause.gathers][:NAMED]
    found = [_button(workflow, one, t) for one in first]
    if len(held) > len(first):
        found.append(button("⏸ " + t("On hold ({n})", n=sum(one.count for one in held)), ShowHeld()))
    return tuple((one,) for one in found)


def look_rows(workflow: Workflow, due: Sequence[Standstill], t: Words) -> Rows:
    """What is to be looked at today: each button opens the very documents that stand still so."""
    found = [_button(workflow, one, t) for one in due[:NAMED]]
    if len(due) > NAMED:
        found.append(button("⏸ " + t("To look at today: {n}", n=len(due)), ShowHeld()))
    return layout.column(found)


def _button(workflow: Workflow, one: Standstill, t: Words) -> Button:
    return button(cause_label(workflow, one.cause, f"⏸ {one.count}", t), ShowCause(one.cause.id, 0))


def searched_by(workflow: Workflow, searcher: Post, t: Words) -> str:
    """Who looks for what did not arrive."""
    return t("Looked for by: {who}.", who=layout.small(names.post_title(workflow, searcher, t)))


# Messages that a head has paused


def pause(workflow: Workflow, one: Pause, t: Words, now: int) -> str:
    """`⏸ all messages, since Tue 24 Nov, 08.10 WIB: a mistake in messages`"""
    at = dates.moment(one.paused_at, now, workflow.zone, t.lang)
    return t(
        "⏸ Paused: {what}, since {moment} ({reason}).",
        what=paused(workflow, one, t), moment=at, reason=paused_why(one.reason, t),
    )  # fmt: skip


def paused(workflow: Workflow, one: Pause, t: Words) -> str:
    """What a pause holds."""
    return paused_name(workflow, one.scope, one.subject, t)


def paused_name(workflow: Workflow, scope: str, subject: str, t: Words) -> str:
    """All, a village's or a kind, inside a sentence."""
    if scope == VILLAGE:
        return names.village_name(workflow, subject)
    if scope == ALL:
        return t("all messages")
    if scope == ANNOUNCEMENT:
        return t("an announcement")
    kinds = {"reminders": t("reminders"), "announcements": t("announcements")}
    return kinds.get(subject, t("news of documents"))


def paused_why(key: str, t: Words) -> str:
    """Why it is paused."""
    words = {
        "wrong": t("wrong messages"),
        "disaster": t("a disaster"),
        "mourning": t("mourning"),
        "feast": t("a feast"),
        STOPPED: t("stopped"),
    }
    return words.get(key, t("another reason"))

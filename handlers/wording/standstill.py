"""Why documents stand still, in words: what holds them up, when somebody looks at it again, whose turn it is. Pure."""

from handlers.wording import layout, names
from locales import Words, dates
from storage.workflow import Workflow


def why(workflow: Workflow, hold: str, review: int | None, t: Words, now: int) -> str:
    """The reason, and when somebody looks at it again, in a line."""
    return " ".join(filter(None, [f"{names.hold_reason(workflow, hold, t.lang)}.", again(workflow, review, t, now)]))


def again(workflow: Workflow, review: int | None, t: Words, now: int) -> str:
    """When somebody looks at it again; nothing if nobody knows, or the day is over."""
    if review is None or workflow.calendar.day(review) < workflow.calendar.day(now):
        return ""
    return t("We look at it again on {day}.", day=dates.day(review, now, workflow.zone, t.lang))


def since(
    workflow: Workflow, hold: str, at: int, review: int | None, t: Words, now: int, turn: int | None = None
) -> str:
    """Since when, why, which place it has where they go on in turn, and when somebody looks at it again, in a line."""
    reason = layout.small(names.hold_reason(workflow, hold, t.lang))
    line = t("On hold since {day}: {reason}.", day=dates.day(at, now, workflow.zone, t.lang), reason=reason)
    known = workflow.holds.get(hold)
    place = t("Number {n} in turn, oldest first.", n=turn) if turn and known and known.in_turn else ""
    return " ".join(filter(None, [line, place, again(workflow, review, t, now)]))


def your_part(t: Words) -> str:
    """What a family does whose turn it is."""
    return t("Please ask at the village office. Free of charge.")

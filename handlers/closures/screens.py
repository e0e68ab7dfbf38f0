"""Which days are closed, and the questions that lead there."""

from collections.abc import Sequence

from handlers.bags.buttons import ShowTasks
from handlers.closures.buttons import Close, CloseUntil, CloseWhy, Reopen, ShowClosures
from handlers.reply import Screen
from handlers.wording import layout, waiting
from handlers.wording.layout import button, card, column
from locales import Words, dates
from storage.heads.closed_days import REASONS, Closure
from storage.workflow import Workflow


def closures_screen(workflow: Workflow, closed: Sequence[Closure], days: Sequence[int], t: Words, now: int) -> Screen:
    """What is closed, each to be taken back; and the days on which something may begin."""
    lines = [
        t("{days}: {reason}", days=span(workflow, one.first_day, one.last_day, t, now), reason=_reason(one.reason, t))
        for one in closed
    ]
    back = column(
        button(t("Open after all: {days}", days=_dates(workflow, one.first_day, one.last_day, t, now)), Reopen(one.id))
        for one in closed
    )
    choose = layout.abreast([button(waiting.named(workflow, day, t, now), CloseUntil(day)) for day in days])
    ask = t("Which is the first day? Or write it, such as: /tutup 24/12 or /tutup 24/12 31/12")
    fitted = layout.listed(lines or [t("None at present.")], t)
    text = [t("Extra days on which the counters stay closed"), *fitted, layout.GAP, ask]
    return card(text, (*back, *choose), ShowTasks(), t)


def until_screen(workflow: Workflow, first: int, days: Sequence[int], t: Words, now: int) -> Screen:
    """The last day."""
    rows = layout.abreast([button(waiting.named(workflow, day, t, now), CloseWhy(first, day)) for day in days])
    ask = t("Closed from {day}. Which is the last day?", day=waiting.named(workflow, first, t, now))
    return card([ask], rows, ShowClosures(), t)


def why_screen(workflow: Workflow, first: int, last: int, t: Words, now: int) -> Screen:
    """The reason, and what it does."""
    rows = layout.abreast([button(_reason(reason, t), Close(first, last, reason)) for reason in REASONS])
    lines = [
        t("Closed: {days}. Why?", days=span(workflow, first, last, t, now)),
        t("Families are told a later day, and nobody is reminded on these days."),
    ]
    return card(lines, rows, ShowClosures(), t)


def span(workflow: Workflow, first: int, last: int, t: Words, now: int) -> str:
    """`Thu 24 Dec–Thu 31 Dec`, or one day."""
    return dates.span(waiting.named(workflow, day, t, now) for day in (first, last))


def _dates(workflow: Workflow, first: int, last: int, t: Words, now: int) -> str:
    """`24 Dec–31 Dec`: on a key, below the line that names the weekdays."""
    return dates.span(dates.date(waiting.midnight(workflow, day), now, workflow.zone, t.lang) for day in (first, last))


def _reason(reason: str, t: Words) -> str:
    words = {
        "event": t("an event of the office"),
        "training": t("a meeting or training"),
        "power": t("no electricity or network"),
        "road": t("the road is closed"),
        "leave": t("shared leave"),
    }
    return words.get(reason, t("another reason"))

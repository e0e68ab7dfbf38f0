"""Which days are closed, and the questions that lead there."""

from collections.abc import Sequence

from handlers.bags.buttons import ShowTasks
from handlers.closures.buttons import Close, CloseUntil, CloseWhy, Reopen, ShowClosures
from handlers.reply import Screen
from handlers.wording import layout, waiting
from handlers.wording.layout import bold, button, page
from locales import Words, dates
from storage.closures.closed_days import REASONS, Closure
from storage.workflow import Workflow


def closures_screen(workflow: Workflow, closed: Sequence[Closure], days: Sequence[int], t: Words, now: int) -> Screen:
    """What is closed, each to be taken back; and the days on which something may begin."""
    lines = [
        t("{days}: {reason}", days=span(workflow, one.first_day, one.last_day, t, now), reason=_reason(one.reason, t))
        for one in closed
    ]
    back = tuple(
        (button(t("Open after all: {days}", days=span(workflow, one.first_day, one.last_day, t, now)), Reopen(one.id)),)
        for one in closed
    )
    choose = layout.abreast([button(_day(workflow, day, t, now), CloseUntil(day)) for day in days])
    head = bold(t("Extra days on which the counters stay closed"))
    ask = t("Which is the first day? Or write it, such as: /tutup 24/12 or /tutup 24/12 31/12")
    none = [] if lines else [t("None at present.")]
    fitted = layout.fitting([[line] for line in [*lines, *none]], t, gap="")
    return Screen(page(head, *fitted, layout.GAP, ask), (*back, *choose, (button(t("Back"), ShowTasks()),)))


def until_screen(workflow: Workflow, first: int, days: Sequence[int], t: Words, now: int) -> Screen:
    """The last day."""
    rows = layout.abreast([button(_day(workflow, day, t, now), CloseWhy(first, day)) for day in days])
    ask = t("Closed from {day}. Which is the last day?", day=_day(workflow, first, t, now))
    return Screen(page(bold(ask)), (*rows, (button(t("Back"), ShowClosures()),)))


def why_screen(workflow: Workflow, first: int, last: int, t: Words, now: int) -> Screen:
    """The reason, and what it does."""
    rows = layout.abreast([button(_reason(reason, t), Close(first, last, reason)) for reason in REASONS])
    return Screen(
        page(
            bold(t("Closed: {days}. Why?", days=span(workflow, first, last, t, now))),
            t("Families are told a later day, and nobody is reminded on these days."),
        ),
        (*rows, (button(t("Back"), ShowClosures()),)),
    )


def span(workflow: Workflow, first: int, last: int, t: Words, now: int) -> str:
    """`Thu 24 Dec–Thu 31 Dec`, or one day."""
    return "–".join(dict.fromkeys(_day(workflow, day, t, now) for day in (first, last)))


def _day(workflow: Workflow, day: int, t: Words, now: int) -> str:
    return dates.day(waiting.midnight(workflow, day), now, workflow.zone, t.lang)


def _reason(reason: str, t: Words) -> str:
    words = {
        "event": t("an event of the office"),
        "training": t("a meeting or training"),
        "power": t("no electricity or network"),
        "road": t("the road is closed"),
        "leave": t("shared leave"),
    }
    return words.get(reason, t("another reason"))

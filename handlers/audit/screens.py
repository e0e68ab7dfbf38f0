"""Who has looked at what."""

from collections.abc import Sequence
from datetime import date

from handlers.audit.buttons import ShowLooks
from handlers.bags.buttons import ShowTasks
from handlers.reply import Screen
from handlers.wording import layout, names
from handlers.wording.layout import card, grouped
from locales import Words, dates
from storage.heads.looks import MONTH, NUMBER, Look
from storage.records import Post
from storage.workflow import Workflow


def looks_screen(workflow: Workflow, looks: Sequence[Look], page_no: int, number: str, t: Words, now: int) -> Screen:
    """A page of them, newest first: when, which post, at what."""
    shown, page_no, last = layout.paged(looks, page_no, layout.MANY)
    lines = [_line(workflow, one, t, now) for one in shown] or [t("Nobody has looked at it.")]
    head = t("Who looked at {number}", number=grouped(number)) if number else t("Who looked at what")
    foot = t("Kept for 90 days, once a day for each post. For one number: /audit and the number.")
    turning = layout.turning(page_no, last, lambda to: ShowLooks(to, number))
    return card([head, *layout.listed(lines, t), layout.GAP, foot], turning, ShowTasks(), t)


def _line(workflow: Workflow, one: Look, t: Words, now: int) -> str:
    post = names.post_title(workflow, Post(0, one.role, one.village, one.ordinal, 0), t)
    return f"{dates.moment(one.at, now, workflow.zone, t.lang)} · {post} · {_what(one, t)}"


def _what(one: Look, t: Words) -> str:
    if one.what == NUMBER:
        return grouped(one.subject)
    if one.what != MONTH:
        return t("search {digits}", digits=one.subject)
    year, month = divmod(int(one.subject), 100)
    is_month = date.min.year <= year <= date.max.year and month in range(1, 13)
    return t("figures of {month}", month=dates.month(year, month, t.lang) if is_month else one.subject)

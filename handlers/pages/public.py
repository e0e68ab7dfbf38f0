"""What stands on the public page, in words: counts and medians, and how a number is looked up without Telegram."""

from collections.abc import Mapping
from typing import NamedTuple

from handlers.pages.board import Listing, Row, place
from handlers.statistics.screens import counted, month_name, part, target_of
from handlers.view import Refused
from handlers.wording import layout, names, whereabouts
from handlers.wording.sentences import Until, sentence
from locales import Words, dates
from storage import numbers
from storage.counter import pickup
from storage.numbers import EXAMPLE
from storage.pages.visitors import NOBODY
from storage.records import LookUp, Person
from storage.statistics.figures import FEW, Summary
from storage.workflow import Workflow


class Form(NamedTuple):
    """The words around what is typed."""

    heading: str
    number: str
    code: str
    look: str
    hint: str


class Public(NamedTuple):
    """What everybody may know: large figures of a month, and tables."""

    figures: tuple[tuple[str, str], ...]
    month: str
    tables: tuple[Listing, ...]
    note: str


def form(t: Words) -> Form:
    """How a number is looked up."""
    return Form(
        t("Where are my documents?"), t("Receipt number (12 digits)"), t("Pickup code (4 digits)"), t("Look it up"),
        t("Both stand on your slip. Please write no NIK. The service is free."),
    )  # fmt: skip


def public(workflow: Workflow, open: Mapping[str, tuple[int, int]], month: Summary | None, t: Words) -> Public:
    """How many documents are where, and the figures of a month once they are made. What is few is on none of them."""
    note = t("Working days of the district, without the family's turn. Fewer than {n} documents are hidden.", n=FEW)
    if month is None:
        return Public((), "", (_open(workflow, open, t),), note)
    name = month_name(workflow.calendar.day(month.since), t)
    tables = _open(workflow, open, t), _steps(workflow, month, t("Steps · {month}", month=name), t)
    return Public(_figures(workflow, month, t), t("Figures · {month}", month=name), tables, note)


def _figures(workflow: Workflow, month: Summary, t: Words) -> tuple[tuple[str, str], ...]:
    those = (month.filed, t("registered")), (month.ready, t("ready")), (month.handed_over, t("handed over"))
    counts = tuple((counted(count, t), label) for count, label in those)
    if month.days is None or month.days.count < FEW:
        return counts
    least, most = (dates.amount(days, t.lang) for days in month.promise)
    promised = t("from registration to ready (promised: {least}–{most} working days)", least=least, most=most)
    return (*counts, (part(workflow, month.days.median, t), promised))


def _open(workflow: Workflow, open: Mapping[str, tuple[int, int]], t: Words) -> Listing:
    """On the road alone: what was returned or refused is a family's own affair."""
    rows = [
        (layout.capital(place(workflow, stage, t)), str(open[stage][0]))
        for stage in workflow.stages
        if stage in open and open[stage][0] >= FEW
    ]
    columns = t("Place"), t("Documents")
    return Listing(t("Where documents are"), columns, tuple(rows), t("Too few documents for figures."))


def _steps(workflow: Workflow, month: Summary, heading: str, t: Words) -> Listing:
    rows: list[Row] = []
    for stage in workflow.stages:
        one, target = month.legs.get(stage), target_of(workflow, stage)
        if one and one.count >= FEW:
            step = layout.capital(names.stage_next(workflow, stage, t.lang))
            took, may = part(workflow, one.median, t), part(workflow, target, t) if target else "–"
            rows.append((step, str(one.count), took, may))
    columns = t("Step"), t("Documents"), t("Median"), t("Target")
    return Listing(heading, columns, tuple(rows), t("Too few documents for figures."))


def written(number: str, code: str) -> tuple[str, str]:
    """The receipt number and the pickup code that were typed. Raises Refused."""
    found, digits = numbers.find(number), numbers.digits_of(code)
    if found.nik or numbers.find(code).nik:
        raise Refused("web_nik")
    if found.good == (EXAMPLE,):
        raise Refused("example")
    if len(found.good) != 1:
        fault, mistyped = ("alone", "") if found.good else found.fault
        raise Refused(fault, number=mistyped)
    if len(digits) != pickup.DIGITS:
        raise Refused("web_code")
    return found.good[0], digits


def refused(no: Refused, t: Words, now: int) -> str:
    """Why nothing was looked up, and what to do."""
    return sentence(no.view.key, t, now, no.view.number)


def missed(until: int | None, t: Words, now: int, zone: str) -> str:
    """Nothing was found, whatever the reason; or nothing is looked up `until` a time."""
    return sentence("proofs_over" if until else "web_miss", t, now, until=Until(until or 0, zone))


def status(workflow: Workflow, found: LookUp, t: Words, now: int) -> str:
    """Where documents are, by which day they go on, and whom to ask, in the words of the chat (HTML)."""
    return layout.page(*layout.fitting(whereabouts.blocks(workflow, Person(NOBODY), found, t, now), t))

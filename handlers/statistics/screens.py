"""A month's figures in a few lines."""

from collections.abc import Mapping
from datetime import date

from handlers.opinions.screens import opinion_lines
from handlers.reply import Paper, Rows, Screen
from handlers.statistics.buttons import SendMonth, ShowMonth
from handlers.wording import names
from handlers.wording.layout import bold, button, page, small
from locales import Words, dates
from storage.statistics.ages import Ages
from storage.statistics.figures import FEW, Spread, Summary
from storage.statistics.months import months_from
from storage.workflow import Workflow

REASONS = 3  # for which most waited


def month_screen(
    workflow: Workflow,
    day: date,
    found: Summary,
    t: Words,
    now: int,
    ages: Ages | None = None,
    demands: int = 0,
    opinions: Mapping[str, int] = {},
) -> Screen:
    """How many, how long against what was promised, where it takes longest, for what it waited; how old what is under
    way is, in the month that it is; and how many families were asked for money, and what they say.
    """
    lines = [
        bold(t("Figures · {month}", month=month_name(day, t))),
        *so_far(workflow, found, t, now),
        t(
            "{filed} registered, {ready} ready, {over} handed over.",
            filed=found.filed, ready=found.ready, over=found.handed_over,
        ),
        *_how_long(workflow, found, t),
        *_slowest(workflow, found, t),
        *_reasons(workflow, found, t),
    ]  # fmt: skip
    if ages and found.since <= now < found.until:
        middle, oldest = (part(workflow, days, t) for days in (ages.median, ages.oldest))
        lines.append(
            t.n(
                "{n} document under way: the middle one for {median}, the oldest for {oldest}.",
                "{n} documents under way: the middle one for {median}, the oldest for {oldest}.",
                ages.count, median=middle, oldest=oldest,
            )
        )  # fmt: skip
    if demands:
        lines.append(t.n("{n} family was asked for money.", "{n} families were asked for money.", demands))
    lines += opinion_lines(opinions, t)
    return Screen(page(*lines), _rows(workflow, day, t, now))


def so_far(workflow: Workflow, found: Summary, t: Words, now: int) -> list[str]:
    """Of a month that is not over: until which day it is told."""
    if not found.since <= now < found.until:
        return []
    return [t("So far, until {day}.", day=dates.day(now, now, workflow.zone, t.lang))]


def _how_long(workflow: Workflow, found: Summary, t: Words) -> list[str]:
    if found.days is None:
        return [t("Nothing became ready in this time.")]
    least, most = (dates.amount(days, t.lang) for days in found.promise)
    return [
        t("From registration to ready: {days}.", days=spread_words(workflow, found.days, t)),
        t(
            "Promised {least}–{most} days: kept for {kept} of {ready}.",
            least=least, most=most, kept=found.kept, ready=found.ready,
        ),
    ]  # fmt: skip


def spread_words(workflow: Workflow, spread: Spread, t: Words) -> str:
    """3,2 working days (four of five: 2,1–4,8), or 3,2 working days where all took as long; with units of their own, as
    soon as one of them is less than a day.
    """
    whole = spread.low >= 1
    low, median, high = (
        dates.amount(days, t.lang) if whole else part(workflow, days, t)
        for days in (spread.low, spread.median, spread.high)
    )
    if low == high:
        return t("{median} working days", median=median) if whole else median
    if whole:
        return t("{median} working days (four of five: {low}–{high})", median=median, low=low, high=high)
    return t("{median} (four of five: {low} – {high})", median=median, low=low, high=high)


def _slowest(workflow: Workflow, found: Summary, t: Words) -> list[str]:
    """The step that takes longest for what it may take, if any takes longer."""
    over = {
        stage: spread.median / target
        for stage, spread in found.legs.items()
        if (target := target_of(workflow, stage)) and spread.median > target
    }
    if not over:
        return []
    stage = max(over, key=lambda one: over[one])
    days, target = found.legs[stage].median, target_of(workflow, stage)
    return [
        t(
            "Over its target, most of all: {step}, {time} (target {target}).",
            step=names.stage_next(workflow, stage, t.lang),
            time=part(workflow, days, t), target=part(workflow, target, t),
        )
    ]  # fmt: skip


def counted(count: int, t: Words) -> str:
    """How many, as whoever is outside the office reads it: few are not counted."""
    return str(count) if count >= FEW else t("fewer than {n}", n=FEW)


def part(workflow: Workflow, days: float, t: Words) -> str:
    """3,2 hari, or 1,5 jam of a working day."""
    return dates.part(days, workflow.calendar.usual_length, t.lang)


def target_of(workflow: Workflow, stage: str) -> float:
    """In how many working days a stage should be reached; 0 if nobody says."""
    return (workflow.stages[stage].target or 0) if stage in workflow.stages else 0


def _reasons(workflow: Workflow, found: Summary, t: Words) -> list[str]:
    told = [item for item in found.waits.items() if dates.amount(item[1][1], t.lang) != "0"]
    ranked = sorted(told, key=lambda item: -item[1][1])[:REASONS]
    return [
        t(
            "Waited: {reason}, {n} documents, {time} in all.",
            reason=small(reason_name(workflow, reason, t)), n=count, time=part(workflow, days, t),
        )
        for reason, (count, days) in ranked
    ]  # fmt: skip


def reason_name(workflow: Workflow, reason: str, t: Words) -> str:
    """A hold, or the exit to which documents had left, without what it tells families to do."""
    if reason in workflow.holds:
        return names.hold_reason(workflow, reason, t.lang).partition(".")[0]
    return names.stage_now(workflow, reason, "", t.lang).partition(".")[0]


def _rows(workflow: Workflow, day: date, t: Words, now: int) -> Rows:
    at = number(day)
    before, after = months_from(day, -1), months_from(day, 1)
    turning = [button(f"◀ {month_name(before, t)}", ShowMonth(number(before)))]
    if after <= workflow.calendar.day(now):
        turning.append(button(f"{month_name(after, t)} ▶", ShowMonth(number(after))))
    return (
        tuple(turning),
        (button(t("Picture of half a year"), SendMonth(at, "chart")),),
        (
            button(t("Page for {registry}", registry=workflow.district.district.registry), SendMonth(at, "page")),
            button(t("Workbook"), SendMonth(at, "book")),
        ),
    )


def month_name(day: date, t: Words) -> str:
    """November 2026"""
    return dates.month(day.year, day.month, t.lang)


def number(day: date) -> int:
    """A month as buttons say it."""
    return day.year * 100 + day.month


def file_screen(workflow: Workflow, day: date, found: Summary, paper: Paper, t: Words, now: int) -> Screen:
    """A file, and what it says for those who cannot look at it."""
    title = f"Jek-Duk {workflow.district.district.name} · {month_name(day, t)}"
    return Screen(page(title, *so_far(workflow, found, t, now), *_how_long(workflow, found, t)), paper=paper)

"""What stands on a page for the wall, in words: what stands still, how many are where, and the figures of the month."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from handlers.statistics.screens import month_name, part, reason_name, target_of
from handlers.wording import names, standstill, waiting
from handlers.wording.layout import capital
from locales import Words, dates
from storage import overview
from storage.db.protocol import Tx
from storage.holds.queues import Standstill
from storage.mornings import oversight
from storage.mornings.oversight import Oversight
from storage.statistics.figures import Spread, Summary
from storage.workflow import Workflow

HELD = 12  # causes that have a line; of more, how many there are

Row = tuple[str, ...]


class Standing(NamedTuple):
    """What is so at a time (epoch ms): what stands still, and by stage how many are open and how many of them held."""

    at: int
    seen: Oversight
    open: Mapping[str, tuple[int, int]]


class Listing(NamedTuple):
    """Rows under a heading; `none` is said if there are none."""

    heading: str
    columns: Row
    rows: tuple[Row, ...]
    none: str = ""


class Board(NamedTuple):
    """A page: what matters most, a few large figures, and tables."""

    lang: str
    title: str
    moment: str
    alarms: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    tables: tuple[Listing, ...]
    notes: tuple[str, ...] = ()


async def facts(tx: Tx, workflow: Workflow, now: int) -> Standing:
    """As things are."""
    return Standing(now, await oversight.of_district(tx, workflow, now), await overview.open_by_stage(tx))


def board(workflow: Workflow, now: Standing, month: Summary | None, t: Words) -> Board:
    """The page for heads: roles instead of names, and no numbers. The figures of the month may still be made."""
    seen, at = now.seen, now.at
    figures = (
        (str(sum(one.count for one in seen.late)), t("late")),
        (str(sum(one.count for one in seen.held)), t("on hold")),
        (str(sum(count for count, _ in now.open.values())), t("open")),
    )
    standing = _late(workflow, seen, t, at), _held(workflow, seen.held, t, at), _open(workflow, now.open, t)
    made = t("Working days of the district, without the family's turn.")
    return Board(
        t.lang,
        f"Jek-Duk {workflow.district.district.name}",
        dates.moment(at, at, workflow.zone, t.lang),
        _alarms(workflow, seen, t, at),
        (*figures, *(month_figures(workflow, month, t) if month else ())),
        (*standing, *(_of_month(workflow, month, t) if month else ())),
        (made if month else t("The figures of the month are being made: they come by themselves."),),
    )


def _of_month(workflow: Workflow, month: Summary, t: Words) -> tuple[Listing, ...]:
    name = month_name(workflow.calendar.day(month.since), t)
    villages = ((names.village_name(workflow, key), one) for key, one in month.by_village.items())
    return (
        steps(workflow, month, t("Steps · {month}", month=name), t),
        _spreads(workflow, t("From registration to ready · {month}", month=name), t("Village"), villages, t),
        _reasons(workflow, month, t),
    )


def month_figures(workflow: Workflow, month: Summary, t: Words) -> tuple[tuple[str, str], ...]:
    """Filed, ready, handed over; and how long it took, against what was promised."""
    counts = (
        (str(month.filed), t("registered")),
        (str(month.ready), t("ready")),
        (str(month.handed_over), t("handed over")),
    )
    if month.days is None:
        return counts
    least, most = (dates.amount(days, t.lang) for days in month.promise)
    promised = t("from registration to ready (promised: {least}–{most} working days)", least=least, most=most)
    return (*counts, (part(workflow, month.days.median, t), promised))


def steps(workflow: Workflow, month: Summary, heading: str, t: Words) -> Listing:
    """How long each step took that any document made, in the order of the road."""
    rows = []
    for stage in workflow.stages:
        one, target = month.legs.get(stage), target_of(workflow, stage)
        if one and one.count:
            step = capital(names.stage_next(workflow, stage, t.lang))
            rows.append((step, *_numbers(workflow, one, t), part(workflow, target, t) if target else "–"))
    columns = t("Step"), t("Documents"), t("Median"), t("Four of five"), t("Target")
    return Listing(heading, columns, tuple(rows), t("Nothing yet in this month."))


def _alarms(workflow: Workflow, seen: Oversight, t: Words, now: int) -> tuple[str, ...]:
    """What is paused, has waited for very long or was not fetched, who gives no sign; and whether the bot is well."""
    overdue = [
        t("{village} has waited for {days} to be {step}.", village=names.village_name(workflow, one.village),
          days=_days(workflow, one.oldest, t, now), step=waiting.step(workflow, one, t))
        for one in seen.overdue(workflow, now)[: waiting.NAMED]
    ]  # fmt: skip
    missed = [waiting.promised(workflow, one, t, now) for one in seen.missed]
    unheard = [
        t("{post}: no sign for {days}.", post=names.post_title(workflow, one.post._replace(label=""), t),
          days=dates.working_days(one.days, t.lang))
        for one in seen.unheard
    ]  # fmt: skip
    stuck = [t("The bot has messages that are stuck: {n}. Please tell the operator.", n=seen.stuck)]
    behind = [t("The bot is behind with its messages.")]
    paused = [standstill.pause(workflow, one, t, now) for one in seen.pauses]
    lost = [t("Families did not get: {n} ⚠", n=seen.objections)] if seen.objections else []
    return (*paused, *overdue, *missed, *lost, *unheard, *(stuck if seen.stuck else behind if seen.is_behind else ()))


def _days(workflow: Workflow, since: int, t: Words, now: int) -> str:
    return dates.working_days(workflow.calendar.working_days(since, now), t.lang)


def _late(workflow: Workflow, seen: Oversight, t: Words, now: int) -> Listing:
    rows = [
        (
            capital(waiting.step(workflow, group[0], t)),
            str(sum(one.count for one in group)),
            _days(workflow, min(one.oldest for one in group), t, now),
            waiting.ages(workflow, sorted(group, key=lambda one: one.oldest), t, now),
        )
        for group in waiting.by_leg(seen.late)
    ]
    columns = t("Waiting to be"), t("Documents"), t("Oldest"), t("Villages")
    return Listing(t("Late"), columns, tuple(rows), t("Nothing is late. Good news!"))


def _held(workflow: Workflow, held: Sequence[Standstill], t: Words, now: int) -> Listing:
    rows = [
        (
            standstill.cause_name(workflow, one.cause, t),
            str(one.count),
            dates.lately(one.cause.since, now, workflow.zone, t.lang),
            dates.day(one.cause.review, now, workflow.zone, t.lang) if one.cause.review else "–",
        )
        for one in held[:HELD]
    ]
    if len(held) > HELD:
        rows.append((t("… and {n} more", n=len(held) - HELD), str(sum(one.count for one in held[HELD:])), "", ""))
    columns = t("Reason"), t("Documents"), t("Since"), t("Looked at again")
    return Listing(t("On hold"), columns, tuple(rows), t("Nothing is on hold."))


def _open(workflow: Workflow, open: Mapping[str, tuple[int, int]], t: Words) -> Listing:
    rows = [
        (capital(place(workflow, stage, t)), str(open[stage][0]), str(open[stage][1]))
        for stage in (*workflow.stages, *workflow.exits)
        if stage in open
    ]
    columns = t("Place"), t("Documents"), t("On hold")
    return Listing(t("Where documents are"), columns, tuple(rows), t("Nothing is on its road."))


def place(workflow: Workflow, stage: str, t: Words) -> str:
    """What was done last: where it is differs from village to village."""
    if stage in workflow.stages:
        return names.stage_next(workflow, stage, t.lang)
    return names.stage_now(workflow, stage, "", t.lang).partition(".")[0]


def _spreads(workflow: Workflow, heading: str, first: str, found: Iterable[tuple[str, Spread]], t: Words) -> Listing:
    rows = tuple((key, *_numbers(workflow, one, t)) for key, one in found)
    columns = first, t("Documents"), t("Median"), t("Four of five")
    return Listing(heading, columns, rows, t("Nothing yet in this month."))


def _numbers(workflow: Workflow, one: Spread, t: Words) -> Row:
    low, median, high = (part(workflow, days, t) for days in (one.low, one.median, one.high))
    return str(one.count), median, low if low == high else f"{low} – {high}"


def _reasons(workflow: Workflow, month: Summary, t: Words) -> Listing:
    ranked = sorted(month.waits.items(), key=lambda item: -item[1][1])
    rows = [(reason_name(workflow, key, t), str(count), part(workflow, days, t)) for key, (count, days) in ranked]
    columns = t("Reason"), t("Documents"), t("In all")
    return Listing(t("What was waited for"), columns, tuple(rows), t("Nothing yet in this month."))

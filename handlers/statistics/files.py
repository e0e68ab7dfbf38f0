"""What stands on a picture, in a workbook and on the page for the registry, as `bot.press` draws it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from handlers.statistics.screens import counted, month_name, part, reason_name, so_far, spread_words, target_of
from handlers.wording import names
from handlers.wording.layout import capital
from locales import Words, dates
from storage.statistics.ages import Ages
from storage.statistics.figures import FEW, Spread, Summary
from storage.workflow import Workflow

Sheet = Mapping[str, Any]


def chart(workflow: Workflow, day: date, found: Sequence[Summary], t: Words, now: int) -> Sheet:
    """Bars of the last months, and of the last month's steps and villages: the middle, four of five, and the target."""
    last = found[-1]
    most = last.promise[1]
    months = [(month_name(_day(workflow, one), t), one.days, most) for one in found]
    legs = [(_step(workflow, stage, t), last.legs.get(stage), target_of(workflow, stage)) for stage in workflow.stages]
    villages = [(names.village_name(workflow, key), last.by_village.get(key), most) for key in workflow.villages]
    note = t(
        "Working days and office hours. Bar: the middle one, red if above the target; line: four of five; mark: the "
        "target. Right: the middle one · how many."
    )
    return {
        "kind": "chart",
        "title": f"Jek-Duk {workflow.district.district.name} · {month_name(day, t)}",
        "note": " ".join([*so_far(workflow, last, t, now), note]),
        "panels": [
            _panel(workflow, t("From registration to ready, by month"), months, t),
            _panel(workflow, t("By step"), legs, t),
            _panel(workflow, t("From registration to ready, by village"), villages, t),
        ],
    }


def _panel(workflow: Workflow, heading: str, rows: Iterable[tuple[str, Spread | None, float]], t: Words) -> Sheet:
    return {
        "heading": heading,
        "rows": [
            {
                "label": label, "low": spread.low, "median": spread.median, "high": spread.high, "target": target,
                "value": part(workflow, spread.median, t), "count": spread.count,
            }
            for label, spread, target in rows
            if spread
        ],
    }  # fmt: skip


def book(workflow: Workflow, found: Sequence[Summary], old: Mapping[str, Ages], t: Words, now: int) -> Sheet:
    """A year by months, the last month by step, kind, village and reason, and what is under way now by place: for the
    office, with every count.
    """
    last = found[-1]
    count, spread = t("Documents"), [t("Median, in working days"), t("From"), t("To")]
    months = [
        [_month(workflow, one, t, now), one.filed, one.ready, one.handed_over, one.kept, *_numbers(one.days)[1:]]
        for one in found
    ]
    tables = (
        (t("Steps"), {_step(workflow, key, t): one for key, one in last.legs.items()}),
        (t("Kinds"), {names.type_names(workflow, [key], t.lang): one for key, one in last.by_type.items()}),
        (t("Villages"), {names.village_name(workflow, key): one for key, one in last.by_village.items()}),
    )
    waits = [[reason_name(workflow, key, t), n, round(days, 2)] for key, (n, days) in last.waits.items()]
    head = [t("Month"), t("Registered"), t("Ready"), t("Handed over"), t("As promised"), *spread]
    return {
        "kind": "workbook",
        "sheets": [
            {"name": t("Months"), "columns": head, "rows": months},
            *(
                {
                    "name": name,
                    "columns": [name, count, *spread],
                    "rows": [[k, *_numbers(one)] for k, one in rows.items()],
                }
                for name, rows in tables
            ),
            {"name": t("Waiting"), "columns": [t("Reason"), count, t("Working days")], "rows": waits},
            _under_way(workflow, old, t, now),
        ],
    }


def _month(workflow: Workflow, one: Summary, t: Words, now: int) -> str:
    return " · ".join([month_name(_day(workflow, one), t), *so_far(workflow, one, t, now)])


def _under_way(workflow: Workflow, old: Mapping[str, Ages], t: Words, now: int) -> Sheet:
    today = dates.day(now, now, workflow.zone, t.lang)
    rows = [
        [
            _step(workflow, key, t) if key in workflow.stages else reason_name(workflow, key, t),
            one.count,
            round(one.median, 2),
            round(one.oldest, 2),
        ]
        for key, one in old.items()
        if key
    ]
    columns = [t("Under way on {day}", day=today), t("Documents"), t("Median, in working days"), t("Oldest")]
    return {"name": t("Under way"), "columns": columns, "rows": rows}


def page(workflow: Workflow, day: date, found: Sequence[Summary], t: Words, now: int) -> Sheet:
    """The agreement with the registry in numbers: this month and the one before, each step, and what was waited for."""
    before, last = found[-2:]
    district = workflow.district.district
    legs = [
        _leg(workflow, stage, one, last.in_time.get(stage, 0), before.legs.get(stage), t)
        for stage in workflow.stages
        if (one := last.legs.get(stage)) and one.count >= FEW
    ]
    return {
        "kind": "list",
        "title": f"Jek-Duk {district.name} · {month_name(day, t)}",
        "facts": _facts(workflow, last, t, now),
        "tables": [
            {
                "heading": t("Each step, while the office is open"), "size": 9, "widths": [34, 14, 11, 22, 12, 10, 13],
                "columns": [
                    t("Step"), t("Documents"), t("Median"), t("Four of five"),
                    t("Target"), t("In time"), t("Month before"),
                ],
                "rows": legs,
            },
            *_waits(workflow, last, t),
        ],
        "notes": [
            t(
                "Working days of the district, without the family's turn. "
                "Steps and reasons of fewer than {n} documents are left out.", n=FEW,
            ),
            t("Made on {day}.", day=dates.day(now, 0, workflow.zone, t.lang)),
        ],
        "signatures": [[district.name, t("Name"), t("Signature")], [district.registry, t("Name"), t("Signature")]],
    }  # fmt: skip


def _facts(workflow: Workflow, last: Summary, t: Words, now: int) -> list[list[str]]:
    counts = (t("Registered"), last.filed), (t("Ready"), last.ready), (t("Handed over"), last.handed_over)
    facts = [[name, counted(count, t)] for name, count in counts]
    if so_far(workflow, last, t, now):
        facts.insert(0, [t("So far, until"), dates.day(now, now, workflow.zone, t.lang)])
    if last.days and last.ready >= FEW:
        least, most = (dates.amount(days, t.lang) for days in last.promise)
        facts.append([t("From registration to ready"), spread_words(workflow, last.days, t)])
        kept = t("{kept} of {ready} ({least}–{most} days)", kept=last.kept, ready=last.ready, least=least, most=most)
        facts.append([t("As promised"), kept])
    return facts


def _waits(workflow: Workflow, found: Summary, t: Words) -> list[Sheet]:
    ranked = sorted(found.waits.items(), key=lambda item: -item[1][1])
    rows = [
        [reason_name(workflow, key, t), str(count), part(workflow, days, t)]
        for key, (count, days) in ranked
        if count >= FEW
    ]
    if not rows:
        return []
    columns = [t("Reason"), t("Documents"), t("In all")]
    return [{"heading": t("What was waited for"), "size": 9, "widths": [60, 20, 20], "columns": columns, "rows": rows}]


def _leg(workflow: Workflow, stage: str, one: Spread, in_time: int, before: Spread | None, t: Words) -> list[str]:
    target = target_of(workflow, stage)
    low, median, high = (part(workflow, days, t) for days in (one.low, one.median, one.high))
    return [
        _step(workflow, stage, t), str(one.count), median, f"{low} – {high}",
        part(workflow, target, t) if target else "–",
        f"{in_time / one.count:.0%}" if target else "–",
        part(workflow, before.median, t) if before and before.count >= FEW else "–",
    ]  # fmt: skip


def _numbers(spread: Spread | None) -> list[float | None]:
    if spread is None:
        return [0, None, None, None]
    return [spread.count, *(round(days, 2) for days in (spread.median, spread.low, spread.high))]


def _step(workflow: Workflow, stage: str, t: Words) -> str:
    return capital(names.stage_next(workflow, stage, t.lang))


def _day(workflow: Workflow, one: Summary) -> date:
    return workflow.calendar.day(one.since)

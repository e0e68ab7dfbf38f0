"""What a family does: where it goes, when that is open, with what, whom it asks. Pure."""

from collections.abc import Iterable, Mapping

from handlers.wording import names, remarks
from locales import Words, dates, speech
from storage.workflow import Workflow

FORTNIGHT = 14  # days for which it is told when the counters stay closed


def fetch_lines(
    workflow: Workflow,
    place: tuple[str, str],
    onward: Mapping[str, Iterable[str]],
    now: int,
    t: Words,
    *,
    for_staff: bool = False,
) -> list[str]:
    """How to fetch what is ready at an office (`place`: of the village, or which other, and the village); where it can
    be waited for, at the stages that come next for which kinds. Staff read when the office is open, and no more.
    """
    closed = names.closed_lines(workflow, now, FORTNIGHT, t)
    if for_staff:
        return [*filter(None, [_hours(workflow, *place, now, t)]), *closed]
    steps = [names.stage_next(workflow, to, t.lang, *types) for to, types in onward.items() if not workflow.ends(to)]
    hours, wait = (
        _hours(workflow, *place, now, t),
        [t("Or wait; it will be {step}. Free.", step=step) for step in steps],
    )
    bring = t("Bring the receipt.") if wait else t("Bring the receipt. Free.")
    return [" ".join(filter(None, [hours, bring, *wait])), *closed]


def office_lines(workflow: Workflow, remark: str, village: str, now: int, t: Words) -> list[str]:
    """When the village office is open, as far as anybody knows, to whoever brings there what a `remark` says."""
    hours = _hours(workflow, "village", village, now, t) if remarks.are_brought(remark) else ""
    return [*filter(None, [hours]), *names.closed_lines(workflow, now, FORTNIGHT, t)]


def counter_lines(workflow: Workflow, now: int, t: Words) -> list[str]:
    """When the counters of the district are open, and when not."""
    return [
        t("The counter in {district}:", district=workflow.district.district.name),
        _hours(workflow, "district", "", now, t),
        t("Open next: {day}.", day=_next_open(workflow, "district", "", now, t)),
        *names.closed_lines(workflow, now, FORTNIGHT, t),
    ]


def _hours(workflow: Workflow, office: str, village: str, now: int, t: Words) -> str:
    known = workflow.hours_at(office, village, now)
    if not known:
        return ""
    hours, own = speech.hours(known, t.lang), workflow.district.sentences.opening
    return own.said(t.lang).format(hours=hours) if own else t("Open {hours}.", hours=hours)


def your_turn(
    workflow: Workflow, hold: str | None, village: str, now: int, t: Words, *, in_brief: bool = False
) -> list[str]:
    """What a family does whose turn it is: to which office it goes, with what, and unless `in_brief` when that is open.
    Of the counters of the district it reads when they are next: the days of every week take too many lines.
    """
    known = workflow.holds.get(hold or "")
    office = known.come_to if known else "village"
    items = getattr(known.bring, t.lang) if known and known.bring else ""
    hours = "" if in_brief else _hours(workflow, office, village, now, t)
    if hours and office == "district":
        hours = t("Open {hours}.", hours=_next_open(workflow, office, village, now, t))
    closed = names.closed_lines(workflow, now, FORTNIGHT, t)
    return [" ".join(filter(None, [_come(workflow, office, village, items, t), hours])), *closed]


def _come(workflow: Workflow, office: str, village: str, items: str, t: Words) -> str:
    if office == "district":
        if items:
            return t("Bring {items} to the kecamatan office. Free.", items=items)
        return t("Please go to the kecamatan office: they explain what to do. Free.")
    called = names.village_name(workflow, village)
    if items:
        return t("Bring {items} to the {village} village office. Free.", village=called, items=items)
    return t("Please go to the {village} village office: they explain what to do. Free.", village=called)


def whom_to_ask(workflow: Workflow, village: str, now: int, t: Words) -> str:
    """Whom a family asks when nothing happens, and when that is next open: it may be read at night, or on a Sunday."""
    office, phone = names.village_name(workflow, village), workflow.district.district.phone
    opens = _next_open(workflow, "village", village, now, t)
    if phone:
        return t(
            "Ask at the {village} village office (open {day}), or call {phone}. It is free.",
            village=office, day=opens, phone=phone,
        )  # fmt: skip
    return t("Ask the {village} village office (open {day}). It is free.", village=office, day=opens)


def _next_open(workflow: Workflow, office: str, village: str, now: int, t: Words) -> str:
    """The day on which an office is open next, the present one until it closes; and its hours, if known."""
    hours = workflow.hours_at(office, village, now)
    span = workflow.calendar.open_next(now, hours)
    day = dates.day(span[0], now, workflow.zone, t.lang)
    clocks = [dates.clock(dates.local(at, workflow.zone), t.lang) for at in span]
    return f"{day} {'–'.join(clocks)}" if hours else day


def not_your_turn(workflow: Workflow, village: str, held: tuple[int | None, int], t: Words, *, is_late: bool) -> str:
    """What a family does while something holds up its document that is no matter of theirs: nothing, unless it is late
    or the day is over on which somebody was to look at it again. `held`: that day, if there is one, and now.
    """
    review, now = held
    is_over = review is not None and workflow.calendar.day(review) < workflow.calendar.day(now)
    return whom_to_ask(workflow, village, now, t) if is_late or is_over else t("Sorry, no need to come. It is free.")

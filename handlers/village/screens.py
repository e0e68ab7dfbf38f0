"""All files of a village, place by place."""

from collections.abc import Sequence

from handlers.bags.buttons import ShowTasks
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Screen
from handlers.village.buttons import ShowLampid, ShowVillage
from handlers.wording import layout, names, originals
from handlers.wording.layout import GAP, bold, button, column, grouped, page
from locales import Words, dates
from storage.counter.custody import Out
from storage.mornings.lampid import Lampid, first_day, number_of
from storage.records import Document, Person
from storage.workflow import Workflow

PLACES = ("village", "district", "registry", "road", "home", "")  # the last: off the road
Family = tuple[str, str, list[Document]]  # where, the number, and what of it is there


def village_screen(
    workflow: Workflow, village: str, found: Sequence[Document], out: Sequence[Out], page_no: int, t: Words, now: int
) -> Screen:
    """A page of what is where, a line and a button for each number: what is here first, what was handed over last.

    Originals that are `out` stand with their number, and below all if they stayed behind.
    """
    families = _families(workflow, found)
    shown, page_no, last = layout.paged(families, page_no)
    head = bold(t("Village {village}: all files", village=names.village_name(workflow, village)))
    lines = [head, _sums(families, t)]
    place = None
    for at, _, group in shown:
        if at != place:
            lines += [GAP, bold(_place(at, t))]
            place = at
        along = originals.along(workflow, group, out, t)
        lines.append(f"{_line(workflow, group, t, now)}{along}")
    lines += originals.village_lines(workflow, out, t, now)
    labels = [(f"{grouped(number)} · {_kinds(workflow, group)}", number) for _, number, group in shown]
    rows = column(button(label, ShowStatus(number)) for label, number in labels)
    turning = layout.turning(page_no, last, lambda to: ShowVillage(village, to))
    return Screen(
        page(*layout.listed(lines, t)),
        (*rows, *turning, (_lampid_button(workflow, village, t, now),), (button(t("Back"), ShowTasks()),)),
    )


def _families(workflow: Workflow, found: Sequence[Document]) -> list[Family]:
    groups: dict[tuple[str, str], list[Document]] = {}
    for one in found:
        stage = workflow.stages.get(one.stage)
        groups.setdefault((stage.place if stage else "", one.number), []).append(one)
    families = [(place, number, group) for (place, number), group in groups.items()]
    return sorted(families, key=lambda one: PLACES.index(one[0]))


def _sums(families: Sequence[Family], t: Words) -> str:
    counts = {place: sum(len(group) for at, _, group in families if at == place) for place in PLACES}
    if not families:
        return t("Nothing of this village is on its way.")
    return " · ".join(f"{_place(place, t)} {n}" for place, n in counts.items() if n)


def _place(place: str, t: Words) -> str:
    words = {
        "village": t("In the village"),
        "district": t("At the district office"),
        "registry": t("At the registry"),
        "road": t("On the road"),
        "home": t("Handed over lately"),
    }
    return words.get(place, t("Off the road"))


def _kinds(workflow: Workflow, group: Sequence[Document]) -> str:
    return ", ".join(names.type_short(workflow, one.type) for one in group)


def _line(workflow: Workflow, group: Sequence[Document], t: Words, now: int) -> str:
    """`…5492 KK, KIA since Monday ⚠`, and why it stands still, or how it left the road."""
    first = group[0]
    late = " ⚠" if any(_is_late(workflow, one, now) for one in group) else ""
    day = dates.lately(first.since, now, workflow.zone, t.lang)
    what = f"…{first.number[-4:]} {_kinds(workflow, group)}"
    line = t("{documents} since {day}", documents=what, day=day) + late
    held = [f"⏸ {layout.small(names.hold_reason(workflow, one.hold, t.lang))}" for one in group if one.hold]
    left = [one for one in group if one.stage not in workflow.stages]
    off = [layout.small(names.stage_now(workflow, one.stage, one.village, t.lang)) for one in left]
    return " · ".join([line, *dict.fromkeys([*held, *off])])


def _is_late(workflow: Workflow, one: Document, now: int) -> bool:
    """True of what has waited for too long; while it is the family's turn, nothing does."""
    to = workflow.following(one.type, one.stage)
    if to is None or one.closed_at is not None or workflow.stops_clock(one.hold):
        return False
    return workflow.is_late(to, one.since + one.stopped, now)


def _lampid_button(workflow: Workflow, village: str, t: Words, now: int) -> Button:
    month = number_of(workflow.calendar.day(now))
    return button(t("Births, deaths, moves: {month}", month=_month(month, t)), ShowLampid(village, month))


def lampid_screen(
    workflow: Workflow, person: Person, village: str, month: int, found: Lampid, this: int, t: Words
) -> Screen:
    """The totals of a month, and the way to the months beside it."""
    name = names.village_name(workflow, village)
    head = t("{village} village, {month}", village=name, month=_month(month, t))
    files = (button(t("All of {village}", village=name), ShowVillage(village)),)
    beside = [one for one in (month - 1, month + 1) if one <= this]
    return Screen(
        page(
            bold(head),
            t("Births: {n}", n=found.births),
            t("Deaths: {n}", n=found.deaths),
            t("Moved out: {n}", n=found.out),
            t("Moved in: {n}", n=found.into),
            t("Counted from what the village registered in this month."),
        ),
        (
            tuple(button(_month(one, t), ShowLampid(village, one)) for one in beside),
            *((files,) if workflow.is_in_sight(person, village) else ()),
        ),
    )


def _month(month: int, t: Words) -> str:
    first = first_day(month)
    return dates.month(first.year, first.month, t.lang)

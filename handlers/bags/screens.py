"""What waits, a bag, and what lies ready in the morning."""

from collections.abc import Sequence

from handlers.bags.buttons import CompleteBag, PackBag, PackVillage, ShowBag, ShowTasks, Tick
from handlers.callbacks import Callback
from handlers.documents.buttons import OpenDocument
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names
from handlers.wording.layout import bold, button, page
from locales import Words, dates
from storage.records import Bag, BagItem, Document, Person
from storage.workflow import Workflow


def tasks_screen(
    workflow: Workflow, groups: Sequence[tuple[str, str, int, int]], page_no: int, t: Words, now: int
) -> Screen:
    """A page of what waits for one officer, a button for each leg."""
    head = t("Tasks · {moment}", moment=dates.moment(now, now, workflow.zone, t.lang))
    legs, page_no, last = layout.paged(
        list(zip(_leg_names(workflow, groups, t), groups, strict=True)), page_no, layout.MANY
    )
    turning, refresh = layout.turning(page_no, last, ShowTasks), button(t("Refresh"), ShowTasks(page_no))
    if not groups:
        return Screen(page(bold(head), t("No tasks now. Good news!")), ((refresh,),))
    lines = [_leg_line(workflow, name, group, t, now) for name, group in legs]
    buttons = [_leg_button(workflow, name, group, now) for name, group in legs]
    return Screen(page(bold(head), *lines), (*((one,) for one in buttons), *turning, (refresh,)))


def _leg_names(workflow: Workflow, groups: Sequence[tuple[str, str, int, int]], t: Words) -> list[tuple[str, str]]:
    """The name of each leg and, where roads meet and two would be called the same, what was done before it."""
    legs = [names.leg_name(workflow, to, t.lang, *workflow.kinds.get((origin, to), ())) for origin, to, *_ in groups]
    before = [names.stage_next(workflow, origin, t.lang) for origin, *_ in groups]
    return [(leg, f" · {done}" if legs.count(leg) > 1 else "") for leg, done in zip(legs, before, strict=True)]


def _leg_line(workflow: Workflow, name: tuple[str, str], group: tuple[str, str, int, int], t: Words, now: int) -> str:
    """How long the oldest file of a leg has waited; nothing on the first day."""
    _, _, _, oldest = group
    days = workflow.calendar.working_days(oldest, now)
    if not days:
        return ""
    return t("{leg}: oldest {age}", leg="".join(name), age=dates.working_days(days, t.lang)) + _late(
        workflow, group, now
    )


def _leg_button(workflow: Workflow, name: tuple[str, str], group: tuple[str, str, int, int], now: int) -> Button:
    origin, to, count, _ = group
    (leg, before), late = name, _late(workflow, group, now)
    return button(f"{leg} ({count}){late}{before}", PackBag(origin, to))


def _late(workflow: Workflow, group: tuple[str, str, int, int], now: int) -> str:
    """A mark where the oldest has waited longer than its target, and not on its first day."""
    _, to, _, oldest = group
    is_late = workflow.calendar.due(oldest, workflow.stages[to].target or 1) < now
    return " ⚠" if is_late and workflow.calendar.working_days(oldest, now) else ""


def bag_screen(
    workflow: Workflow,
    person: Person,
    bag: Bag,
    page_no: int,
    single: int,
    newcomers: int,
    t: Words,
    *,
    is_full: bool = False,
) -> Screen:
    """A page of a bag: lines to tick, and the buttons that complete the leg."""
    present = [item for item in bag.items if item.version == item.seen]
    shown, page_no, last = layout.paged(present, page_no)
    ticked = [item for item in present if item.ticked]
    leg = names.leg_name(workflow, bag.to_stage, t.lang, *(item.type for item in bag.items))
    chosen = t("{leg} · {n} of {all} chosen", leg=leg, n=len(ticked), all=len(present))
    gone, outside = len(bag.items) - len(present), ""
    if newcomers and is_full:  # to refresh it brings nothing
        outside = t.n("{n} more waits and comes after these.", "{n} more wait and come after these.", newcomers)
    elif newcomers:
        outside = t("+{n} new: tap Refresh.", n=newcomers)
    text = page(
        bold(leg if single else chosen),
        t("Tap a line to open it.") if single else t("Untick what does not go along."),
        t.n("{n} was moved by others meanwhile.", "{n} were moved by others meanwhile.", gone) if gone else "",
        outside,
    )
    lines = tuple((_line(workflow, bag, item, page_no, single),) for item in shown)
    turning = layout.turning(page_no, last, lambda to: ShowBag(bag.id, to, single))
    return Screen(text, (*lines, *turning, *_foot(workflow, person, bag, ticked, single, t)))


def _line(workflow: Workflow, bag: Bag, item: BagItem, page_no: int, single: int) -> Button:
    label = names.paper_label(workflow, item)
    if single:
        return button(label, OpenDocument(item.document))
    mark = "☑" if item.ticked else "☐"
    return button(f"{mark} {label}", Tick(bag.id, item.place, int(not item.ticked), page_no))


def _foot(workflow: Workflow, person: Person, bag: Bag, ticked: Sequence[BagItem], single: int, t: Words) -> Rows:
    back = button(t("Back"), ShowTasks())
    if single:
        return ((button(t("Tick lines"), ShowBag(bag.id)), back),)
    every = button(t("Untick all"), Tick(bag.id, -1, 0, 0)) if ticked else button(t("Tick all"), Tick(bag.id, -1, 1, 0))
    open_one = button(t("Open one"), ShowBag(bag.id, 0, 1))
    refresh = button(t("Refresh"), _packing(bag.from_stage, bag.to_stage, bag.village))
    return (*_completing(workflow, person, bag, ticked, t), (every, open_one), (refresh, back))


def _packing(origin: str, to: str, village: str) -> Callback:
    return PackVillage(origin, to, village) if village else PackBag(origin, to)


def _completing(workflow: Workflow, person: Person, bag: Bag, ticked: Sequence[BagItem], t: Words) -> Rows:
    """A button for every leg that all ticked lines may take: the nearest first, then the ways past it."""
    if not ticked:
        return ()
    open_to = [workflow.open_to(person, item.type, item.village, bag.from_stage) for item in ticked]
    types = [item.type for item in ticked]
    return tuple(
        (button(names.completing(workflow, to, len(ticked), t.lang, *types), CompleteBag(bag.id, to)),)
        for to in open_to[0]
        if all(to in legs for legs in open_to)
    )


def reminder_screen(
    workflow: Workflow, village: str, groups: Sequence[tuple[str, str, int, int]], greeting: str, t: Words, now: int
) -> Screen:
    """What lies ready for a village: to be fetched, and to be handed over; buttons open those bags."""
    day = dates.day(now, now, workflow.zone, t.lang)
    shown = groups[: layout.MANY]
    lines = [_ready_line(workflow, group, t, now) for group in shown]
    rows = tuple(
        (button(f"{names.leg_name(workflow, to, t.lang)} ({n})", _packing(origin, to, village)),)
        for origin, to, n, _ in shown
    )
    more = ((button(t("Show tasks"), ShowTasks()),),) if len(groups) > len(shown) else ()
    head = t(
        "{greeting}. {village} village, {day}",
        greeting=greeting,
        village=names.village_name(workflow, village),
        day=day,
    )
    return Screen(page(bold(head), *lines), rows + more)


def _ready_line(workflow: Workflow, group: tuple[str, str, int, int], t: Words, now: int) -> str:
    origin, _, count, oldest = group
    age = dates.working_days(workflow.calendar.working_days(oldest, now), t.lang)
    if workflow.stages[origin].place == "district":
        return t("Ready to fetch at the district office: {n} (oldest {age})", n=count, age=age)
    return t("Waiting for families in the village: {n} (oldest {age})", n=count, age=age)


def arrived_screen(
    workflow: Workflow,
    stage: str,
    arrived: Sequence[Document],
    groups: Sequence[tuple[str, str, int, int]],
    t: Words,
) -> Screen:
    """What came in with one act, by village and kind; buttons open the bags in which it goes on."""
    place = names.stage_now(workflow, stage, arrived[0].village, t.lang, *(one.type for one in arrived))
    head = t.n("{place}: {n} document.", "{place}: {n} documents.", len(arrived), place=place.partition(". ")[0])
    rows = tuple(
        (button(f"{names.leg_name(workflow, to, t.lang)} ({n})", PackBag(at, to)),)
        for at, to, n, _ in groups[: layout.MANY]
    )
    lines = [[line] for line in names.by_village(workflow, arrived)]
    return Screen(page(bold(head), *layout.fitting(lines, t, gap="")), rows)


def look_at_tasks_screen(t: Words) -> Screen:
    """After a time without us: taps may have been lost on their way."""
    return Screen(
        page(t("The bot was out of reach for a while."), t("Taps of that time may be lost. Please look at /tugas.")),
        ((button(t("Show tasks"), ShowTasks()),),),
    )

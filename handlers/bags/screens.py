"""A bag, and what came in with one act."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.bags.buttons import (
    CompleteBag,
    PackBag,
    PackMine,
    PackVillage,
    ShowBag,
    ShowTasks,
    Tick,
    TickGroup,
)
from handlers.callbacks import Callback
from handlers.deputies.buttons import PassOn, TakeOver
from handlers.documents.buttons import OpenDocument
from handlers.holds.buttons import HoldWhy
from handlers.paper.buttons import PrintBag
from handlers.reply import Button, Rows, Screen
from handlers.road.buttons import ShowSeal
from handlers.wording import layout, names, standstill, waiting
from handlers.wording.layout import bold, button, column, page
from locales import Words, dates
from storage.records import Bag, BagItem, Document, Person
from storage.road import legs
from storage.workflow import Workflow

OPENING, OTHER_WAYS = 1, 2  # what the lines of a bag are for, when not to be ticked


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
    """A page of a bag: lines to tick, and the button that completes the leg."""
    present = [item for item in bag.items if item.version == item.seen]
    shown, page_no, last = layout.paged(present, page_no)
    ticked = [item for item in present if item.ticked]
    leg = names.leg_name(workflow, bag.to_stage, t.lang, *(item.type for item in bag.items), roles=person.roles)
    if bag.village and not workflow.village_of_sight(person):
        leg = f"{leg} · {names.village_name(workflow, bag.village)}"
    chosen = t("{leg} · {n} of {all} chosen", leg=leg, n=len(ticked), all=len(present))
    held = sum(item.hold is not None for item in bag.items if item.version != item.seen)
    gone, outside = len(bag.items) - len(present) - held, ""
    if newcomers and is_full:  # to refresh it brings nothing
        outside = t.n("{n} more waits and comes after these.", "{n} more wait and come after these.", newcomers)
    elif newcomers:
        outside = t("+{n} new: tap “Refresh”.", n=newcomers)
    text = page(
        bold(leg if single == OPENING else chosen),
        _what_to_do(single, ticked, t, told=bag.how != "button"),
        t.n("{n} file was recorded meanwhile.", "{n} files were recorded meanwhile.", gone) if gone else "",
        t.n("{n} file was put on hold meanwhile.", "{n} files were put on hold meanwhile.", held) if held else "",
        outside,
    )
    if single == OTHER_WAYS:
        return Screen(text, (*_other_ways(workflow, person, bag, ticked, t), (button(t("Back"), ShowBag(bag.id)),)))
    in_village = len({item.village for item in bag.items}) == 1
    lines = column(_line(workflow, bag, item, page_no, single, in_village=in_village) for item in shown)
    turning = layout.turning(page_no, last, lambda to: ShowBag(bag.id, to, single))
    groups = _groups(workflow, bag, present) if not single else ()
    return Screen(text, (*groups, *lines, *turning, *_foot(workflow, person, bag, ticked, single, t)))


def _what_to_do(single: int, ticked: Sequence[BagItem], t: Words, *, told: bool) -> str:
    if single == OPENING:
        return t("Tap a line to open it.")
    if single == OTHER_WAYS:
        return t("Past a stage: only if it is so.") if not told else t("What did you do with them?")
    return t("Untick any you are not taking.") if ticked else t("Tick those you are taking.")


def _groups(workflow: Workflow, bag: Bag, present: Sequence[BagItem]) -> Rows:
    """A button for each village of a bag that holds several, or else for each kind: to tick all of it, or none."""
    by_village = len({item.village for item in bag.items}) > 1 and not workflow.stays(bag.from_stage, bag.to_stage)
    found: dict[str, list[BagItem]] = {}
    for item in present:
        found.setdefault(item.village if by_village else item.type, []).append(item)
    if not 1 < len(found) <= min(layout.MANY, len(present) // 2):  # the whole, or no quicker than lines
        return ()
    buttons = []
    for key, items in found.items():
        on, name = sum(item.ticked for item in items), names.type_short(workflow, key)
        name = names.village_name(workflow, key) if by_village else name
        is_whole = on == len(items)
        some = f"{on}/" if on and not is_whole else ""
        label = f"{'☑' if is_whole else '☐'} {name} {some}{len(items)}"
        buttons.append(button(label, TickGroup(bag.id, int(by_village), key, int(not is_whole))))
    return layout.abreast(buttons)


def _line(workflow: Workflow, bag: Bag, item: BagItem, page_no: int, single: int, *, in_village: bool) -> Button:
    label = names.paper_label(workflow, item, in_village=in_village)
    if single:
        return button(label, OpenDocument(item.document))
    mark = "☑" if item.ticked else "☐"
    return button(f"{mark} {label}", Tick(bag.id, item.place, int(not item.ticked), page_no))


def _foot(workflow: Workflow, person: Person, bag: Bag, ticked: Sequence[BagItem], single: int, t: Words) -> Rows:
    back = button(t("Back"), ShowTasks())
    if single:
        return ((button(t("Choose several"), ShowBag(bag.id)), back),)
    every = button(t("Untick all"), Tick(bag.id, -1, 0, 0)) if ticked else button(t("Tick all"), Tick(bag.id, -1, 1, 0))
    if bag.how != "button":
        return (*_completing(workflow, person, bag, ticked, t), (every, back))
    open_one = button(t("Open one"), ShowBag(bag.id, 0, OPENING))
    refresh, listed = button(t("Refresh"), _packing(bag)), button(t("Print"), PrintBag(bag.id))
    hold = ((button("⏸ " + t("Put on hold …"), HoldWhy(bag.id, 0)),),) if ticked else ()
    completing = _completing(workflow, person, bag, ticked, t)
    return (
        *completing,
        *_taking_over(workflow, person, bag, ticked, t),
        *hold,
        *_passing_on(bag, ticked, t),
        (every, open_one),
        (refresh, listed, back),
    )


def _taking_over(workflow: Workflow, person: Person, bag: Bag, ticked: Sequence[BagItem], t: Words) -> Rows:
    """What lies on the road in nobody's hands may be taken into one's own, by those who carry such."""
    is_loose = workflow.is_on_the_road(bag.from_stage) and not bag.mine
    if not ticked or not is_loose or not person.holds(*workflow.stages[bag.from_stage].by):
        return ()
    return ((button("🛵 " + t("I carry these now"), TakeOver(bag.id)),),)


def _passing_on(bag: Bag, ticked: Sequence[BagItem], t: Words) -> Rows:
    """What somebody carries may pass to a colleague, or be received where there is no signal."""
    if not ticked or not bag.mine:
        return ()
    return (
        (button(t("Pass on to a colleague …"), PassOn(bag.id)),),
        (button(t("QR for no signal"), ShowSeal(bag.id)),),
    )


def _packing(bag: Bag) -> Callback:
    if bag.mine:
        return PackMine(bag.from_stage, bag.to_stage)
    return PackVillage(bag.from_stage, bag.to_stage, bag.village)


def _completing(workflow: Workflow, person: Person, bag: Bag, ticked: Sequence[BagItem], t: Words) -> Rows:
    """The one button that completes the leg of a bag for what is ticked, and the way to others if there are any."""
    nearest, *others = _open_to_all(workflow, person, bag, ticked) or [""]
    if not nearest:
        return ()
    types = [item.type for item in ticked]
    if workflow.village_of_sight(person):
        label = names.completing(workflow, nearest, len(ticked), t.lang, *types, roles=person.roles)
    else:
        label = names.completing_in(workflow, (item.village for item in ticked), len(ticked), t)
    past = ((button(t("Other …"), ShowBag(bag.id, 0, OTHER_WAYS)),),) if others else ()
    return ((button(label, CompleteBag(bag.id, nearest)),), *past)


def _other_ways(workflow: Workflow, person: Person, bag: Bag, ticked: Sequence[BagItem], t: Words) -> Rows:
    types = [item.type for item in ticked]
    return column(
        button(names.completing(workflow, to, len(ticked), t.lang, *types), CompleteBag(bag.id, to))
        for to in _open_to_all(workflow, person, bag, ticked)[1:]
    )


def _open_to_all(workflow: Workflow, person: Person, bag: Bag, ticked: Sequence[BagItem]) -> list[str]:
    """The stages into which all ticked lines may go, nearest first. What a family gets is handed over one by one.

    What is told afterwards may be told of any leg of theirs: first of the one that seems to be meant.
    """
    if bag.how != "button":
        anywhere = [legs.into(workflow, person, item.type, item.village) for item in ticked]
        common = [to for to in anywhere[0] if all(to in one for one in anywhere)] if anywhere else []
        return sorted(common, key=lambda to: to != bag.to_stage)
    open_to = [workflow.open_to(person, item.type, item.village, bag.from_stage) for item in ticked]
    common = [to for to in open_to[0] if all(to in one for one in open_to)] if open_to else []
    return [to for to in common if to not in workflow.at_home]


def arrived_screen(
    workflow: Workflow,
    person: Person,
    stage: str,
    arrived: Sequence[Document],
    groups: Sequence[tuple[str, str, int, int]],
    t: Words,
) -> Screen:
    """What came in with one act, by village and kind; buttons open the bags in which it goes on."""
    place = names.stage_now(workflow, stage, arrived[0].village, t.lang, *(one.type for one in arrived))
    head = t.n("{place}: {n} document.", "{place}: {n} documents.", len(arrived), place=place.partition(". ")[0])
    onward = [(waiting.leg_name(workflow, person, at, to, t), at, to, n) for at, to, n, _ in groups]
    rows = column(button(f"{name} ({n})", PackBag(at, to)) for name, at, to, n in onward[: layout.MANY])
    lines = [[line] for line in names.by_village(workflow, arrived)]
    return Screen(page(bold(head), *layout.fitting(lines, t, gap="")), rows)


class ToldBesides(NamedTuple):
    """What somebody named besides a leg: digits that no file of theirs ends in, or several do; and files elsewhere.

    Of a picture, how many of its codes are `foreign`. True if the time that they named `is_to_come`.
    """

    unknown: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    elsewhere: tuple[Document, ...] = ()
    foreign: int = 0
    is_to_come: bool = False


def told_lines(workflow: Workflow, bag: Bag | None, told: ToldBesides, t: Words, now: int) -> list[str]:
    """When it was of which somebody tells, and what else they named."""
    lines = [t("When: {moment}.", moment=dates.moment(bag.at, now, workflow.zone, t.lang))] if bag and bag.at else []
    if bag and bag.how == "photo":
        lines += _read_lines(bag, t)
    if told.foreign:
        lines.append(t.n("{n} QR code is not of ours.", "{n} QR codes are not of ours.", told.foreign))
    if told.shared:
        lines.append(t("Several files end so; tick the right one: {numbers}.", numbers=layout.tails(told.shared)))
    if told.unknown:
        lines.append(t("We know no open file of yours that ends so: {numbers}.", numbers=layout.tails(told.unknown)))
    places: dict[str, list[str]] = {}
    for one in told.elsewhere:
        place = standstill.here(workflow, one, t)
        places.setdefault(place, []).append(one.number)
    for place, there in places.items():
        lines.append(t("Not this leg: {numbers}. {place}.", numbers=layout.tails(dict.fromkeys(there)), place=place))
    return [*lines, t("That is still to come. When was it really?")] if told.is_to_come else lines


def answered_lines(unknown: Sequence[str], shared: Sequence[str], t: Words) -> list[str]:
    """What digits in answer to a bag did not say."""
    odd = t("Not in this bag: {numbers}.", numbers=layout.tails(unknown)) if unknown else ""
    several = t("Several files end so; tick the right one: {numbers}.", numbers=layout.tails(shared)) if shared else ""
    return [line for line in (odd, several) if line]


def _read_lines(bag: Bag, t: Words) -> list[str]:
    """How many slips of a bag are ticked, as they were read; and which are not."""
    every = list(dict.fromkeys(item.number for item in bag.items))
    read = {item.number for item in bag.items if item.ticked}
    unread = [number for number in every if number not in read]
    lines = [t("{n} of {all} slips read.", n=len(read), all=len(every))]
    return [*lines, t("Not in the picture: {numbers}.", numbers=layout.tails(unread))] if unread else lines


def look_at_tasks_screen(t: Words) -> Screen:
    """After a time without us: taps may have been lost on their way."""
    return Screen(
        page(
            t("The bot was offline for a while."),
            t("Anything you tapped then may not have been saved. Please look at /tugas."),
        ),
        ((button(t("Show tasks"), ShowTasks()),),),
    )

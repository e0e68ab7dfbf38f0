"""What waits for an officer: their list of work, the villages of a leg, and what is late."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.bags.buttons import PackBag, PackMine, PackVillage, ShowTasks, ShowVillages
from handlers.callbacks import Callback
from handlers.consignments.buttons import ShowConsignment
from handlers.deputies.buttons import ShowDuty
from handlers.feedback.buttons import ShowDemands, ShowQuestions
from handlers.handover.buttons import ShowObjections
from handlers.relays.buttons import ShowRelays
from handlers.reply import Button, Rows, Screen
from handlers.search.buttons import ShowFound
from handlers.village.buttons import ShowVillage
from handlers.wording import absences, layout, names, originals, standstill, waiting
from handlers.wording.layout import bold, button, card, column, page
from handlers.wording.waiting import NAMED
from locales import Words, dates
from storage.deputies.stand_ins import StandIn
from storage.holds.queues import Standstill
from storage.mornings.pickups import Awaited
from storage.records import Leg, Person
from storage.road.consignments import Consignment
from storage.workflow import Workflow


class Besides(NamedTuple):
    """What stands in a list of work besides the legs: so many families say that they did not get something, and so many
    originals stayed behind; what stands still and they may let go on; who stands in for whom; what was brought and not
    counted; which villages have promised to fetch; so many families to tell; so many who were asked for money; so
    many who ask; to which village so many came back to be completed.
    """

    objections: int = 0
    held: Sequence[Standstill] = ()
    left_behind: int = 0
    absences: Sequence[StandIn] = ()
    uncounted: Sequence[Consignment] = ()
    awaited: Sequence[Awaited] = ()
    relays: int = 0
    demands: int = 0
    questions: int = 0
    back: Sequence[tuple[str, int]] = ()


NOTHING_ELSE = Besides()


def tasks_screen(
    workflow: Workflow,
    person: Person,
    found: Sequence[Leg],
    late: Sequence[Leg],
    t: Words,
    now: int,
    page_no: int = 0,
    besides: Besides = NOTHING_ELSE,
) -> Screen:
    """A page of what waits for one officer: what they carry first, then what waits for anyone; a button for each leg.

    What is `late`, whoever could take it further, is told to the head.
    """
    head = bold(t("Tasks · {moment}", moment=dates.moment(now, now, workflow.zone, t.lang)))
    foot = (
        *_villages(workflow, person, t),
        (button(t("Refresh"), ShowTasks(page_no)), button(t("Find …"), ShowFound("", 0))),
        (button(t("Stand-in …"), ShowDuty()),),
    )
    whole = _late_lines(workflow, late, t, now) if person.holds("head") else []
    lines = [absences.line(workflow, one, person.chat, t, now) for one in besides.absences]
    rows = absences.answers(besides.absences, person.chat, t)
    if not found and not whole and besides._replace(absences=()) == NOTHING_ELSE:
        none = t("No tasks now.") if late else t("No tasks now. Everything is done.")
        return Screen(page(head, *lines, none), (*rows, *foot))
    named = _leg_names(workflow, person, waiting.by_leg(found), t)
    shown, page_no, last = layout.paged(list(zip(waiting.by_leg(found), named, strict=True)), page_no, layout.MANY)
    lines += [waiting.promised(workflow, one, t, now) for one in besides.awaited]
    if len(besides.uncounted) > layout.MANY:
        lines.append(t("Brought and not counted: {n}; the oldest are below.", n=len(besides.uncounted)))
    rows += _besides_rows(workflow, person, besides, t, now)
    for group, name in shown:
        lines.append(_leg_line(workflow, person, group, name, t, now))
        rows.append((_leg_button(workflow, group, name, now),))
    blocks = [[line] for line in [*lines, *whole] if line]
    turning = layout.turning(page_no, last, ShowTasks)
    held = standstill.rows(workflow, besides.held, t)
    return Screen(page(head, *layout.fitting(blocks, t, gap="")), (*rows, *turning, *held, *foot))


def _besides_rows(workflow: Workflow, person: Person, besides: Besides, t: Words, now: int) -> list[tuple[Button, ...]]:
    """The buttons of what waits besides the legs."""
    rows = [(one,) for one in originals.task_buttons(besides.left_behind, t)]
    if besides.objections:
        rows.insert(0, (button(t("Families did not get: {n} ⚠", n=besides.objections), ShowObjections()),))
    for village, n in besides.back:
        name = f" · {names.village_name(workflow, village)}" * (len(besides.back) > 1)
        rows.append((button(t("To be completed: {n}", n=n) + name, ShowVillage(village)),))
    if besides.relays:
        rows.append((button(t("Families to tell: {n}", n=besides.relays), ShowRelays()),))
    if besides.questions:
        rows.append((button(t("Questions of families: {n}", n=besides.questions), ShowQuestions()),))
    if besides.demands:
        rows.insert(0, (button(t("Money was asked for: {n} ⚠", n=besides.demands), ShowDemands()),))
    rows += [(_counting(workflow, one, t, now),) for one in besides.uncounted[: layout.MANY]]
    return [*rows, *waiting.bags_of(workflow, besides.awaited, person, t)]


def _counting(workflow: Workflow, one: Consignment, t: Words, now: int) -> Button:
    day = dates.lately(one.given_at, now, workflow.zone, t.lang)
    return button(t("Count: {n} brought since {day} ⚠", n=one.papers, day=day), ShowConsignment(one.act))


def _villages(workflow: Workflow, person: Person, t: Words) -> Rows:
    """The way to all files of each village in which this person has a post."""
    found = dict.fromkeys(post.village for post in person.posts if post.village)
    keys = [(names.village_name(workflow, village), village) for village in found]
    return layout.abreast([button(t("All of {village}", village=name), ShowVillage(key)) for name, key in keys])


def _leg_names(workflow: Workflow, person: Person, groups: Sequence[Sequence[Leg]], t: Words) -> list[str]:
    """What each leg is called; where roads meet and two would be called the same, with what was done before it."""
    labels = []
    for first, *_ in groups:
        name = waiting.leg_name(workflow, person, first.origin, first.to, t)
        labels.append(f"{names.SIGNS['road']} {name}" if first.mine else name)
    before = [names.stage_next(workflow, first.origin, t.lang) for first, *_ in groups]
    return [f"{one} · {done}" if labels.count(one) > 1 else one for one, done in zip(labels, before, strict=True)]


def _leg_line(workflow: Workflow, person: Person, group: Sequence[Leg], name: str, t: Words, now: int) -> str:
    """How much of it waits, where if that may be in several villages, and since when: of several if it is late."""
    places = _places(workflow, person, group, t, now)
    if group[0].mine:
        return t("I carry · {leg}: {villages}", leg=name.partition(" ")[2], villages=places)
    return t("{leg}: {villages}", leg=name, villages=places)


def _places(workflow: Workflow, person: Person, group: Sequence[Leg], t: Words, now: int) -> str:
    """`Gumelem 1 ⚠ since 10 Nov · Tlogopakis 3`: oldest first. Of what lies in one place `3 ⚠ since 10 Nov`."""
    if workflow.village_of_sight(person) or workflow.stays(group[0].origin, group[0].to):
        oldest, count = min(group, key=lambda one: one.oldest), sum(one.count for one in group)
        if _is_late(workflow, oldest, now):
            return f"{count} {_since(oldest, workflow, t, now)}"
        day = dates.lately(oldest.oldest, now, workflow.zone, t.lang)
        return t("{documents} since {day}", documents=count, day=day)
    named = []
    for one in group[:NAMED]:
        mark = f" {_since(one, workflow, t, now)}" if _is_late(workflow, one, now) else ""
        lent = f" {absences.LENT}" if one.lent else ""
        named.append(f"{names.village_name(workflow, one.village)} {one.count}{lent}{mark}")
    more = [t("… and {n} more", n=len(group) - NAMED)] if len(group) > NAMED else []
    return " · ".join([*named, *more])


def _since(one: Leg, workflow: Workflow, t: Words, now: int) -> str:
    return t("⚠ since {day}", day=dates.lately(one.oldest, now, workflow.zone, t.lang))


def _leg_button(workflow: Workflow, group: Sequence[Leg], name: str, now: int) -> Button:
    leg, dot, before = name.partition(" · ")
    late = " ⚠" if any(_is_late(workflow, one, now) for one in group) else ""
    lent = f" {absences.LENT}" if all(one.lent for one in group) else ""
    return button(f"{leg} ({sum(one.count for one in group)}){lent}{late}{dot}{before}", _packing(group[0]))


def _packing(one: Leg) -> Callback:
    return PackMine(one.origin, one.to) if one.mine else PackBag(one.origin, one.to)


def _is_late(workflow: Workflow, one: Leg, now: int) -> bool:
    return workflow.is_late(one.to, one.oldest, now)


def _late_lines(workflow: Workflow, late: Sequence[Leg], t: Words, now: int) -> list[str]:
    """What stands still in the whole district: by leg, the oldest village first."""
    lines = []
    for group in waiting.by_leg(late):
        step = waiting.step(workflow, group[0], t)
        lines.append(t("Waiting to be {step}: {villages}", step=step, villages=waiting.ages(workflow, group, t, now)))
    return [layout.GAP, bold(t("Late:")), *lines] if lines else []


# The villages of a leg


def places_screen(workflow: Workflow, person: Person, group: Sequence[Leg], page_no: int, t: Words, now: int) -> Screen:
    """In which villages something waits for a leg, the oldest first; a bag for each, and last of all one for all."""
    first = group[0]
    name = waiting.leg_name(workflow, person, first.origin, first.to, t)
    shown, page_no, last = layout.paged(group, page_no)
    rows = column(_village_button(workflow, one, t, now) for one in shown)
    turning = layout.turning(page_no, last, lambda to: ShowVillages(first.origin, first.to, to))
    every = button(t("All villages ({n})", n=sum(one.count for one in group)), PackVillage(first.origin, first.to, ""))
    return card([name, t("From which village?")], (*rows, *turning, (every,)), ShowTasks(), t)


def _village_button(workflow: Workflow, one: Leg, t: Words, now: int) -> Button:
    late = f" {_since(one, workflow, t, now)}" if _is_late(workflow, one, now) else ""
    label = f"{names.village_name(workflow, one.village)} ({one.count}){late}"
    return button(label, PackVillage(one.origin, one.to, one.village))

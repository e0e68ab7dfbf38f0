"""What waits for a leg, and since when, in words. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from handlers.bags.buttons import PackBag, PackMine, PackVillage
from handlers.morning.buttons import ShowPickup
from handlers.reply import Button, Rows
from handlers.wording import names
from handlers.wording.layout import button, grouped
from locales import Words, dates
from storage.mornings.pickups import Awaited
from storage.news.relays import Relay
from storage.records import Leg, Person
from storage.workflow import Workflow

AT_ONCE = 2  # more of the same that a card offers after a bag
NAMED = 5  # villages that are named on a line; of more, how many there are


def by_leg(found: Iterable[Leg]) -> list[list[Leg]]:
    """Villages of the same leg together; first of all what somebody carries."""
    order = sorted(found, key=attrgetter("mine"), reverse=True)
    return [list(group) for _, group in groupby(order, key=attrgetter("mine", "origin", "to"))]


def leg_name(workflow: Workflow, person: Person, origin: str, to: str, t: Words) -> str:
    """A leg as whoever does it calls it: some kinds are printed where others are brought."""
    return names.stage_of(workflow, to, workflow.kinds.get((origin, to), ())).leg(t.lang, person.roles)


def leg_buttons(workflow: Workflow, person: Person, group: Sequence[Leg], t: Words) -> list[Button]:
    """The bag of a leg: of all that somebody carries, or of each village in which it waits."""
    first, count = group[0], sum(one.count for one in group)
    name = leg_name(workflow, person, first.origin, first.to, t)
    if first.mine:
        return [button(f"{names.SIGNS['road']} {name} ({count})", PackMine(first.origin, first.to))]
    if workflow.village_of_sight(person):
        return [button(f"{name} ({one.count})", PackVillage(one.origin, one.to, one.village)) for one in group]
    return [
        button(
            f"{names.village_name(workflow, one.village)} ({one.count}): {name}",
            PackVillage(one.origin, one.to, one.village),
        )
        for one in group
    ]


def next_rows(
    workflow: Workflow, person: Person, found: Iterable[Leg], done: tuple[str, str], here: str, t: Words
) -> Rows:
    """After a leg was done: the villages in which more waits for it, the oldest first; what its reader does next with
    what is `here` now; and what they carry: what they just took first. A family comes when it comes.
    """
    more: list[Button] = []
    onward: list[Button] = []
    carried: list[Button] = []
    for group in by_leg(found):
        first, buttons = group[0], leg_buttons(workflow, person, group, t)[:AT_ONCE]
        if first.mine:
            carried = [*buttons, *carried] if first.origin == here else [*carried, *buttons]
        elif (first.origin, first.to) == done:
            more += buttons
        elif first.origin == here and first.to not in workflow.at_home:
            name, count = leg_name(workflow, person, first.origin, first.to, t), sum(one.count for one in group)
            onward.append(button(f"{name} ({count})", PackBag(first.origin, first.to)))
    return tuple((one,) for one in (*more, *onward, *carried[:AT_ONCE]))


def step(workflow: Workflow, leg: Leg, t: Words) -> str:
    """What is done with the kinds of documents that take a leg: some are printed where others are brought."""
    return names.stage_next(workflow, leg.to, t.lang, *workflow.kinds.get((leg.origin, leg.to), ()))


def task(workflow: Workflow, leg: Leg, t: Words) -> str:
    """The same as a task, in a few words: for keys."""
    return names.stage_of(workflow, leg.to, workflow.kinds.get((leg.origin, leg.to), ())).leg(t.lang, ())


def ages(workflow: Workflow, group: Sequence[Leg], t: Words, now: int) -> str:
    """`Gumelem since 10 Nov, Simego since Monday`"""
    aged = [
        t("{village} since {day}", village=names.village_name(workflow, one.village), day=day)
        for one in group[:NAMED]
        for day in [dates.lately(one.oldest, now, workflow.zone, t.lang)]
    ]
    more = [t("… and {n} more", n=len(group) - NAMED)] if len(group) > NAMED else []
    return " · ".join([*aged, *more])


def family(workflow: Workflow, one: Relay, types: Sequence[str], t: Words, now: int) -> str:
    """A family that is to be told: `KK 5631 8591 5492, Gumelem, since 10 Nov`"""
    return t(
        "{documents} {number}, {village}, since {day}",
        documents=", ".join(names.type_short(workflow, type) for type in types),
        number=grouped(one.number),
        village=names.village_name(workflow, one.village),
        day=dates.lately(one.since, now, workflow.zone, t.lang),
    )


def promised(workflow: Workflow, one: Awaited, t: Words, now: int) -> str:
    """`Simego fetches on Thursday: 3`, as desk and village read it."""
    village, today = names.village_name(workflow, one.pickup.village), workflow.calendar.day(now).toordinal()
    if one.pickup.day > today:
        day = coming(workflow, one.pickup.day, t, now)
        return t("{village} fetches on {weekday}: {n}", village=village, weekday=day, n=one.count)
    if one.pickup.missed:
        return t.n(
            "{village} was to fetch {n} document and has not come yet.",
            "{village} was to fetch {n} documents and has not come yet.",
            one.count, village=village,
        )  # fmt: skip
    return t("{village} fetches today: {n}", village=village, n=one.count)


def bags_of(workflow: Workflow, awaited: Sequence[Awaited], person: Person, t: Words) -> Rows:
    """For the desk: what goes into the bag of each village that fetches."""
    shown = awaited if person.holds("district_desk") else ()
    labels = [(names.village_name(workflow, one.pickup.village), one) for one in shown]
    return tuple(
        (button(t("Bag of {village} ({n})", village=name, n=one.count), ShowPickup(one.pickup.village)),)
        for name, one in labels
    )


def coming(workflow: Workflow, day: int, t: Words, now: int) -> str:
    """`Thursday`, of a day by its number; of one that is not among the next seven also its date."""
    return dates.coming(midnight(workflow, day), now, workflow.zone, t.lang)


def named(workflow: Workflow, day: int, t: Words, now: int) -> str:
    """`Thursday 24 Dec`, of a day by its number: beside others on keys, which are read on other days, too."""
    return dates.day(midnight(workflow, day), now, workflow.zone, t.lang)


def midnight(workflow: Workflow, day: int) -> int:
    """When a day begins, by its number."""
    return workflow.calendar.end_of(date.fromordinal(day - 1))

"""What waits for somebody this morning, and how long the oldest of it does."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storage import bags
from storage.bags import Everywhere, Waiting
from storage.db.protocol import Tx
from storage.feedback import questions
from storage.feedback.questions import OpenQuestion
from storage.holds import queues
from storage.holds.queues import Standstill
from storage.mornings import pickups
from storage.mornings.pickups import Awaited
from storage.news import relays
from storage.news.relays import Relay
from storage.records import VILLAGE_ROLES, Leg, Person
from storage.workflow import Workflow

STEPS = (3, 7, 14)  # working days at which a reminder becomes firmer, and rings


def step_since(workflow: Workflow, oldest: int, last: int, now: int, steps: Iterable[int] = STEPS) -> bool:
    """True if what waits since `oldest` has come past one of the steps after `last`."""
    before, age = (workflow.calendar.working_days(oldest, at) for at in (last, now))
    return any(before < step <= age for step in steps)


@dataclass(frozen=True, slots=True)
class Back:
    """What came back to the villages of somebody, to be completed: how many documents, and since when the first."""

    count: int = 0
    oldest: int = 0


class Morning(NamedTuple):
    """What somebody is reminded of: what they should take further, what they wanted to look at again, what came back,
    what is promised, how many families somebody has to tell, and how many of their questions to answer.
    """

    legs: Sequence[Leg] = ()
    looks: Sequence[Standstill] = ()
    back: Back = Back()
    awaited: Sequence[Awaited] = ()
    untold: int = 0
    asked: int = 0

    def __bool__(self) -> bool:
        return bool(self.legs or self.looks or self.back.count or self.awaited or self.untold or self.asked)

    def calls(self, workflow: Workflow, now: int) -> bool:
        """True if somebody is to be reminded: not of a promise alone whose day has not come yet."""
        today = workflow.calendar.day(now).toordinal()
        return bool(self._replace(awaited=[one for one in self.awaited if one.pickup.day <= today]))

    def ages(self, workflow: Workflow, now: int) -> list[int]:
        """For how many working days the oldest of each leg has waited."""
        return [workflow.calendar.working_days(one.oldest, now) for one in self.legs]

    def rings(self, workflow: Workflow, last: int, now: int) -> bool:
        """True if something has waited for one of the `STEPS` since the `last` that rang, be that one skipped, or was
        not fetched as promised.
        """
        today = workflow.calendar.day(now).toordinal()
        is_missed = any(one.pickup.missed and one.pickup.day <= today for one in self.awaited)
        return is_missed or any(step_since(workflow, one.oldest, last, now) for one in self.legs)


async def of(tx: Tx, workflow: Workflow, person: Person, now: int) -> Morning:
    """The morning of one person, as things are now."""
    there = await bags.everywhere(tx, workflow, workflow.village_of_sight(person))
    return _morning(workflow, person, await _found(tx, workflow, there, now), now)


async def of_all(
    tx: Tx, workflow: Workflow, staff: Iterable[Person], now: int
) -> AsyncIterator[tuple[Person, Morning]]:
    """The mornings of many, out of one look at the register."""
    found = await _found(tx, workflow, await bags.everywhere(tx, workflow), now)
    for person in staff:
        await asyncio.sleep(0)  # some milliseconds each, and there may be hundreds
        yield person, _morning(workflow, person, found, now)


class DistrictWaits(NamedTuple):
    """What waits in the district, for whomever."""

    there: Everywhere
    held: Sequence[Standstill]
    promised: Sequence[Awaited]
    untold: Sequence[Relay]
    asked: Sequence[OpenQuestion]


async def _found(tx: Tx, workflow: Workflow, there: Everywhere, now: int) -> DistrictWaits:
    return DistrictWaits(
        there,
        await queues.everything(tx),
        await pickups.awaited(tx, workflow, there.places),
        await relays.in_village(tx, workflow, "", now, relays.COMES_BACK),
        await questions.still_open(tx),
    )


def _morning(workflow: Workflow, person: Person, district: DistrictWaits, now: int) -> Morning:
    awaited = pickups.theirs(workflow, person, district.promised)
    found = bags.legs_among(workflow, person, district.there)
    later = {one.pickup.village for one in awaited if one.pickup.day > workflow.calendar.day(now).toordinal()}
    legs = [
        one
        for one in due(workflow, person, found, now)
        if one.village not in later or not pickups.is_fetched_from(workflow, one.origin)
    ]
    looks = queues.to_look_at(workflow, queues.theirs(workflow, person, district.held), now)
    untold = relays.left_to(person, district.untold)
    asked = sum(questions.is_asked(person, one) for one in district.asked)
    return Morning(legs, looks, _back(workflow, person, district.there), awaited, len(untold), asked)


def due(workflow: Workflow, person: Person, found: Iterable[Leg], now: int) -> list[Leg]:
    """What a person is reminded of: each leg of which the oldest is late, and what lies ready for their village."""
    found = list(found)
    # At a desk a family comes when it comes; its village is reminded.
    late = {
        (one.mine, one.origin, one.to)
        for one in found
        if one.to not in workflow.at_home and workflow.is_late(one.to, one.oldest, now)
    }
    return [one for one in found if (one.mine, one.origin, one.to) in late or is_ready(workflow, person, one)]


def is_ready(workflow: Workflow, person: Person, one: Leg) -> bool:
    """True if it lies ready for the village of whoever is asked."""
    mine = any(post.village == one.village and post.role in VILLAGE_ROLES for post in person.posts)
    return mine and workflow.stages[one.origin].ready


def _back(workflow: Workflow, person: Person, there: Everywhere) -> Back:
    """What of their villages stands off the road and may go on."""
    off = {key for key, exit in workflow.exits.items() if not exit.ends}
    villages = sorted({post.village for post in person.posts if post.role == "village_officer"})
    found = [one for village in villages for one in there.places.get(village, ()) if one.stage in off]
    return Back(sum(one.count for one in found), min((one.oldest for one in found), default=0))


async def sent_back(tx: Tx, workflow: Workflow, person: Person) -> dict[str, int]:
    """By each village of an officer to which something came back to be completed, how many documents."""
    found = {}
    for post in person.posts:
        if post.role == "village_officer":
            rows = [Waiting(*row) for row in await tx.all("waiting_in_village", village=post.village)]
            back = _back(workflow, person._replace(posts=(post,)), Everywhere({post.village: rows}, {}))
            if back.count:
                found[post.village] = back.count
    return found

"""What villages have promised to fetch at the district office, and on which day. A day is the number of its date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from storage import bags
from storage.bags import Waiting
from storage.db.protocol import Tx
from storage.records import Document, Person
from storage.workflow import Workflow

AHEAD = 5  # working days for which a promise may be given


class Pickup(NamedTuple):
    """A promise: for which village, for which day, given when and by which post, and how often it was missed."""

    village: str
    day: int
    promised_at: int
    post: int
    missed: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """A promise that is not kept yet: so many documents lie ready."""

    pickup: Pickup
    count: int


def days(workflow: Workflow, now: int) -> list[int]:
    """For which days it may be promised: the next working days, and today while the counters are open."""
    calendar, at = workflow.calendar, workflow.calendar.end_of(workflow.calendar.day(now)) - 1
    found = [calendar.day(now).toordinal()] if calendar.is_open(now) else []
    for _ in range(AHEAD):
        at = calendar.next_opening(at)
        found.append(calendar.day(at).toordinal())
    return found


async def promise(tx: Tx, workflow: Workflow, village: str, day: int, post: int, now: int) -> None:
    """The village fetches on this day. One that was missed stays so until all is fetched."""
    again = any(one.pickup.village == village for one in await awaited(tx, workflow))
    await tx.all("promise_pickup", village=village, day=day, post=post, now=now, again=int(again))


async def withdraw(tx: Tx, village: str) -> None:
    """Nothing is promised any more."""
    await tx.all("end_pickup", village=village)


async def awaited(tx: Tx, workflow: Workflow, places: Mapping[str, Sequence[Waiting]] | None = None) -> list[Awaited]:
    """The promises that are not kept yet, the earliest first: something is still there that lay ready when it was
    given. What waits may have been read already, by village (`places`).
    """
    found = []
    for pickup in [Pickup(*row) for row in await tx.all("pickups")]:
        if places is None:
            waits = [Waiting(*row) for row in await tx.all("waiting_in_village", village=pickup.village)]
        else:
            waits = [*places.get(pickup.village, ())]
        ready = [one for one in waits if is_fetched_from(workflow, one.stage)]
        if any(one.oldest <= pickup.promised_at for one in ready):
            found.append(Awaited(pickup, sum(one.count for one in ready)))
    return found


async def concerning(tx: Tx, workflow: Workflow, person: Person) -> list[Awaited]:
    """Those of somebody's villages; of all villages for the desk that hands out."""
    if not person.holds("district_desk") and not any(post.village for post in person.posts):
        return []
    return theirs(workflow, person, await awaited(tx, workflow))


def theirs(workflow: Workflow, person: Person, found: Iterable[Awaited]) -> list[Awaited]:
    """Those of them that concern somebody: not of a village in which they file and fetch nothing."""
    posts, is_desk = {post.village for post in person.posts if post.village}, person.holds("district_desk")
    villages = {village for village in posts if workflow.is_in_sight(person, village)}
    return [one for one in found if is_desk or one.pickup.village in villages]


async def ready(tx: Tx, workflow: Workflow, village: str) -> list[Document]:
    """What lies ready for a village at the district office, oldest first."""
    found: list[Document] = []
    for stage in filter(lambda stage: is_fetched_from(workflow, stage), workflow.stages):
        rows = await tx.all("waiting_documents_in_village", stage=stage, village=village, most=bags.MOST)
        found += [Document(*row) for row in rows]
    return found


def is_fetched_from(workflow: Workflow, stage: str) -> bool:
    """True for a stage at which documents lie ready for a village at the district office."""
    known = workflow.stages.get(stage)
    return known is not None and known.ready and known.place == "district"


async def roll_over(tx: Tx, workflow: Workflow, now: int) -> None:
    """Take each promise whose day is over on to today; it was missed if the counters were open. End what was kept."""
    today, open_still = workflow.calendar.day(now), {one.pickup.village for one in await awaited(tx, workflow)}
    for pickup in [Pickup(*row) for row in await tx.all("pickups")]:
        if pickup.village not in open_still:
            await withdraw(tx, pickup.village)
        elif pickup.day < today.toordinal():
            missed = int(workflow.calendar.is_working(date.fromordinal(pickup.day)))
            await tx.all("miss_pickup", village=pickup.village, day=today.toordinal(), missed=missed)

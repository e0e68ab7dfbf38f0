"""Bags: what waits for an officer, and the stored snapshot that one tap completes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from storage import documents
from storage.db.ids import new_id
from storage.db.protocol import Row, Tx
from storage.records import DAY, VILLAGE_ROLES, Actor, Bag, BagItem, Document, Leg, MoveResult, Person, Seen
from storage.workflow import Workflow

MOST = 500
KEPT = 7 * DAY


@dataclass(frozen=True, slots=True)
class Waiting:
    """Documents at one stage in one village: how many of a type, and the oldest among them."""

    stage: str
    village: str
    type: str
    count: int
    oldest: int


class Everywhere(NamedTuple):
    """What waits, read once for many people: at its places by village; on the road by stage, with who carries it."""

    places: Mapping[str, Sequence[Waiting]]
    road: Mapping[str, Sequence[Row]]


async def waiting(tx: Tx, workflow: Workflow, person: Person) -> list[tuple[str, str, int, int]]:
    """(stage, next stage, how many, oldest) of every leg this person may complete, in the order of the road."""
    groups: dict[tuple[str, str], tuple[int, int]] = {}
    for one in await legs(tx, workflow, person):
        count, oldest = groups.get((one.origin, one.to), (0, one.oldest))
        groups[one.origin, one.to] = (count + one.count, min(oldest, one.oldest))
    return [(*road, *group) for road, group in groups.items()]


async def legs(tx: Tx, workflow: Workflow, person: Person, origin: str = "") -> list[Leg]:
    """What waits for this person, village by village: in the order of the road, and the oldest first. From one stage,
    if it is named.

    On the road, what a colleague carries is theirs; it waits for nobody else before their post ends.
    """
    there = await everywhere(tx, workflow, workflow.village_of_sight(person), origin)
    return legs_among(workflow, person, there, origin)


async def everywhere(tx: Tx, workflow: Workflow, village: str | None = None, origin: str = "") -> Everywhere:
    """All that waits: of one village at its places, of one stage, if they are named."""
    places: dict[str, list[Waiting]] = {}
    road = [stage for stage in ([origin] if origin else workflow.stages) if workflow.is_on_the_road(stage)]
    if origin not in road:
        rows = await (tx.all("waiting_in_village", village=village) if village else tx.long("waiting"))
        for one in (Waiting(*row) for row in rows):
            places.setdefault(one.village, []).append(one)
    return Everywhere(places, {stage: await tx.all("carried", stage=stage) for stage in road})


def legs_among(workflow: Workflow, person: Person, there: Everywhere, origin: str = "") -> list[Leg]:
    """As `legs`, of what has been read."""
    groups: dict[tuple[str, str, str, bool], Leg] = {}
    stages = [origin] if origin else [stage for stage in workflow.stages if stage in workflow.waiting_stages(person)]
    for one, mine, is_lent in _waiting(workflow, person, there, stages):
        if to := leg(workflow, person, one.type, one.village, one.stage):
            post = workflow.doer(person, one.type, one.village, one.stage, to)
            lent = is_lent or bool(post and post.deputy)
            new = Leg(one.stage, to, one.village, one.count, one.oldest, mine, lent)
            old = groups.get((one.stage, to, one.village, mine))
            groups[one.stage, to, one.village, mine] = _together(old, new) if old else new
    return _in_order(workflow, groups.values())


def _together(one: Leg, other: Leg) -> Leg:
    count, oldest = one.count + other.count, min(one.oldest, other.oldest)
    return replace(one, count=count, oldest=oldest, lent=one.lent and other.lent)


def _in_order(workflow: Workflow, found: Iterable[Leg]) -> list[Leg]:
    order = {stage: i for i, stage in enumerate(workflow.stages)}
    return sorted(found, key=lambda one: (order[one.origin], order[one.to], one.oldest, one.village))


async def for_anyone(tx: Tx, workflow: Workflow, person: Person, origin: str, to: str) -> list[Leg]:
    """The villages in which something waits for one leg that nobody carries yet, or whoever asks does not."""
    return [one for one in await legs(tx, workflow, person, origin) if one.to == to and not one.mine]


def _waiting(
    workflow: Workflow, person: Person, there: Everywhere, stages: Iterable[str]
) -> Iterator[tuple[Waiting, bool, bool]]:
    """What is at these stages, whether this person carries it, and that by a post that is lent; without what a
    colleague carries.
    """
    village = workflow.village_of_sight(person)
    at_places = {stage for stage in stages if not workflow.is_on_the_road(stage)}
    for rows in [there.places.get(village, ())] if village else there.places.values():
        yield from ((one, False, False) for one in rows if one.stage in at_places)
    lent = {post.id for post in person.posts if post.deputy}
    for stage in stages:
        for in_village, type, holder, role, count, oldest in there.road.get(stage, ()):
            mine = _is_mine(person, holder, role)
            if mine is not None:
                yield Waiting(stage, in_village, type, count, oldest), mine, holder in lent


def _is_mine(person: Person, holder: int | None, role: str) -> bool | None:
    """Whether this person carries what a post holds; None if a colleague does, who has it in their own list."""
    if holder in {post.id for post in person.posts}:
        return True
    return None if role in person.roles and role not in VILLAGE_ROLES else False


async def late(tx: Tx, workflow: Workflow, now: int) -> list[Leg]:
    """Everything that waits for longer than it may, village by village: in the order of the road, the oldest first."""
    oldest_of: dict[tuple[str, str], int] = {}
    for one in (Waiting(*row) for row in await tx.long("waiting")):
        to = workflow.following(one.type, one.stage)
        if to and workflow.is_late(to, one.oldest, now):
            oldest_of[one.stage, to] = min(one.oldest, oldest_of.get((one.stage, to), one.oldest))
    groups: dict[tuple[str, str, str], tuple[int, int]] = {}
    for (stage, to), first in oldest_of.items():
        before = workflow.late_until(to, first, now)  # beside what is late others wait for the same, and may
        for village, type, n, since in await tx.long("waiting_since", stage=stage, before=before):
            if workflow.following(type, stage) == to:
                count, oldest = groups.get((stage, to, village), (0, since))
                groups[stage, to, village] = (count + n, min(oldest, since))
    return _in_order(
        workflow,
        [Leg(stage, to, village, count, oldest) for (stage, to, village), (count, oldest) in groups.items()],
    )


def leg(workflow: Workflow, person: Person, type: str, village: str, stage: str) -> str | None:
    """The leg under which a waiting document stands in this person's list: the nearest stage they may complete."""
    return next(iter(workflow.open_to(person, type, village, stage)), None)


async def pack(
    tx: Tx,
    workflow: Workflow,
    actor: Actor,
    origin: str,
    to: str,
    village: str = "",
    *,
    mine: bool = False,
    ticked: bool = True,
) -> int | None:
    """Take a snapshot of what waits now for this leg (of a village, or of what the actor carries). None if nothing
    does.
    """
    person, now = actor.person, actor.now
    new = Bag(new_id(now), person.chat, origin, to, None, village, int(mine))
    found = await _present(tx, workflow, person, new)
    if not found:
        return None
    return await add(tx, new, [(d.id, d.version, int(ticked)) for d in found], now)


async def again(tx: Tx, act: int, chat: int, now: int) -> int | None:
    """The bag that an act completed, as it was ticked, with what is back at its stage. None if there is nothing."""
    found = await of_act(tx, act, chat)
    done = await get(tx, found) if found else None
    lines = [(i.document, i.version, i.ticked) for i in done.items if i.stage == done.from_stage] if done else []
    return await add(tx, done._replace(id=new_id(now)), lines, now) if done and lines else None


async def of_act(tx: Tx, act: int, chat: int) -> int | None:
    """The bag of this chat that an act completed, if it completed one."""
    row = await tx.one("bag_of_act", act=act, chat=chat)
    return int(row[0]) if row else None


async def add(tx: Tx, new: Bag, lines: Iterable[tuple[int, int, int]], now: int) -> int:
    """Store a bag with its lines: (document, version as it was seen, whether it is ticked)."""
    await tx.all(
        "add_bag", id=new.id, chat=new.chat, from_stage=new.from_stage, to_stage=new.to_stage, now=now,
        village=new.village, mine=new.mine, at=new.at, how=new.how, album=new.album,
    )  # fmt: skip
    rows = [
        {"bag": new.id, "place": place, "document": document, "seen": seen, "ticked": ticked}
        for place, (document, seen, ticked) in enumerate(lines)
    ]
    await tx.many("add_bag_item", rows)
    return new.id


async def present(
    tx: Tx, workflow: Workflow, person: Person, origin: str, to: str, village: str, *, mine: bool = False
) -> list[Document]:
    """The oldest of what waits for a leg that nobody carries (or whoever asks), in one village or in all: `MOST`."""
    return await _present(tx, workflow, person, Bag(0, person.chat, origin, to, None, village, int(mine)))


async def _present(tx: Tx, workflow: Workflow, person: Person, bag: Bag) -> list[Document]:
    """The oldest of what waits for the leg of a bag, `MOST` of it."""
    origin, village, on_the_road = bag.from_stage, bag.village, workflow.is_on_the_road(bag.from_stage)
    roles = {id: role for id, role in await tx.all("carriers", stage=origin)} if on_the_road else {}

    def is_open(d: Document) -> bool:
        mine = on_the_road and _is_mine(person, d.holder, roles.get(d.holder or 0, ""))
        return mine == bool(bag.mine) and leg(workflow, person, d.type, d.village, d.stage) == bag.to_stage

    if village:
        rows = await tx.all("waiting_documents_in_village", stage=origin, village=village, most=MOST)
    else:
        rows = await tx.all("waiting_documents", stage=origin, most=MOST)
    oldest = [Document(*row) for row in rows]
    fitting = [d for d in oldest if is_open(d)]
    if len(oldest) < MOST or len(fitting) == MOST:
        return fitting
    # Others' documents crowd ours out of the oldest: look at each kind by itself.
    for in_village, type in await tx.long("waiting_kinds", stage=origin):
        if village in ("", in_village) and leg(workflow, person, type, in_village, origin) == bag.to_stage:
            rows = await tx.all("waiting_documents_of_kind", stage=origin, village=in_village, type=type, most=MOST)
            fitting += [d for row in rows if is_open(d := Document(*row)) and d not in fitting]
    return sorted(fitting, key=lambda d: (d.since, d.id))[:MOST]


async def newcomers(tx: Tx, workflow: Workflow, person: Person, bag: Bag) -> int:
    """How many documents wait for the same leg that this bag does not hold: counted, for each tick asks it."""
    waits = sum(
        one.count
        for one in await legs(tx, workflow, person, bag.from_stage)
        if one.to == bag.to_stage and bag.village in ("", one.village) and one.mine == bool(bag.mine)
    )
    here = [item for item in bag.items if item.stage == bag.from_stage and not item.hold]
    return waits - sum(leg(workflow, person, item.type, item.village, item.stage) == bag.to_stage for item in here)


async def get(tx: Tx, id: int) -> Bag | None:
    """A bag with its lines, each with the document as it is now; None if it is gone."""
    row = await tx.one("bag", id=id)
    if not row:
        return None
    items = await tx.all("bag_items", bag=id)
    return Bag(*row)._replace(items=tuple(BagItem(*item) for item in items))


async def own(tx: Tx, id: int, chat: int) -> Bag | None:
    """The same of a bag of this chat: None also if it is somebody else's."""
    bag = await get(tx, id)
    return bag if bag and bag.chat == chat else None


async def tick(tx: Tx, bag: int, places: Iterable[int], chat: int, *, ticked: bool) -> None:
    """Say of lines whether they go along. Nothing changes in a completed bag, or in somebody else's."""
    await tx.many("tick", [{"bag": bag, "place": place, "ticked": int(ticked), "chat": chat} for place in places])


def may_complete(workflow: Workflow, person: Person, bag: Bag) -> bool:
    """False if the leg of a bag is not this person's for any of its papers: their posts have changed since."""
    legs_of = (workflow.open_to(person, item.type, item.village, bag.from_stage) for item in bag.items)
    return any(bag.to_stage in to for to in legs_of)


async def complete(tx: Tx, workflow: Workflow, bag: Bag, stage: str, actor: Actor) -> MoveResult:
    """Complete a leg for the ticked lines of a bag, as one act. Raises PermissionError if it is somebody else's."""
    if bag.chat != actor.person.chat:
        raise PermissionError("somebody else's bag")
    wanted = [Seen(item.document, item.seen) for item in bag.items if item.ticked]
    result = await documents.move(tx, workflow, wanted, stage, actor)
    await close(tx, bag, result)
    return result


async def close(tx: Tx, bag: Bag, result: MoveResult) -> None:
    """An act on its ticked lines completed a bag, if it did anything."""
    if result.act is not None:
        await tx.one("close_bag", id=bag.id, act=result.act)


async def purge(tx: Tx, before: int) -> None:
    """Forget bags packed before then; their cards turn into the present list."""
    await tx.long("purge_bag_items", before=before)
    await tx.long("purge_bags", before=before)

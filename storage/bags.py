"""Bags: what waits for an officer, and the stored snapshot that one tap completes."""

from collections.abc import Iterable
from dataclasses import replace

from storage import documents
from storage.db.ids import new_id
from storage.db.protocol import Row, Tx
from storage.records import Actor, Bag, BagItem, Document, MoveResult, Person, Seen, Waiting
from storage.workflow import Workflow

MOST = 100


async def waiting(tx: Tx, workflow: Workflow, person: Person) -> list[tuple[str, str, int, int]]:
    """(stage, next stage, how many, oldest) of every leg this person may complete, in the order of the road."""
    village = workflow.village_of_sight(person)
    if village:
        rows = await tx.all("waiting_in_village", village=village)
    else:
        rows = await tx.long("waiting")
    groups: dict[tuple[str, str], tuple[int, int]] = {}
    for one in (Waiting(*row) for row in rows):
        to = leg(workflow, person, one.type, one.village, one.stage)
        if to:
            count, oldest = groups.get((one.stage, to), (0, one.oldest))
            groups[one.stage, to] = (count + one.count, min(oldest, one.oldest))
    order = list(workflow.stages)
    return [(*key, *groups[key]) for key in sorted(groups, key=lambda key: (order.index(key[0]), order.index(key[1])))]


def leg(workflow: Workflow, person: Person, type: str, village: str, stage: str) -> str | None:
    """The leg under which a waiting document stands in this person's list: the nearest stage they may complete."""
    return next(iter(workflow.open_to(person, type, village, stage)), None)


def of_village(person: Person, village: str) -> Person:
    """Somebody with no more than their posts in one village; as they are, if it is no village."""
    return replace(person, posts=tuple(post for post in person.posts if post.village == village)) if village else person


async def pack(
    tx: Tx, workflow: Workflow, person: Person, origin: str, to: str, now: int, village: str = ""
) -> int | None:
    """Take a snapshot of what waits now for this leg (of a village), everything ticked. None if nothing does."""
    found = await _present(tx, workflow, of_village(person, village), origin, to)
    if not found:
        return None
    bag = new_id(now)
    await tx.all("add_bag", id=bag, chat=person.chat, from_stage=origin, to_stage=to, now=now, village=village)
    await tx.many(
        "add_bag_item",
        [{"bag": bag, "place": i, "document": d.id, "seen": d.version} for i, d in enumerate(found)],
    )
    return bag


async def _present(tx: Tx, workflow: Workflow, person: Person, origin: str, to: str) -> list[Document]:
    """The oldest of what waits for this leg, `MOST` of it."""
    oldest = _documents(await tx.all("waiting_documents", stage=origin, most=MOST))
    mine = [d for d in oldest if leg(workflow, person, d.type, d.village, d.stage) == to]
    if len(oldest) < MOST or len(mine) == MOST:
        return mine
    # Others' documents crowd ours out of the oldest: look at each kind by itself.
    for village, type in await tx.long("waiting_kinds", stage=origin):
        if leg(workflow, person, type, village, origin) == to:
            kind = await tx.all("waiting_documents_of_kind", stage=origin, village=village, type=type, most=MOST)
            mine += [d for d in _documents(kind) if d not in mine]
    return sorted(mine, key=lambda d: (d.since, d.id))[:MOST]


def _documents(rows: Iterable[Row]) -> list[Document]:
    return [Document(*row) for row in rows]


async def newcomers(tx: Tx, workflow: Workflow, person: Person, bag: Bag) -> int:
    """How many documents wait for the same leg that this bag does not hold: counted, for each tick asks it."""
    mine = of_village(person, bag.village)
    waits = sum(n for *road, n, _ in await waiting(tx, workflow, mine) if road == [bag.from_stage, bag.to_stage])
    here = [item for item in bag.items if item.stage == bag.from_stage]
    return waits - sum(leg(workflow, mine, item.type, item.village, item.stage) == bag.to_stage for item in here)


async def get(tx: Tx, id: int) -> Bag | None:
    """A bag with its lines, each with the document as it is now; None if it is gone."""
    row = await tx.one("bag", id=id)
    if not row:
        return None
    items = await tx.all("bag_items", bag=id)
    return replace(Bag(*row), items=tuple(BagItem(*item) for item in items))


async def tick(tx: Tx, bag: int, places: Iterable[int], chat: int, *, ticked: bool) -> None:
    """Say of lines whether they go along. Nothing changes in a completed bag, or in somebody else's."""
    await tx.many("tick", [{"bag": bag, "place": place, "ticked": int(ticked), "chat": chat} for place in places])


async def complete(tx: Tx, workflow: Workflow, bag: Bag, stage: str, actor: Actor) -> MoveResult:
    """Complete a leg for the ticked lines of a bag, as one act. Raises PermissionError if it is somebody else's."""
    if bag.chat != actor.person.chat:
        raise PermissionError("somebody else's bag")
    wanted = [Seen(item.document, item.seen) for item in bag.items if item.ticked]
    result = await documents.move(tx, workflow, wanted, stage, actor)
    if result.act is not None:
        await tx.one("close_bag", id=bag.id, act=result.act)
    return result


async def purge(tx: Tx, before: int) -> None:
    """Forget bags packed before then; their cards turn into the present list."""
    await tx.long("purge_bag_items", before=before)
    await tx.long("purge_bags", before=before)

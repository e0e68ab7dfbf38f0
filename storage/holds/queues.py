"""Whole queues put on hold, and all that shares a cause let go on: a few statements, however many documents it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from storage import audience, ledger
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Row, Tx
from storage.ledger import Cause
from storage.records import Act, Actor, Document, MoveResult, Person, Post
from storage.workflow import Workflow

A_WEEK = 5  # working days after which somebody looks again, unless another day was said


@dataclass(frozen=True, slots=True)
class Standstill:
    """What stands still for one cause: how many documents, and where (stage, village)."""

    cause: Cause
    count: int
    places: frozenset[tuple[str, str]]


class Queue(NamedTuple):
    """What waits at a stage, of a type and a village if it names them; without a stage, at each one of a reason."""

    stage: str
    type: str = ""
    village: str = ""

    def stages(self, workflow: Workflow, reason: str) -> tuple[str, ...]:
        """The stages of the queue, as far as the reason may hold something up there."""
        places = workflow.places_of(reason)
        return tuple(stage for stage in places if self.stage in ("", stage))


async def count(tx: Tx, workflow: Workflow, queue: Queue, reason: str) -> int:
    """How many documents would be put on hold."""
    total = 0
    for stage in queue.stages(workflow, reason):
        [(waiting,)] = await tx.all("count_queue", stage=stage, type=queue.type, village=queue.village)
        total += waiting
    return total


async def hold(
    tx: Tx, workflow: Workflow, queue: Queue, reason: str, review: int | None, actor: Actor
) -> MoveResult | None:
    """Put on hold what waits in a queue, and what comes there until this is released. None if it stands already.

    Raises PermissionError for whoever may not at each of its stages.
    """
    post = pauser(workflow, actor.person, queue, reason)
    if post is None:
        raise PermissionError("not theirs to hold up")
    await tx.alone(MOVING)
    if any(one.reason == reason and _queue(one) == queue for one in await ledger.standing(tx)):
        return None
    act = await ledger.begin(tx, workflow, "hold", post, actor)
    cause = Cause(new_id(actor.now), reason, 1, queue.stage, queue.type, queue.village, actor.now, review)
    await ledger.add_cause(tx, act.id, cause)
    for stage in queue.stages(workflow, reason):
        where = {"stage": stage, "type": queue.type, "village": queue.village}
        [(waiting,)] = await tx.all("count_queue", **where)
        first = new_id(actor.now, waiting + 1)
        await tx.long("note_queue", **where, first=first, act=act.id, cause=cause.id, reason=reason, now=actor.now)
        await tx.long("hold_queue", **where, cause=cause.id, reason=reason, now=actor.now, review=review)
    return await _told(tx, workflow, act, actor)


def pauser(workflow: Workflow, person: Person, queue: Queue, reason: str) -> Post | None:
    """The post by which a person who sees all of a queue may hold or release it, or None."""
    stages = queue.stages(workflow, reason) or tuple(filter(None, [queue.stage]))
    return _of_all(workflow, person, reason, [(stage, queue.village) for stage in stages])


def _of_all(workflow: Workflow, person: Person, reason: str, places: Collection[Row]) -> Post | None:
    """The post by which a person may hold or release at each of these places (stage, village), or None."""
    posts = [workflow.pauser(person, village, stage, reason) for stage, village in places]
    if None in posts or not all(workflow.is_in_sight(person, village) for _, village in places):
        return None
    return next(iter(posts), None)


def _queue(cause: Cause) -> Queue:
    return Queue(cause.stage, cause.type, cause.village)


async def release(tx: Tx, workflow: Workflow, cause: Cause, actor: Actor) -> MoveResult | None:
    """Let all go on that shares a cause; nothing is held by it any more. None if that was done before.

    Raises PermissionError for whoever may not.
    """
    await tx.alone(MOVING)
    post = await releaser(tx, workflow, cause, actor.person)
    if post is None:
        raise PermissionError("not theirs to let go on")
    act = await ledger.begin(tx, workflow, "release", post, actor)
    if not await tx.one("end_cause", id=cause.id, act=act.id):
        await ledger.drop(tx, act.id)
        return None
    await ledger.let_go(tx, act.id, cause.id, actor.now, stops_clock=workflow.stops_clock(cause.reason))
    return await _told(tx, workflow, act, actor)


async def extend(tx: Tx, workflow: Workflow, cause: Cause, review: int | None, actor: Actor) -> MoveResult | None:
    """Look at it again on another day, and tell so to everyone whom it concerns. None if it is over.

    Raises PermissionError for whoever may not.
    """
    await tx.alone(MOVING)
    post = await releaser(tx, workflow, cause, actor.person)
    if post is None:
        raise PermissionError("not theirs to let go on")
    act = await ledger.begin(tx, workflow, "hold", post, actor)
    if not await tx.one("postpone_cause", id=cause.id, review=review):
        await ledger.drop(tx, act.id)
        return None
    first = new_id(actor.now, await count_held(tx, cause.id) + 1)
    await tx.long("note_held", act=act.id, cause=cause.id, kind="hold", first=first, stops=0, now=actor.now)
    await tx.long("postpone_held", cause=cause.id, review=review)
    return await _told(tx, workflow, act, actor)


async def releaser(tx: Tx, workflow: Workflow, cause: Cause, person: Person) -> Post | None:
    """The post by which a person may let all go on that shares a cause, or None."""
    places = () if cause.gathers else await tx.all("places_held", cause=cause.id)
    return _releaser(workflow, cause, person, places)


def _releaser(workflow: Workflow, cause: Cause, person: Person, places: Collection[Row]) -> Post | None:
    if cause.gathers:
        return pauser(workflow, person, _queue(cause), cause.reason)
    return _of_all(workflow, person, cause.reason, places)


async def _told(tx: Tx, workflow: Workflow, act: Act, actor: Actor) -> MoveResult:
    told = await audience.tell_standstill(tx, workflow, act.id, actor.person.chat, actor.now)
    return MoveResult(act.id, told=told)


async def begun_by(tx: Tx, cause: int, actor: Actor) -> int | None:
    """The act by which this very person began what holds things up, if nobody has taken that back."""
    return await _own(tx, cause, actor, 0)


async def ended_by(tx: Tx, cause: int, actor: Actor) -> int | None:
    """The act by which this very person ended it, if nobody has taken that back."""
    return await _own(tx, cause, actor, 1)


async def _own(tx: Tx, cause: int, actor: Actor, which: int) -> int | None:
    acts = await tx.one("acts_of_cause", id=cause)
    act = await ledger.act_of(tx, acts[which]) if acts and acts[which] is not None else None
    return act.id if act and act.chat == actor.person.chat and act.undone_by is None else None


# Reading


async def everything(tx: Tx) -> list[Standstill]:
    """All that stands still, by cause, the oldest first; held queues in which nothing is, too."""
    found: dict[Cause, list[tuple[str, str, int]]] = {cause: [] for cause in await ledger.standing(tx)}
    for *columns, stage, village, count in await tx.long("held_groups"):
        found.setdefault(Cause(*columns), []).append((stage, village, count))
    return [
        Standstill(cause, sum(n for *_, n in places), frozenset((stage, village) for stage, village, _ in places))
        for cause, places in sorted(found.items(), key=lambda item: item[0].id)
    ]


def theirs(workflow: Workflow, person: Person, held: Iterable[Standstill]) -> list[Standstill]:
    """What of it a person may let go on."""
    return [one for one in held if _releaser(workflow, one.cause, person, one.places)]


def to_look_at(workflow: Workflow, held: Iterable[Standstill], now: int) -> list[Standstill]:
    """What somebody wanted to look at again by now; where nobody knew when, each week, so that it is not forgotten."""
    return [one for one in held if _is_due(workflow, one.cause, now)]


def _is_due(workflow: Workflow, cause: Cause, now: int) -> bool:
    calendar = workflow.calendar
    if cause.review is not None:
        return calendar.day(cause.review) <= calendar.day(now)
    days = calendar.working_days(cause.since, now)
    return days > 0 and days % A_WEEK == 0


async def get(tx: Tx, id: int) -> Cause | None:
    """A cause on record that is not over."""
    row = await tx.one("cause", id=id)
    return Cause(*row) if row else None


async def count_held(tx: Tx, cause: int) -> int:
    """How many documents stand still for it."""
    [(count,)] = await tx.all("count_held", cause=cause)
    return int(count)


async def of_document(tx: Tx, document: int) -> Cause | None:
    """Why a document stands still, if it does."""
    row = await tx.one("cause_of_document", document=document)
    return Cause(*row) if row else None


async def papers_of(tx: Tx, cause: int, most: int, past: int = 0) -> list[Document]:
    """What shares a cause, oldest first."""
    rows = await tx.all("held_by_cause", cause=cause, most=most, past=past)
    return [Document(*row) for row in rows]

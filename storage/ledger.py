"""The book of what was done: acts, and for each document one event per step, from which the past can be told."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.records import Act, Actor, Document, Event, Post, Remark
from storage.workflow import Workflow


class Position(NamedTuple):
    """Where a document comes to stand."""

    stage: str
    since: int
    holder: int | None = None
    hold: str | None = None
    hold_since: int | None = None
    hold_review: int | None = None
    cause: int | None = None
    stopped: int = 0
    closed_at: int | None = None


class Cause(NamedTuple):
    """Why documents stand still, shared by all that do for it; `review` is when somebody looks at it again.

    One that `gathers` also holds whatever comes to its stage (each stage of the reason, if none is named), of its type
    and village if it names them.
    """

    id: int
    reason: str
    gathers: int
    stage: str
    type: str
    village: str
    since: int
    review: int | None


class Twice(Exception):
    """An act with the same key has been done, or is being done at this moment."""


# Kinds of acts: what a correction takes back, whoever did it; and what whoever did it takes back while there is time.
CORRECTABLE = frozenset({"move", "correct", "withdraw"})
STANDSTILL = frozenset({"hold", "release"})
ALONE = STANDSTILL | {"relocate"}  # while one of these is taken back nothing moves
UNDOABLE = CORRECTABLE | ALONE | {"return", "refuse", "resume", "retype"}


async def begin(
    tx: Tx, workflow: Workflow, kind: str, post: Post, actor: Actor, key: str | None = None, reason: str = ""
) -> Act:
    """A new act by this post, perhaps of a deputy. Raises Twice if its key has been used."""
    until, at = actor.now + workflow.regret, actor.at or actor.now
    act = Act(new_id(actor.now), kind, post.role, post.village, at, until, None, actor.person.chat, reason, actor.how)
    began = await tx.one(
        "add_act", id=act.id, kind=kind, post=post.id, deputy=post.deputy or None, role=post.role, key=key,
        village=post.village, how=actor.how, happened_at=at, recorded_at=actor.now, grace_until=until, reason=reason,
    )  # fmt: skip
    if not began:
        raise Twice
    await tx.all("touch_post", id=post.deputy or post.id, now=actor.now)
    return act


async def drop(tx: Tx, act: int) -> None:
    """Strike out an act in which nothing was done."""
    await tx.all("drop_act", id=act)


async def step(
    tx: Tx, act: int, kind: str, document: Document, to: Position, now: int, at: int | None = None
) -> Document | None:
    """Take a document to its new position, and write down the event: the document as it is then. None, and nothing is
    written, if it is no longer as it was seen. It is written down `now`, and happened then, unless `at` tells when.
    """
    moved = await tx.one(
        "move_document", id=document.id, seen=document.version, to_stage=to.stage, since=to.since, hold=to.hold,
        hold_since=to.hold_since, hold_review=to.hold_review, holder=to.holder, cause=to.cause, stopped=to.stopped,
        closed_at=to.closed_at,
    )  # fmt: skip
    if not moved:
        return None
    await tx.all(
        "add_event", id=new_id(now), act=act, document=document.id, request=document.request, kind=kind,
        at=now if at is None else at, from_stage=document.stage, to_stage=to.stage, version=document.version + 1,
        hold=to.hold, cause=to.cause, stopped=to.stopped, was_since=document.since, was_holder=document.holder,
        was_hold=document.hold, was_hold_since=document.hold_since, was_hold_review=document.hold_review,
    )  # fmt: skip
    if to.closed_at is not None:
        # PostgreSQL: of two documents that end at once, the later one must see that the other has ended.
        await tx.all("lock_request", id=document.request)
        await tx.all("close_request", id=document.request, closed_at=to.closed_at)
    return document._replace(
        version=document.version + 1, stage=to.stage, since=to.since, holder=to.holder, hold=to.hold,
        hold_since=to.hold_since, hold_review=to.hold_review, closed_at=to.closed_at, stopped=to.stopped,
    )  # fmt: skip


async def retype(tx: Tx, workflow: Workflow, document: Document, type: str) -> bool:
    """Make a document one of another kind, in the transaction of the step that says so; whether its request is of a
    death follows. False, and nothing is done, if it is no longer as it was seen, or its request has one of that kind.
    """
    await tx.all("lock_request", id=document.request)  # PostgreSQL: two at once would both find none of that kind
    family = [Document(*row) for row in await tx.all("request_documents", request=document.request)]
    types = {type, *(one.type for one in family if one.id != document.id)}
    if len(types) < len(family):
        return False
    if not await tx.one("retype_document", id=document.id, seen=document.version, type=type):
        return False
    await tx.all("mourn", id=document.request, mourned=int(not workflow.mourning.isdisjoint(types)))
    return True


async def relocate(tx: Tx, request: int, village: str) -> None:
    """Make a request one of another village, in the transaction of the steps that say so: its documents, what is to be
    told to its family, and who asked whether they may be told, too.
    """
    await tx.all("relocate_request", id=request, village=village)
    await tx.all("relocate_documents", request=request, village=village)
    await tx.all("relocate_relays", request=request, village=village)
    await tx.all("relocate_askers", request=request, village=village)


def villages_of(event: Event) -> tuple[str, str] | None:
    """Of which village a request was before this step, or its undo, put that right, and since; None for other steps."""
    was, village = was_and_is(event.reason)
    return (was, village) if village and event.kind in ("relocate", "undo") else None


def villages_at(steps: Sequence[Event], village: str) -> list[str]:
    """Of which village a document was on record at each of its steps, from what it is now."""
    found = []
    for event in reversed(steps):
        found.append(village)
        village, _ = villages_of(event) or (village, "")
    return found[::-1]


def was_and_is(reason: str) -> tuple[str, str]:
    """Of which kind or village something was before the act with this reason put that right, and since."""
    before, _, since = reason.partition(" ")
    return before, since


async def before(tx: Tx, workflow: Workflow, document: Document, event: Event) -> Position | None:
    """How a document stood before a step of it, so that it can be put back there. None if the district file knows that
    stage no more.
    """
    row = await tx.one("before_event", document=event.document, version=event.version)
    if row is None or event.from_stage is None:
        raise LookupError("nothing came before this step")
    stood = Position(*row)
    if stood.stage not in workflow.stages and stood.stage not in workflow.exits:
        return None
    if workflow.ends(stood.stage, document.type):
        return stood._replace(closed_at=stood.since)
    if stood.cause is None:
        return stood
    row = await tx.one("cause", id=stood.cause)
    if row is None:  # what held it up then is over
        return free(workflow, stood, event.at)
    return stood._replace(hold_review=Cause(*row).review)


async def history(tx: Tx, document: int) -> list[Event]:
    """Every step of a document, oldest first."""
    return [Event(*row) for row in await tx.all("history", document=document)]


async def event_at(tx: Tx, document: int, version: int) -> Event | None:
    """The step that made this version."""
    row = await tx.one("event_at", document=document, version=version)
    return Event(*row) if row else None


async def events_of(tx: Tx, act: int) -> list[Event]:
    """The steps of an act."""
    return [Event(*row) for row in await tx.all("events_of_act", act=act)]


async def act_of(tx: Tx, id: int) -> Act | None:
    """An act on record."""
    row = await tx.one("act", id=id)
    return Act(*row) if row else None


async def remarks_of(tx: Tx, request: int) -> tuple[Remark, ...]:
    """Of documents that have left their road, where that was and what is said of it."""
    return tuple([Remark(*row) for row in await tx.all("remarks", request=request)])


# On hold


def free(workflow: Workflow, at: Document | Position, now: int) -> Position:
    """Where a document is, free to go on. While it was the family's turn, its clock stood."""
    # It may be told to have left before it was held.
    stood = max(0, now - (at.hold_since or now)) if workflow.stops_clock(at.hold) else 0
    return Position(at.stage, at.since, at.holder, stopped=at.stopped + stood)


def held(at: Position, cause: Cause, since: int) -> Position:
    """The same place, on hold."""
    return at._replace(hold=cause.reason, hold_since=since, hold_review=cause.review, cause=cause.id)


async def standing(tx: Tx) -> list[Cause]:
    """The causes that hold whatever comes to a stage."""
    return [Cause(*row) for row in await tx.all("standing_causes")]


def arrived(workflow: Workflow, document: Document, to: Position, causes: Iterable[Cause], since: int) -> Position:
    """The position as it is where queues are held: on hold since then, if one of these causes gathers what is there."""
    if to.hold is not None or to.stage not in workflow.stages or to.closed_at is not None:
        return to
    for one in causes:
        is_there = to.stage == one.stage or (not one.stage and to.stage in workflow.places_of(one.reason))
        if is_there and one.type in ("", document.type) and one.village in ("", document.village):
            return held(to, one, since)
    return to


async def add_cause(tx: Tx, act: int, cause: Cause) -> None:
    """Write down why an act holds documents up."""
    await tx.all("add_cause", act=act, **cause._asdict())


async def let_go(tx: Tx, act: int, cause: int, now: int, *, stops_clock: bool) -> int:
    """All that this holds goes on, in a few statements however much it is: so many. Be alone (MOVING) first."""
    [(count,)] = await tx.all("count_held", cause=cause)
    first, stops = new_id(now, count + 1), int(stops_clock)
    await tx.long("note_held", act=act, cause=cause, kind="release", first=first, stops=stops, now=now)
    await tx.long("release_held", cause=cause, stops=stops, now=now)
    return int(count)

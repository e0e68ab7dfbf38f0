"""The book of what was done: acts, and for each document one event per step, from which the past can be told."""

from dataclasses import dataclass

from storage.db.protocol import Tx
from storage.ids import new_id
from storage.records import Act, Document, Event, Person, Post
from storage.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it, how (button, message, photo, undo, schedule), when, and the key under which it happens once."""

    person: Person
    now: int
    how: str = "button"
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a document comes to stand."""

    stage: str
    since: int
    holder: int | None = None
    closed_at: int | None = None
    hold: str | None = None
    hold_since: int | None = None
    hold_review: int | None = None


async def begin(tx: Tx, workflow: Workflow, kind: str, post: Post, doing: Actor) -> int | None:
    """A new act by this post. None if its key has been used: the deed was done before."""
    act = new_id(doing.now)
    began = await tx.one(
        "add_act", id=act, kind=kind, post=post.id, role=post.role, village=post.village, how=doing.how, key=doing.key,
        happened_at=doing.now, recorded_at=doing.now, grace_until=doing.now + workflow.grace,
    )  # fmt: skip
    if not began:
        return None
    await tx.all("touch_post", id=post.id, now=doing.now)
    return act


async def begin_undo(tx: Tx, done: Act, doing: Actor) -> int | None:
    """The act that takes another one back. None if its grace is over or it was taken back before."""
    act = new_id(doing.now)
    if not await tx.one("mark_undone", id=done.id, undo=act, now=doing.now):
        return None
    await tx.one(
        "add_act", id=act, kind="undo", post=None, role=done.role, village=done.village, how=doing.how, key=None,
        happened_at=doing.now, recorded_at=doing.now, grace_until=doing.now,
    )  # fmt: skip
    return act


async def step(tx: Tx, act: int, kind: str, document: Document, to: Position, now: int) -> bool:
    """Document and event in one: False, and nothing is written, if the document is no longer as it was seen."""
    moved = await tx.one(
        "move_document", id=document.id, seen=document.version, to_stage=to.stage, since=to.since, hold=to.hold,
        hold_since=to.hold_since, hold_review=to.hold_review, holder=to.holder, closed_at=to.closed_at,
    )  # fmt: skip
    if not moved:
        return False
    await tx.all(
        "add_event", id=new_id(now), act=act, document=document.id, request=document.request, kind=kind, at=now,
        from_stage=document.stage, to_stage=to.stage, version=document.version + 1, hold=to.hold,
        was_since=document.since, was_holder=document.holder, was_hold=document.hold,
        was_hold_since=document.hold_since, was_hold_review=document.hold_review,
    )  # fmt: skip
    if to.closed_at is not None:
        # PostgreSQL: of two documents that end at once, the later one must see that the other has ended.
        await tx.all("lock_request", id=document.request)
        await tx.all("close_request", id=document.request, closed_at=to.closed_at)
    return True


async def before(tx: Tx, event: Event) -> Position:
    """How the document stood before a step, so that it can be put back exactly."""
    row = await tx.one("before_event", document=event.document, version=event.version)
    if row is None or event.from_stage is None:
        raise LookupError("nothing came before this step")
    since, holder, hold, hold_since, hold_review = row
    return Position(event.from_stage, since, holder, None, hold, hold_since, hold_review)


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

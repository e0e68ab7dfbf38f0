"""The book of what was done: acts, and for each document one event per step, from which the past can be told."""

from dataclasses import dataclass, replace

from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.records import Act, Actor, Document, Event, Post
from storage.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Position:
    """Where a document comes to stand."""

    stage: str
    since: int
    holder: int | None = None
    hold: str | None = None
    hold_since: int | None = None
    hold_review: int | None = None
    closed_at: int | None = None


class Twice(Exception):
    """An act with the same key has been done, or is being done at this moment."""


RETURNABLE = frozenset({"move", "correct", "withdraw"})  # the kinds of acts that can be taken back


async def begin(
    tx: Tx, workflow: Workflow, kind: str, post: Post, actor: Actor, key: str | None = None, reason: str = ""
) -> Act:
    """A new act by this post. Raises Twice if its key has been used."""
    until = actor.now + workflow.regret
    act = Act(new_id(actor.now), kind, post.role, post.village, actor.now, until, None, actor.person.chat, reason)
    began = await tx.one(
        "add_act", id=act.id, kind=kind, post=post.id, role=post.role, village=post.village, key=key,
        happened_at=actor.now, recorded_at=actor.now, grace_until=until, reason=reason,
    )  # fmt: skip
    if not began:
        raise Twice
    await tx.all("touch_post", id=post.id, now=actor.now)
    return act


async def drop(tx: Tx, act: int) -> None:
    """Strike out an act in which nothing was done."""
    await tx.all("drop_act", id=act)


async def begin_undo(tx: Tx, done: Act, actor: Actor) -> int | None:
    """The act that takes another one back. None if its time is over or it was taken back before."""
    act = new_id(actor.now)
    if not await tx.one("mark_undone", id=done.id, undo=act, now=actor.now):
        return None
    await tx.one(
        "add_act", id=act, kind="undo", post=None, role=done.role, village=done.village, key=None,
        happened_at=actor.now, recorded_at=actor.now, grace_until=actor.now, reason="",
    )  # fmt: skip
    return act


async def step(tx: Tx, act: int, kind: str, document: Document, to: Position, now: int) -> Document | None:
    """Take a document to its new position, and write down the event: the document as it is then. None, and nothing is
    written, if it is no longer as it was seen.
    """
    moved = await tx.one(
        "move_document", id=document.id, seen=document.version, to_stage=to.stage, since=to.since, hold=to.hold,
        hold_since=to.hold_since, hold_review=to.hold_review, holder=to.holder, closed_at=to.closed_at,
    )  # fmt: skip
    if not moved:
        return None
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
    return replace(
        document, version=document.version + 1, stage=to.stage, since=to.since, holder=to.holder, hold=to.hold,
        hold_since=to.hold_since, hold_review=to.hold_review, closed_at=to.closed_at,
    )  # fmt: skip


async def before(tx: Tx, workflow: Workflow, document: Document, event: Event) -> Position:
    """How a document stood before a step of it, so that it can be put back exactly."""
    row = await tx.one("before_event", document=event.document, version=event.version)
    if row is None or event.from_stage is None:
        raise LookupError("nothing came before this step")
    stood = Position(*row)
    return replace(stood, closed_at=stood.since) if workflow.ends(stood.stage, document.type) else stood


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

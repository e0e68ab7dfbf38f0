"""An act is taken back by whoever did it, while there is time: its documents step back, each by an event of its own."""

from collections.abc import Sequence

from storage import audience, documents, ledger
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Tx
from storage.ledger import Cause, Position
from storage.records import Act, Actor, Document, Event, MoveResult, Overtaken, Person
from storage.workflow import Workflow


class GoneOn(Exception):
    """Nothing of an act can be taken back: its documents are `overtaken`."""

    def __init__(self, overtaken: Sequence[Overtaken]) -> None:
        super().__init__()
        self.overtaken = overtaken


async def undo(tx: Tx, workflow: Workflow, act: int, actor: Actor) -> MoveResult | None:
    """Take an act back while it can be. Notices that are not sent are withdrawn; who had one is told that it was a
    mistake; of what stands still or goes on by it, whoever waits for that is told.

    Documents that somebody moved on in the meantime stay (`overtaken`). None if it is too late, the act is another
    person's, their post has ended, or it was taken back before. Raises GoneOn if all of them stay, or one of a request
    that would be of two villages then: whoever raises it on rolls back.
    """
    done = await ledger.act_of(tx, act)
    if done is None or done.kind not in ledger.UNDOABLE or not _theirs(done, actor.person):
        return None
    await (tx.alone(MOVING) if done.kind in ledger.ALONE else tx.shared(MOVING))
    back = await _begin(tx, done, actor)
    if back is None:
        return None
    revived = await tx.all("revive_causes", act=act)
    await tx.all("end_gathering", act=act, undo=back)
    await tx.all("restore_review", act=act)
    moved, gone_on = list[Document](), list[Overtaken]()
    for event in await ledger.events_of(tx, act):
        document = await documents.sure(tx, event.document)
        if stepped := await _step_back(tx, workflow, back, event, document, actor.now):
            moved.append(stepped)
        else:
            gone_on.append(await documents.overtaken(tx, await documents.sure(tx, event.document)))
    if gone_on and (not moved or done.kind == "relocate"):
        raise GoneOn(gone_on)
    freed = await _end_causes(tx, workflow, back, actor.now)
    await tx.all("withdraw_notices", act=act, back=back, whole=int(not gone_on))
    await audience.regret(tx, workflow, done, back, {one.request for one in moved}, actor.now)
    if freed:  # it was told as held when it came there
        await audience.tell_standstill(tx, workflow, back, actor.person.chat, actor.now)
    causes = await ledger.standing(tx)
    there = await _catch(tx, workflow, done, moved, causes, actor)
    if revived:  # what came while that went on by mistake is there, too
        came = await tx.long("came_since", act=act, back=back)
        await _catch(tx, workflow, done, [Document(*row) for row in came], causes, actor)
    return MoveResult(back, tuple(there), overtaken=tuple(gone_on))


def _theirs(done: Act, person: Person) -> bool:
    held = any(post.role == done.role and post.village == done.village for post in person.posts)
    return held and done.chat == person.chat


async def _begin(tx: Tx, done: Act, actor: Actor) -> int | None:
    """The act that takes another one back. None if its time is over or it was taken back before."""
    was_and_is = ledger.was_and_is(done.reason) if done.kind == "relocate" else ()
    act = await _add(tx, "undo", done, " ".join(reversed(was_and_is)), actor.now)
    if not await tx.one("mark_undone", id=done.id, undo=act, now=actor.now):
        await ledger.drop(tx, act)
        return None
    return act


async def _add(tx: Tx, kind: str, done: Act, reason: str, now: int) -> int:
    """An act that comes of taking one back, by the same role, and that nobody takes back."""
    act = new_id(now)
    await tx.one(
        "add_act", id=act, kind=kind, post=None, deputy=None, role=done.role, village=done.village, how="button",
        key=None, happened_at=now, recorded_at=now, grace_until=now, reason=reason,
    )  # fmt: skip
    return act


async def _step_back(
    tx: Tx, workflow: Workflow, act: int, event: Event, document: Document, now: int
) -> Document | None:
    """Put a document back to where it stood before an event. None if it has moved on since, or that place is no more.
    Of a kind that was put right it is again what it was, unless its request has one meanwhile; and of a village, with
    all of its request.
    """
    before, _ = ledger.was_and_is(event.reason)
    if event.kind == "relocate":
        await ledger.relocate(tx, document.request, before)
        document = document._replace(village=before)
    was = document._replace(type=before) if event.kind == "retype" else document
    stood = await ledger.before(tx, workflow, was, event) if document.version == event.version else None
    if stood is None or (was != document and not await ledger.retype(tx, workflow, document, was.type)):
        return None
    back = await ledger.step(tx, act, "undo", was, stood, now)
    if back and back.closed_at is None:
        await tx.all("reopen_request", id=document.request)
    return back


async def _end_causes(tx: Tx, workflow: Workflow, back: int, now: int) -> int:
    """What came to a queue while an act held it, which was taken back by another, goes on as well. How much that is."""
    ended = await tx.all("ended_causes", act=back)
    return sum(
        [await ledger.let_go(tx, back, id, now, stops_clock=workflow.stops_clock(reason)) for id, reason in ended]
    )


async def _catch(
    tx: Tx, workflow: Workflow, done: Act, found: Sequence[Document], causes: Sequence[Cause], actor: Actor
) -> list[Document]:
    """What is back where one of these causes holds a queue stands still as well, by an act of its own for each cause,
    and is told so as by any: the documents as they are then.
    """
    acts, there = dict[int, int](), list[Document]()
    for one in found:
        held, here = None, await _caught(tx, workflow, one, causes, actor.now)
        if here and here.cause:
            act = acts[here.cause] = acts.get(here.cause) or await _add(tx, "hold", done, "", actor.now)
            held = await ledger.step(tx, act, "hold", one, here, actor.now)
        there.append(held or one)
    for act in acts.values():
        await audience.tell_standstill(tx, workflow, act, actor.person.chat, actor.now)
    return there


async def _caught(tx: Tx, workflow: Workflow, one: Document, causes: Sequence[Cause], now: int) -> Position | None:
    """Where a document is, held by one of these causes; None if it stands still or has ended, if none gathers what is
    there, or if it was let go on there by itself since.
    """
    if one.hold or one.closed_at:
        return None
    here = Position(one.stage, one.since, one.holder, stopped=one.stopped)
    if ledger.arrived(workflow, one, here, causes, now) == here:
        return None
    [(let_go,)] = await tx.all("let_go_at", document=one.id)
    return ledger.arrived(workflow, one, here, (cause for cause in causes if cause.id > (let_go or 0)), now)

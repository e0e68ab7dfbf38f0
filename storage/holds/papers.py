"""Single documents, or the ticked ones of a bag: put on hold, and let go on."""

from collections.abc import Sequence

from storage import audience, bags, ledger
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Tx
from storage.documents import Deed
from storage.ledger import Cause, Position
from storage.records import Actor, Bag, Document, MoveResult, Post, Seen
from storage.workflow import Workflow


async def hold(
    tx: Tx, workflow: Workflow, wanted: Sequence[Seen], reason: str, review: int | None, actor: Actor
) -> MoveResult:
    """Put documents on hold that are still as the officer saw them, as one act: what came of each, as of a move."""
    await tx.shared(MOVING)
    cause = Cause(new_id(actor.now), reason, 0, "", "", "", actor.now, review)

    def to(document: Document) -> tuple[Post, Position] | None:
        post = workflow.pauser(actor.person, document.village, document.stage, reason)
        is_open = reason in workflow.holds_open_to(actor.person, document)
        if post is None or not is_open:
            return None
        return post, ledger.held(ledger.free(workflow, document, actor.now), cause, actor.now)

    deed = Deed(tx, workflow, "hold", actor, to, lambda event: event.kind == "hold")
    result = await deed.on(wanted)
    if result.act is not None:
        await ledger.add_cause(tx, result.act, cause)
    return await _told(tx, workflow, result, actor)


async def hold_bag(tx: Tx, workflow: Workflow, bag: Bag, reason: str, review: int | None, actor: Actor) -> MoveResult:
    """Put the ticked lines of a bag on hold, which completes it."""
    wanted = [Seen(item.document, item.seen) for item in bag.items if item.ticked]
    result = await hold(tx, workflow, wanted, reason, review, actor)
    await bags.close(tx, bag, result)
    return result


async def release(tx: Tx, workflow: Workflow, wanted: Sequence[Seen], actor: Actor) -> MoveResult:
    """Let documents go on that are still on hold as the officer saw them, as one act."""
    await tx.shared(MOVING)

    def to(document: Document) -> tuple[Post, Position] | None:
        hold = document.hold
        post = workflow.pauser(actor.person, document.village, document.stage, hold) if hold else None
        return (post, ledger.free(workflow, document, actor.now)) if post else None

    deed = Deed(tx, workflow, "release", actor, to, lambda event: event.kind == "release")
    return await _told(tx, workflow, await deed.on(wanted), actor)


async def _told(tx: Tx, workflow: Workflow, result: MoveResult, actor: Actor) -> MoveResult:
    if result.act is None:
        return result
    told = await audience.tell_standstill(tx, workflow, result.act, actor.person.chat, actor.now)
    return result._replace(told=told)

"""A document leaves its road: returned for what is missing, or refused with a reason; and goes on where it left."""

import json
from collections.abc import Callable, Mapping, Sequence

from storage import audience, bags, documents, ledger
from storage.db.protocol import MOVING, Tx
from storage.documents import Deed
from storage.ledger import Position
from storage.records import Actor, Bag, Document, MoveResult, Post, Seen
from storage.workflow import Workflow

Said = Mapping[str, Sequence[str]]  # what families read, by language
IN_PERSON = ":in_person"  # behind a language there: what one does oneself, elsewhere than in the village office


async def give_back(
    tx: Tx, workflow: Workflow, wanted: Sequence[Seen], exit: str, said: Said, actor: Actor, bag: Bag | None = None
) -> MoveResult:
    """Return documents for completion, as one act: what is missing is `said`. What came of it, as of a move. If they
    are the ticked lines of a bag, that is completed.
    """
    result = await _leave(tx, workflow, wanted, exit, said, actor, ends=False)
    if bag is not None:
        await bags.close(tx, bag, result)
    return result


async def refuse(tx: Tx, workflow: Workflow, wanted: Seen, exit: str, said: Said, actor: Actor) -> MoveResult:
    """End a document outside its road, for a reason that is `said`. What came of it, as of a move."""
    return await _leave(tx, workflow, [wanted], exit, said, actor, ends=True)


async def _leave(
    tx: Tx, workflow: Workflow, wanted: Sequence[Seen], exit: str, said: Said, actor: Actor, *, ends: bool
) -> MoveResult:
    await tx.shared(MOVING)

    def to(document: Document) -> tuple[Post, Position] | None:
        post = workflow.exit_post(actor.person, document.village, document.stage, exit)
        if post is None or workflow.ends(exit) is not ends:
            return None
        return post, Position(exit, actor.now, closed_at=actor.now if ends else None)

    result = await _do(tx, workflow, "refuse" if ends else "return", wanted, to, actor)
    for one in result.moved:
        await tx.all("add_remark", act=result.act, document=one.id, words=json.dumps(said))
    return result


async def take_up(tx: Tx, workflow: Workflow, wanted: Seen, actor: Actor) -> MoveResult:
    """Let a document that was returned go on where it left: what was missing is there."""
    await tx.shared(MOVING)
    causes, left = await ledger.standing(tx), await left_at(tx, wanted.document)

    def to(document: Document) -> tuple[Post, Position] | None:
        post = workflow.receiver(actor.person, document.village, left) if document.stage in workflow.exits else None
        if post is None or document.closed_at is not None:
            return None
        return post, ledger.arrived(workflow, document, Position(left, actor.now, post.id), causes, actor.now)

    return await _do(tx, workflow, "resume", [wanted], to, actor)


async def left_at(tx: Tx, document: int) -> str:
    """At which stage a document that stands outside its road has left it; nothing if it does not."""
    found = await documents.get(tx, document)
    remarks = await ledger.remarks_of(tx, found.request) if found else ()
    return next((one.left_at for one in remarks if one.document == document), "")


async def _do(
    tx: Tx,
    workflow: Workflow,
    kind: str,
    wanted: Sequence[Seen],
    to: Callable[[Document], tuple[Post, Position] | None],
    actor: Actor,
) -> MoveResult:
    result = await Deed(tx, workflow, kind, actor, to, lambda event: event.kind == kind).on(wanted)
    if result.act is None:
        return result
    news = "returned" if kind == "return" else "held"
    told = await audience.tell_standstill(tx, workflow, result.act, actor.person.chat, actor.now, news)
    return result._replace(told=told)

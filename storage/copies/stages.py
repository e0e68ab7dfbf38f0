"""Takes documents off a stage that the district file is to lose, to another one, without asking whose work that is."""

from storage import ledger
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.holds import queues
from storage.ledger import Position
from storage.records import Document
from storage.workflow import Workflow


class NotThere(Exception):
    """Why what stands on a stage cannot all be taken to the other."""


async def empty(tx: Tx, workflow: Workflow, old: str, new: str, now: int) -> int:
    """Take all open documents from the stage `old` to `new`, as one act of the head's, and say how many they were.

    Each has a step of its own in its history and waits as long as before; nobody is told. Raises NotThere, and then
    nothing is done, if one of them does not pass `new`, or ends there, or would come back to `old` later.
    """
    found = [Document(*row) for row in await tx.long("open_at_stage", stage=old)]
    for one in found:
        if new not in workflow.route(one.type)[:-1]:
            raise NotThere(f"documents of the kind '{one.type}' do not wait at '{new}'")
    if old in {str(stage) for stage, _ in await tx.all("returned_from")}:
        raise NotThere(f"families have documents that were returned from '{old}' and go on there")
    causes = await ledger.standing(tx)
    if any(cause.stage == old for cause in causes):
        raise NotThere(f"a queue is on hold at '{old}'")
    if not found:
        return 0
    act = new_id(now)
    await tx.one(
        "add_act", id=act, kind="correct", post=None, deputy=None, role="head", village="", how="button", key=None,
        happened_at=now, recorded_at=now, grace_until=now, reason="",
    )  # fmt: skip
    for one in found:
        to = ledger.arrived(workflow, one, await _there(tx, one, new, now), causes, now)
        if not await ledger.step(tx, act, "correct", one, to, now):
            raise LookupError("a document moved though no bot runs")
    return len(found)


async def _there(tx: Tx, one: Document, stage: str, now: int) -> Position:
    """As it stands, at another stage."""
    there, cause = Position(stage, one.since, one.holder, stopped=one.stopped), await queues.of_document(tx, one.id)
    return ledger.held(there, cause, one.hold_since or now) if cause else there

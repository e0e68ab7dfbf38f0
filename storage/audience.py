"""Who is told of an act: one notice per act, request and chat, due when the grace ends."""

from collections.abc import Mapping
from typing import Any

from storage import outbox
from storage.db.protocol import Row, Tx
from storage.workflow import Workflow

AS_STAFF = {"staff": 1}  # the fact of a notice to somebody whose work it is, and not their document


async def tell(tx: Tx, workflow: Workflow, act: int, stage: str, actor: int, now: int) -> None:
    """Owe a notice to everyone who follows what moved, and to the staff the stage names; not to whoever acted."""
    due_at = now + workflow.grace
    dues = [_notice(act, row, due_at) for row in await tx.all("told_followers", act=act, actor=actor, now=now)]
    for role in workflow.stages[stage].tell if stage in workflow.stages else ():
        staff = await tx.all("told_staff", act=act, stage=stage, role=role, actor=actor)
        dues += [_notice(act, row, due_at, AS_STAFF) for row in staff]
    await outbox.owe(tx, dues, now)


def _notice(act: int, row: Row, due_at: int, facts: Mapping[str, Any] | None = None) -> outbox.Due:
    chat, request = row
    key = f"act:{act}:{request}:{chat}"  # who follows as well is told as a follower: the first of a key counts
    return outbox.Due(key, chat, "act", outbox.NOTICE, due_at, act=act, request=request, facts=facts)

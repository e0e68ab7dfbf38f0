"""Who is told of an act: one notice per act, request and chat, due when the grace ends."""

from storage import outbox
from storage.engine import Row, Tx
from storage.workflow import Workflow


async def tell(tx: Tx, workflow: Workflow, act: int, stage: str, actor: int, now: int) -> None:
    """Owe a notice to everyone who follows what moved, and to the staff the stage names; not to whoever acted."""
    rows = await tx.all("told_followers", act=act, actor=actor, now=now)
    for role in workflow.stages[stage].tell if stage in workflow.stages else ():
        rows += await tx.all("told_staff", act=act, stage=stage, role=role, actor=actor)
    await outbox.owe(tx, [_notice(act, row, now + workflow.grace) for row in rows], now)


def _notice(act: int, row: Row, due_at: int) -> outbox.Due:
    chat, request = row
    return outbox.Due(f"act:{act}:{request}:{chat}", chat, "act", outbox.NOTICE, due_at, act=act, request=request)

"""Whether a register still fits its district file: what stands in the one and is gone from the other."""

from collections.abc import Iterable

from storage import ledger, people
from storage.bags import Waiting
from storage.db.protocol import Tx
from storage.ledger import Cause
from storage.workflow import Workflow

GONE = "not in the district file any more"


async def misfits(tx: Tx, workflow: Workflow) -> list[str]:
    """A sentence for each stage, village, kind of document, hold, original and post in use that the file has lost."""
    used = [Waiting(*row) for row in await tx.all("in_use")]
    stages = {*workflow.stages, *workflow.exits}
    found = [("stage", one.stage, one.count) for one in used if one.stage not in stages]
    found += [("village", one.village, one.count) for one in used if one.village not in workflow.villages]
    found += [("kind of document", one.type, one.count) for one in used if one.type not in workflow.types]
    returned = [(str(stage), int(count)) for stage, count in await tx.all("returned_from")]
    found += [("stage", stage, count) for stage, count in returned if stage not in workflow.stages]
    held_up = [(str(reason), int(count)) for reason, count in await tx.all("holds_in_use")]
    found += [("reason to wait", reason, count) for reason, count in held_up if reason not in workflow.holds]
    queues = _queues(await ledger.standing(tx), workflow)
    out = [(str(paper), int(count)) for paper, count in await tx.all("originals_in_use")]
    found += [("original", paper, count) for paper, count in out if paper not in workflow.originals]
    held = {post.village for post in await people.posts(tx) if post.village} - workflow.villages.keys()
    return [*_documents(found), *queues, *(_post(village) for village in sorted(held))]


def _documents(found: list[tuple[str, str, int]]) -> list[str]:
    counts: dict[tuple[str, str], int] = {}
    for kind, key, count in found:
        counts[kind, key] = counts.get((kind, key), 0) + count
    return [
        f"the {kind} '{key}' of {_so_many(kind, count)} is {GONE}; write it back{_or(kind, key)}"
        for (kind, key), count in counts.items()
    ]


def _or(kind: str, key: str) -> str:
    return f", or if its key was changed: jekduk district rename {key} NEW" if kind == "village" else ""


def _queues(causes: Iterable[Cause], workflow: Workflow) -> list[str]:
    """What comes to a queue that is held is put on hold, though nothing may be in it now."""
    named = [
        *(("reason to wait", one.reason) for one in causes if one.reason not in workflow.holds),
        *(("stage", one.stage) for one in causes if one.stage and one.stage not in workflow.stages),
    ]
    return [f"the {kind} '{key}' of a queue on hold is {GONE}; write it back" for kind, key in dict.fromkeys(named)]


def _so_many(kind: str, count: int) -> str:
    one, several = ("a family", "families") if kind == "original" else ("an open document", "open documents")
    return f"{count} {several}" if count > 1 else one


def _post(village: str) -> str:
    return f"the village '{village}' of a post is {GONE}; write it back, end the post{_or('village', village)}"

"""Whether a register still fits its district file: what stands in the one and is gone from the other."""

from storage import people
from storage.db.protocol import Tx
from storage.records import Waiting
from storage.workflow import Workflow


async def misfits(tx: Tx, workflow: Workflow) -> list[str]:
    """A sentence for each stage, village, kind of document, hold and post in use that is not in the file any more."""
    used = [Waiting(*row) for row in await tx.all("in_use")]
    stages = {*workflow.stages, *workflow.exits}
    found = [("stage", one.stage, one.count) for one in used if one.stage not in stages]
    found += [("village", one.village, one.count) for one in used if one.village not in workflow.villages]
    found += [("kind of document", one.type, one.count) for one in used if one.type not in workflow.types]
    held_up = [(str(reason), int(count)) for reason, count in await tx.all("holds_in_use")]
    found += [("reason to wait", reason, count) for reason, count in held_up if reason not in workflow.holds]
    held = {post.village for post in await people.posts(tx) if post.village} - workflow.villages.keys()
    return [*_documents(found), *(_post(village) for village in sorted(held))]


def _documents(found: list[tuple[str, str, int]]) -> list[str]:
    counts: dict[tuple[str, str], int] = {}
    for kind, key, count in found:
        counts[kind, key] = counts.get((kind, key), 0) + count
    return [
        f"the {kind} '{key}' of {_so_many(count)} is not in the district file any more; write it back"
        for (kind, key), count in counts.items()
    ]


def _so_many(count: int) -> str:
    return f"{count} open documents" if count > 1 else "an open document"


def _post(village: str) -> str:
    return f"the village '{village}' of a post is not in the district file any more; write it back, or end the post"

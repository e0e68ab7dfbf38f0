"""What stands still and why, for a table: a line each, with the code by which carriers know such a reason."""

import csv
from collections.abc import Iterable
from io import StringIO

from locales import dates
from storage import Storage, overview
from storage.db.marks import moment
from storage.holds import queues
from storage.workflow import Workflow

Line = tuple[str, str, int, str, str]
HEAD = ("reason", "edifact_9013", "documents", "since", "review")


async def listed(storage: Storage, workflow: Workflow) -> list[Line]:
    """What stands still for one cause, and what was returned, the oldest first.

    Neither villages nor kinds of documents are told, which might name a family. The code is empty where carriers have
    none for a reason.
    """
    async with storage.reading() as tx:
        standing = await queues.everything(tx)
        left = [(exit, *await overview.off_the_road(tx, exit.key)) for exit in workflow.exits.values()]
    found = [
        (one.cause.since, one.cause.reason, workflow.holds[one.cause.reason].code, one.count, one.cause.review)
        for one in standing
        if one.cause.reason in workflow.holds
    ]
    found += [(since, exit.key, exit.code, count, None) for exit, count, since in left if since is not None]
    return [
        (reason, code, count, _day(workflow, since), _day(workflow, review))
        for since, reason, code, count, review in sorted(found, key=lambda one: moment(one[0]) or 0)
    ]


def _day(workflow: Workflow, at: int | None) -> str:
    return "" if (known := moment(at)) is None else dates.local(known, workflow.zone).date().isoformat()


def table(found: Iterable[Line]) -> str:
    """As CSV, a head first."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEAD, *found])
    return text.getvalue()

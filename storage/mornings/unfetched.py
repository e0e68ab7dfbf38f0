"""Families whose documents lie ready for them, and who have not come for weeks."""

from typing import NamedTuple

from storage.db.protocol import Tx
from storage.records import DAY
from storage.workflow import Workflow

WEEKS = (7, 21)  # working days after which a family is reminded
LATELY = 5  # working days later it is too late to remind; what was sent is known for longer than that
LONGEST = 90 * DAY


class Unfetched(NamedTuple):
    """A family to be reminded: its chat, its request, and for which time."""

    chat: int
    request: int
    step: int


async def of_day(tx: Tx, workflow: Workflow, now: int) -> list[Unfetched]:
    """Who follows what has been ready for their family for so many working days."""
    found = []
    for stage in ready_for_families(workflow):
        rows = await tx.long("unfetched", stage=stage, before=now - WEEKS[0] * DAY, after=now - LONGEST)
        for chat, request, since in rows:
            days = workflow.calendar.working_days(since, now)
            found += [Unfetched(chat, request, step) for step in WEEKS if step <= days < step + LATELY]
    return found


def ready_for_families(workflow: Workflow) -> list[str]:
    """The stages after which a family has its documents."""
    return [
        key
        for key, stage in workflow.stages.items()
        if stage.ready and any(workflow.following(type, key) in workflow.at_home for type in workflow.types)
    ]

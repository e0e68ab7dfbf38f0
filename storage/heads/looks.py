"""Who of the staff has looked at which number, search or figures: kept for 90 days. Of families nothing is noted."""

from collections.abc import Iterable
from typing import NamedTuple

from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.records import DAY, Person
from storage.workflow import Workflow

NUMBER, SEARCH, MONTH = "number", "search", "month"
KEPT = 90 * DAY
MOST = 500  # of which the head reads


class Look(NamedTuple):
    """A post (role, village, ordinal) that looked at something, first on that day `at` a time."""

    id: int
    role: str
    village: str
    ordinal: int
    what: str
    subject: str
    at: int


async def note(tx: Tx, workflow: Workflow, person: Person, what: str, subjects: Iterable[str], now: int) -> None:
    """Whoever holds a post of their own has looked at these; of each once a day of the district."""
    if not person.own:
        return
    values = {"post": person.own[0].id, "what": what, "day": workflow.calendar.day(now).toordinal(), "now": now}
    await tx.many("note_look", [{"id": new_id(now), "subject": subject, **values} for subject in subjects])


async def latest(tx: Tx, subject: str = "") -> list[Look]:
    """The last looks, newest first; of one subject if it is named."""
    rows = await (tx.all("looks_at", subject=subject, most=MOST) if subject else tx.all("looks", most=MOST))
    return [Look(*row) for row in rows]


async def purge(tx: Tx, now: int) -> None:
    """Forget those that are older than 90 days."""
    await tx.long("purge_looks", before=now - KEPT)

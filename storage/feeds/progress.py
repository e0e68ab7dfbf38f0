"""How far documents are, as other systems read it: no receipt number, and a village only where several filed the same.

In a village of a few hundred people "a death certificate, filed on Tuesday" is a name. So a village is named only where
three families filed that kind of document there within 90 days; of others the district alone is known.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from storage import ledger
from storage.attestations import letters
from storage.db import sealing
from storage.db.protocol import Row, Tx
from storage.db.sealing import Forged
from storage.records import DAY, Document, Event
from storage.workflow import Workflow

SPAN = 90 * DAY
MOST = 1000
FEW = 3  # families, below which a village is not named
_KEY, _MARK = "feeds", "d_"


class Progress(NamedTuple):
    """A document under the reference by which other systems know it; `village` is nothing where it is not told."""

    reference: str
    document: Document
    requested_at: int
    updated_at: int
    village: str

    @property
    def is_open(self) -> bool:
        """True until it is at its end."""
        return self.document.closed_at is None


async def requested(
    tx: Tx, since: int, until: int, types: Collection[str] = (), *, opened: bool = True, closed: bool = True
) -> list[Progress]:
    """What was filed from one time to before another, newest first; of some kinds, if they are named; 1,000 at most."""
    rows = await tx.long(
        "feed_requests", since=since, until=until, types=f",{','.join(types)}," if types else "",
        opened=int(opened), closed=int(closed), most=MOST,
    )  # fmt: skip
    return await _shown(tx, rows, since, until)


async def of_reference(tx: Tx, reference: str) -> Progress | None:
    """The document of a reference; None if it is not one of ours, or is gone."""
    return next(iter(await of_references(tx, [reference])), None)


async def of_references(tx: Tx, references: Iterable[str]) -> list[Progress]:
    """The documents of references, of those that are ours."""
    ids = []
    for one in references:
        with suppress(Forged):
            id, *_ = await sealing.read(tx, _KEY, _MARK, one)
            ids.append(id)
    return await of_documents(tx, ids)


async def of_letter(tx: Tx, workflow: Workflow, reference: str, now: int) -> list[Progress]:
    """The documents of a letter that is from us and still good."""
    try:
        found = await letters.issued(tx, reference)
    except Forged:
        return []
    if found is None or letters.is_over(workflow, found, now):
        return []
    return await of_documents(tx, [one.document.id for one in found.lines])


async def of_documents(tx: Tx, ids: Sequence[int]) -> list[Progress]:
    """Documents by their ids."""
    rows = [row for row in [await tx.one("feed_document", document=id) for id in ids] if row]
    third = SPAN // 3  # counted once for all that were filed in it: a count reads all that is filed in a span
    filed: dict[int, list[Row]] = {}
    for row in rows:
        filed.setdefault(int(row[0]) // third * third, []).append(row)
    return [
        one
        for since, some in filed.items()
        for one in await _shown(tx, some, since - third, since - third + SPAN)
    ]  # fmt: skip


async def of_act(tx: Tx, act: int) -> list[tuple[Event, Progress]]:
    """The steps of an act, each with its document as it is now."""
    events = await ledger.events_of(tx, act)
    found = {one.document.id: one for one in await of_documents(tx, [event.document for event in events])}
    return [(event, found[event.document]) for event in events if event.document in found]


async def _shown(tx: Tx, rows: Sequence[Row], since: int, until: int) -> list[Progress]:
    """The rows as others read them; how many filed the same in a village is counted between two times."""
    write = await sealing.writer(tx, _KEY, _MARK)
    counts = {(village, type): n for village, type, n in await tx.long("feed_counts", since=since, until=until)}
    found = []
    for filed_at, updated_at, *columns in rows:
        one = Document(*columns)
        village = one.village if counts.get((one.village, one.type), 0) >= FEW else ""
        found.append(Progress(write(one.id), one, filed_at, one.closed_at or updated_at, village))
    return found

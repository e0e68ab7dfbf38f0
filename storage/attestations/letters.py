"""Letters which attest that documents are being made: signed, good for 30 days, and kept nowhere.

What a letter said is what the ledger knew when it was issued, so its QR names the request and that moment alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

from storage import documents, ledger
from storage.db import sealing
from storage.db.protocol import Tx
from storage.records import DAY, Document, Event, LookUp, Person
from storage.road.way import in_order, still_counting
from storage.workflow import Workflow

MARK = "a_"  # how its reference begins; a receipt number begins with a digit
GOOD_FOR = 30 * DAY
_KEY = "attestations"


class Lettered(NamedTuple):
    """A document as it is, the steps that counted when a letter was issued, and where it was then."""

    document: Document
    steps: tuple[Event, ...]

    @property
    def stage(self) -> str:
        """Where it was."""
        return self.steps[-1].to_stage if self.steps else self.document.stage


class Attestation(NamedTuple):
    """What a letter says that was issued at a time (epoch ms), document by document."""

    request: int
    issued_at: int
    filed_at: int
    lines: tuple[Lettered, ...]

    @property
    def good_until(self) -> int:
        """A time on its last day."""
        return self.issued_at + GOOD_FOR


def is_over(workflow: Workflow, letter: Attestation, now: int) -> bool:
    """True after the day that stands on it as its last."""
    return workflow.calendar.day(now) > workflow.calendar.day(letter.good_until)


def may(workflow: Workflow, person: Person, look: LookUp) -> bool:
    """True if this person may have a letter about a number: who follows it, and who files for its village. Once all of
    it is at its end there is nothing to attest.
    """
    if all(workflow.ends(one.stage) for one in look.documents):
        return False
    return look.followed or look.documents[0].village in workflow.filing_villages(person)


async def issue(tx: Tx, found: Sequence[Document], now: int) -> tuple[Attestation, str]:
    """A letter about the documents of a request, and the reference for its QR."""
    request = found[0].request
    return await _at(tx, found, now), await sealing.write(tx, _KEY, MARK, request, now)


async def issued(tx: Tx, text: str) -> Attestation | None:
    """The letter of a reference; None if its request is gone. Raises sealing.Forged."""
    request, at = await sealing.read(tx, _KEY, MARK, text)
    found = await documents.of_request(tx, request)
    return await _at(tx, found, at) if found else None


async def _at(tx: Tx, found: Sequence[Document], at: int) -> Attestation:
    lines, filed = [], []
    for one in found:
        events = [event for event in await ledger.history(tx, one.id) if event.recorded_at <= at]
        lines.append(Lettered(one, tuple(in_order(still_counting(events)))))
        filed += [event.at for event in events[:1]]
    return Attestation(found[0].request, at, min(filed, default=at), tuple(lines))

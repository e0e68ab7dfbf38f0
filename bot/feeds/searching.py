"""What a search of SPDCI finds, at once or later: records of how far documents are."""

import asyncio
from collections.abc import Sequence

from bot.feeds import spdci
from bot.feeds.georeport import TURN
from bot.feeds.iso8601 import iso
from bot.feeds.spdci import LETTER, REFERENCE, Envelope, Json
from handlers.context import Services
from storage.db.protocol import Tx
from storage.feeds import progress
from storage.feeds.progress import SPAN, Progress
from storage.workflow import Workflow


async def answer(
    tx: Tx, services: Services, envelope: Envelope, transaction: str, id: int, wanted: Sequence[tuple[str, Json]]
) -> bytes:
    """The answer to the searches of a message, as it goes out: by what each is referred to, and its criteria."""
    lately: list[Json] = []  # read once, however many ask for some of it
    found = [await _found(tx, services, reference, criteria, lately) for reference, criteria in wanted]
    message = {"transaction_id": transaction, "correlation_id": str(id), "search_response": found}
    return envelope.sealed("on-search", str(id), message, len(found))


async def _found(tx: Tx, services: Services, reference: str, criteria: Json, lately: list[Json]) -> Json:
    now, workflow = services.now(), services.workflow
    head = {"reference_id": reference, "timestamp": iso(now)}
    try:
        query = spdci.query(criteria.get("query_type"), criteria.get("query"))
        size, number = spdci.page(criteria)
    except ValueError as wrong:
        code = "rjct.search_criteria.invalid"
        return {**head, "status": "rjct", "status_reason_code": code, "status_reason_message": str(wrong)}
    kind, value = query.reference
    if kind == REFERENCE:
        records = await _records(workflow, await progress.of_references(tx, [value]))
    elif kind == LETTER:
        records = await _records(workflow, await progress.of_letter(tx, workflow, value, now))
    else:
        lately += [] if lately else await _records(workflow, await progress.requested(tx, now + 1 - SPAN, now + 1))
        records = lately
    shown, page = spdci.picked(records, lambda one: bool(kind) or query.fits(one), size, number)
    await asyncio.sleep(0)
    return {**head, "status": "succ", "data": spdci.data(shown), "pagination": page, "locale": "ind"}


async def _records(workflow: Workflow, found: Sequence[Progress]) -> list[Json]:
    records: list[Json] = []
    for one in found:
        records.append(spdci.record(workflow, one))
        if len(records) % TURN == 0:
            await asyncio.sleep(0)
    return records

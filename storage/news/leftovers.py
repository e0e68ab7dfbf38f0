"""What is owed for long: kept aside and tried again, forgotten, or set back with the machine's clock."""

from storage.db.protocol import Row, Tx
from storage.outbox import LATE, PAUSED


async def given_up(tx: Tx) -> list[Row]:
    """(id, kind, given up at, tries, error) of what was given up."""
    return await tx.all("given_up")


async def retry(tx: Tx, id: int, now: int) -> bool:
    """Try once more what was given up. False if there is no such row."""
    return await tx.one("retry_notice", id=id, now=now) is not None


async def purge(tx: Tx, before: int, owed_before: int) -> None:
    """Forget what was sent before one time, and what nobody took since before another. Not what is paused."""
    await tx.long("purge_sent", before=before)
    await tx.long("purge_owed", before=owed_before, paused=PAUSED)
    await tx.long("purge_given_up", before=owed_before)


async def set_back(tx: Tx, now: int, by: int) -> None:
    """The machine's clock was set back by so much (ms, more than `LATE`): what fell due by the old one is due by it."""
    for query in ("set_back_notices", "set_back_people"):
        await tx.all(query, by=by, beyond=now + LATE, never=PAUSED)
    await tx.all("set_back_acts", by=by, beyond=now + LATE)

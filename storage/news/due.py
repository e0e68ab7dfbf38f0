"""When what is owed falls due, once the machine's clock was set back."""

from storage.db.protocol import Tx
from storage.outbox import LATE, PAUSED


async def set_back(tx: Tx, now: int, by: int) -> None:
    """The machine's clock was set back by so much (ms, more than `LATE`): what fell due by the old one is due by it."""
    for query in ("set_back_notices", "set_back_people"):
        await tx.all(query, by=by, beyond=now + LATE, never=PAUSED)
    await tx.all("set_back_acts", by=by, beyond=now + LATE)

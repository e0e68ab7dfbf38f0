"""What other systems asked for and are answered later, at their own address. A row::

    asked ── answer ──▶ answered ── 30 days ──▶ gone
      │ ▲
      └─┘ later: its system is away

A crash after an answer and before that is written down answers again, under the same id.
"""

import json
from typing import Any, NamedTuple

from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.records import DAY, HOUR

KEPT = 30 * DAY
MOST = 20  # of a system that wait


class TooManyWait(Exception):
    """So much of a system waits that nothing more is taken."""


class Deferred(NamedTuple):
    """What a system asked: what to do (`action`), under which id of its own (`asked`), and with which `message`."""

    id: int
    system: int
    name: str
    url: str
    action: str
    asked: str
    message: str
    made_at: int
    tries: int
    answered_at: int | None

    @property
    def wants(self) -> Any:
        """What it was asked with."""
        return json.loads(self.message)


async def ask(tx: Tx, system: int, action: str, asked: str, message: object, now: int) -> int:
    """Answer it later; asked twice it is once. Raises TooManyWait."""
    if await of(tx, system, action, asked=asked) is None:
        [(waiting,)] = await tx.all("deferred_waiting", system=system)
        if waiting >= MOST:
            raise TooManyWait
        values = {"id": new_id(now), "system": system, "action": action, "asked": asked, "now": now}
        await tx.all("defer", **values, message=json.dumps(message))
    found = await of(tx, system, action, asked=asked)
    if found is None:
        raise LookupError("what was asked a moment ago is gone")
    return found.id


async def of(tx: Tx, system: int, action: str, *, asked: str = "", id: int = 0) -> Deferred | None:
    """What a system asked under an id of its own, or under ours."""
    row = await tx.one("deferred_asked", system=system, action=action, asked=asked, id=id)
    return Deferred(*row) if row else None


async def due(tx: Tx, now: int) -> list[Deferred]:
    """What may be answered now; what waits by a clock that was set back since, too."""
    return [Deferred(*row) for row in await tx.all("due_deferred", now=now, beyond=now + HOUR)]


async def answered(tx: Tx, one: Deferred, now: int) -> None:
    """Its system has the answer."""
    await tx.all("deferred_answered", id=one.id, now=now)


async def later(tx: Tx, one: Deferred, due_at: int, error: str) -> None:
    """Its system is away."""
    await tx.all("deferred_later", id=one.id, due_at=due_at, error=error)


async def purge(tx: Tx, now: int) -> None:
    """Forget what was asked long ago, answered or not."""
    await tx.all("purge_deferred", before=now - KEPT)

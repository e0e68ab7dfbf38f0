"""Updates from Telegram: stored before Telegram may forget them, done only when their answer is out.

The states of a row, and the functions that take it on::

    store ──▶ open ─── done, answer_later ───▶ done ─── purge, after 48 hours ───▶ gone
              │  ▲                             the id alone, against redelivery
   quarantine │  │ retry
              ▼  │
    poison ─▶ failed ─── purge, 28 days later ───▶ gone
              an unreadable one has no body, and no way back

The recorder stores, the settler says what became of it, `python -m bot stuck retry` takes it up again, a chore purges.
A crash before `store` commits loses nothing, for Telegram still has the update. After a crash while it is open,
`unfinished` finds it at the next start and it is handled again: moves and other effects know that they were done, so
what may come twice is the answer.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storage import outbox
from storage.db.protocol import Row, Tx
from storage.records import DAY, HOUR, StoredUpdate

ASIDE = 28 * DAY


async def store(tx: Tx, updates: Sequence[StoredUpdate], now: int) -> list[StoredUpdate]:
    """Store a batch and return those that are new here."""
    if not updates:
        return []
    ids = [update.update_id for update in updates]
    known = {id for (id,) in await tx.all("known_updates", first=min(ids), last=max(ids))}
    fresh = list({update.update_id: update for update in updates if update.update_id not in known}.values())
    await tx.many(
        "store_update", [{"update_id": u.update_id, "person": u.person, "body": u.body, "now": now} for u in fresh]
    )
    return fresh


async def unfinished(tx: Tx, after: int, most: int) -> list[StoredUpdate]:
    """Stored and not done, in the order of their ids, after a given id."""
    return [StoredUpdate(*row) for row in await tx.all("open_updates", after=after, most=most)]


async def is_open(tx: Tx, update_id: int) -> bool:
    """True until it is written down what became of it."""
    return await tx.one("open_update", update_id=update_id) is not None


async def done(tx: Tx, ids: Iterable[int], now: int) -> None:
    """Answered. The id stays 48 hours against redelivery; the body and the chat go at once."""
    await tx.many("update_done", [{"update_id": id, "now": now} for id in ids])


async def answer_later(
    tx: Tx, update_id: int, chat: int, facts: Mapping[str, Any], now: int, *, repeated: bool = False,
    shared: bool = False,
) -> None:  # fmt: skip
    """The answer cannot be sent now: it is owed instead, rendered when it goes out, and the update is done. One that is
    `shared` by all who read there is owed once within the hour, however many ask for the same.
    """
    # Not the facts themselves, which may be of any length: PostgreSQL puts at most some 2,700 bytes into an index.
    same = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    what = f"{chat}:{now // HOUR}:{same}" if shared else update_id
    due = outbox.Due(f"answer:{what}", chat, "answer", outbox.ANSWER, now, facts=facts, repeated=repeated)
    await outbox.owe(tx, [due], now)
    await done(tx, [update_id], now)


async def quarantine(tx: Tx, update_id: int, error: str, now: int) -> None:
    """A handler failed on it: kept aside with the kind of error, never its words."""
    await tx.all("update_failed", update_id=update_id, error=error, now=now)


async def poison(tx: Tx, update_id: int, error: str, now: int) -> None:
    """It could not even be read: its id is kept, its content is not."""
    await tx.all("poison", update_id=update_id, error=error, now=now)


async def failed(tx: Tx) -> list[Row]:
    """(update id, failed at, tries, error) of what is in quarantine."""
    return await tx.all("failed_updates")


async def retry(tx: Tx, update_id: int) -> bool:
    """Take an update out of quarantine. False if it is not there or has no body to retry."""
    return await tx.one("retry_update", update_id=update_id) is not None


async def oldest(tx: Tx, turns: Mapping[int, int] | None = None) -> tuple[int | None, int]:
    """(since when the longest waiting update waits for us alone, how many are open).

    An update behind others of its person waits for those, so only the first of each person counts: from when it came
    or, if its person has one in hand, from when that became the first (`turns`, by person).
    """
    turns, firsts = turns or {}, await tx.all("open_by_person")
    since = min((max(came, turns.get(person, came)) for person, came, _ in firsts), default=None)
    return since, sum(count for _, _, count in firsts)


async def purge(tx: Tx, before: int) -> None:
    """Forget the ids of what was done before then, and what was set aside 28 days before that."""
    await tx.long("purge_inbox", before=before)
    await tx.long("purge_failed", before=before - ASIDE)

"""Forgets what has had its time."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from handlers.context import Services
from storage import bags, inbox, marks, outbox, people
from storage.births import reservations
from storage.db.protocol import Tx
from storage.families import askers
from storage.feedback import demands, questions
from storage.feeds import deferred
from storage.heads import hearers, looks, pausing
from storage.news import leftovers, phones, relays
from storage.pages import opened
from storage.records import DAY

_PARTS: Sequence[Callable[[Tx, int], Awaitable[Any]]] = (
    lambda tx, now: inbox.purge(tx, now - 2 * DAY),
    lambda tx, now: leftovers.purge(tx, now - outbox.KEPT, now - outbox.KEPT),
    lambda tx, now: bags.purge(tx, now - bags.KEPT),
    lambda tx, now: marks.purge_marks(tx, now - 30 * DAY),
    askers.purge,  # before the waits of which it tells are gone
    people.purge,
    reservations.purge,
    relays.purge,
    phones.purge,
    hearers.purge,
    looks.purge,
    lambda tx, now: pausing.purge(tx, now - 90 * DAY),
    opened.purge,
    demands.purge,
    questions.purge,
    deferred.purge,
)


async def forget(services: Services) -> bool:
    """Each part is a transaction of its own, so that none is long. Never leaves anything to send."""
    now = services.now()
    for part in _PARTS:
        async with services.storage.transaction() as tx:
            await part(tx, now)
    await services.storage.tidy()  # what was deleted is gone from SQLite's log as well
    return False

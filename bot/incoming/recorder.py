"""Writes what Telegram handed over into the inbox, and hands what is unfinished there to the dispatcher."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bot.incoming.dispatcher import Dispatcher
from bot.incoming.downtime import tell_staff
from bot.incoming.person_queue import Acquaintances
from bot.incoming.redact import Batch, Doubt, arrival, with_picture
from bot.retry import Backoff
from handlers.context import Services
from handlers.lookup.handlers import MOST_NUMBERS
from storage import Tx, documents, guesses, inbox, marks, people
from storage.records import Person, StoredUpdate
from storage.road import tails
from storage.workflow import Workflow

POLL = "poll"  # the mark of when a poll last succeeded
PAGE = 500  # unfinished rows read at once
MANY = 8  # updates in memory from which on it matters whose they are
TAKE_UP_EVERY = MARK_EVERY = 30.0  # seconds
log = logging.getLogger(__name__)


class Recorder:
    """`room` waits until the dispatcher may be given more; `monotonic` is in seconds."""

    def __init__(
        self,
        services: Services,
        dispatcher: Dispatcher,
        backoff: Backoff,
        room: Callable[[], Awaitable[None]],
        monotonic: Callable[[], float],
    ) -> None:
        self._services, self._dispatcher, self._backoff, self._room = services, dispatcher, backoff, room
        self._monotonic = monotonic
        self._acquaintances, self._strangers = Acquaintances(monotonic), frozenset[int]()
        self._take_up_at = self._mark_at = monotonic()
        self._inherits = True  # what a process before this one left, and may have answered

    async def keep(self, batch: Batch, gap_since: int | None) -> int:
        """Store a batch and hand it on; when that was, epoch ms. Once this returns, Telegram may forget it.

        After a gap in which taps got lost, staff are told with it.
        """
        for id, error in batch.poison:
            log.warning("update unreadable", extra={"update": id, "error": error})
        now, since, at = self._services.now(), gap_since, self._monotonic()
        fresh: Sequence[StoredUpdate] = ()
        if batch.arrivals or batch.poison or since is not None or at >= self._mark_at:
            fresh = await self._backoff.until_database_is_back(partial(self._store, batch, now, since, at))
        self._dispatcher.counts.updates += len(fresh)
        if since is not None:
            self._dispatcher.wake()
        if len(fresh) == len(batch.arrivals):
            for arrival in fresh:
                self._dispatcher.add(arrival, is_stranger=arrival.person in self._strangers)
        else:  # what is known already may be in nobody's hands: a commit can succeed and its answer be lost
            await self.take_up()
        return now

    async def _store(self, batch: Batch, now: int, since: int | None, at: float) -> Sequence[StoredUpdate]:
        async with self._services.storage.transaction() as tx:
            workflow = self._services.workflow
            told_apart = {id: await _told_apart(tx, workflow, doubt, now) for id, doubt in batch.doubts.items()}
            arrivals = [told_apart.get(one.update_id) or one for one in batch.arrivals]
            fresh = await inbox.store(tx, arrivals, now)
            for id, error in batch.poison:
                await inbox.poison(tx, id, error, now)
            if since is not None:
                await tell_staff(tx, self._services, since, now)
            if at >= self._mark_at:
                await marks.mark(tx, POLL, now)
            self._strangers = frozenset()
            if len(self._dispatcher.held) + len(fresh) > MANY:
                self._strangers = await self._acquaintances.strangers(tx, (update.person for update in fresh))
        if at >= self._mark_at:
            self._mark_at = at + MARK_EVERY
        return fresh

    async def take_up_if_due(self) -> None:
        """Each half minute, and when somebody of whom there was too much has few updates left in memory."""
        if self._monotonic() >= self._take_up_at or (self._dispatcher.overfull and self._dispatcher.runs_short):
            await self.take_up()

    async def take_up(self) -> None:
        """Hand over what is unfinished and in nobody's hands: after a restart, once `stuck` lets it be retried, or
        when it was left in the inbox because there was too much of one person.
        """
        self._dispatcher.anew()
        after, page = -1, await self._page(-1)
        while page:
            after = page[-1].update_id
            await self._room()
            page = await self._page(after)
        self._take_up_at, self._inherits = self._monotonic() + TAKE_UP_EVERY, False

    async def _page(self, after: int) -> Sequence[StoredUpdate]:
        # Before reading: what is settled in between must not look like nobody's.
        held = frozenset(self._dispatcher.held)
        page = await self._backoff.until_database_is_back(partial(self._unfinished, after))
        for update in page:
            if update.update_id not in held:
                found = update._replace(again=self._inherits)
                self._dispatcher.add(found, is_stranger=update.person in self._strangers)
        return page

    async def _unfinished(self, after: int) -> Sequence[StoredUpdate]:
        async with self._services.storage.reading() as tx:
            page = await inbox.unfinished(tx, after, PAGE)
            self._strangers = await self._acquaintances.strangers(tx, (update.person for update in page))
            return page


async def _told_apart(tx: Tx, workflow: Workflow, doubt: Doubt, now: int) -> StoredUpdate | None:
    """The update with what more of it may be kept: its numbers that are filed, of staff also the last digits of open
    files; and, until it is answered, where a picture is. None if that is nothing.
    """
    person = await people.get(tx, doubt.person)
    if await tails.are_known(tx, workflow, person, doubt.tails, now):
        kept = arrival(doubt.update, doubt.tails)
    else:
        filed = await _filed(tx, person, doubt, now)
        kept = arrival(doubt.update, filed) if filed or doubt.picture else None
    return with_picture(kept, doubt.picture) if kept and doubt.picture else kept


async def _filed(tx: Tx, person: Person, doubt: Doubt, now: int) -> set[str]:
    """Those of its doubtful numbers that are filed; none if they are too many.

    Whoever sees that a number was struck out knows that it is not filed, so that counts as a guess.
    """
    if not 0 < len(doubt.numbers) <= MOST_NUMBERS:
        return set()
    looks = [await documents.status(tx, number, person.chat, now) for number in doubt.numbers]
    waits = {number for number in doubt.numbers if await people.follow_of(tx, person.chat, number)}
    sifted = await guesses.sift(tx, person, looks, waits, now)
    if sifted.misses:
        await guesses.count(tx, person.chat, sifted.misses, now)
    return {look.number for look in sifted.shown} | waits

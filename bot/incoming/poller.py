"""Fetches updates and stores them before Telegram may forget them. No handler works here, so nothing holds it up."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import count
from typing import NoReturn

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.exits import ExitCode, Stop
from bot.incoming.dispatcher import Dispatcher
from bot.incoming.downtime import GAP, tell_staff
from bot.incoming.redact import ALLOWED_UPDATES, Batch, read
from bot.retry import Backoff
from bot.telegram.api import BotApi, Json, raw, seconds_of
from handlers.context import Services
from storage import inbox, marks
from storage.inbox import Arrival
from storage.records import Update

SECONDS = 50  # Telegram lets no poll wait longer
SOON = 1  # second that a poll may wait while somebody's updates were left in the inbox
MOST = 2000  # updates held before polling waits
PAGE = 500  # unfinished rows read at once
MARK = "poll"
MARK_EVERY = 30.0  # seconds
SLICE = 10.0  # seconds of rest between two signs of life
ASKED = 3  # getMe, before a refused token is believed
ASK_EVERY = 10.0  # seconds
log = logging.getLogger(__name__)


class Poller:
    """Polls for ever. `chance` is from [0, 1) and spreads retries.

    `seconds` is how long Telegram may let a poll wait; above `most` updates in the lanes, polling waits.
    """

    def __init__(
        self,
        transport: BotApi,
        services: Services,
        lanes: Dispatcher,
        chance: Callable[[], float],
        *,
        seconds: int = SECONDS,
        most: int = MOST,
        monotonic: Callable[[], float] = time.monotonic,
        rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._transport, self._services, self._lanes = transport, services, lanes
        self._seconds, self._most = seconds, most
        self._monotonic, self._sleep = monotonic, rest
        self._patience = Backoff(chance, self._rest)
        self._offset: int | None = None
        self._last_poll: int | None = None
        self._polled: float | None = None
        self._started = self._signed = monotonic()
        self._look_at = self._mark_at = self._started

    @property
    def last_poll(self) -> int | None:
        """When a poll last succeeded, in this process or the one before: epoch ms."""
        return self._last_poll

    def age_of_last_poll(self) -> float:
        """Seconds since a poll last succeeded, or since the start."""
        return self._monotonic() - (self._started if self._polled is None else self._polled)

    def age_of_last_sign(self) -> float:
        """Seconds since the loop did anything, be it to wait for a Telegram or a database that is down."""
        return self._monotonic() - self._signed

    async def run(self) -> NoReturn:
        """Take up what is unfinished, then poll. Raises Stop when polling on would do nothing, or harm."""
        self._last_poll = await self._patience.until_database_is_back(self._marked)
        while True:
            if self._monotonic() >= self._look_at or self._lanes.short:
                await self._take_up()
            await self._room()
            batch = read(await self._poll(), self._offset)
            for id, error in batch.poison:
                log.warning("update unreadable", extra={"update": id, "error": error})
            await self._keep(batch)

    # Updates

    async def _keep(self, batch: Batch) -> None:
        """Store a batch; only then may the next poll confirm it."""
        self._sign()
        now, since = self._services.now(), self._gap_since()
        fresh = await self._patience.until_database_is_back(lambda: self._store(batch, since, now))
        self._offset = batch.offset
        if since is not None:
            self._lanes.wake()
        self._last_poll, self._polled = now, self._monotonic()
        if len(fresh) == len(batch.arrivals):
            for arrival in fresh:
                self._lanes.add(arrival)
        else:  # what is known already may be in nobody's hands: a commit can succeed and its answer be lost
            await self._take_up()

    async def _store(self, batch: Batch, since: int | None, now: int) -> Sequence[Arrival]:
        marking = self._monotonic() >= self._mark_at
        if not (batch.arrivals or batch.poison or marking or since is not None):
            return ()
        async with self._services.storage.transaction() as tx:
            fresh = await inbox.store(tx, batch.arrivals, now)
            for id, error in batch.poison:
                await inbox.poison(tx, id, error, now)
            if since is not None:
                await tell_staff(tx, self._services, since, now)
            if marking:
                await marks.mark(tx, MARK, now)
        if marking:
            self._mark_at = self._monotonic() + MARK_EVERY
        return fresh

    async def _take_up(self) -> None:
        """Hand over what is unfinished and in nobody's hands: after a restart, once `stuck` lets it be retried, or
        when it was left in the inbox because there was too much of one person.
        """
        self._lanes.anew()
        after, page = -1, await self._page(-1)
        while page:
            after = page[-1].update_id
            await self._room()
            page = await self._page(after)
        self._look_at = self._monotonic() + MARK_EVERY

    async def _page(self, after: int) -> Sequence[Update]:
        held = self._lanes.held  # before reading: what is settled in between must not look like nobody's
        page = await self._patience.until_database_is_back(lambda: self._unfinished(after))
        for update in page:
            if update.update_id not in held:
                self._lanes.add(update)
        return page

    async def _unfinished(self, after: int) -> Sequence[Update]:
        async with self._services.storage.reading() as tx:
            return await inbox.unfinished(tx, after, PAGE)

    async def _room(self) -> None:
        while True:
            self._sign()
            with suppress(TimeoutError):
                async with asyncio.timeout(SLICE):
                    return await self._lanes.room(self._most)

    # A gap in which Telegram threw taps away

    async def _marked(self) -> int | None:
        async with self._services.storage.reading() as tx:
            return await marks.marked(tx, MARK)

    def _gap_since(self) -> int | None:
        """When the last poll before this one was, epoch ms, if that is too long ago for a tap to have lasted."""
        if self._last_poll is None:
            return None
        # Within one process the wall clock does not count: it may have been set.
        age = (self._services.now() - self._last_poll) / 1000 if self._polled is None else self.age_of_last_poll()
        return self._last_poll if age > GAP else None

    # Telegram

    async def _poll(self) -> list[Json]:
        for tries in count():
            try:
                return await self._transport.poll(self._offset, self._patient(), ALLOWED_UPDATES)
            except TelegramError as error:
                log.warning("poll failed", extra={"error": type(error).__name__, "tries": tries})
                await self._mend(error, tries)
        raise AssertionError

    def _patient(self) -> int:
        """Seconds the next poll may wait: none if word of a gap, or the first sign that all is well, waits for it."""
        if self._polled is None or self._gap_since() is not None:
            return 0
        return min(SOON, self._seconds) if self._lanes.cut else self._seconds

    async def _mend(self, error: TelegramError, tries: int) -> None:
        """Do what the failure of a poll asks for, then rest. Raises Stop if nothing helps."""
        match error:
            case RetryAfter():
                await self._rest(seconds_of(error))
            case InvalidToken():
                await self._ask_who_we_are()
            case Conflict() if "other getupdates" in raw(error).lower():
                raise Stop(ExitCode.OTHER_POLLER, "another process polls with the same token")
            case Conflict() if "webhook is active" in raw(error).lower():
                await self._drop_webhook()
        await self._rest(self._patience.pause(tries))

    async def _ask_who_we_are(self) -> None:
        """One refusal may be a hiccup; three more over half a minute are not."""
        for _ in range(ASKED):
            await self._rest(ASK_EVERY)
            try:
                await self._transport.call("getMe", {})
                return
            except InvalidToken:
                continue
            except TelegramError:
                return  # nobody there to ask: polling finds out when somebody is
        raise Stop(ExitCode.TOKEN, "Telegram does not know the token")

    async def _drop_webhook(self) -> None:
        try:
            await self._transport.call("deleteWebhook", {"drop_pending_updates": "false"})
            log.warning("webhook deleted")
        except TelegramError as error:
            log.warning("webhook not deleted", extra={"error": type(error).__name__})

    async def _rest(self, seconds: float) -> None:
        while seconds > 0:
            self._sign()
            await self._sleep(min(seconds, SLICE))
            seconds -= SLICE
        self._sign()

    def _sign(self) -> None:
        self._signed = self._monotonic()

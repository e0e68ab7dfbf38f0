"""Fetches updates by long polling. No handler works here, so nothing holds it up."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import NoReturn

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.exits import ADVICE, ExitCode, Stop
from bot.incoming.dispatcher import LOOK, Dispatcher
from bot.incoming.downtime import TAP_LASTS
from bot.incoming.recorder import POLL, Recorder
from bot.incoming.redact import ALLOWED_UPDATES, Batch, read
from bot.logs import told
from bot.retry import Backoff
from bot.telegram.api import BotApi
from bot.telegram.refusal import raw, seconds_of
from handlers.context import Services
from storage import marks

SECONDS = 50  # Telegram lets no poll wait longer
SOON = 1  # second that a poll may wait while somebody's updates were left in the inbox
MOST = 2000  # updates held before polling waits
LONGEST_PAUSE = 10.0  # seconds between two polls of a Telegram that is away: people wait for its return
APART = 0.5  # seconds between two polls at least, if the server does not wait though it was asked to
HASTY = 10  # such polls until it is told: one may happen
SLICE = 10.0  # seconds of rest between two heartbeats
TELL_EVERY = 60.0  # seconds between two words about a token that is refused
log = logging.getLogger(__name__)


class LastPoll:
    """When a poll last succeeded, in this process or the one before. `monotonic` is in seconds.

    `is_first` until a poll of this process has succeeded.
    """

    def __init__(self, services: Services, monotonic: Callable[[], float]) -> None:
        self._services, self._monotonic = services, monotonic
        self.at: int | None = None  # epoch ms
        self._polled: float | None = None  # the same by the monotonic clock, once this process has polled
        self._started = monotonic()
        self.is_first = True

    async def recall(self) -> None:
        """Read when the process before this one last polled."""
        async with self._services.storage.reading() as tx:
            self.at = await marks.marked(tx, POLL)

    def age(self) -> float:
        """Seconds since a poll last succeeded, or since the start."""
        return self._monotonic() - (self._started if self._polled is None else self._polled)

    def gap_since(self) -> int | None:
        """When the last poll was, epoch ms, if no tap of that time can still be waiting at Telegram."""
        if self.at is None:
            return None
        # Within one process the wall clock does not count: it may have been set.
        wall = (self._services.now() - self.at) / 1000
        age = wall if self._polled is None else self._monotonic() - self._polled
        return self.at if age > TAP_LASTS else None

    def succeeded(self, now: int) -> None:
        """One has succeeded at `now`, epoch ms, and what came with it is stored."""
        self.at, self._polled, self.is_first = now, self._monotonic(), False


class Poller:
    """Polls for ever. `chance` is from [0, 1) and spreads retries.

    `seconds` is how long Telegram may let a poll wait. Polling itself waits while the dispatcher holds more than `most`
    updates, and while another process may lead.
    """

    def __init__(
        self,
        api: BotApi,
        services: Services,
        dispatcher: Dispatcher,
        chance: Callable[[], float],
        *,
        seconds: int = SECONDS,
        most: int = MOST,
        monotonic: Callable[[], float] = time.monotonic,
        rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._api, self._dispatcher = api, dispatcher
        self._seconds, self._most = seconds, most
        self._monotonic, self._sleep = monotonic, rest
        self._backoff = Backoff(chance, self._rest, longest=LONGEST_PAUSE)
        self._recorder = Recorder(services, dispatcher, self._backoff, self._room, monotonic)
        self.last_poll = LastPoll(services, monotonic)
        self._offset: int | None = None
        self._hasty = 0  # polls that did not wait, since the last that did
        self._heartbeat = self._tell_at = monotonic()

    def age_of_heartbeat(self) -> float:
        """Seconds since the loop did anything, be it to wait for a Telegram or a database that is down."""
        return self._monotonic() - self._heartbeat

    async def run(self) -> NoReturn:
        """Take up what is unfinished, then poll. Raises Stop when polling on would do nothing, or harm."""
        self._heartbeat = self._monotonic()  # it may have been another's turn for long
        await self._backoff.until_database_is_back(self.last_poll.recall)
        while True:
            await self._recorder.take_up_if_due()
            if len(self._dispatcher.held) > self._most:
                await self._room()
            batch = await self._poll()
            self._heartbeat = self._monotonic()
            at = await self._recorder.keep(batch, self.last_poll.gap_since())
            self.last_poll.succeeded(at)
            # Only now: with the next poll Telegram forgets what lies before the offset.
            self._offset = batch.offset

    async def _room(self) -> None:
        while True:
            self._heartbeat = self._monotonic()
            with suppress(TimeoutError):
                async with asyncio.timeout(SLICE):
                    return await self._dispatcher.room(self._most)

    async def _poll(self) -> Batch:
        for tries in count():
            while not self._dispatcher.leads():  # it would end the poll of whoever leads
                await self._rest(LOOK)
            try:
                # After trouble, and after a gap, staff and health should hear at once that it is over.
                is_back = tries or self.last_poll.is_first or self.last_poll.gap_since() is not None
                longest = min(SOON, self._seconds) if self._dispatcher.overfull else self._seconds
                wait, began = 0 if is_back else longest, self._monotonic()
                batch = read(await self._api.poll(self._offset, wait, ALLOWED_UPDATES), self._offset)
            except TelegramError as error:
                log.warning("poll failed", extra={"error": told(error), "tries": tries})
                await self._mend(error)
                await self._rest(self._backoff.pause(tries))
            else:
                if tries:
                    log.info("polls succeed again", extra={"tries": tries})
                if wait and batch.offset == self._offset:
                    await self._keep_apart(self._monotonic() - began)
                return batch
        raise AssertionError

    async def _keep_apart(self, took: float) -> None:
        """After a poll that brought nothing new: a server, or a proxy, that does not wait is asked over and over."""
        self._hasty = self._hasty + 1 if took < APART else 0
        if self._hasty == HASTY:
            log.warning("polls are answered at once, with nothing new", extra={"asked_to_wait": self._seconds})
        await self._rest(APART - took)

    async def _mend(self, error: TelegramError) -> None:
        """Do what the failure of a poll asks for. Raises Stop if nothing helps."""
        match error:
            case RetryAfter():
                await self._rest(seconds_of(error))
            case InvalidToken():
                self._tell_refused()
            case Conflict() if "other getupdates" in raw(error).lower():
                raise Stop(ExitCode.OTHER_POLLER, "another process polls with the same token")
            case Conflict() if "webhook is active" in raw(error).lower():
                await self._drop_webhook()

    def _tell_refused(self) -> None:
        """The token was good at the start, so this may be Telegram's trouble; whoever reads the log knows better."""
        if self._monotonic() >= self._tell_at:
            self._tell_at = self._monotonic() + TELL_EVERY
            log.error("Telegram refuses the token, which was good", extra={"advice": ADVICE[ExitCode.TOKEN]})

    async def _drop_webhook(self) -> None:
        try:
            await self._api.call("deleteWebhook", {"drop_pending_updates": "false"})
            log.warning("webhook deleted")
        except TelegramError as error:
            log.warning("webhook not deleted", extra={"error": told(error)})

    async def _rest(self, seconds: float) -> None:
        """Sleep so long, with a heartbeat now and then."""
        while seconds > 0:
            self._heartbeat = self._monotonic()
            await self._sleep(min(seconds, SLICE))
            seconds -= SLICE
        self._heartbeat = self._monotonic()

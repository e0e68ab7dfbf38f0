"""Writes down what became of updates, many in one transaction: one for each would cost more than handling them."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from bot.exits import Stop
from bot.incoming.outcomes import Answered, AnswerOwed, Failed, PersonGone, write
from bot.retry import Backoff
from handlers.context import Services
from storage import NotLeading, inbox
from storage.records import StoredUpdate

End = Answered | AnswerOwed | PersonGone | Failed
Ended = tuple[StoredUpdate, End]

LINGER = 0.01  # seconds a finished update may wait for others to share its transaction
FULL = 16  # finished updates that are enough for one: what is not written down when the process dies is answered twice
SOON = 0.05  # seconds between two tries at the end
log = logging.getLogger(__name__)


class Settler:
    """`settled` hears of every batch once it is written. `ended` is what has ended since the last one was taken up; it
    is written once `due` is set, and by whoever `leads` alone: another begins again with all that is open.
    """

    def __init__(
        self,
        services: Services,
        chance: Callable[[], float],
        settled: Callable[[Sequence[Ended]], None],
        leads: Callable[[], bool],
    ) -> None:
        self._services, self._backoff, self._settled = services, Backoff(chance, self._rest), settled
        self._leads = leads
        self.ended: list[Ended] = []
        self.due, self._closing = asyncio.Event(), asyncio.Event()

    def put(self, update: StoredUpdate, end: End, *, is_last: bool) -> None:
        """Take note that an update has ended. `is_last`: no other is about to end, so there is nothing to wait for."""
        self.ended.append((update, end))
        if is_last or len(self.ended) >= FULL:
            self.due.set()
        elif len(self.ended) == 1:
            asyncio.get_running_loop().call_later(LINGER, self.due.set)

    def close(self) -> None:
        """Write what is left, then end."""
        self._closing.set()
        self.due.set()

    async def run(self) -> None:
        """Write batch after batch until closed."""
        while self.ended or not self._closing.is_set():
            await self.due.wait()
            self.due.clear()
            batch, self.ended = self.ended, []
            if batch:
                await self._keep(batch)
                self._settled(batch)

    async def _keep(self, batch: Sequence[Ended]) -> None:
        """Write a batch, as often as it takes. One that cannot be written must not keep the others from it."""
        try:
            await self._backoff.until_database_is_back(partial(self._write, batch))
        except Stop:
            raise
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._keep([one])
                return
            update, end = batch[0]
            if isinstance(end, Failed):
                raise
            # Without the traceback: a database quotes what it was given.
            log.warning("outcome refused", extra={"update": update.update_id, "error": type(error).__name__})
            await self._keep([(update, Failed(type(error).__name__))])

    async def _rest(self, seconds: float) -> None:
        """Until the next try. What is not written at the end is answered twice, so then that comes soon."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()
                await asyncio.sleep(SOON)

    async def _write(self, batch: Sequence[Ended]) -> None:
        now = self._services.now()
        async with self._services.storage.transaction() as tx:
            if not self._leads():  # once it has begun: that may have taken long
                if self._closing.is_set():  # it never leads again, and its successor begins with all of it
                    return
                raise NotLeading
            await inbox.done(tx, [update.update_id for update, end in batch if isinstance(end, Answered)], now)
            for update, end in batch:
                if not isinstance(end, Answered):
                    await write(tx, update, end, now)

"""How long to wait before trying again: little at first, then longer, and never all at the same moment."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

from bot.logs import told
from storage import is_transient

T = TypeVar("T")
log = logging.getLogger(__name__)


class Backoff:
    """`first` seconds, doubled with each try up to `longest`; `chance`, from [0, 1), takes up to half of it away.

    `rest` sleeps so many seconds.
    """

    def __init__(
        self,
        chance: Callable[[], float] = random.random,
        rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
        *,
        first: float = 1.0,
        longest: float = 30.0,
    ) -> None:
        self._chance, self._rest, self._first, self._longest = chance, rest, first, longest

    def pause(self, tries: int) -> float:
        """Seconds before the next try, after so many that failed (the first failure is 0)."""
        # The exponent has an end of its own: rows that nobody can send are tried for weeks, and 2.0**1024 is an error.
        return min(self._longest, self._first * 2.0 ** min(tries, 20)) * (1 + self._chance()) / 2

    async def until_database_is_back(self, work: Callable[[], Awaitable[T]]) -> T:
        """The result of work that needs the database, tried until the database is well. Other errors climb."""
        for tries in count():
            try:
                result = await work()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("database trouble", extra={"error": told(error), "tries": tries})
            else:
                if tries:
                    log.info("the database is back", extra={"tries": tries})
                return result
            # Outside the except: what climbs out of the rest has nothing to do with the database.
            await self._rest(self.pause(tries))
        raise AssertionError

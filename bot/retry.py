"""How often to knock again: soon at first, then every half minute, never all at the same moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

from storage import is_transient

T = TypeVar("T")
LONGEST = 30.0  # seconds
log = logging.getLogger(__name__)


class Backoff:
    """`chance` is from [0, 1) and spreads those who failed together; `rest` sleeps so many seconds."""

    def __init__(self, chance: Callable[[], float], rest: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._chance = chance
        self.rest = rest

    def pause(self, tries: int) -> float:
        """Seconds before the next try: 1, 2, 4 … 30, of which the second half is left to chance."""
        return min(LONGEST, 2.0 ** min(tries, 10)) * (1 + self._chance()) / 2

    async def until_database_is_back(self, work: Callable[[], Awaitable[T]]) -> T:
        """The result of work that needs the database, tried until the database is well. Other errors climb."""
        for tries in count():
            try:
                result = await work()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("database trouble", extra={"error": type(error).__name__, "tries": tries})
                await self.rest(self.pause(tries))
            else:
                return result
        raise AssertionError

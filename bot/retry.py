"""How long to wait before trying again: little at first, then longer, and never all at the same moment."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

from bot.exits import ExitCode, Stop
from bot.logs import told
from storage import NotLeading, is_damage, is_transient

T = TypeVar("T")
LASTING = 60.0  # seconds for which a database that gets over it may say that it is damaged
log = logging.getLogger(__name__)


def damaged_since(error: Exception, since: float | None) -> float | None:
    """Since when (the loop's time) a database has said nothing but that it is damaged. Raises Stop once that lasts."""
    if not is_damage(error):
        return None
    now = asyncio.get_running_loop().time()
    if since is not None and now - since > LASTING:
        raise Stop(ExitCode.DATABASE_GONE, f"the database is damaged ({told(error)})") from error
    return now if since is None else since


def is_told(tries: int) -> bool:
    """True for a try that is worth a line in the log: the first, the second, the fourth, the eighth …"""
    return tries & (tries + 1) == 0


class Backoff:
    """`first` seconds, doubled with each try up to `longest`; `chance`, from [0, 1), takes up to half of it away.

    `rest` sleeps so many seconds. Without `vital` work nobody is served: a database that is too damaged for it ends the
    process.
    """

    def __init__(
        self,
        chance: Callable[[], float] = random.random,
        rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
        *,
        first: float = 1.0,
        longest: float = 30.0,
        vital: bool = True,
    ) -> None:
        self._chance, self._rest, self._first, self._longest, self._is_vital = chance, rest, first, longest, vital

    def pause(self, tries: int) -> float:
        """Seconds before the next try, after so many that failed (the first failure is 0)."""
        # The exponent has an end of its own: rows that nobody can send are tried for weeks, and 2.0**1024 is an error.
        return min(self._longest, self._first * 2.0 ** min(tries, 20)) * (1 + self._chance()) / 2

    async def until_database_is_back(self, work: Callable[[], Awaitable[T]]) -> T:
        """The result of work that needs the database, tried until the database is well. Other errors climb.

        Raises Stop as `damaged_since` does.
        """
        since, back = None, ""
        for tries in count():
            try:
                result = await work()
            except Exception as error:
                if not is_transient(error):
                    raise
                is_theirs = isinstance(error, NotLeading)
                trouble = "nothing is written, as another may lead" if is_theirs else "database trouble"
                back = "this one leads again" if is_theirs else "the database is back"
                log.warning(trouble, extra={"error": told(error), "tries": tries})
                if self._is_vital:
                    since = damaged_since(error, since)
            else:
                if tries:
                    log.info(back, extra={"tries": tries})
                return result
            # Outside the except: what climbs out of the rest has nothing to do with the database.
            await self._rest(self.pause(tries))
        raise AssertionError

"""Limits what is costly: to look at a picture or to read a status aloud takes much of a second, and families may ask
for it thousands of times.
"""

import logging

from storage.records import HOUR

AN_HOUR = 5  # of one chat
OF_ALL = 200
WHEN_FULL = 1  # of one chat, once there are so many of all
log = logging.getLogger(__name__)


class Throttle:
    """What was done in the last hour. It forgets with the process, which costs nobody anything.

    A chat has so many an hour; once there are `OF_ALL` of all chats together, `when_full`: strangers who come in
    numbers keep each other waiting, and nobody else who has had nothing yet. The log says so, once an hour, and calls
    it by its `name`.
    """

    def __init__(self, name: str, an_hour: int = AN_HOUR, when_full: int = WHEN_FULL) -> None:
        self._done: list[tuple[int, int]] = []
        self._name, self._an_hour, self._when_full = name, an_hour, when_full
        self._told_at = -HOUR

    def take(self, chat: int, now: int, *, is_known: bool = False) -> bool:
        """True if it may be done for this chat now; it counts then. Whoever `is_known` need not care for all others."""
        self._done = [(at, who) for at, who in self._done if now - HOUR < at <= now]
        is_full = len(self._done) >= OF_ALL
        if is_full and abs(now - self._told_at) >= HOUR:
            self._told_at = now
            log.warning("%s are many: each chat has fewer", self._name, extra={"an_hour": self._when_full})
        most = self._when_full if is_full and not is_known else self._an_hour
        if sum(who == chat for _, who in self._done) >= most:
            return False
        self._done.append((now, chat))
        return True

    def until(self, chat: int) -> int:
        """When this chat has its whole hour again, and may in any case."""
        return max((at for at, who in self._done if who == chat), default=0) + HOUR

    def give_back(self, chat: int) -> None:
        """What was taken last for this chat came to nothing, and not by its fault."""
        for place in reversed(range(len(self._done))):
            if self._done[place][1] == chat:
                del self._done[place]
                return

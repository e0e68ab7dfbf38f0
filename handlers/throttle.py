"""Limits what is costly: to look at a picture or to read a status aloud takes much of a second, and families may ask
for it thousands of times.
"""

from collections import deque

from storage.records import HOUR

AN_HOUR = 5  # of one chat
OF_ALL = 200


class Throttle:
    """What was done in the last hour. It forgets with the process, which costs nobody anything."""

    def __init__(self, an_hour: int = AN_HOUR) -> None:
        self._done: deque[tuple[int, int]] = deque(maxlen=OF_ALL)
        self._an_hour = an_hour

    def take(self, chat: int, now: int) -> bool:
        """True if it may be done for this chat now; it counts then."""
        lately = [who for at, who in self._done if now - HOUR < at <= now]
        if len(lately) >= OF_ALL or lately.count(chat) >= self._an_hour:
            return False
        self._done.append((now, chat))
        return True

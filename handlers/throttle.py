"""How many pictures of families are looked at: to open one takes much of a second, and anybody can send thousands."""

from collections import deque

from storage.records import HOUR

AN_HOUR = 5  # of one chat
OF_ALL = 200


class Throttle:
    """The pictures of the last hour. It forgets with the process, which costs nobody anything."""

    def __init__(self, an_hour: int = AN_HOUR) -> None:
        self._shown: deque[tuple[int, int]] = deque(maxlen=OF_ALL)
        self._an_hour = an_hour

    def take(self, chat: int, now: int) -> bool:
        """True if a picture of this chat may be looked at now; it counts then."""
        lately = [who for at, who in self._shown if now - HOUR < at <= now]
        if len(lately) >= OF_ALL or lately.count(chat) >= self._an_hour:
            return False
        self._shown.append((now, chat))
        return True

"""Limits what is costly: to look at a picture or to read a status aloud takes much of a second, and families may ask
for it thousands of times.
"""

from storage.records import HOUR

AN_HOUR = 5  # of one chat
OF_ALL = 200
WHEN_FULL = 1  # of one chat, once there are so many of all


class Throttle:
    """What was done in the last hour. It forgets with the process, which costs nobody anything.

    A chat has so many an hour; once there are `OF_ALL` of all chats together, `when_full`: strangers who come in
    numbers keep each other waiting, and nobody else who has had nothing yet.
    """

    def __init__(self, an_hour: int = AN_HOUR, when_full: int = WHEN_FULL) -> None:
        self._done: list[tuple[int, int]] = []
        self._an_hour, self._when_full = an_hour, when_full

    def take(self, chat: int, now: int, *, is_known: bool = False) -> bool:
        """True if it may be done for this chat now; it counts then. Whoever `is_known` need not care for all others."""
        self._done = [(at, who) for at, who in self._done if now - HOUR < at <= now]
        most = self._an_hour if is_known or len(self._done) < OF_ALL else self._when_full
        if sum(who == chat for _, who in self._done) >= most:
            return False
        self._done.append((now, chat))
        return True

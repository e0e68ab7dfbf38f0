"""How often a system may ask: what it reads costs a tenth of a second, and families come first."""

import time
from collections import defaultdict, deque
from collections.abc import Callable

A_MINUTE, MINUTE_S = 60, 60.0


class Quota:
    """Sixty questions a minute for each system. It forgets with the process, which costs nobody anything."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._asked: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=A_MINUTE))

    def take(self, system: int) -> bool:
        """True if a system may ask now; it counts then."""
        asked, now = self._asked[system], self._now()
        if len(asked) == A_MINUTE and now - asked[0] < MINUTE_S:
            return False
        asked.append(now)
        return True

"""What this process has done since it began, in plain numbers: raised in place by whoever does it, read by /metrics."""

from collections import Counter
from dataclasses import dataclass, field

# Seconds that a wait may have taken at most, for each place in `Waits.places`; the last place is for longer ones.
SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0)


@dataclass(slots=True)
class Waits:
    """How long people waited. Another one: `places[bisect_left(SECONDS, seconds)] += 1`, and `total += seconds`."""

    places: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    total: float = 0.0


@dataclass(slots=True)
class Counts:
    """Updates that were new, what came of them and of messages owed (by the names of those outcomes), refusals."""

    updates: int = 0
    # What is usual stands there from the beginning: a curve needs a zero to rise from.
    answers: Counter[str] = field(default_factory=lambda: Counter(Answered=0))
    notices: Counter[str] = field(default_factory=lambda: Counter(Done=0))
    refusals: Counter[int] = field(default_factory=lambda: Counter({429: 0}))  # by the HTTP status of Telegram's answer
    answer_waits: Waits = field(default_factory=Waits)  # from when an update was here until its answer was out
    notice_waits: Waits = field(default_factory=Waits)  # from when a message was owed until it was out

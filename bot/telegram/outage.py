"""Knows since when Telegram takes nothing that we send, or gives us nothing, and what it says instead."""

import time
from collections.abc import Callable
from typing import NamedTuple

FRESH = 150.0  # seconds after which a failure says nothing of now: the longest pause is 60 s, an answer may take 35


class Failing(NamedTuple):
    """One kind of call that does not succeed: since when, when last (monotonic, in seconds), what came back."""

    since: float
    last: float
    said: str


class Outage:
    """Polls and sends are told apart, for one may fail while the other succeeds. `clock` is monotonic, in seconds.

    Whoever makes the calls takes out of `failing` what succeeds again, in place: it is done for each of them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.failing: dict[str, Failing] = {}
        self.taken = 0  # sends that Telegram has taken

    def failed(self, kind: str, said: str) -> None:
        """It refused, or did not answer, and that may not be the fault of this one call."""
        now, before = self._clock(), self.failing.get(kind)
        self.failing[kind] = Failing(before.since if before else now, now, said)

    def age(self) -> float:
        """For how many seconds polls or sends have been failing; 0 if neither are."""
        now = self._clock()
        return max((now - one.since for one in self._fresh(now)), default=0.0)

    def said(self) -> str:
        """What came back last, nothing if all is well."""
        now = self._clock()
        return max(self._fresh(now), key=lambda one: one.last).said if self._fresh(now) else ""

    def _fresh(self, now: float) -> list[Failing]:
        return [one for one in self.failing.values() if now - one.last < FRESH]

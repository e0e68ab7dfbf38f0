"""What came twice: whether there was a reason for it, and whether it said so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from bot.app import DRAIN
from tests.crash.news import News
from tests.crash.repeats import Repeats
from tests.crash.wordings import plain
from tests.simulation.machine import End, Machine
from tests.simulation.network import Arrival, Network

TWO_LEAD = 10.0  # seconds after a process that stood still goes on
DOUBLES = 30  # that a process may leave behind when it ends


class Doubles:
    """Judges what came to a town twice. Nothing is told before its `grace` (seconds) is over."""

    def __init__(self, machine: Machine, network: Network, news: News, grace: float) -> None:
        self._machine, self._network, self._news, self._grace = machine, network, news, grace

    def unexplained(self) -> Iterator[str]:
        """What came twice although it was known to be out, and could be written down; or too much after one end."""
        by_end: Counter[float] = Counter()
        for first, again in self.pairs:
            if (end := self._end_between(first, again)) is not None:
                by_end[end] += 1
            elif self._has_no_reason(first, again):
                yield f"{again.chat} at {again.came_at:.2f} and {first.came_at:.2f}: {again.text}"
        yield from (f"{count} doubles after {end}" for end, count in by_end.items() if count > DOUBLES)

    def _end_between(self, first: Arrival, again: Arrival) -> float | None:
        """When a process ended for the last time between the two, of which it could not write down that it is out."""
        if self._two_lead(again.came_at):
            return None
        ends = [one for one in self._machine.ends if first.came_at < one.at and one.began <= again.came_at]
        return max((one.at for one in ends if not (one.is_orderly and self._is_written(first, one))), default=None)

    def _has_no_reason(self, first: Arrival, again: Arrival) -> bool:
        is_free = self._two_lead(again.came_at) or self._end_between(first, again) is not None
        is_free |= _says_so(again) and self._two_led(first.left_at, again.left_at)
        return not is_free and self._could_settle(first, again)

    def unmarked(self) -> Iterator[str]:
        """News that came again and did not say so, and answers of another process."""
        for first, again in self.pairs:
            if self._should_say_so(first, again):
                yield f"{again.chat} at {again.came_at:.2f} and {first.came_at:.2f}: {again.text}"

    def _should_say_so(self, first: Arrival, again: Arrival) -> bool:
        must = first.process != again.process or bool(self._news.parts(again.chat, again.text))
        return must and not _says_so(again) and first.came_at < again.left_at

    @property
    def _is_disk_bad(self) -> bool:
        return bool(self._machine.plan.disk or self._machine.plan.outages)

    def _two_lead(self, at: float) -> bool:
        """True while a process that stood still may not know that another leads, and does what that one does."""
        return self._two_led(at, at)

    def _two_led(self, since: float, until: float) -> bool:
        """True if that was so meanwhile: what it owed by then may come much later."""
        seconds = TWO_LEAD * (3 if self._is_disk_bad else 1)  # it may not be able to ask
        return any(woke <= until and since < woke + seconds for woke in self._machine.wakes)

    def _is_written(self, first: Arrival, end: End) -> bool:
        """True if a process that ended in order, as it was told to, could have written down that a message was out."""
        return self._arrived_in_time(first, end.began) or self._was_known(first, end.began + DRAIN / 2)

    def _could_settle(self, first: Arrival, again: Arrival) -> bool:
        """True if it was known that the first is out, or would have been if a process had ended as it was told to."""
        if self._was_known(first, again.left_at) and (first.process == again.process or not self._is_disk_bad):
            return True
        told = (one.began for one in self._machine.ends if one.number == first.process and one.is_orderly)
        return any(told_at < again.left_at and self._arrived_in_time(first, told_at) for told_at in told)

    @staticmethod
    def _arrived_in_time(first: Arrival, told_at: float) -> bool:
        return first.left_at < told_at and first.answered_at is not None and first.answered_at < told_at + DRAIN / 2

    @staticmethod
    def _was_known(arrival: Arrival, at: float) -> bool:
        return arrival.known_at is not None and arrival.known_at < at

    @cached_property
    def pairs(self) -> Sequence[tuple[Arrival, Arrival]]:
        """What came twice, for each chat in that reading of its messages which leaves least unexplained."""
        return Repeats(self._news, self._is_wrong, self._grace).among(self._network.arrivals)

    def _is_wrong(self, first: Arrival, again: Arrival) -> bool:
        return self._has_no_reason(first, again) or self._should_say_so(first, again)


def _says_so(again: Arrival) -> bool:
    return plain(again.text) != again.text

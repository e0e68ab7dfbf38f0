"""A fair queue: one item of a key at a time, what is urgent first, and whoever was served stands at the end again.

Pure: it never waits. Times come in from the caller's clock, in seconds.
"""

from bisect import insort
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

# So many urgent ones may pass those that are not, then one of these goes: at 28 turns a second they still get 5.
PASSES = 4


@dataclass(slots=True, eq=False)
class _Line(Generic[T]):
    """What waits for one key, first things first. It stands still while one is taken, and while it sleeps."""

    items: list[T] = field(default_factory=list)
    taken: T | None = None
    asleep_until: float | None = None


class KeyedQueue(Generic[K, T]):
    """Hands out items, `at_once` at most, until each is either `free`d or `put_back`.

    `key` says whose an item is, `order` gives its urgency (0: urgent, 1: not) and its place among its like. No two
    items of a key may have the same order.
    """

    def __init__(self, at_once: int, key: Callable[[T], K], order: Callable[[T], tuple[int, int]]) -> None:
        self._at_once, self._key, self._order = at_once, key, order
        self._lines: dict[K, _Line[T]] = {}
        # Who may go, longest waiting first. A key stands in the row of its first item's urgency, or in none.
        self._ready: tuple[OrderedDict[K, _Line[T]], ...] = (OrderedDict(), OrderedDict())
        self._sleepers: list[tuple[float, int, K]] = []  # some may be gone or awake by now: they are passed over
        self._ties = count()
        self._passes = 0
        self.taken = 0

    @property
    def is_empty(self) -> bool:
        """True if nothing waits and nothing is taken."""
        return not self._lines

    @property
    def next_at(self) -> float:
        """When the next sleep ends; infinity if nobody sleeps. Somebody may be ready before."""
        return self._sleepers[0][0] if self._sleepers else inf

    def ready(self, urgency: int) -> int:
        """How many keys wait for nothing but a place."""
        return len(self._ready[urgency])

    def of(self, key: K) -> list[T]:
        """What there is of a key, the one that is taken first."""
        line = self._lines.get(key)
        if line is None:
            return []
        return line.items[:] if line.taken is None else [line.taken, *line.items]

    def waiting(self) -> list[T]:
        """All that is not taken."""
        return [item for line in self._lines.values() for item in line.items]

    def add(self, item: T) -> None:
        """Put an item into its key's line: behind what is more urgent, and among its like where its order says."""
        key = self._key(item)
        line = self._lines.setdefault(key, _Line())
        insort(line.items, item, key=self._order)
        self._line_up(key, line)

    def take(self, now: float, *, only_urgent: bool = False) -> T | None:
        """Whose turn it is, or None: nobody may go, or all places are taken. `only_urgent` if there is one that is."""
        while self._sleepers and self._sleepers[0][0] <= now:
            key = heappop(self._sleepers)[2]
            line = self._lines.get(key)
            if line and line.asleep_until is not None and line.asleep_until <= now:
                line.asleep_until = None
                self._line_up(key, line)
        urgent, rest = self._ready
        if self.taken >= self._at_once or not (urgent or (rest and not only_urgent)):
            return None
        passing = bool(urgent) and (not rest or self._passes < PASSES)
        self._passes = self._passes + 1 if passing and rest else 0
        _, line = (urgent if passing else rest).popitem(last=False)
        line.taken = line.items.pop(0)
        self.taken += 1
        return line.taken

    def free(self, key: K) -> None:
        """The one that was taken is done with: the key's next may go."""
        line = self._lines[key]
        if line.taken is None:
            raise LookupError("nothing of this key is taken")
        line.taken = None
        self.taken -= 1
        self._line_up(key, line)

    def put_back(self, key: K) -> None:
        """The one that was taken is not done with: it is the first of its key again."""
        line = self._lines[key]
        if line.taken is not None:
            insort(line.items, line.taken, key=self._order)
        self.free(key)

    def sleep(self, key: K, until: float) -> None:
        """Nothing more of this key before then, whatever was said before. What is gone sleeps no more."""
        line = self._lines.get(key)
        if line and line.asleep_until != until:
            line.asleep_until = until
            heappush(self._sleepers, (until, next(self._ties), key))
            self._line_up(key, line)

    def discard(self, item: T) -> None:
        """Take an item out that waits."""
        key = self._key(item)
        line = self._lines.get(key)
        if line and item in line.items:
            line.items.remove(item)
            self._line_up(key, line)

    def drop(self, key: K) -> list[T]:
        """Take out all that waits for a key, and hand it over. What is taken stays."""
        line = self._lines.get(key)
        if line is None:
            return []
        items, line.items = line.items, []
        self._line_up(key, line)
        return items

    def _line_up(self, key: K, line: _Line[T]) -> None:
        """After each change: a key that may go stands in one row, any other in none, and an empty one is forgotten."""
        may_go = line.items and line.taken is None and line.asleep_until is None
        urgency = self._order(line.items[0])[0] if may_go else None
        for row, ready in enumerate(self._ready):
            if row == urgency:
                ready.setdefault(key, line)  # whoever stands there keeps the place
            else:
                ready.pop(key, None)
        if not line.items and line.taken is None:
            del self._lines[key]

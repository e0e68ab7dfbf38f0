"""Whose turn it is among what is in hand: one at a time per chat, answers before notices before bulk."""

from bisect import insort
from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from storage.records import Owed

KINDS = (0, 1, 2)  # answers, notices, bulk: the priorities of the outbox
SHARE = 2  # sends that each kind may have under way before the more urgent ones go first again


def _place(owed: Owed) -> tuple[int, int]:
    # What was owed first goes first, even if what was owed later fell due before it.
    return owed.priority, owed.ids[0]


@dataclass(slots=True, eq=False)
class ChatRows:
    """What is in hand for one chat, in order. It stands still while one is under way, and while it sleeps."""

    chat: int
    rows: list[Owed] = field(default_factory=list)
    busy: Owed | None = None
    asleep: bool = False

    @property
    def may_go(self) -> bool:
        return bool(self.rows) and self.busy is None and not self.asleep


class FairQueue:
    """Hands out what is in hand, at most `at_once` at a time. A chat whose turn it was stands at the end again."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._lines: dict[int, ChatRows] = {}
        self._ready: tuple[deque[ChatRows], ...] = tuple(deque() for _ in KINDS)
        self._sleepers: list[tuple[float, int, ChatRows]] = []
        self._ties = count()
        self._under_way = [0 for _ in KINDS]

    @property
    def under_way(self) -> int:
        """How many are being sent."""
        return sum(self._under_way)

    @property
    def is_empty(self) -> bool:
        """True if nothing is in hand and nothing is under way."""
        return not self._lines

    def of_chat(self, chat: int) -> int:
        """How many of this chat's are in hand, the one under way too."""
        line = self._lines.get(chat)
        return len(line.rows) + (line.busy is not None) if line else 0

    def holds(self, owed: Owed) -> bool:
        """True if any of these rows is in hand already: its claim was given up when its person left, who is back."""
        line = self._lines.get(owed.chat)
        mine = [*line.rows, *filter(None, [line.busy])] if line else ()
        return any(not set(one.ids).isdisjoint(owed.ids) for one in mine)

    def lacks(self, kind: int) -> bool:
        """True if a free place might soon find nobody of this kind to take it."""
        return len(self._ready[kind]) < self._at_once

    def add(self, owed: Owed) -> None:
        """Take its place in its chat's line: behind what is more urgent and what was owed before it."""
        line = self._lines.setdefault(owed.chat, ChatRows(owed.chat))
        insort(line.rows, owed, key=_place)
        if line.rows[0] is owed:
            self._ready_up(line)

    def take(self) -> Owed | None:
        """Whose turn it is, or None: nobody may go, or all places are taken."""
        if self.under_way >= self._at_once:
            return None
        for kind in sorted(KINDS, key=self._urgency):
            if line := self._head(kind):
                line.busy = line.rows.pop(0)
                self._under_way[kind] += 1
                return line.busy
        return None

    def free(self, chat: int) -> None:
        """The one under way is through; the chat's next may go."""
        self._land(self._lines[chat])
        self._go_on(self._lines[chat])

    def back(self, chat: int) -> None:
        """The one under way is not through: it is the first of its kind again."""
        line = self._lines[chat]
        insort(line.rows, self._land(line), key=_place)
        self._go_on(line)

    def sleep(self, chat: int, until: float) -> None:
        """As `back`, and nothing goes to this chat before then."""
        line = self._lines[chat]
        insort(line.rows, self._land(line), key=_place)
        line.asleep = True
        heappush(self._sleepers, (until, next(self._ties), line))

    def wake(self, at: float) -> float | None:
        """Let those go whose sleep is over; answers when the next one's will be."""
        while self._sleepers and self._sleepers[0][0] <= at:
            line = heappop(self._sleepers)[2]
            line.asleep = False
            self._ready_up(line)
        return self._sleepers[0][0] if self._sleepers else None

    def drop(self, chat: int) -> list[Owed]:
        """Let go of what is in hand for a chat and not under way."""
        line = self._lines.get(chat)
        if line is None:
            return []
        rows, line.rows = line.rows, []
        if line.busy is None:
            del self._lines[chat]
        return rows

    def _urgency(self, kind: int) -> tuple[bool, int]:
        return self._under_way[kind] >= SHARE, kind

    def _head(self, kind: int) -> ChatRows | None:
        """The next line of a kind. Places that became void (asleep, dropped, more urgent now) are passed over."""
        ready = self._ready[kind]
        while ready:
            line = ready.popleft()
            if line.may_go and line.rows[0].priority == kind:
                return line
        return None

    def _land(self, line: ChatRows) -> Owed:
        owed, line.busy = line.busy, None
        if owed is None:
            raise LookupError("nothing is under way")
        self._under_way[owed.priority] -= 1
        return owed

    def _go_on(self, line: ChatRows) -> None:
        if line.rows:
            self._ready_up(line)
        else:
            del self._lines[line.chat]

    def _ready_up(self, line: ChatRows) -> None:
        if line.may_go:
            self._ready[line.rows[0].priority].append(line)

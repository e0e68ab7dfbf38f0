"""The queue of one person's updates; and who is a stranger to the register: while many wait, strangers wait apart."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice, takewhile

from bot.incoming.redact import update_of
from handlers.update import Update
from storage import Tx, people
from storage.records import StoredUpdate

REMEMBERED = 60.0  # seconds for which the register is not asked again about a person
QUESTIONS = ("text", "command", "other", "group")


@dataclass(slots=True)
class PersonQueue:
    """One person's updates, oldest first; the first is the one in hand, and has been the first `since` (epoch ms)."""

    since: int
    is_stranger: bool = False
    updates: deque[StoredUpdate] = field(default_factory=deque)
    tries: int = 0
    stood_still: bool = False  # true once the process stood still while the first was handled

    def behind(self) -> list[Update]:
        """What waits behind the update in hand."""
        return [update_of(kept.body) for kept in islice(self.updates, 1, None)]

    def equal_behind(self) -> int:
        """How many right behind the first ask the very same: one answer is enough for all of them. Taps never do."""
        first, *behind = (_question(kept) for kept in self.updates)
        return len(list(takewhile(lambda one: one == first, behind))) if first else 0


def _question(kept: StoredUpdate) -> Update | None:
    """What makes two questions the same: all but when they were sent; None for what is none."""
    try:
        update = update_of(kept.body)
    except (LookupError, TypeError, ValueError):  # whoever handles it finds out why
        return None
    return update._replace(message=0, date=0, tap="", again=False) if update.kind in QUESTIONS else None


class Acquaintances:
    """Who is staff, or follows a number. `monotonic` is in seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic, self._forget_at = monotonic, 0.0
        self._known: dict[int, bool] = {}

    async def strangers(self, tx: Tx, persons: Iterable[int]) -> frozenset[int]:
        """Which of these people the register does not know, or did not a minute ago."""
        if self._monotonic() >= self._forget_at:
            self._known.clear()
            self._forget_at = self._monotonic() + REMEMBERED
        asked = set(persons)
        for person in asked - self._known.keys():
            self._known[person] = await people.is_known(tx, person)
        return frozenset(person for person in asked if not self._known[person])

"""What became of what was sent, until the database knows it; and which chats have to wait meanwhile."""

from collections.abc import Awaitable, Callable
from functools import partial

from storage import Tx, outbox
from storage.records import Owed

BATCH, LINGER = 10, 0.02  # written when there is so much, or so many seconds after the first of it

Entry = Callable[[Tx], Awaitable[None]]


class Unsettled:
    """Entries are kept until `written` says that their transaction went through: nothing is forgotten or sent twice."""

    def __init__(self) -> None:
        self._sent: list[tuple[int, bool]] = []  # and whether it is an answer
        self._rest: list[tuple[Entry, int | None]] = []  # with the chat that an entry loses
        self._held: dict[int, int] = {}
        self._since = 0.0

    def __len__(self) -> int:
        return len(self._sent) + len(self._rest)

    @property
    def unsettled(self) -> int:
        """How many would be sent again if we died now."""
        return len(self._sent)

    def is_ripe(self, at: float) -> bool:
        """True if it is worth a transaction. `at` is monotonic."""
        return len(self) >= BATCH or (bool(self) and at - self._since >= LINGER)

    def sent(self, owed: Owed, at: float) -> None:
        """It is out. `at` is monotonic."""
        self._open(at)
        self._sent += [(id, owed.kind == "answer") for id in owed.ids]

    def later(self, owed: Owed, until: int, tries: int, reason: str, at: float) -> None:
        """Not before `until` (epoch ms), and nothing of this chat before it."""
        self._held[owed.chat] = until
        self._note(partial(outbox.later, owed=owed, due_at=until, tries=tries, error=reason), at)

    def lose(self, chat: int, reason: str, now: int, at: float) -> None:
        """The chat cannot be reached."""
        self._held.pop(chat, None)
        self._note(partial(outbox.lose, chat=chat, reason=reason, now=now), at, chat)

    def give_up(self, owed: Owed, reason: str, now: int, at: float) -> None:
        """It can never be sent."""
        self._note(partial(outbox.give_up, owed=owed, now=now, error=reason), at)

    def held_until(self, chat: int, now: int) -> int | None:
        """Until when (epoch ms) rows of this chat that were claimed meanwhile have to go back."""
        until = self._held.get(chat, 0)
        return until if until > now else None

    def is_lost(self, chat: int) -> bool:
        """True while a chat's loss is not written yet: that entry lets go of what was claimed meanwhile."""
        return any(lost == chat for _, lost in self._rest)

    async def write(self, tx: Tx, now: int) -> tuple[int, int]:
        """Put down all there is."""
        sent, rest = self._sent[:], self._rest[:]
        await outbox.sent(tx, [id for id, is_answer in sent if not is_answer], now)
        await outbox.answered(tx, [id for id, is_answer in sent if is_answer])
        for entry, _ in rest:
            await entry(tx)
        return len(sent), len(rest)

    def written(self, counts: tuple[int, int], now: int, at: float) -> None:
        """The transaction of `write` went through."""
        sent, rest = counts
        del self._sent[:sent], self._rest[:rest]
        self._since = at
        self._held = {chat: until for chat, until in self._held.items() if until > now}

    def _note(self, entry: Entry, at: float, lost: int | None = None) -> None:
        self._open(at)
        self._rest.append((entry, lost))

    def _open(self, at: float) -> None:
        if not self:
            self._since = at

"""One bot's queue of updates: numbered, perishable, kept until the next offset confirms them (td/tddb/TQueue.cpp)."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from bot.sandbox.args import Json

DAY = 86_400
LIFE = {"callback_query": 150, "inline_query": 30}
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    "message edited_message channel_post edited_channel_post inline_query chosen_inline_result callback_query "
    "shipping_query pre_checkout_query poll poll_answer my_chat_member chat_member chat_join_request message_reaction "
    "message_reaction_count chat_boost removed_chat_boost business_connection business_message edited_business_message "
    "deleted_business_messages purchased_paid_media guest_message managed_bot".split()
)
DEFAULT = KINDS - UNASKED
AHEAD, BEHIND = 10, 100_000
DELIVERED_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Update:
    """One update as the bot will read it; `key` names the line it waits in when delivered by webhook."""

    id: int
    body: Json
    expires: float
    key: str


class Queue:
    """Times are unix seconds. `grew` is called when an update is added."""

    def __init__(self, first: int, room: int) -> None:
        self.next_id = first
        self.allowed: frozenset[str] = DEFAULT
        self.grew: Callable[[], object] = lambda: None
        self.delivered: deque[Update] = deque(maxlen=DELIVERED_KEPT)
        self._room = room
        self._waiting: dict[int, Update] = {}
        self._repeated: list[Update] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Update]:
        return iter(list(self._waiting.values()))

    def add(self, kind: str, fact: Json, born: float, now: float, key: str) -> Update | None:
        """Queue it. If the bot did not ask for its kind, it is too old or the queue full, it is gone for good."""
        expires = born + LIFE.get(kind, DAY)
        if kind not in self.allowed or expires <= now or len(self._waiting) >= self._room:
            return None
        return self.add_raw({kind: fact}, expires, key)

    def add_raw(self, fact: Json, expires: float, key: str = "") -> Update:
        """Queue exactly this, whatever it is: how poison gets in."""
        update = Update(self.next_id, {"update_id": self.next_id, **fact}, expires, key)
        self._waiting[update.id] = update
        self.next_id += 1
        self.grew()
        return update

    def since(self, id_: int) -> list[Update]:
        """What was added after this update, oldest first."""
        newer = []
        for update in reversed(self._waiting.values()):
            if update.id <= id_:
                break
            newer.append(update)
        return newer[::-1]

    def redeliver(self, count: int = 1) -> list[Update]:
        """Hand out the last confirmed updates once more, with their old ids, whatever the offset."""
        self._repeated = list(self.delivered)[-count:]
        if self._repeated:
            self.grew()
        return self._repeated

    def confirm(self, offset: int) -> None:
        """Forget every update with a smaller id."""
        for id_ in list(takewhile(lambda id_: id_ < offset, self._waiting)):
            self.done(id_)

    def done(self, id_: int) -> None:
        update = self._waiting.pop(id_, None)
        if update:
            self.delivered.append(update)

    def start(self, offset: int) -> None:
        """Apply a getUpdates offset: positive confirms, negative keeps the last few, absurd is ignored."""
        head = next(iter(self._waiting), self.next_id)
        if offset < 0:
            self.confirm(self.next_id + offset)
        elif head - BEHIND <= offset <= self.next_id + AHEAD:
            self.confirm(offset)

    def ready(self, limit: int, now: float) -> list[Json]:
        """The oldest living updates, at most `limit`. Expired ones met on the way vanish."""
        repeated, self._repeated = [update.body for update in self._repeated[:limit]], self._repeated[limit:]
        return repeated + self._living(limit - len(repeated), now)

    def _living(self, limit: int, now: float) -> list[Json]:
        living: list[Json] = []
        dead = []
        for update in self._waiting.values():
            if len(living) >= limit:
                break
            if update.expires > now:
                living.append(update.body)
            else:
                dead.append(update.id)
        for id_ in dead:
            del self._waiting[id_]
        return living

    def pending(self, now: float) -> int:
        return sum(update.expires > now for update in self._waiting.values())

    def clear(self) -> None:
        self._waiting.clear()

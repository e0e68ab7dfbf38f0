"""Bad days on order: which call, what goes wrong with it, how often."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.sandbox.args import Params

KINDS = ("lose", "drop", "refuse", "delay", "flood", "status", "html", "raw", "truncate")


class Lost(Exception):
    """The connection went away without an answer; whether the call was carried out, the caller cannot know."""


class Refused(Lost):
    """There was no connection at all: surely nothing was carried out."""


class Garbled(Exception):
    """The answer is not what the Bot API says: HTML from a proxy, or JSON cut short."""

    def __init__(self, status: int, body: bytes, type_: str) -> None:
        super().__init__(f"{status} {type_}")
        self.status, self.body, self.type = status, body, type_


@dataclass(slots=True)
class Fault:
    """One entry of the fault menu.

    kind      lose: carry out, then lose the answer (after `seconds`)
              drop: lose the call before it is carried out
              refuse: no connection; for all calls and for ever, the server closes its port until the fault is cleared
              delay: wait `seconds`, then carry out
              flood: 429 for this chat for `seconds`, for all chats with `wide`
              status: answer `code` and `words`, letter by letter, without carrying out
              html: answer `code` with a proxy's page, without carrying out
              raw: answer `code` with `words` as the whole body (which may be empty), without carrying out
              truncate: carry out, then answer half of the JSON
    method    which method (any case), `*` for all
    chat      only calls with this chat_id; None for any
    nth       the first matching call that is hit, counted from 1
    times     how many calls are hit from there on; None for ever (until `faults.clear()` or `faults.remove()`)
    """

    kind: str
    method: str = "*"
    chat: int | None = None
    nth: int = 1
    times: int | None = 1
    seconds: float = 0.0
    code: int = 500
    words: str = "Internal Server Error: restart"
    wide: bool = False
    seen: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault of kind {self.kind!r}; there are {', '.join(KINDS)}")
        self.method = self.method.lower()

    def matches(self, method: str, params: Params) -> bool:
        return self.method in ("*", method) and (self.chat is None or params.get("chat_id") == str(self.chat))

    def strikes(self) -> bool:
        """Count one matching call; True if this one is hit."""
        self.seen += 1
        return self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)

    @property
    def spent(self) -> bool:
        return self.times is not None and self.seen >= self.nth + self.times - 1


class Faults:
    """The faults waiting for their call."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.watchers: list[Callable[[], object]] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def __iter__(self) -> Iterator[Fault]:
        return iter(list(self._waiting))

    @property
    def refuse_all(self) -> bool:
        """True while nobody can connect: a `refuse` for every call, until it is cleared."""
        return any(f.kind == "refuse" and f.method == "*" and f.chat is None and f.times is None for f in self._waiting)

    def add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        self._changed()
        return fault

    def remove(self, fault: Fault) -> None:
        if fault in self._waiting:
            self._waiting.remove(fault)
            self._changed()

    def clear(self) -> None:
        self._waiting.clear()
        self._changed()

    def _changed(self) -> None:
        for watcher in self.watchers:
            watcher()

    def striking(self, method: str, params: Params) -> list[Fault]:
        """The faults that hit this call; every matching fault counts it."""
        struck = [fault for fault in self._waiting if fault.matches(method, params) and fault.strikes()]
        self._waiting = [fault for fault in self._waiting if not fault.spent]
        return struck

"""What may be changed about the sandbox: its numbers, and every guess about Telegram that may turn out wrong."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """The flood model: rates per second, bursts in messages. Telegram's own is unpublished; it gives rules of thumb."""

    overall_rate: float = 30.0
    overall_burst: float = 30.0
    private_rate: float = 1.0
    private_burst: float = 3.0
    group_rate: float = 20 / 60
    group_burst: float = 20.0
    profile_rate: float = 0.1
    profile_burst: float = 10.0
    strict: bool = False  # a request during a penalty starts the penalty anew

    def scaled(self, factor: float) -> "Limits":
        """The same model with every rate and burst multiplied; a burst never falls below one message."""
        return replace(
            self,
            overall_rate=self.overall_rate * factor,
            overall_burst=max(1.0, self.overall_burst * factor),
            private_rate=self.private_rate * factor,
            private_burst=max(1.0, self.private_burst * factor),
            group_rate=self.group_rate * factor,
            group_burst=max(1.0, self.group_burst * factor),
            profile_rate=self.profile_rate * factor,
        )


@dataclass(frozen=True, slots=True)
class Guesses:
    """What nobody outside Telegram knows for sure. Each may be switched when the truth is found."""

    callback_answer_seconds: float = 30.0  # undocumented; reports say 15 to 60
    edit_without_markup_removes_it: bool = True
    blocked_refuses_edits: bool = True
    blocked_refuses_actions: bool = True
    markup_buttons: int = 100
    markup_bytes: int = 10_000
    upload_bytes: int = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """How this sandbox behaves. `tokens=None` lets any well-formed token in and makes a bot of it."""

    tokens: frozenset[str] | None = None
    seed: int = 1
    limits: Limits | None = None
    guesses: Guesses = field(default_factory=Guesses)
    poll_spacing: bool = True  # the server's brake on polls that repeat an offset
    wake_seconds: float = 0.001  # a parked poll waits this long for company after the first update
    local: bool = True  # as `telegram-bot-api --local`: webhooks may be plain HTTP on any port and address
    queue_updates: int = 100_000
    messages_kept: int = 100_000  # in all chats together; older ones are forgotten as if deleted
    calls_kept: int = 10_000
    taps_kept: int = 10_000
    files_kept_bytes: int = 64 * 1024 * 1024

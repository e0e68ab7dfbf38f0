"""What is paused, and why. A `scope` is all, a village or a kind, and `subject` says which."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("zs")
@dataclass(frozen=True, slots=True)
class ShowPauses(Callback):
    """Show what is paused, and what may be."""

    page: int = 0


@callback("zw")
@dataclass(frozen=True, slots=True)
class PauseWhy(Callback):
    """Ask for the reason."""

    scope: str
    subject: str


@callback("zp")
@dataclass(frozen=True, slots=True)
class BeginPause(Callback):
    """Pause it."""

    scope: str
    subject: str
    reason: str


@callback("ze")
@dataclass(frozen=True, slots=True)
class EndPause(Callback):
    """Let it out again."""

    pause: int

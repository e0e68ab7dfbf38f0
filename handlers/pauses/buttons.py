"""What is paused, and why. A `scope` is all, a village or a kind, and `subject` says which."""

from handlers.callbacks import Callback


class ShowPauses(Callback, code="zs"):
    """Show what is paused, and what may be."""

    page: int = 0


class PauseWhy(Callback, code="zw"):
    """Ask for the reason."""

    scope: str
    subject: str


class BeginPause(Callback, code="zp"):
    """Pause it."""

    scope: str
    subject: str
    reason: str


class EndPause(Callback, code="ze"):
    """Let it out again."""

    pause: int

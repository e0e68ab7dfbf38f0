"""What is kept about a chat: sent as a file, deleted."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("pf")
@dataclass(frozen=True, slots=True)
class SendMyData(Callback):
    """Send me all that is kept about this chat, as a file."""


@callback("forget")
@dataclass(frozen=True, slots=True)
class Forget(Callback):
    """Delete what is kept about this chat, if that is `sure`; else leave it."""

    sure: int

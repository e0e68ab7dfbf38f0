"""What is kept about a chat."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("pf")
@dataclass(frozen=True, slots=True)
class SendMyData(Callback):
    """Send me all that is kept about this chat, as a file."""

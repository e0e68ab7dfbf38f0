"""What is kept about a chat: shown, sent as a file, deleted."""

from handlers.callbacks import Callback


class ShowPrivacy(Callback, code="py"):
    """Show the notice on privacy; of a part of it, each thing that is kept."""

    part: str = ""


class SendMyData(Callback, code="pf"):
    """Send me all that is kept about this chat, as a file."""


class Forget(Callback, code="forget"):
    """Delete what is kept about this chat, if that is `sure`; else leave it."""

    sure: int

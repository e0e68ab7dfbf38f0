"""When something was that somebody told of."""

from handlers.callbacks import Callback


class ToldAt(Callback, code="ta"):
    """What I told was at this minute (of the epoch)."""

    bag: int
    minute: int


class ShowSeal(Callback, code="tq"):
    """Show the QR of a bag that I carry, for whoever receives it without signal."""

    bag: int

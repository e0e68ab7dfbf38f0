"""When something was that somebody told of."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("ta")
@dataclass(frozen=True, slots=True)
class ToldAt(Callback):
    """What I told was at this minute (of the epoch)."""

    bag: int
    minute: int


@callback("tq")
@dataclass(frozen=True, slots=True)
class ShowSeal(Callback):
    """Show the QR of a bag that I carry, for whoever receives it without signal."""

    bag: int

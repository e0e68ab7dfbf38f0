"""Where an original is, and the lists of those that are not back."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback

LEDGER, FILED, COUNTER = range(3)  # the card on which it is ticked; more than these: the hand-over of one document


@callback("kn")
@dataclass(frozen=True, slots=True)
class NotePaper(Callback):
    """An original of a request is out, back, or was never handed in (`state`), as I saw the ledger; without a `paper`,
    all of them that are not.
    """

    request: int
    paper: str
    state: str
    seen: int
    card: int = added()


@callback("ko")
@dataclass(frozen=True, slots=True)
class ShowPapers(Callback):
    """Show the originals of a request."""

    request: int


@callback("kl")
@dataclass(frozen=True, slots=True)
class ShowLeftBehind(Callback):
    """Show a page of the originals that stayed behind and are mine to give back."""

    page: int = 0

"""Where an original is, and the lists of those that are not back."""

from handlers.callbacks import Callback, added

LEDGER, FILED, COUNTER = range(3)  # the card on which it is ticked; more than these: the hand-over of one document


class NotePaper(Callback, code="kn"):
    """An original of a request is out, back, or was never handed in (`state`), as I saw the ledger; without a `paper`,
    all of them that are not.
    """

    request: int
    paper: str
    state: str
    seen: int
    card: int = added()


class ShowPapers(Callback, code="ko"):
    """Show the originals of a request."""

    request: int


class ShowLeftBehind(Callback, code="kl"):
    """Show a page of the originals that stayed behind and are mine to give back."""

    page: int = 0

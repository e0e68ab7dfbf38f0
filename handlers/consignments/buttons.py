"""What is said of a bag that was brought."""

from handlers.callbacks import Callback, added


class ShowConsignment(Callback, code="nb"):
    """Show what an act brought; with a `state`, a page of its papers, to say of each that it is so."""

    act: int
    state: str = ""
    page: int = 0


class MarkPaper(Callback, code="nm"):
    """A paper is missing or damaged (`to`), or as it should be (nothing); the card goes on asking for a `state`."""

    act: int
    document: int
    to: str
    state: str
    page: int


class TakeConsignment(Callback, code="nt"):
    """I have counted what an act brought: so many are `missing`, and whoever gave them looks for them, or I do (1). It
    was so many `papers`: more may have joined them since.
    """

    act: int
    missing: int
    us: int
    papers: int = added()

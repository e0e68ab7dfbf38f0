"""What is said of a bag that was brought."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("nb")
@dataclass(frozen=True, slots=True)
class ShowConsignment(Callback):
    """Show what an act brought; with a `state`, a page of its papers, to say of each that it is so."""

    act: int
    state: str = ""
    page: int = 0


@callback("nm")
@dataclass(frozen=True, slots=True)
class MarkPaper(Callback):
    """A paper is missing or damaged (`to`), or as it should be (nothing); the card goes on asking for a `state`."""

    act: int
    document: int
    to: str
    state: str
    page: int


@callback("nt")
@dataclass(frozen=True, slots=True)
class TakeConsignment(Callback):
    """I have counted what an act brought: so many are `missing`, and whoever gave them looks for them, or I do (1)."""

    act: int
    missing: int
    us: int

"""Pages in browsers."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("wp")
@dataclass(frozen=True, slots=True)
class ShowPages(Callback):
    """Show which pages are open."""


@callback("wn")
@dataclass(frozen=True, slots=True)
class NewPage(Callback):
    """Make another link."""


@callback("we")
@dataclass(frozen=True, slots=True)
class EndPage(Callback):
    """End a page; all of them, if it is 0."""

    page: int

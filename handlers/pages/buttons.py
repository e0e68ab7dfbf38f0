"""Pages in browsers."""

from handlers.callbacks import Callback


class ShowPages(Callback, code="wp"):
    """Show which pages are open."""


class NewPage(Callback, code="wn"):
    """Make another link."""


class EndPage(Callback, code="we"):
    """End a page; all of them, if it is 0."""

    page: int

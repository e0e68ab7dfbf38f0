"""Figures of a month."""

from handlers.callbacks import Callback


class ShowMonth(Callback, code="fm"):
    """Show the figures of a month (2026-11 is 202611)."""

    month: int


class SendMonth(Callback, code="fp"):
    """Send them as a picture, a workbook, or a page: `chart`, `book`, `page`."""

    month: int
    kind: str

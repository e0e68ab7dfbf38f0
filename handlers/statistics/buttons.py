"""Figures of a month."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("fm")
@dataclass(frozen=True, slots=True)
class ShowMonth(Callback):
    """Show the figures of a month (2026-11 is 202611)."""

    month: int


@callback("fp")
@dataclass(frozen=True, slots=True)
class SendMonth(Callback):
    """Send them as a picture, a workbook, or a page: `chart`, `book`, `page`."""

    month: int
    kind: str

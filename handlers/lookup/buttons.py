"""A number, as it is now or with its history."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("s")
@dataclass(frozen=True, slots=True)
class ShowStatus(Callback):
    """Show a number as it is now."""

    number: str


@callback("h")
@dataclass(frozen=True, slots=True)
class ShowHistory(Callback):
    """Show a number with every step."""

    number: str

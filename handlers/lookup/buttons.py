"""A number, as it is now or with its history."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("s")
@dataclass(frozen=True, slots=True)
class ShowStatus(Callback):
    """Show a number as it is now; with a page of what an officer can do with its documents."""

    number: str
    page: int = added()


@callback("sf")
@dataclass(frozen=True, slots=True)
class ShowFollows(Callback):
    """Show the numbers I follow."""


@callback("h")
@dataclass(frozen=True, slots=True)
class ShowHistory(Callback):
    """Show a number with every step."""

    number: str

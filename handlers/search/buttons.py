"""A search travels whole in its buttons: the last digits, a page, and all the rest in one number (`packing`)."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("fd")
@dataclass(frozen=True, slots=True)
class ShowFound(Callback):
    """Show a page of the open files that fit."""

    digits: str
    page: int
    which: int = added()


@callback("fo")
@dataclass(frozen=True, slots=True)
class OpenFound(Callback):
    """Show a number that was found, with the way back to the search."""

    number: str
    digits: str
    page: int
    which: int = added()

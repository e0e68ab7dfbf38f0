"""A search travels whole in its buttons: the last digits, a page, and all the rest in one number (`packing`)."""

from handlers.callbacks import Callback, added


class ShowFound(Callback, code="fd"):
    """Show a page of the open files that fit."""

    digits: str
    page: int
    which: int = added()


class OpenFound(Callback, code="fo"):
    """Show a number that was found, with the way back to the search."""

    number: str
    digits: str
    page: int
    which: int = added()

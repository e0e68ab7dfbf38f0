"""A number, as it is now or with its history."""

from handlers.callbacks import Callback, added


class ShowStatus(Callback, code="s"):
    """Show a number as it is now; with a page of what an officer can do with its documents."""

    number: str
    page: int = added()


class ShowFollows(Callback, code="sf"):
    """Show the numbers I follow."""


class ShowHistory(Callback, code="h"):
    """Show a number with every step."""

    number: str

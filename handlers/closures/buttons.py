"""Which days are closed, and why. A day is the number of its date: 1 January of year 1 is 1."""

from handlers.callbacks import Callback


class ShowClosures(Callback, code="cs"):
    """Show what is closed, and on which day it may begin."""


class CloseUntil(Callback, code="cl"):
    """Ask for the last day."""

    first: int


class CloseWhy(Callback, code="cw"):
    """Ask for the reason."""

    first: int
    last: int


class Close(Callback, code="cc"):
    """These days are closed."""

    first: int
    last: int
    reason: str


class Reopen(Callback, code="cr"):
    """They are not closed after all."""

    closure: int

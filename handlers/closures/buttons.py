"""Which days are closed, and why. A day is the number of its date: 1 January of year 1 is 1."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("cs")
@dataclass(frozen=True, slots=True)
class ShowClosures(Callback):
    """Show what is closed, and on which day it may begin."""


@callback("cl")
@dataclass(frozen=True, slots=True)
class CloseUntil(Callback):
    """Ask for the last day."""

    first: int


@callback("cw")
@dataclass(frozen=True, slots=True)
class CloseWhy(Callback):
    """Ask for the reason."""

    first: int
    last: int


@callback("cc")
@dataclass(frozen=True, slots=True)
class Close(Callback):
    """These days are closed."""

    first: int
    last: int
    reason: str


@callback("cr")
@dataclass(frozen=True, slots=True)
class Reopen(Callback):
    """They are not closed after all."""

    closure: int

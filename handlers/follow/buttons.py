"""Notices of a number."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("f")
@dataclass(frozen=True, slots=True)
class FollowNumber(Callback):
    """Tell me of each step of a number."""

    number: str


@callback("fa")
@dataclass(frozen=True, slots=True)
class Decide(Callback):
    """Whoever asked is told of a number from now on, or not."""

    asker: int
    allowed: int


@callback("fn")
@dataclass(frozen=True, slots=True)
class NameNumber(Callback):
    """How do I give a number a name of my own?"""

    number: str


@callback("u")
@dataclass(frozen=True, slots=True)
class UnfollowNumber(Callback):
    """Tell me no more of a number; of none, if it is empty. `listed` if it stands in the list of them."""

    number: str = ""
    listed: int = added()

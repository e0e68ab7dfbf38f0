"""What is done about a morning's list. A `day` is the number of a date: 1 January of year 1 is 1."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("mo")
@dataclass(frozen=True, slots=True)
class ShowMorning(Callback):
    """Show what waits this morning."""


@callback("md")
@dataclass(frozen=True, slots=True)
class ChoosePickup(Callback):
    """Ask on which day a village fetches."""

    village: str


@callback("mp")
@dataclass(frozen=True, slots=True)
class PromisePickup(Callback):
    """We fetch on this day; on none, if it is 0."""

    village: str
    day: int


@callback("mz")
@dataclass(frozen=True, slots=True)
class Snooze(Callback):
    """Remind me again on this day; ask on which, if it is 0."""

    day: int


@callback("mb")
@dataclass(frozen=True, slots=True)
class ShowPickup(Callback):
    """Show what goes into the bag of a village that fetches."""

    village: str


@callback("ml")
@dataclass(frozen=True, slots=True)
class ShowLate(Callback):
    """Show a page of what of a leg is late."""

    origin: str
    to: str
    page: int = 0

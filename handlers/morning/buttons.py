"""What is done about a morning's list. A `day` is the number of a date: 1 January of year 1 is 1."""

from handlers.callbacks import Callback


class ShowMorning(Callback, code="mo"):
    """Show what waits this morning."""


class ChoosePickup(Callback, code="md"):
    """Ask on which day a village fetches."""

    village: str


class PromisePickup(Callback, code="mp"):
    """We fetch on this day; on none, if it is 0."""

    village: str
    day: int


class Snooze(Callback, code="mz"):
    """Remind me again on this day; ask on which, if it is 0."""

    day: int


class ShowPickup(Callback, code="mb"):
    """Show what goes into the bag of a village that fetches."""

    village: str


class ShowUntold(Callback, code="mu"):
    """Show a page of the families whom nobody has told."""

    page: int = 0


class ShowLate(Callback, code="ml"):
    """Show a page of what of a leg is late."""

    origin: str
    to: str
    page: int = 0

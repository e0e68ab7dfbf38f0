"""Standing in, laying down, handing on. A `post` is the one that is lent or laid down, a `deputy` a colleague's own."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("e")
@dataclass(frozen=True, slots=True)
class ShowDuty(Callback):
    """Show my posts, and who stands in for whom."""


@callback("ew")
@dataclass(frozen=True, slots=True)
class ChooseStandIn(Callback):
    """Show a page of the colleagues who could stand in."""

    post: int
    page: int = 0


@callback("eu")
@dataclass(frozen=True, slots=True)
class ChooseUntil(Callback):
    """Ask for the last day."""

    post: int
    deputy: int


@callback("ec")
@dataclass(frozen=True, slots=True)
class StandInDraft(Callback):
    """Show what would be asked; `day` is the last one, as the number of a date (1 January of year 1 is 1)."""

    post: int
    deputy: int
    day: int


@callback("ea")
@dataclass(frozen=True, slots=True)
class AskStandIn(Callback):
    """Ask the colleague."""

    post: int
    deputy: int
    day: int


@callback("er")
@dataclass(frozen=True, slots=True)
class AcceptStandIn(Callback):
    """I stand in."""

    stand_in: int


@callback("ee")
@dataclass(frozen=True, slots=True)
class EndStandIn(Callback):
    """It ends now; whoever is only asked does not take it on."""

    stand_in: int


@callback("el")
@dataclass(frozen=True, slots=True)
class LayDown(Callback):
    """Lay a post down: ask first (0), then do it (1)."""

    post: int
    sure: int = 0


@callback("ep")
@dataclass(frozen=True, slots=True)
class HandOn(Callback):
    """All papers that a post carries pass to the post of a colleague."""

    post: int
    to: int


@callback("et")
@dataclass(frozen=True, slots=True)
class TakeOver(Callback):
    """I carry the ticked papers of a bag now."""

    bag: int


@callback("eb")
@dataclass(frozen=True, slots=True)
class PassOn(Callback):
    """The ticked papers of a bag that I carry pass to the post of a colleague; ask to whom first (0)."""

    bag: int
    to: int = 0

"""Standing in, laying down, handing on. A `post` is the one that is lent or laid down, a `deputy` a colleague's own."""

from handlers.callbacks import Callback, added


class ShowDuty(Callback, code="e"):
    """Show my posts, and who stands in for whom."""


class ChooseStandIn(Callback, code="ew"):
    """Show a page of the colleagues who could stand in: of those whose work it is, or of the `others`."""

    post: int
    page: int = 0
    others: int = added()


class ChooseUntil(Callback, code="eu"):
    """Ask for the last day."""

    post: int
    deputy: int


class StandInDraft(Callback, code="ec"):
    """Show what would be asked; `day` is the last one, as the number of a date (1 January of year 1 is 1)."""

    post: int
    deputy: int
    day: int


class AskStandIn(Callback, code="ea"):
    """Ask the colleague."""

    post: int
    deputy: int
    day: int


class AcceptStandIn(Callback, code="er"):
    """I stand in."""

    stand_in: int


class EndStandIn(Callback, code="ee"):
    """It ends now; whoever is only asked does not take it on."""

    stand_in: int


class LayDown(Callback, code="el"):
    """Lay a post down: ask first (0), then do it (1)."""

    post: int
    sure: int = 0


class HandOn(Callback, code="ep"):
    """All papers that a post carries pass to the post of a colleague."""

    post: int
    to: int


class TakeOver(Callback, code="et"):
    """I carry the ticked papers of a bag now."""

    bag: int


class PassOn(Callback, code="eb"):
    """The ticked papers of a bag that I carry pass to the post of a colleague; ask to whom first (0)."""

    bag: int
    to: int = 0

"""What can be printed."""

from handlers.callbacks import Callback, added


class PrintSlip(Callback, code="pr"):
    """Send me the slip of a number, as a PDF."""

    number: str


class PrintBag(Callback, code="pb"):
    """Send me the list of a bag, to be signed."""

    bag: int


class PrintPoster(Callback, code="pp"):
    """Send me the poster with the bot's code."""


class PrintChoice(Callback, code="pc"):
    """Show what I can print; of one of my villages, if it is named."""

    village: str = ""
    page: int = added()


class PrintBoard(Callback, code="po"):
    """Send me the board of a village."""

    village: str


class NewBooklet(Callback, code="pn"):
    """Reserve numbers for a village as this booklet, and send me its slips."""

    booklet: int
    village: str


class PrintBooklet(Callback, code="pk"):
    """Send me the slips of a booklet that are left."""

    booklet: int

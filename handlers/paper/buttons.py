"""What can be printed."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("pr")
@dataclass(frozen=True, slots=True)
class PrintSlip(Callback):
    """Send me the slip of a number, as a PDF."""

    number: str


@callback("pb")
@dataclass(frozen=True, slots=True)
class PrintBag(Callback):
    """Send me the list of a bag, to be signed."""

    bag: int


@callback("pp")
@dataclass(frozen=True, slots=True)
class PrintPoster(Callback):
    """Send me the poster with the bot's code."""


@callback("pc")
@dataclass(frozen=True, slots=True)
class PrintChoice(Callback):
    """Show what I can print; of one of my villages, if it is named."""

    village: str = ""
    page: int = added()


@callback("po")
@dataclass(frozen=True, slots=True)
class PrintBoard(Callback):
    """Send me the board of a village."""

    village: str


@callback("pn")
@dataclass(frozen=True, slots=True)
class NewBooklet(Callback):
    """Reserve numbers for a village as this booklet, and send me its slips."""

    booklet: int
    village: str


@callback("pk")
@dataclass(frozen=True, slots=True)
class PrintBooklet(Callback):
    """Send me the slips of a booklet that are left."""

    booklet: int

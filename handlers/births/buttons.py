"""Numbers that are reserved, and names that are awaited. `days` are how many days ago the birth was."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback

ASK = -1  # the days of a button that asks for them


@callback("nr")
@dataclass(frozen=True, slots=True)
class Reserve(Callback):
    """Reserve a number for a birth in a village: which day it was is asked first. The id makes it one number."""

    birth: int
    village: str
    days: int


@callback("nl")
@dataclass(frozen=True, slots=True)
class ShowReservations(Callback):
    """Show a page of the reserved numbers of a village."""

    village: str
    page: int


@callback("ns")
@dataclass(frozen=True, slots=True)
class ShowReserved(Callback):
    """Show a reserved number."""

    number: str


@callback("ng")
@dataclass(frozen=True, slots=True)
class FileReserved(Callback):
    """Begin a draft under a reserved number."""

    number: str


@callback("nz")
@dataclass(frozen=True, slots=True)
class ReturnNumber(Callback):
    """Give back a number that I reserved; which is asked first, unless it is `sure`."""

    number: str
    sure: int = added()


@callback("nn")
@dataclass(frozen=True, slots=True)
class HoldNameless(Callback):
    """Put a birth on hold that has no name yet; which day it was is asked first if nobody told."""

    number: str
    days: int


@callback("ny")
@dataclass(frozen=True, slots=True)
class NameIsThere(Callback):
    """The name is there: let the birth go on."""

    number: str

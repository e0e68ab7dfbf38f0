"""Numbers that are reserved, and names that are awaited. `days` are how many days ago the birth was."""

from handlers.callbacks import Callback, added

ASK = -1  # the days of a button that asks for them


class Reserve(Callback, code="nr"):
    """Reserve a number for a birth in a village: which day it was is asked first. The id makes it one number."""

    birth: int
    village: str
    days: int


class ShowReservations(Callback, code="nl"):
    """Show a page of the reserved numbers of a village."""

    village: str
    page: int


class ShowReserved(Callback, code="ns"):
    """Show a reserved number."""

    number: str


class FileReserved(Callback, code="ng"):
    """Begin a draft under a reserved number."""

    number: str


class ReturnNumber(Callback, code="nz"):
    """Give back a number that I reserved; which is asked first, unless it is `sure`."""

    number: str
    sure: int = added()


class HoldNameless(Callback, code="nn"):
    """Put a birth on hold that has no name yet; which day it was is asked first if nobody told."""

    number: str
    days: int


class NameIsThere(Callback, code="ny"):
    """The name is there: let the birth go on."""

    number: str

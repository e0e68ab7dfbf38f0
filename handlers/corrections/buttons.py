"""Putting right what was recorded."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("x")
@dataclass(frozen=True, slots=True)
class Correct(Callback):
    """Show a page of what of a number I may put right."""

    number: str
    page: int = added()


@callback("xo")
@dataclass(frozen=True, slots=True)
class AskWhere(Callback):
    """Show where a document may really be."""

    document: int


@callback("xs")
@dataclass(frozen=True, slots=True)
class AskWhy(Callback):
    """Show why a document, as I saw it, may be somewhere else than was recorded."""

    document: int
    seen: int
    stage: str


@callback("xr")
@dataclass(frozen=True, slots=True)
class PutRight(Callback):
    """Say where a document, as I saw it, really is, and why that was not recorded."""

    document: int
    seen: int
    stage: str
    reason: str


@callback("xa")
@dataclass(frozen=True, slots=True)
class AskWhyBack(Callback):
    """Show why a whole act may be wrong."""

    act: int
    number: str


@callback("xb")
@dataclass(frozen=True, slots=True)
class TakeBack(Callback):
    """Take a whole act back, for a reason."""

    act: int
    number: str
    reason: str


@callback("xw")
@dataclass(frozen=True, slots=True)
class Withdraw(Callback):
    """Withdraw what was filed under a number: one document, or with 0 all of them."""

    number: str
    document: int = 0

"""What is missing, a reason, and the way back to the road: each of one document as it was seen."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("rb")
@dataclass(frozen=True, slots=True)
class ReturnDraft(Callback):
    """A return as it should be: to an exit, with these needs missing (a bit each, as the district file lists them).

    `of` is a document as it was `seen`, or with 0 a bag: its ticked lines.
    """

    of: int
    seen: int
    exit: str
    book: int
    missing: int


@callback("rr")
@dataclass(frozen=True, slots=True)
class GiveBack(Callback):
    """Return it so."""

    of: int
    seen: int
    exit: str
    book: int
    missing: int


@callback("ro")
@dataclass(frozen=True, slots=True)
class TakeUp(Callback):
    """What was missing is there: let it go on where it left."""

    document: int
    seen: int


@callback("rw")
@dataclass(frozen=True, slots=True)
class RefuseWhy(Callback):
    """Ask why it ends at an exit."""

    document: int
    seen: int
    exit: str


@callback("rq")
@dataclass(frozen=True, slots=True)
class RefuseDraft(Callback):
    """Show what the family would read of a refusal."""

    document: int
    seen: int
    reason: str


@callback("rx")
@dataclass(frozen=True, slots=True)
class Refuse(Callback):
    """Refuse it, for a reason."""

    document: int
    seen: int
    reason: str

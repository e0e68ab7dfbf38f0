"""What is missing, a reason, and the way back to the road: each of one document as it was seen."""

from handlers.callbacks import Callback


class ReturnDraft(Callback, code="rb"):
    """A return as it should be: to an exit, with these needs missing (a bit each, as the district file lists them).

    `of` is a document as it was `seen`, or with 0 a bag: its ticked lines.
    """

    of: int
    seen: int
    exit: str
    book: int
    missing: int


class GiveBack(Callback, code="rr"):
    """Return it so."""

    of: int
    seen: int
    exit: str
    book: int
    missing: int


class TakeUp(Callback, code="ro"):
    """What was missing is there: let it go on where it left."""

    document: int
    seen: int


class RefuseWhy(Callback, code="rw"):
    """Ask why it ends at an exit."""

    document: int
    seen: int
    exit: str


class RefuseDraft(Callback, code="rq"):
    """Show what the family would read of a refusal."""

    document: int
    seen: int
    reason: str


class Refuse(Callback, code="rx"):
    """Refuse it, for a reason."""

    document: int
    seen: int
    reason: str

"""Putting right what was recorded."""

from handlers.callbacks import Callback, added


class Correct(Callback, code="x"):
    """Show a page of what of a number I may put right."""

    number: str
    page: int = added()


class AskWhere(Callback, code="xo"):
    """Show where a document may really be."""

    document: int


class AskWhy(Callback, code="xs"):
    """Show why a document, as I saw it, may be somewhere else than was recorded."""

    document: int
    seen: int
    stage: str


class PutRight(Callback, code="xr"):
    """Say where a document, as I saw it, really is, and why that was not recorded."""

    document: int
    seen: int
    stage: str
    reason: str


class AskWhyBack(Callback, code="xa"):
    """Show why a whole act may be wrong."""

    act: int
    number: str


class TakeBack(Callback, code="xb"):
    """Take a whole act back, for a reason."""

    act: int
    number: str
    reason: str


class AddDocument(Callback, code="xd"):
    """Add a kind of document that was forgotten to what was filed under a number; ask which if none is named."""

    number: str
    type: str = ""


class Retype(Callback, code="xk"):
    """Say of which kind a document, as I saw it, really is; ask which if none is named."""

    document: int
    seen: int
    type: str = ""


class Relocate(Callback, code="xv"):
    """Say of which village the request of a document, as I saw it, really is; ask which, a page of them, if none is
    named.
    """

    document: int
    seen: int
    village: str = ""
    page: int = added()


class Withdraw(Callback, code="xw"):
    """Withdraw what was filed under a number: one document, or with 0 all of them. `same` is the number under which the
    same was filed before and goes on, if it was.
    """

    number: str
    document: int = 0
    same: int = added()

"""What is put on hold, and what goes on. `of` is a document as it was `seen`, or with 0 a bag: its ticked lines."""

from handlers.callbacks import Callback

THESE, TYPE, STAGE, EVERYWHERE = range(4)  # how much: these, all of their type there, all there, all the reason stops


class HoldWhy(Callback, code="hw"):
    """Ask for the reason."""

    of: int
    seen: int


class HoldUntil(Callback, code="hu"):
    """Ask when somebody looks at it again."""

    of: int
    seen: int
    reason: str


class HoldWhat(Callback, code="hc"):
    """Show what would be put on hold and what families would read; `days` are working days, 0 when nobody knows."""

    of: int
    seen: int
    reason: str
    days: int
    much: int


class PutOnHold(Callback, code="hh"):
    """Put it on hold."""

    of: int
    seen: int
    reason: str
    days: int
    much: int


class LetGo(Callback, code="hg"):
    """Let one document go on, as I saw it."""

    document: int
    seen: int


class ShowHold(Callback, code="hd"):
    """Show why a document stands still, and what does for the same reason."""

    document: int


class ShowCause(Callback, code="hs"):
    """Show a page of what stands still for one cause."""

    cause: int
    page: int


class ShowHeld(Callback, code="hl"):
    """Show a page of all that stands still and that I may let go on."""

    page: int = 0


class LetAllGo(Callback, code="ha"):
    """Let all go on that stands still for one cause."""

    cause: int


class Extend(Callback, code="he"):
    """Look at a cause again after so many working days; ask after how many if it is less than 0."""

    cause: int
    days: int

"""What is put on hold, and what goes on. `of` is a document as it was `seen`, or with 0 a bag: its ticked lines."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback

THESE, TYPE, STAGE, EVERYWHERE = range(4)  # how much: these, all of their type there, all there, all the reason stops


@callback("hw")
@dataclass(frozen=True, slots=True)
class HoldWhy(Callback):
    """Ask for the reason."""

    of: int
    seen: int


@callback("hu")
@dataclass(frozen=True, slots=True)
class HoldUntil(Callback):
    """Ask when somebody looks at it again."""

    of: int
    seen: int
    reason: str


@callback("hc")
@dataclass(frozen=True, slots=True)
class HoldWhat(Callback):
    """Show what would be put on hold and what families would read; `days` are working days, 0 when nobody knows."""

    of: int
    seen: int
    reason: str
    days: int
    much: int


@callback("hh")
@dataclass(frozen=True, slots=True)
class PutOnHold(Callback):
    """Put it on hold."""

    of: int
    seen: int
    reason: str
    days: int
    much: int


@callback("hg")
@dataclass(frozen=True, slots=True)
class LetGo(Callback):
    """Let one document go on, as I saw it."""

    document: int
    seen: int


@callback("hd")
@dataclass(frozen=True, slots=True)
class ShowHold(Callback):
    """Show why a document stands still, and what does for the same reason."""

    document: int


@callback("hs")
@dataclass(frozen=True, slots=True)
class ShowCause(Callback):
    """Show a page of what stands still for one cause."""

    cause: int
    page: int


@callback("hl")
@dataclass(frozen=True, slots=True)
class ShowHeld(Callback):
    """Show a page of all that stands still and that I may let go on."""

    page: int = 0


@callback("ha")
@dataclass(frozen=True, slots=True)
class LetAllGo(Callback):
    """Let all go on that stands still for one cause."""

    cause: int


@callback("he")
@dataclass(frozen=True, slots=True)
class Extend(Callback):
    """Look at a cause again after so many working days; ask after how many if it is less than 0."""

    cause: int
    days: int

"""One document, and taking back what was done."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("o")
@dataclass(frozen=True, slots=True)
class OpenDocument(Callback):
    """Show one document with the legs I may complete."""

    document: int


@callback("t")
@dataclass(frozen=True, slots=True)
class TakeLeg(Callback):
    """Move one document, as I saw it, into a stage."""

    document: int
    seen: int
    stage: str


@callback("z")
@dataclass(frozen=True, slots=True)
class Undo(Callback):
    """Take an act of mine back."""

    act: int


@callback("tt")
@dataclass(frozen=True, slots=True)
class TakeTogether(Callback):
    """Move documents of one number into a stage (a bit each, in their order); `seen` is the sum of their versions."""

    number: str
    which: int
    seen: int
    stage: str


@callback("ow")
@dataclass(frozen=True, slots=True)
class OtherWays(Callback):
    """Show the ways past a stage that the documents of a number may take."""

    number: str

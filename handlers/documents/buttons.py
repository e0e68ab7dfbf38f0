"""One document, and taking back what was done."""

from handlers.callbacks import Callback


class OpenDocument(Callback, code="o"):
    """Show one document with the legs I may complete."""

    document: int


class TakeLeg(Callback, code="t"):
    """Move one document, as I saw it, into a stage."""

    document: int
    seen: int
    stage: str


class Undo(Callback, code="z"):
    """Take an act of mine back."""

    act: int


class TakeTogether(Callback, code="tt"):
    """Move documents of one number into a stage (a bit each, in their order); `seen` is the sum of their versions."""

    number: str
    which: int
    seen: int
    stage: str


class OtherWays(Callback, code="ow"):
    """Show the ways past a stage that the documents of a number may take."""

    number: str

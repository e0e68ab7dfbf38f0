"""What waits, and bags of it."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("w")
@dataclass(frozen=True, slots=True)
class ShowTasks(Callback):
    """Show a page of what waits for me now."""

    page: int = added()


@callback("y")
@dataclass(frozen=True, slots=True)
class NextTasks(Callback):
    """Show what waits for me now, below this card."""


@callback("p")
@dataclass(frozen=True, slots=True)
class PackBag(Callback):
    """Show what waits for a leg, as a bag."""

    origin: str
    to: str


@callback("v")
@dataclass(frozen=True, slots=True)
class PackVillage(Callback):
    """Show what waits for a leg in one village, as a bag."""

    origin: str
    to: str
    village: str


@callback("b")
@dataclass(frozen=True, slots=True)
class ShowBag(Callback):
    """Show a page of a bag; `single` to open one document instead of ticking."""

    bag: int
    page: int = 0
    single: int = 0


@callback("k")
@dataclass(frozen=True, slots=True)
class Tick(Callback):
    """A line of a bag shall go along (1) or stay (0); place -1 means every line."""

    bag: int
    place: int
    on: int
    page: int


@callback("c")
@dataclass(frozen=True, slots=True)
class CompleteBag(Callback):
    """Complete the leg into a stage for the ticked lines."""

    bag: int
    stage: str

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
    """Show what waits for a leg: its villages, or a bag of the one that there is."""

    origin: str
    to: str


@callback("v")
@dataclass(frozen=True, slots=True)
class PackVillage(Callback):
    """Show what waits for a leg in one village, as a bag; in all of them, if none is named."""

    origin: str
    to: str
    village: str


@callback("vl")
@dataclass(frozen=True, slots=True)
class ShowVillages(Callback):
    """Show in which villages something waits for a leg."""

    origin: str
    to: str
    page: int


@callback("pm")
@dataclass(frozen=True, slots=True)
class PackMine(Callback):
    """Show what I carry and may take further, as a bag."""

    origin: str
    to: str


@callback("b")
@dataclass(frozen=True, slots=True)
class ShowBag(Callback):
    """Show a page of a bag; `single` to open one document instead of ticking (1), or for the ways past a stage (2)."""

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


@callback("kg")
@dataclass(frozen=True, slots=True)
class TickGroup(Callback):
    """All lines of a bag that are of one kind (`village` 0) or of one village (1) shall go along, or stay."""

    bag: int
    village: int
    key: str
    on: int


@callback("c")
@dataclass(frozen=True, slots=True)
class CompleteBag(Callback):
    """Complete the leg into a stage for the ticked lines."""

    bag: int
    stage: str


@callback("pa")
@dataclass(frozen=True, slots=True)
class PackAgain(Callback):
    """Show the bag that an act completed and that was taken back, ticked as it was."""

    act: int

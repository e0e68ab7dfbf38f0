"""What waits, and bags of it."""

from handlers.callbacks import Callback, added


class ShowTasks(Callback, code="w"):
    """Show a page of what waits for me now."""

    page: int = added()


class NextTasks(Callback, code="y"):
    """Show what waits for me now, below this card."""


class PackBag(Callback, code="p"):
    """Show what waits for a leg: its villages, or a bag of the one that there is."""

    origin: str
    to: str


class PackVillage(Callback, code="v"):
    """Show what waits for a leg in one village, as a bag; in all of them, if none is named."""

    origin: str
    to: str
    village: str


class ShowVillages(Callback, code="vl"):
    """Show in which villages something waits for a leg."""

    origin: str
    to: str
    page: int


class PackMine(Callback, code="pm"):
    """Show what I carry and may take further, as a bag."""

    origin: str
    to: str


class ShowBag(Callback, code="b"):
    """Show a page of a bag; `single` to open one document instead of ticking (1), or for the ways past a stage (2)."""

    bag: int
    page: int = 0
    single: int = 0


class Tick(Callback, code="k"):
    """A line of a bag shall go along (1) or stay (0); place -1 means every line."""

    bag: int
    place: int
    on: int
    page: int


class TickGroup(Callback, code="kg"):
    """All lines of a bag that are of one kind (`village` 0) or of one village (1) shall go along, or stay."""

    bag: int
    village: int
    key: str
    on: int


class CompleteBag(Callback, code="c"):
    """Complete the leg into a stage for the ticked lines."""

    bag: int
    stage: str


class PackAgain(Callback, code="pa"):
    """Show the bag that an act completed and that was taken back, ticked as it was."""

    act: int

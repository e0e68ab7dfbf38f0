"""The whole list of a village."""

from handlers.callbacks import Callback


class ShowVillage(Callback, code="vw"):
    """Show a page of all files of a village."""

    village: str
    page: int = 0


class ShowLampid(Callback, code="vm"):
    """Show the births, deaths and moves of a village in a month: 12 times the year, and its months that are over."""

    village: str
    month: int

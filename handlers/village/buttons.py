"""The whole list of a village."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("vw")
@dataclass(frozen=True, slots=True)
class ShowVillage(Callback):
    """Show a page of all files of a village."""

    village: str
    page: int = 0


@callback("vm")
@dataclass(frozen=True, slots=True)
class ShowLampid(Callback):
    """Show the births, deaths and moves of a village in a month: 12 times the year, and its months that are over."""

    village: str
    month: int

"""The whole list of a village."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("vw")
@dataclass(frozen=True, slots=True)
class ShowVillage(Callback):
    """Show a page of all files of a village."""

    village: str
    page: int = 0

"""A page of looks."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("zl")
@dataclass(frozen=True, slots=True)
class ShowLooks(Callback):
    """Show a page of them; of one number, if it is named."""

    page: int = 0
    number: str = ""

"""A page of looks."""

from handlers.callbacks import Callback


class ShowLooks(Callback, code="zl"):
    """Show a page of them; of one number, if it is named."""

    page: int = 0
    number: str = ""

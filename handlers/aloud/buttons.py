"""A status for the ear."""

from handlers.callbacks import Callback


class ReadAloud(Callback, code="av"):
    """Read to me how it is with a number."""

    number: str

"""The letter about a number."""

from handlers.callbacks import Callback


class SendLetter(Callback, code="al"):
    """Send me the letter which says that the documents of a number are being made."""

    number: str

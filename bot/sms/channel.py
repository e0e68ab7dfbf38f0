"""What a channel of short messages has to do, whoever carries them."""

from typing import Protocol


class OutOfReach(Exception):
    """The channel cannot be reached, or nobody knows whether it has the message: all wait, and it is asked again."""


class NotTaken(Exception):
    """It will never take this message."""


class Channel(Protocol):
    """Carries a text to a telephone."""

    async def send(self, id: str, phone: str, text: str, *, repeated: bool) -> None:
        """Hand over a message. The same id is one message, however often it is sent; `repeated` if it may be there.
        Raises OutOfReach and NotTaken.
        """

    async def close(self) -> None:
        """Give the connections back."""

"""The slip of a request: what is on it, and who filed it."""

from typing import NamedTuple

from storage.db.protocol import Tx


class Slip(NamedTuple):
    """A receipt as it is printed. A number that is not filed yet has no date and no code; `filer` is a chat."""

    number: str
    village: str
    filed_at: int | None = None
    pickup: str = ""
    filer: int | None = None

    def seen_by(self, chat: int) -> "Slip":
        """The same for whoever prints it in this chat: without the code, if somebody else filed it."""
        return self if chat == self.filer else self._replace(pickup="")


async def of_number(tx: Tx, number: str) -> Slip | None:
    """The slip of a filed request, or None."""
    row = await tx.one("slip", number=number)
    return Slip(*row) if row else None

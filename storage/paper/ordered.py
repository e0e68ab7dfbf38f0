"""Files that somebody asked for by a tap: what became of one that was asked for a moment ago."""

from typing import NamedTuple

from storage.db.protocol import Tx


class Ordered(NamedTuple):
    """A file that was asked for: it is out, or could not be made, or (neither) is still to come."""

    is_out: int
    is_given_up: int


async def standing(tx: Tx, key: str) -> Ordered | None:
    """What became of the file that is owed under this key; None if it was not asked for."""
    row = await tx.one("ordered_file", key=key)
    return Ordered(*row) if row else None

"""Files that somebody asked for by a tap: what became of one that was asked for a moment ago."""

from typing import NamedTuple

from storage.db.protocol import Tx


class Asked(NamedTuple):
    """A file that was asked for: it is out, or could not be made, or (neither) is still to come."""

    is_out: bool
    is_given_up: bool


async def standing(tx: Tx, key: str) -> Asked | None:
    """What became of the file that is owed under this key; None if it was not asked for."""
    row = await tx.one("file_asked", key=key)
    return Asked(bool(row[0]), bool(row[1])) if row else None

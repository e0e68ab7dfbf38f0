"""How much room is left where the register lies, and when that is so little that somebody should make some."""

import os
from pathlib import Path
from typing import NamedTuple

MIB = 1024 * 1024
# Below both of them it is nearly full: a tenth of a large disk is plenty, and on a small one the bytes say little.
LOW, LOW_SHARE = 256 * MIB, 0.1


class Room(NamedTuple):
    """Bytes left for us (what is root's alone does not count), of how many."""

    free: int
    size: int

    @property
    def is_low(self) -> bool:
        """True if little is left."""
        return self.free < min(LOW, self.size * LOW_SHARE)

    def __str__(self) -> str:
        return f"{self.free // MIB} MiB free"


def room(file: Path) -> Room:
    """Of the disk on which a file lies or is to lie. Raises OSError if nobody knows."""
    place = next(place for place in (file, *file.absolute().parents) if place.exists())
    found = os.statvfs(place)
    return Room(found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize)


def room_of(file: Path | None) -> Room | None:
    """The same, if there is a file and somebody knows."""
    try:
        return room(file) if file else None
    except OSError:
        return None

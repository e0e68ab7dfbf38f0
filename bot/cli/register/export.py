"""Writes what happened to every document as CSV: for reckoning, with nothing in it about any person."""

import csv
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TextIO

from bot import database
from bot.cli.register import outfile
from bot.config import Settings
from storage import overview

COLUMNS = ("at", "done", "document", "type", "village", "from", "to", "hold", "by")  # of an `Exported`, in its order


async def export(settings: Settings, file: Path, now: int) -> int:
    """How many rows are in the file. Raises WrongSettings where it cannot be written."""
    with outfile.writing(settings, file) as opened, TextIOWrapper(opened, "utf-8", newline="") as lines:
        return await write(settings, lines, now)


async def show(settings: Settings, shown: TextIO, now: int) -> int:
    """How many rows; said once all are there, so that trouble with who reads them is none with the register."""
    with TemporaryFile("w+", encoding="utf-8", newline="") as lines:
        count = await write(settings, lines, now)
        lines.seek(0)
        copyfileobj(lines, shown)
        shown.flush()
    return count


async def write(settings: Settings, file: TextIO, now: int) -> int:
    """How many rows. A document has a number of its own here, which is not the one on the receipt."""
    lines, count = csv.writer(file), 0
    async with database.fitting(settings, now) as register, register.reading() as tx:
        lines.writerow(COLUMNS)
        async for one in overview.events(tx):
            at = datetime.fromtimestamp(one.at / 1000, UTC).isoformat(timespec="seconds")
            lines.writerow((at, *one[1:]))
            count += 1
    return count

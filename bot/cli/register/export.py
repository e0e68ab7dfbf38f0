"""Writes what happened to every document as CSV: for reckoning, with nothing in it about any person."""

import csv
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile, gettempdir
from typing import TextIO

from bot import database
from bot.cli.register import outfile
from bot.config import Settings, WrongSettings
from storage import overview

COLUMNS = ("at", "done", "document", "type", "village", "from", "to", "hold", "by")  # of an `Exported`, in its order


async def export(settings: Settings, file: Path, now: int) -> int:
    """How many rows are in the file. Raises WrongSettings where it cannot be written."""
    with outfile.writing(settings, file) as opened, TextIOWrapper(opened, "utf-8", newline="") as lines:
        return await write(settings, lines, now, file, "write another file")


async def show(settings: Settings, shown: TextIO, now: int) -> int:
    """How many rows; said once all are there, so that trouble with who reads them is none with the register. Raises
    WrongSettings where there is no room for them until then.
    """
    lines = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115  # closed below
    try:
        count = await write(settings, lines, now, Path(gettempdir()), "name a folder with room in TMPDIR")
        lines.seek(0)
        copyfileobj(lines, shown)
        shown.flush()
    finally:
        with suppress(OSError):
            lines.close()
    return count


async def write(settings: Settings, file: TextIO, now: int, place: Path, mend: str) -> int:
    """How many rows. A document has a number of its own here, which is not the one on the receipt. Raises WrongSettings
    of this `place`, and how to `mend` it, if the file cannot be written.
    """
    lines, count = csv.writer(file), 0
    async with database.fitting(settings, now) as register, register.reading() as tx:
        try:
            lines.writerow(COLUMNS)
            async for one in overview.events(tx):
                at = datetime.fromtimestamp(one.at / 1000, UTC).isoformat(timespec="seconds")
                lines.writerow((at, *one[1:]))
                count += 1
            file.flush()
        except (ConnectionError, TimeoutError):
            raise  # not about the file: the register was lost meanwhile
        except OSError as error:
            raise WrongSettings(f"{place}: {error.strerror}; {mend}") from None
    return count

"""Has a process of its own draw a PDF, so that neither its libraries nor its time are the bot's."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent.parent.parent  # where the package `bot` lies, whatever folder the bot runs in
LONGEST = 60.0  # seconds for one PDF; a booklet of 200 numbers takes two
AT_ONCE = 2  # of 50 MiB each


class Busy(Exception):
    """So many are being drawn that this one would have to wait."""


class NotPrinted(Exception):
    """No PDF came, this time."""


class Printer:
    """Prints a few sheets at a time, each in a process that ends with it."""

    def __init__(self, seconds: float = LONGEST, module: str = "bot.press") -> None:
        self._seconds, self._module, self._turns = seconds, module, asyncio.Semaphore(AT_ONCE)

    async def draw(self, sheet: Mapping[str, Any]) -> bytes:
        """The file of a sheet, as `bot.press` says. Raises NotPrinted, or Busy at once: nobody waits in here."""
        if self._turns.locked():
            raise Busy
        async with self._turns:
            try:
                child = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", self._module, cwd=HOME, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
                )
            except OSError as error:  # this machine has no room for one more just now
                raise NotPrinted(f"no process is to be had: {error.strerror}") from error
            try:
                async with asyncio.timeout(self._seconds):
                    drawn, _ = await child.communicate(json.dumps(sheet).encode())
            except TimeoutError:
                raise NotPrinted(f"not drawn within {self._seconds:.0f} s") from None
            finally:
                if child.returncode is None:
                    with suppress(ProcessLookupError):
                        child.kill()
                    await child.wait()
        if child.returncode or not drawn:
            raise NotPrinted(f"the child ended with {child.returncode}")
        return drawn

"""The one clock: this machine's, or the database's where they differ, and in the demo what a visitor has skipped."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from storage.db.marks import moment

LOOK_AGAIN = 0.1  # seconds between two looks into the file
APART = 2.0  # seconds by which two clocks may differ
FAR_APART = 30.0  # the same, where the network lies in between


def utc(at: int, form: str) -> str:
    """A moment (epoch ms) in UTC; ? for what is none, as somebody may have written it into a register by hand."""
    return "?" if moment(at) is None else datetime.fromtimestamp(at / 1000, UTC).strftime(form)


class Clock:
    """Epoch milliseconds, UTC. The file, which only the demo names, holds milliseconds to add."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset = self._correction = 0
        self._look_at = 0.0

    def __call__(self) -> int:
        if self._file is not None and time.monotonic() >= self._look_at:
            self._look(self._file)
        return time.time_ns() // 1_000_000 + self._offset + self._correction

    def compare(self, database: int) -> float:
        """Seconds by which this process's own clock is ahead of the database's (epoch ms).

        If they are more than `APART`, it shows the database's from here on: what one process wrote down (who may guess
        again, what is due) then means the same to the next, on whichever machine that runs.
        """
        ahead = self() - self._correction - database
        self._correction = -ahead if abs(ahead) > APART * 1000 else 0
        return ahead / 1000

    def _look(self, file: Path) -> None:
        self._look_at = time.monotonic() + LOOK_AGAIN
        try:
            self._offset = int(file.read_text("ascii"))
        except (OSError, ValueError):
            return  # not written yet, or being written: what held so far still does


class ServerClock:
    """By how many seconds this machine's own clock is ahead of a server's, by the dates of its answers.

    They are whole seconds, and of when an answer began: a few seconds say nothing. `now` is epoch seconds.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.ahead = 0.0

    def hear(self, date: str) -> None:
        """The date of an answer as HTTP has it; what is no date says nothing."""
        with suppress(ValueError, OverflowError):  # of a year or a zone that no clock has
            self.ahead = self._now() - parsedate_to_datetime(date).timestamp()


def set_offset(file: Path, milliseconds: int) -> None:
    """Have every Clock of this file run ahead by so much, within a tenth of a second."""
    draft = file.with_name(file.name + ".new")
    draft.write_text(str(milliseconds), "ascii")
    draft.replace(file)

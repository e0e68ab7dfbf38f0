"""Where tests write: in memory, if there is room. A disk is waited for at each commit, dozens of times in a test."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes: a thousand registers fit


def write_there() -> None:
    """For this process and what it starts, unless somebody has chosen (TMPDIR)."""
    if "TMPDIR" not in os.environ and _is_roomy(MEMORY):
        os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None


def _is_roomy(folder: Path) -> bool:
    """True if there is room, and programs that lie there may be run: neither is so in every container."""
    return folder.is_dir() and shutil.disk_usage(folder).free > ROOM and not os.statvfs(folder).f_flag & os.ST_NOEXEC

"""Has words read aloud: espeak-ng says them, and opusenc makes of that what Telegram plays as a voice note."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

PROGRAMS = ("espeak-ng", "opusenc")  # on Debian the packages espeak-ng and opus-tools
PACE = "140"  # words a minute: slower than the usual 175, for old ears
BITRATE = "16"  # kbit/s, enough for a voice: some two kilobytes a second
EFFORT = "5"  # of 10, with which it takes half as long again and is no smaller
SECONDS = 20  # for each of the two: a status takes half a second
MEMORY = 256 << 20  # bytes of address space


def can_speak() -> bool:
    """True if both programs are on this machine."""
    return all(shutil.which(program) for program in PROGRAMS)


def draw(sheet: Mapping[str, Any]) -> bytes:
    """The words as OGG with Opus in it. Raises OSError or subprocess.SubprocessError if that does not work here."""
    said = _run(["espeak-ng", "-v", sheet["voice"], "-s", PACE, "--stdin", "--stdout"], sheet["words"].encode())
    packing = ["opusenc", "--quiet", "--speech", "--bitrate", BITRATE, "--comp", EFFORT, "--serial", "1", "-", "-"]
    return _run(packing, said)


def _run(command: Sequence[str], given: bytes) -> bytes:
    found = subprocess.run(  # noqa: S603  # commands of ours; the words come on their standard input
        command, input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=SECONDS,
        preexec_fn=_limit,
    )  # fmt: skip
    return found.stdout


def _limit() -> None:
    import resource  # noqa: PLC0415  # the bot asks what can be spoken on any machine, and this is for Unix

    os.nice(10)  # everybody's answers first
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

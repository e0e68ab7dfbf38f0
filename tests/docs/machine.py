"""A machine on which documents are typed to the letter; its packages, users and supervisor are stood in for."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT
from contextlib import suppress
from pathlib import Path

from tests.cli.shell import Shell
from tests.docs import supervisor

# What a machine has and a test has not: they are typed all the same, and do nothing.
STOOD_IN = """
python3() { :; }; useradd() { :; }; createuser() { :; }; createdb() { :; }
runuser() { shift 3; "$@"; }
"""
FOLDERS = (
    "opt/jekduk/bin", "usr/local/bin", "etc/systemd/system", "var/lib/jekduk", "var/lib/jekduk-doro", "backup",
)  # fmt: skip


class Machine:
    """A root folder in which blocks are typed, `supervised` by who does what `systemctl` says, or not."""

    def __init__(self, root: Path, shell: Shell, *, supervised: bool = False) -> None:
        self.root, self.home, self._env = root, root / "var/lib/jekduk", shell.env.copy()
        del self._env["DATABASE_URL"]
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True)
        does = f'exec {sys.executable} {supervisor.__file__} {root} "$@"' if supervised else ":"
        self._program("opt/jekduk/bin/jekduk", f'exec {sys.executable} -m bot "$@"')
        self._program("opt/jekduk/bin/pip", ":")
        self._program("usr/local/bin/systemctl", does)
        self._program("usr/local/bin/apt-get", ":")

    def _program(self, name: str, does: str) -> None:
        (self.root / name).write_text(f"#!/bin/sh\n{does}\n")
        (self.root / name).chmod(0o755)

    async def types(self, block: str, answers: str = "", **settings: str) -> str:
        """A block as it stands, but for where this machine begins."""
        placed = re.sub(r"(?<![\w/])/(?=(opt|etc|var|usr|backup)/?)", f"{self.root}/", block)
        path = f"{self.root}/usr/local/bin:{self.root}/opt/jekduk/bin:{self._env['PATH']}"
        env = self._env | {"PATH": path, **settings}
        process = await asyncio.create_subprocess_exec(
            "sh", "-ec", STOOD_IN + placed, cwd=self.home, env=env, stdin=PIPE, stdout=PIPE, stderr=STDOUT,
            start_new_session=True,
        )  # fmt: skip
        said: str = (await process.communicate(answers.encode()))[0].decode()
        assert process.returncode == 0, said
        return said

    def end(self) -> None:
        """Leave nothing running, whatever became of the test."""
        for file in sorted(self.root.glob("run/*.*"), key=lambda file: file.suffix, reverse=True):  # supervisors first
            with suppress(ValueError, ProcessLookupError):
                os.kill(int(file.read_text()), signal.SIGKILL)

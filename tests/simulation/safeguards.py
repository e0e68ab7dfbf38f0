"""Take each safeguard out of a copy of the code, and look for the first seed that notices.

`python -m tests.simulation.safeguards` prints the table of docs/simulation.md; with words, the rows whose name holds
one of them.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import memory
from tests.simulation.removals import SAFEGUARDS
from tests.simulation.removals_incoming import Safeguard

HOME = Path(__file__).parent.parent.parent
SEEDS = 300  # those of `make test`


def removed(safeguard: Safeguard, copy: Path) -> None:
    """Take it out of a copy. Raises ValueError if the code does not read so any more."""
    for file, old, new in safeguard.edits:
        text = (copy / file).read_text("utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{safeguard.name}: {file} has {text.count(old)} times: {old}")
        (copy / file).write_text(text.replace(old, new), "utf-8")


def noticed(safeguard: Safeguard) -> tuple[str, str]:
    """The first seed that is wrong without it, and what is wrong then; or nothing. Raises RuntimeError if what is left
    does not run: that says nothing of the safeguard.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(HOME, copy, ignore=shutil.ignore_patterns(".*", "docs", "__pycache__"))
        removed(safeguard, copy)
        command = [sys.executable, "-m", "tests.simulation", "--seeds", str(SEEDS), "--until-wrong"]
        told = subprocess.run(
            command, cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, capture_output=True, text=True, check=False
        )
    seed = re.search(r"^seed (\d+) is wrong", told.stdout, re.MULTILINE)
    rules = re.findall(r"^  ([a-z][^\n]*):$", told.stdout, re.MULTILINE)
    if told.returncode and not seed:
        raise RuntimeError(f"without {safeguard.name!r} it does not run:\n{told.stderr}")
    return (seed[1], "; ".join(rules)) if seed else ("", "")


def main() -> int:
    chosen = [one for one in SAFEGUARDS if not sys.argv[1:] or any(word in one.name for word in sys.argv[1:])]
    missed = 0
    memory.write_there()
    with ThreadPoolExecutor(os.cpu_count()) as players:
        for one, (seed, rules) in zip(chosen, players.map(noticed, chosen), strict=True):
            missed += not seed
            print(f"| {one.name} | {rules or 'not noticed'} | {seed or '–'} |", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

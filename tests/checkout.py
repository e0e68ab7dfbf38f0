"""A small checkout to set up: `make setup` as here, but pins, packages and a build of its own, so no network is asked.

packages = release(folder)                    # two releases of each, by name and version
checkout = cloned(home, outside, packages)    # `outside` is for what `make` finds around it
checkout.make("setup-test"), checkout.said, checkout.installed
"""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pip

from tests.wheelhouse import HOME, wheel

Packages = dict[str, Path]

# What a checkout has besides: nothing to build with, no words, and itself as a package that is quickly built.
WRITTEN = {
    ".ci/requirements.txt": "",
    "locales/compile.py": "",
    "pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n",
    "backend.py": """from pathlib import Path

from wheelhouse import wheel


def build_editable(folder, *settings):
    return wheel(Path(folder), "jekduk", "0.1").name
""",
}


@dataclass
class Checkout:
    """A checkout that runs with a lantern, and is tested with a ladder, too."""

    home: Path
    environment: dict[str, str]
    said: str = ""

    def make(self, target: str = "setup", **settings: str) -> int:
        ended = subprocess.run(
            ["make", "--no-print-directory", target],
            cwd=self.home,
            env=self.environment | settings,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.said = ended.stdout
        return ended.returncode

    def pin(self, lock: str, *packages: Path) -> None:
        pins = [
            f"{'=='.join(path.name.split('-')[:2])} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"
            for path in packages
        ]
        (self.home / lock).write_text("".join(pins))

    @property
    def installed(self) -> list[str]:
        found = self.home.glob(".venv/lib/*/site-packages/*.dist-info")
        return sorted(path.stem for path in found if not path.name.startswith(("pip-", "setuptools-", "jekduk-")))


def program(path: Path, script: str) -> str:
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def release(folder: Path) -> Packages:
    """A lantern needs a lamp and its oil; each is there twice, and 1.0 is what gets pinned."""
    needs = {"lantern": ["lamp[lit]>=1"], "lamp": ["oil>=1; extra == 'lit'"], "oil": [], "ladder": []}
    made = [wheel(folder, name, version, *needs[name]) for name in needs for version in ("1.0", "2.0")]
    return {"-".join(path.name.split("-")[:2]): path for path in made}


def cloned(home: Path, outside: Path, packages: Packages) -> Checkout:
    for folder in (".ci", "tests/bench", "locales"):
        (home / folder).mkdir(parents=True)
    for file in ("Makefile", ".ci/setup"):
        shutil.copy(HOME / file, home / file)
    shutil.copy(HOME / "tests/wheelhouse.py", home)
    for name, text in WRITTEN.items():
        (home / name).write_text(text)
    made = Checkout(home, surroundings(outside, packages))
    runs = [packages[f"{name}-1.0"] for name in ("lantern", "lamp", "oil")]
    made.pin("requirements.txt", *runs)
    made.pin("tests/bench/requirements.txt", *runs)
    made.pin("tests/requirements.txt", *runs, packages["ladder-1.0"])
    return made


def surroundings(folder: Path, packages: Packages) -> dict[str, str]:
    """What `make` finds around it. Its Python leaves pip out, and ours is on the path: seconds saved."""
    (folder / "path").mkdir()
    (folder / "path/pip").symlink_to(Path(pip.__file__).parent)
    quick = program(folder / "quick", f'[ "$2" != venv ] || set -- "$@" --without-pip; exec {sys.executable} "$@"')
    others = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "MAKE"))}
    return others | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(packages["oil-1.0"].parent),
        "PYTHON": quick,
        "PYTHONPATH": str(folder / "path"),
    }

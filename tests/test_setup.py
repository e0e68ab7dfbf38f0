"""`make setup` installs what is pinned, whatever else there is, heals, and says what is wrong.

The checkouts here have pins of their own, for packages that nobody else has: no network is asked.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pip
import pytest

from tests.wheelhouse import HOME, LOCKS, pinned, wheel

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


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """A lantern needs a lamp and its oil; each is there twice, and 1.0 is what gets pinned."""
    folder = tmp_path_factory.mktemp("wheelhouse")
    needs = {"lantern": ["lamp[lit]>=1"], "lamp": ["oil>=1; extra == 'lit'"], "oil": [], "ladder": []}
    made = [wheel(folder, name, version, *needs[name]) for name in needs for version in ("1.0", "2.0")]
    return {"-".join(path.name.split("-")[:2]): path for path in made}


@pytest.fixture
def checkout(tmp_path: Path, packages: Packages) -> Checkout:
    home = tmp_path / "a checkout"
    for folder in (".ci", "tests/bench", "locales"):
        (home / folder).mkdir(parents=True)
    for file in ("Makefile", ".ci/setup"):
        shutil.copy(HOME / file, home / file)
    shutil.copy(HOME / "tests/wheelhouse.py", home)
    for name, text in WRITTEN.items():
        (home / name).write_text(text)
    made = Checkout(home, surroundings(tmp_path, packages))
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


RUNS = ["lamp-1.0", "lantern-1.0", "oil-1.0"]


# What is installed


def test_what_is_pinned_is_installed_although_newer_releases_exist(checkout, tmp_path):
    slow = program(tmp_path / "slow", f'[ "$2" != venv ] || sleep 5; exec {sys.executable} "$@"')
    assert checkout.make(PYTHON=slow, PYTHONPATH="") == 0
    assert checkout.installed == RUNS
    assert checkout.said.startswith(
        "Setting up .venv with 3 pinned packages (run) ...\n  5 s, "
    )  # never long in silence
    assert "Ready after " in checkout.said
    assert list(checkout.home.glob(".venv-*")) == []


def test_once_it_is_ready_nothing_is_said_or_done(checkout):
    checkout.make()
    (checkout.home / ".venv/log").unlink()
    assert (checkout.make(), checkout.said, (checkout.home / ".venv/log").exists()) == (0, "", False)


def test_tests_add_their_own_and_hold_all_that_runs(checkout):
    checkout.make()
    assert (checkout.make("setup-test"), checkout.installed) == (0, ["ladder-1.0", *RUNS])
    assert "anew" not in checkout.said
    assert [(checkout.make(target), checkout.said) for target in ("setup", "setup-bench")] == [(0, ""), (0, "")]


# It heals


def interrupted(checkout: Checkout) -> None:
    (checkout.home / ".venv/origin").unlink()


def half_a_venv(checkout: Checkout) -> None:
    shutil.rmtree(checkout.home / ".venv/bin")


def python_is_gone(checkout: Checkout) -> None:
    (checkout.home / ".venv/bin/python").unlink()
    (checkout.home / ".venv/bin/python").symlink_to("/nowhere/python3.11")


def another_python(checkout: Checkout) -> None:
    program(checkout.home / ".venv/bin/python", 'case $2 in *print*) echo "Python 3.9" ;; *) exit 1 ;; esac')


def other_pins(checkout: Checkout) -> None:
    (checkout.home / "tests/requirements.txt").write_text("")


def another_folder(checkout: Checkout) -> None:
    checkout.home = checkout.home.rename(checkout.home.with_name("moved"))


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (interrupted, "it was never finished"),
        (half_a_venv, "its Python is gone"),
        (python_is_gone, "its Python is gone"),
        (another_python, "it was made by Python 3.9"),
        (other_pins, "its folder or the pins have changed"),
        (another_folder, "its folder or the pins have changed"),
    ],
)
def test_what_cannot_be_trusted_is_made_anew(checkout, happens, reason):
    checkout.make()
    (checkout.home / ".venv/left").touch()
    happens(checkout)
    assert checkout.make() == 0
    assert checkout.said.startswith(f"Making .venv anew: {reason}.\n")
    assert (checkout.installed, (checkout.home / ".venv/left").exists()) == (RUNS, False)


def test_what_failed_half_way_is_made_anew(checkout):
    checkout.make()
    assert checkout.make("setup-test", PIP_FIND_LINKS="") != 0
    assert (checkout.make(), checkout.installed) == (0, RUNS)
    assert checkout.said.startswith("Making .venv anew: it was never finished.\n")


def test_two_at_once_wait_for_each_other(checkout):
    command = ["make", "setup"]
    both = [subprocess.Popen(command, cwd=checkout.home, env=checkout.environment, stdout=-1, text=True) for _ in "ab"]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert (sum("Ready" in each for each in said), sum("Waiting" in each for each in said)) == (1, 1)


def test_whoever_was_killed_holds_up_nobody(checkout):
    ended = subprocess.Popen(["true"])
    ended.wait()
    (checkout.home / ".venv-turn").symlink_to(str(ended.pid))
    assert checkout.make() == 0


# It says what is wrong


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            '[ "$1" = -m ] || case $2 in *"<"*) exit 1 ;; *) echo "Python 3.9" ;; esac',
            "Python 3.11 or newer is needed, and",
        ),
        (f'case $2 in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"', "Python's venv module is missing"),
    ],
    ids=["too old", "no venv"],
)
def test_a_python_that_will_not_do_is_told(checkout, tmp_path, script, said):
    assert checkout.make(PYTHON=program(tmp_path / "odd", script)) != 0
    assert said in checkout.said
    assert not (checkout.home / ".venv").exists()


def test_a_python_that_is_not_there_is_told(checkout):
    assert checkout.make(PYTHON="python2.99") != 0
    assert "Python 3.11 or newer is needed, and there is no python2.99" in checkout.said


def test_a_dead_proxy_is_not_taken_for_a_wrong_pin(checkout):
    nowhere = {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_RETRIES": "1", "HTTPS_PROXY": "http://127.0.0.1:9"}
    assert checkout.make(**nowhere) != 0
    assert "No package index answers" in checkout.said


def test_a_pin_that_nobody_has_is_told(checkout):
    lock = checkout.home / "requirements.txt"
    lock.write_text(lock.read_text().replace("oil==1.0", "oil==3.0"))
    assert checkout.make() != 0
    assert "oil==3.0" in checkout.said
    assert "The package index answers, but lacks a version that requirements.txt pins" in checkout.said


def test_a_download_that_is_not_what_is_pinned_is_told(checkout):
    lock = checkout.home / "requirements.txt"
    lock.write_text(
        "".join(f"{line[: line.index('sha256:')]}sha256:{'0' * 64}\n" for line in lock.read_text().splitlines())
    )
    assert checkout.make() != 0
    assert "A download is not what requirements.txt pins" in checkout.said


def test_a_pin_without_a_hash_is_refused(checkout):
    (checkout.home / "requirements.txt").write_text("oil==1.0\n")
    assert checkout.make() != 0
    assert "Hashes are required" in checkout.said


def test_pins_that_do_not_fit_together_are_told(checkout, packages):
    checkout.pin("requirements.txt", packages["lantern-1.0"])
    assert checkout.make() != 0
    assert "or it does not fit together" in checkout.said
    assert "lantern 1.0 requires lamp, which is not installed" in checkout.said


# The pins of this checkout


def test_what_is_tested_is_what_runs():
    runs, benched, tested = (pinned(HOME / lock) for lock in LOCKS)
    assert runs.items() <= benched.items() <= tested.items()
    assert pinned(HOME / ".ci/requirements.txt").items() <= tested.items()


@pytest.mark.parametrize("lock", [*LOCKS, ".ci/requirements.txt"])
def test_a_lock_names_no_machine(lock):
    assert "//" not in (HOME / lock).read_text("utf-8")

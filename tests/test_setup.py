"""`make setup` installs what is pinned, whatever else there is, heals, and says what is wrong."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import Checkout, Packages, cloned, program, release
from tests.wheelhouse import HOME, LOCKS, pinned


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    return release(tmp_path_factory.mktemp("wheelhouse"))


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, packages: Packages) -> Checkout:
    """As it was cloned; each test has a copy."""
    return cloned(tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("outside"), packages)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every checkout lies, since a .venv knows its folder."""
    return tmp_path_factory.mktemp("place") / "a checkout"


@pytest.fixture
def checkout(clone: Checkout, place: Path) -> Iterator[Checkout]:
    shutil.copytree(clone.home, place)
    yield Checkout(place, clone.environment)
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def made(clone: Checkout, place: Path) -> Path:
    """What `make setup` makes."""
    shutil.copytree(clone.home, place)
    assert Checkout(place, clone.environment).make() == 0
    shutil.move(place / ".venv", clone.home.with_name("made"))
    shutil.rmtree(place)
    return clone.home.with_name("made")


@pytest.fixture
def ready(made: Path, checkout: Checkout) -> Checkout:
    """A checkout after `make setup`."""
    shutil.copytree(made, checkout.home / ".venv", symlinks=True)
    return checkout


RUNS = ["lamp-1.0", "lantern-1.0", "oil-1.0"]


# What is installed


def test_what_is_pinned_is_installed_although_newer_releases_exist(checkout, tmp_path):
    slow = program(tmp_path / "slow", f'[ "$2" != venv ] || sleep 5; exec {sys.executable} "$@"')
    assert checkout.make(PYTHON=slow, PYTHONPATH="") == 0
    assert checkout.installed == RUNS
    begins = (
        r"Setting up \.venv with 3 pinned packages \(run\) \.\.\.\n  [5-9] s, "  # five, if nothing else is done here
    )
    assert re.match(begins, checkout.said)
    assert "Ready after " in checkout.said
    assert list(checkout.home.glob(".venv-*")) == []


def test_once_it_is_ready_nothing_is_said_or_done(ready):
    (ready.home / ".venv/log").unlink()
    assert (ready.make(), ready.said, (ready.home / ".venv/log").exists()) == (0, "", False)


def test_tests_add_their_own_and_hold_all_that_runs(ready):
    assert (ready.make("setup-test"), ready.installed) == (0, ["ladder-1.0", *RUNS])
    assert "anew" not in ready.said
    assert [(ready.make(target), ready.said) for target in ("setup", "setup-bench")] == [(0, ""), (0, "")]


# It heals


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
        (python_is_gone, "its Python is gone"),
        (another_python, "it was made by Python 3.9"),
        (other_pins, "its folder or the pins have changed"),
        (another_folder, "its folder or the pins have changed"),
    ],
)
def test_what_cannot_be_trusted_is_made_anew(ready, happens, reason):
    (ready.home / ".venv/left").touch()
    happens(ready)
    assert ready.make() == 0
    assert ready.said.startswith(f"Making .venv anew: {reason}.\n")
    assert (ready.installed, (ready.home / ".venv/left").exists()) == (RUNS, False)


def test_what_failed_half_way_is_made_anew(ready):
    assert ready.make("setup-test", PIP_FIND_LINKS="") != 0
    assert (ready.make(), ready.installed) == (0, RUNS)
    assert ready.said.startswith("Making .venv anew: it was never finished.\n")


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


@pytest.mark.parametrize("lock", [*LOCKS, ".ci/requirements.txt", "docs/site/requirements.txt"])
def test_a_lock_names_no_machine(lock):
    assert "//" not in (HOME / lock).read_text("utf-8")

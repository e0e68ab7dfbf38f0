"""What a run of the tests says of itself: a hang is a red with a name, and what was left out is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
PAGE = "tests/browser/test_page_look.py::test_keys_are_enough"


def run(*what: str, **settings: str) -> tuple[int, str]:
    """Exit code and what is said, under xdist and as briefly as can be."""
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "-q", "-n", "1", "-p", "no:cacheprovider", *what]
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "CHROMIUM")}
    ended = subprocess.run(
        command,
        cwd=HOME,
        env=environment | {"COLUMNS": "200"} | settings,
        text=True,
        stdout=subprocess.PIPE,
        check=False,
    )
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("wait", ["async def test_it(): await asyncio.Event().wait()", "def test_it(): time.sleep(99)"])
def test_a_hang_is_a_red_with_a_name(tmp_path, wait):
    (tmp_path / "test_hang.py").write_text(f"import asyncio\nimport time\n\n\n{wait}\n")
    code, said = run(str(tmp_path / "test_hang.py"), "--rootdir", str(tmp_path), "-o", "timeout=1")
    assert code == 1
    assert "test_hang.py::test_it - Failed: Timeout (>1.0s)" in said


def test_every_test_has_a_limit(request):
    assert 0 < float(request.config.getini("timeout")) <= 120


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, (0, "1 left out: there is")),
        ({"CI": "true"}, (1, f"ERROR {PAGE} - Failed")),
    ],
    ids=["here", "CI"],
)
def test_without_a_browser_it_is_said_what_was_left_out(tmp_path, settings, expected):
    code, said = run(PAGE, PATH=str(tmp_path), **settings)
    assert (code, expected[1] in said) == (expected[0], True)
    assert "there is no Chromium" in said

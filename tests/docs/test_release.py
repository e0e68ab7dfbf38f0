"""What is done where the code is hosted: each command that a workflow or a hook types is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent.parent
TYPED = [*(HOME / ".github/workflows").glob("*.yml"), HOME / ".pre-commit-config.yaml"]
TARGETS = set(re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("file", TYPED, ids=lambda file: file.name)
def test_what_is_typed_is_there(file):
    text = file.read_text("utf-8")
    made = {target for words in re.findall(r"(?:run: |&& )make ([a-z -]+)", text) for target in words.split()}
    scripts = set(re.findall(r"(?:run: )(\.ci/\w+)", text))
    tools = set(re.findall(r"\.venv/bin/([\w-]+)", text))
    gate = (HOME / "Makefile").read_text("utf-8")
    assert made <= TARGETS
    assert all((HOME / script).exists() for script in scripts)
    assert all(f"$(BIN)/{tool}" in gate for tool in tools)


@pytest.mark.parametrize("name", ["ci.yml", "release.yml"])
def test_the_gate_runs_where_it_can_fetch_what_it_needs(name):
    """As root on a Debian; elsewhere a browser, a voice or a key that is missing would fail it."""
    jobs = re.split(r"^  (?=\w+:$)", (HOME / ".github/workflows" / name).read_text("utf-8"), flags=re.MULTILINE)
    (gate,) = [job for job in jobs if "run: .ci/run" in job]
    steps = gate[: gate.index("run: .ci/run")]
    assert re.search(r'^    container: "?python:\S+( matrix\.python \S+)?-bookworm"?', gate, re.MULTILINE)
    assert "fetch-depth: 0" in steps
    assert "safe.directory" in steps
    assert "sudo" not in gate


def notes(folder: Path, version: str) -> tuple[int, str]:
    asked = subprocess.run([folder / ".ci/notes", version], capture_output=True, text=True, check=False)
    return asked.returncode, asked.stdout + asked.stderr


def test_notes_are_what_the_changelog_says_of_that_version_alone(tmp_path):
    (tmp_path / ".ci").mkdir()
    shutil.copy(HOME / ".ci/notes", tmp_path / ".ci/notes")
    (tmp_path / "pyproject.toml").write_text('version = "1.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# All\n## Unreleased\n- soon\n## 1.2.0 (a day)\n- more\n## 1.1.0\n- less\n")
    assert notes(tmp_path, "1.2.0") == (0, "- more\n")
    assert notes(tmp_path, "1.1.0") == (1, "pyproject.toml has another version than 1.1.0\n")
    (tmp_path / "CHANGELOG.md").write_text("# All\n## Unreleased\n- soon\n")
    assert notes(tmp_path, "1.2.0") == (1, "CHANGELOG.md says nothing of 1.2.0\n")

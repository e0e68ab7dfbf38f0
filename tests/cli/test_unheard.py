"""What a command says finds nobody, or no room: it ends all the same, and blames nothing else."""

import asyncio
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from storage import district
from tests.copies.filled import fill

READ = ["status", "held", "export", "stuck", "check", "staff list", "config", "district print"]
CLOSED = "exec {command} >&-"
LEFT = "{command} | true; exit ${{PIPESTATUS[0]}}"
# KiB of a file; what was covered is written to one, too.
FEW = "ulimit -f 100; unset COVERAGE_PROCESS_CONFIG; exec {command} | cat; exit ${{PIPESTATUS[0]}}"
FULL = "exec {command} >/dev/full"


async def typed(shell, line: str, command: str) -> tuple[int, str]:
    words = shlex.join((sys.executable, "-m", "bot", *command.split()))
    ended = await asyncio.to_thread(
        subprocess.run, ["bash", "-c", line.format(command=words)], capture_output=True, text=True,
        cwd=shell.folder, env=shell.env | {"TELEGRAM_API_URL": "http://127.0.0.1:9"}, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stderr


@pytest.fixture
async def register(shell):
    await shell.run("migrate")
    return shell


@pytest.mark.parametrize("command", READ)
async def test_who_stops_reading_ends_a_command_which_says_nothing_of_the_database(register, command):
    assert await typed(register, LEFT, command) == (1, "")


@pytest.mark.parametrize("command", ["status", "held", "config"])
async def test_where_nothing_can_be_said_a_command_does_its_work(register, command):
    assert await typed(register, CLOSED, command) == (0, "")


@pytest.mark.parametrize(
    "to, told", [("-", "here: File too large; name a folder with room in TMPDIR"),
                 ("events.csv", "events.csv: File too large; write another file")],
)  # fmt: skip
async def test_where_an_export_finds_no_room_that_place_is_told(register, to, told):
    (there := register.folder / "here").mkdir()
    await fill(url := f"sqlite:///{register.folder}/jekduk.db")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as found:
        columns = [one[1] for one in found.execute("pragma table_info(event)")]
        anew = {"id": "id + n", "version": "version + n"}
        found.execute(
            f"insert into event select {', '.join(anew.get(one, one) for one in columns)}"  # our own
            " from (select * from event limit 1) one, (with recursive many(n) as (select 1000"
            " union all select n + 1 from many where n < 4000) select n from many)"
        )
        found.commit()
    code, said = await typed(register, f"export TMPDIR={there}; {FEW}", f"export {to}")
    assert (code, said.removeprefix(f"{register.folder}/")) == (2, f"{told}\n")


@pytest.mark.parametrize("command", ["status", "held", "export", "district print"])
async def test_a_disk_without_room_for_what_is_said_is_told_as_such(register, command):
    code, said = await typed(register, FULL, command)
    assert (code, said) == (1, "There is no room for what this command prints; send it to a disk with room\n")


async def test_what_is_printed_into_a_file_is_utf_8_wherever_that_is_typed(register):
    line = "PYTHONIOENCODING=latin-1 {command} > printed"
    code, said = await typed(register, line, "district print")
    assert (code, said) == (0, "")
    assert (register.folder / "printed").read_text("utf-8") == district.SHIPPED.read_text("utf-8")

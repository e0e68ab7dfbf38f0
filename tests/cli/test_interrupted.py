"""Ctrl-C, at any moment: the code of it, and no traceback."""

import asyncio
import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import threading
from asyncio.subprocess import PIPE, STDOUT
from datetime import date
from typing import Any

import pytest

from bot import database
from bot.config import Settings
from storage.district import days_off
from tests.copies import keys
from tests.town import TUESDAY, WORKFLOW

# Somebody presses it while a module is being imported.
TYPED = """
import os, signal, sys

class Pressed:
    def find_spec(self, name, *_):
        if name == {during!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Pressed())
from bot.__main__ import main
main()
"""
MOMENTS = {"click": "check", "bot.config": "check", "uvloop": "check", "bot.cli.check": "check", "aiosqlite": "run"}
# How a key of age begins that a passphrase locks.
LOCKED = "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\n" + "A" * 43 + "\n--- " + "A" * 43 + "\n"
UGLY = (b"Traceback", b"Exception", b"Warning", b"Aborted")


@pytest.mark.parametrize("during", MOMENTS)
async def test_ctrl_c_ends_a_command_without_a_traceback_whatever_is_being_loaded(shell, during):
    settings = {"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    words = [sys.executable, "-c", TYPED.format(during=during), MOMENTS[during]]
    ended = await asyncio.to_thread(
        subprocess.run, words, capture_output=True, cwd=shell.folder, env=shell.env | settings, timeout=60
    )
    assert (ended.returncode, [word for word in UGLY if word in ended.stderr]) == (130, [])


async def test_ctrl_c_at_a_question_ends_it_at_once(shell):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "init", cwd=shell.folder, env=shell.env, stdin=PIPE, stdout=PIPE, stderr=STDOUT
    )
    shell.started.append(process)
    assert process.stdout
    async with asyncio.timeout(20):
        await process.stdout.readuntil(b"not shown")
        process.send_signal(signal.SIGINT)
        said = await process.stdout.read()
    assert (await process.wait(), b"Traceback" in said, [*shell.folder.iterdir()]) == (130, False, [])


async def test_ctrl_c_at_a_passphrase_leaves_the_terminal_as_it_was(shell):
    key = keys.of_age(shell.folder / "key.txt")
    (shell.folder / "locked.age").write_text(LOCKED)
    await shell.run("migrate")
    await shell.run("backup", "one.db", BACKUP_RECIPIENT=key.public)
    typed, terminal = pty.openpty()
    before = termios.tcgetattr(terminal)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "restore", "one.db.age", "--identity", "locked.age",
        cwd=shell.folder, env=shell.env, stdin=terminal, stdout=terminal, stderr=terminal,
        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(terminal, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    shell.started.append(process)
    async with asyncio.timeout(30):
        while termios.tcgetattr(terminal) == before:  # noqa: ASYNC110  # a terminal has no event to wait for
            await asyncio.sleep(0.01)
        os.write(typed, b"\x03")
        code = await process.wait()
    assert (code, termios.tcgetattr(terminal)) == (130, before)
    os.close(typed)
    os.close(terminal)


async def test_who_is_told_to_stop_while_a_database_is_migrated_leaves_no_thread_behind(tmp_path, monkeypatch):
    begun, before, migrate = asyncio.Event(), {*threading.enumerate()}, vars(database)["migrate"]

    async def migrating(*of: Any, **how: Any) -> object:
        if how:  # it only looks how far it is
            return await migrate(*of, **how)
        begun.set()
        return await asyncio.Event().wait()

    monkeypatch.setattr(database, "migrate", migrating)
    task = asyncio.create_task(
        database.prepared(Settings(database_url=f"sqlite:///{tmp_path}/new.db"), WORKFLOW, TUESDAY)
    )
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for thread in {*threading.enumerate()} - before:
        thread.join(5)
        assert not thread.is_alive()


def test_who_is_asked_for_the_days_off_does_not_hear_it(tmp_path, monkeypatch):
    library = tmp_path / "library"
    library.write_text(f"#!{sys.executable}\nimport os\nprint('2026-01-01' * (os.getsid(0) == os.getpid()))\n")
    library.chmod(0o700)
    monkeypatch.setattr(sys, "executable", os.fspath(library))
    assert days_off._ask("ID", [2026]) == [date(2026, 1, 1)]

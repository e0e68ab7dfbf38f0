"""A shell, and a pretend Telegram that it reaches."""

import logging
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner

from bot import logs
from bot.cli.main import main
from bot.config import NAMES
from bot.sandbox import Sandbox
from bot.sandbox import Settings as Rules
from bot.sandbox.server import serve
from tests.cli.shell import TOKEN, Shell


@pytest.fixture
async def shell(tmp_path, server):  # what was started ends before the server that it calls
    shell = Shell(tmp_path)
    yield shell
    await shell.close()


@pytest.fixture
def strict_shell(shell):
    """One in which the modes of files count, also where the tests are run by root."""
    shell.modes_count = True
    return shell


@pytest.fixture
async def server():
    """A pretend Telegram that knows one bot, and its address."""
    sandbox = Sandbox(Rules(tokens=frozenset({TOKEN})))
    sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
    runner = await serve(sandbox, port=0, control_port=0)
    yield sandbox, runner.url
    await runner.close()


@pytest.fixture
def telegram(server):
    return server[0]


@pytest.fixture
def reached(server):
    """The settings with which a bot gets there."""
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server[1]}


@pytest.fixture
def typed(monkeypatch, tmp_path) -> Iterator[Callable[..., tuple[int, str]]]:
    """Types a command in an empty folder, in this very process: exit code and all that was said."""
    for name in (*NAMES, *map(str.lower, NAMES), "DYNO", "WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    before = root.handlers[:], root.level

    def typed(command: str, **settings: str) -> tuple[int, str]:
        result = CliRunner(env=settings).invoke(main, command.split())
        assert "Traceback" not in result.output
        return result.exit_code, result.output

    yield typed
    root.handlers[:], root.level = before
    for name in (*logs.OURS, *logs.QUIET, "apscheduler"):
        logging.getLogger(name).setLevel(logging.NOTSET)

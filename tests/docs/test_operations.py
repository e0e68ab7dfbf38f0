"""docs/operations.md is done to the letter, on a machine whose packages, users and supervisor are stood in for."""

import re
import shlex
from pathlib import Path

import pytest
from click import Command, Context, Group
from click.exceptions import Exit

from bot.cli.main import main
from tests import postgres
from tests.cli.conftest import reached, server, shell, telegram
from tests.cli.shell import TOKEN
from tests.docs.machine import Machine
from tests.web.serving import free_port

__all__ = ["reached", "server", "shell", "telegram"]

DOCS = Path(__file__).parent.parent.parent / "docs"
OPERATIONS = (DOCS / "operations.md").read_text("utf-8")
BLOCKS: list[str] = re.findall(r"^```sh\n(.*?)^```", OPERATIONS, re.MULTILINE | re.DOTALL)
INLINE = re.findall(r"`([^`\n]*)`", OPERATIONS)
TYPED = re.compile(r"(?:^|/|\s|--\s)jekduk ((?!jekduk)[a-z][^`#>|&]*)")


def typed() -> set[str]:
    lines = [line for block in BLOCKS for line in block.splitlines()] + INLINE
    return {found.strip() for line in lines for found in TYPED.findall(line.partition("    #")[0])}


@pytest.mark.parametrize("line", sorted(typed()))
def test_every_command_that_is_named_can_be_typed(line):
    command: Command = main
    context, words = Context(main), shlex.split(line.replace("NUMBER", "7"))
    while isinstance(command, Group) and words:
        found = command.get_command(context, words.pop(0))
        assert found, line
        command, context = found, Context(found, parent=context)
    try:
        command.make_context(line, words, parent=context.parent)
    except Exit:
        pytest.fail(line)


def block(words: str) -> str:
    """The one block in which these stand."""
    [found] = [block for block in BLOCKS if words in block]
    return found


@pytest.fixture
def machine(tmp_path, shell):
    return Machine(tmp_path / "machine", shell)


async def test_a_strangers_first_day(machine, shell, reached):
    api = {"TELEGRAM_API_URL": reached["TELEGRAM_API_URL"], "PORT": str(free_port())}
    assert "https://t.me/jekduk_bot?start=i_" in await machine.types(block("pip install jekduk"), f"{TOKEN}\n\n", **api)
    await machine.types(block("files jekduk.service"))
    assert "WatchdogSec=60" in (machine.root / "etc/systemd/system/jekduk.service").read_text()
    assert "i_" in await machine.types(block("jekduk@.service"), f"{TOKEN}\n\n", **api)
    assert (machine.root / "var/lib/jekduk-doro/.env").exists()
    await machine.types(block("files compose.yaml"))
    assert "postgres:17" in (machine.home / "compose.yaml").read_text()
    await machine.types("jekduk backup /backup/jekduk-20261124T171500Z-710000000.db")
    assert "restored" in await machine.types(block("jekduk restore"))
    async with postgres.database() as url:
        there = block("createdb").replace("postgresql://jekduk:password@host/jekduk", url)
        assert "applied: 1" in await machine.types(there)
        [move] = {line for line in typed() if line.startswith("move-to postgresql")}
        there = f"jekduk {move}".replace("postgresql://jekduk@host/jekduk", url)
        assert "copied and compared" in await machine.types(there)
        assert "postgresql" in await machine.types("jekduk status", DATABASE_URL=url)


def test_no_block_is_left_out():
    done = (
        "pip install",
        "files jekduk.service",
        "files jekduk@.service",
        "files compose.yaml",
        "jekduk restore",
        "createdb",
        "honcho start",
    )
    assert [found for found in BLOCKS if not any(words in found for words in done)] == []

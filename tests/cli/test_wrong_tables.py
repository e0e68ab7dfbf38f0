"""A register whose tables somebody changed by hand is told in a sentence, by every command and at a start."""

import sqlite3
from contextlib import closing

import pytest

from bot import database
from bot.config import Settings, WrongSettings
from storage import open_storage
from tests.cli.shell import TOKEN
from tests.town import TUESDAY, WORKFLOW

COMMANDS = [
    "check", "check --mend", "migrate", "status", "backup one.db", "restore one.db", "stuck", "stuck retry all", "held",
    "export -", "staff list", "systems list", "affected --since 2026-01-01", "move-to sqlite:///other.db",
    "reserve 234567890123 --village Tlogopakis", "print board --village Simego --out board.pdf",
]  # fmt: skip
HARM = {
    "lost": "drop table lease",
    "renamed": "alter table outbox rename column due_at to until",
    "no-book": "alter table migration rename column version to number",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_of_it_and_what_to_do(typed, tmp_path, harm, command):
    assert [typed(made)[0] for made in ("migrate", "backup one.db")] == [0, 0]
    with closing(sqlite3.connect(tmp_path / "jekduk.db")) as register:
        register.execute(harm)
    code, said = typed(command, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL="http://127.0.0.1:9")
    assert (code, "its tables are not those that the bot made: " in said) == (2, True)
    assert "put a backup in its place with the command restore" in said


@pytest.mark.parametrize("command", ["adopt", "invite head"])
async def test_a_command_that_asks_telegram_first_tells_of_it_too(shell, reached, command):
    assert (await shell.run("migrate"))[0] == 0
    with closing(sqlite3.connect(shell.folder / "jekduk.db")) as register:
        register.execute(HARM["lost"])
    code, said = await shell.run(*command.split(), **reached)
    assert (code, "its tables are not those that the bot made: no such table: lease" in said) == (2, True)


@pytest.mark.parametrize(
    "harm",
    [*HARM.values(), *(f"delete from migration where version > {last}" for last in (44, 41))],
    ids=[*HARM, "column-is-there", "table-is-there"],
)
async def test_a_start_tells_of_it_on_either_engine(database_url, harm):
    register = await open_storage(database_url)
    async with register.transaction() as tx:
        await tx.script(harm)
    await register.close()
    with pytest.raises(WrongSettings, match=r"its tables are not those that the bot made: .*; put that right, or "):
        await database.awaited(Settings(database_url=database_url), WORKFLOW, lambda: TUESDAY)

"""A register that a command refuses to touch stays as it was, and at the version that it had: it may be another bot's,
of an older release.
"""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot import database
from bot.cli.register.backup import backup
from bot.cli.register.move import move
from bot.cli.register.restore import restore
from bot.config import Secret, Settings, WrongSettings
from storage import migrate, open_storage, people
from storage.db import leases, owner
from tests import postgres
from tests.town import TUESDAY, migrated

OLDER, OURS, THEIRS = 40, 8, 7
TOKEN = f"{OURS}:AAsome-token"


@pytest.fixture
async def ours(tmp_path):
    """Settings with a register, and a backup of it."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/ours.db", telegram_bot_token=Secret(TOKEN))
    await migrated(settings.database_url)
    await backup(settings, tmp_path / "ours.backup.db", None, 9, TUESDAY)
    return settings


@pytest.fixture(params=["sqlite", "postgres"])
async def onto(request, tmp_path, ours):
    """The same settings with another database, of each engine in turn."""
    if request.param == "sqlite":
        yield replace(ours, database_url=f"sqlite:///{tmp_path}/other.db")
        return
    async with postgres.database() as url:
        yield replace(ours, database_url=url, backup_dir=tmp_path)


async def made(settings: Settings, *, version: int = OLDER, bot: int = OURS, leader: str = "") -> None:
    register = await open_storage(settings.database_url)
    await migrate(register, TUESDAY, upto=version)
    async with register.transaction() as tx:
        await owner.claim(tx, bot)
        await people.follow(tx, 101, "563185915492", None, "id", known=False, now=TUESDAY)
        if leader:
            await leases.take(tx, "lead", leader, await tx.clock(), 15)
    await register.close()


async def version(settings: Settings) -> int:
    async with database.opened(settings) as register:
        return (await database.version(register, TUESDAY))[0]


@pytest.mark.parametrize("dry", [False, True])
async def test_a_backup_is_not_restored_in_the_place_of_another_bots_register(onto, tmp_path, dry):
    await made(onto, bot=THEIRS)
    with pytest.raises(WrongSettings, match="the database is bot 7's"):
        await restore(onto, tmp_path / "ours.backup.db", TUESDAY, dry=dry)
    assert await version(onto) == OLDER


async def test_beside_a_bot_that_runs_nothing_is_brought_up(onto, tmp_path):
    await made(onto, leader="somebody")
    with pytest.raises(WrongSettings, match="the bot is running"):
        await restore(onto, tmp_path / "ours.backup.db", TUESDAY)
    assert await version(onto) == OLDER


@pytest.mark.parametrize("before", [0, OLDER])
async def test_to_ask_what_a_restore_would_do_changes_nothing(onto, tmp_path, before):
    if before:
        await made(onto)
    else:
        assert await version(onto) == 0
    assert "nothing was changed" in await restore(onto, tmp_path / "ours.backup.db", TUESDAY, dry=True)
    assert await version(onto) == before
    assert "restored" in await restore(onto, tmp_path / "ours.backup.db", TUESDAY)


async def test_a_register_is_not_moved_onto_one_of_an_older_version(ours, onto):
    await made(onto, bot=THEIRS)
    with pytest.raises(WrongSettings, match=r"there is a register already at that address \(.*person"):
        await move(ours, onto.database_url, TUESDAY)
    assert await version(onto) == OLDER


@pytest.mark.parametrize(
    "command",
    [
        "affected --since 2026-11-24", "district move at_registry ready_at_district", "district rename old tlogopakis",
        "export", "held", "move-to sqlite:///other.db", "reserve 234567890123 --village Tlogopakis",
        "staff dismiss 1", "staff list", "status", "stuck", "stuck retry all", "stuck retry away", "systems add radio",
        "systems list", "systems revoke radio",
    ],
)  # fmt: skip
def test_what_works_on_a_register_asks_whose_it_is(typed, tmp_path, command):
    assert typed("migrate")[0] == 0
    with closing(sqlite3.connect(tmp_path / "jekduk.db")) as register, register:
        register.execute(f"insert into mark (name, at) values ('bot', {THEIRS})")
    code, said = typed(command, TELEGRAM_BOT_TOKEN=TOKEN)
    assert (code, f"the database is bot {THEIRS}'s" in said) == (2, True)

"""The register, opened: what may pass is waited for, what somebody must mend is told, what is gone ends the process."""

import asyncio
import errno
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import asyncpg
import pytest

from bot import app, database
from bot.config import Secret, Settings, WrongSettings
from bot.database import meaning, sqlite_file
from bot.database.meaning import Away
from bot.lease import Lease
from handlers.wording.layout import grouped
from storage import Storage, marks, migrate
from storage.copies import backups
from storage.db.migrate import available
from tests import pooler, postgres
from tests.storage.conftest import run
from tests.town import TUESDAY, WORKFLOW, Town, migrated


def on(file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{file}")


def sqlite_error(name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorname, error.sqlite_errorcode = name, getattr(sqlite3, name)
    return error


@pytest.mark.parametrize(
    "error, kind",
    [
        pytest.param(sqlite_error("SQLITE_BUSY"), Away, id="locked"),
        pytest.param(sqlite_error("SQLITE_FULL"), Away, id="full"),
        pytest.param(sqlite_error("SQLITE_IOERR"), Away, id="disk"),
        pytest.param(sqlite_error("SQLITE_CANTOPEN"), Away, id="no-more-files"),
        pytest.param(sqlite_error("SQLITE_READONLY"), WrongSettings, id="read-only"),
        pytest.param(sqlite_error("SQLITE_NOTADB"), WrongSettings, id="no-database"),
        pytest.param(sqlite_error("SQLITE_CORRUPT"), WrongSettings, id="corrupt"),
    ],
)
def test_of_sqlites_troubles_some_pass(tmp_path, error, kind):
    found = meaning.trouble(on(tmp_path / "a.db"), error)
    assert type(found) is kind
    assert "what SQLite says SQLITE_" in str(found)


def test_of_a_file_that_is_damaged_it_is_told_to_put_a_backup_back(tmp_path):
    found = meaning.trouble(on(tmp_path / "a.db"), sqlite_error("SQLITE_CORRUPT"))
    assert "put a backup in its place" in str(found)


def test_of_a_file_that_another_program_locks_it_is_told_to_end_that(tmp_path):
    found = meaning.trouble(on(tmp_path / "a.db"), sqlite_error("SQLITE_BUSY"))
    assert "which other program has it open" in str(found)


def test_a_disk_that_can_only_be_read_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    with pytest.raises(WrongSettings, match=r"can only be read.*mount it for writing"):
        sqlite_file.look_at(on(tmp_path / "a.db"))


def test_a_disk_that_can_only_be_read_since_it_failed_is_told(tmp_path):
    found = meaning.trouble(on(tmp_path / "a.db"), OSError(errno.EROFS, "Read-only file system"))
    assert type(found) is WrongSettings
    assert "mount it for writing" in str(found)


async def test_a_file_that_somebody_emptied_is_made_anew_and_that_is_told(tmp_path, caplog):
    (tmp_path / "a.db").touch()
    await (await database.prepared(on(tmp_path / "a.db"), WORKFLOW, TUESDAY)).close()
    assert "a new database is made" in caplog.text


@pytest.mark.parametrize(
    "url, kind, told",
    [
        pytest.param("postgresql://u@127.0.0.1:9/x", Away, "host and port are right", id="refused"),
        pytest.param("postgresql://u@/x?host=/nowhere", Away, "host and port are right", id="no-socket"),
        pytest.param("postgresql://u@h/x?sslmode=never", WrongSettings, "whether user, password", id="no-such-option"),
    ],
)
async def test_of_a_servers_troubles_some_pass(url, kind, told):
    with pytest.raises(WrongSettings, match=told) as wrong:
        await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)
    assert type(wrong.value) is kind


async def test_a_variable_that_was_not_looked_at_is_no_reason(monkeypatch):
    monkeypatch.setenv("PGSSLROOTCERT", "/no/root.crt")
    with pytest.raises(Away, match="see whether the server runs"):
        await database.prepared(Settings(database_url="postgresql://u@127.0.0.1:9/x"), WORKFLOW, TUESDAY)


@pytest.mark.parametrize("change", ["/jekduk_no_such_database", "/template0"])
async def test_a_database_of_a_server_that_cannot_be_had_is_told(change):
    async with postgres.database() as url:
        name = url.partition("?")[0].rpartition("/")[2]
        wrong = Settings(database_url=url.replace(f"/{name}", change))
        with pytest.raises(WrongSettings, match="the database cannot be used") as told:
            await database.prepared(wrong, WORKFLOW, TUESDAY)
    assert (type(told.value) is Away) == (change == "/template0")


@pytest.mark.parametrize("in_turn", [False, True])
async def test_behind_a_pooler_that_shares_connections_the_bot_works(in_turn):
    async with postgres.database(migrated) as url, pooler.before(url, in_turn=in_turn) as pooled:
        register = await database.prepared(Settings(database_url=pooled), WORKFLOW, TUESDAY)
        async with working(register) as town:
            (card, _) = await town.files("KK", "AKL")
            asking = [town.sari.says(card.number), town.emma.says(card.number), town.warni.says("/tugas")]
            answers = await asyncio.gather(*asking)
            await town.warni.taps("Bawa ke kecamatan (2)")
            await town.warni.taps("✅ Bawa ke kecamatan (2)")
            assert await Lease(town.services).take() is False
        assert register.is_shared
        assert all(grouped(card.number) in answer for answer in answers[:2])


async def test_a_pooler_need_not_pass_on_what_the_server_says_of_itself():
    async with postgres.database(migrated) as url, pooler.before(url, says=False) as pooled:
        register = await database.prepared(Settings(database_url=pooled), WORKFLOW, TUESDAY)
        await register.close()


async def test_what_is_prepared_is_kept_where_no_pooler_is():
    async with postgres.database() as url:
        register = await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)
        assert not register.is_shared
        await register.close()


async def test_a_pooler_with_a_single_connection_is_told(monkeypatch):
    monkeypatch.setattr(database, "HANGS", 0.3)
    async with postgres.database(migrated) as url, pooler.before(url, size=1) as pooled:
        with pytest.raises(WrongSettings, match="too few connections"):
            await database.prepared(Settings(database_url=pooled), WORKFLOW, TUESDAY)


@asynccontextmanager
async def working(register: Storage) -> AsyncIterator[Town]:
    """A town with its bot at work on a register."""
    town = Town(register, WORKFLOW)
    await town.start()
    try:
        yield town
    finally:
        await town.stop()
        await register.close()


async def test_whoever_may_make_no_tables_is_told():
    async with postgres.database() as url, postgres.role(url) as (_, theirs):
        with pytest.raises(WrongSettings, match="let the user make tables"):
            await database.prepared(Settings(database_url=theirs), WORKFLOW, TUESDAY)


async def test_a_database_that_cannot_hold_every_letter_is_told():
    async with postgres.database() as url:
        name = url.partition("?")[0].rpartition("/")[2]
        connection = await asyncpg.connect(url)
        await connection.execute(f"create database {name}_latin template template0 encoding 'latin1' locale 'C'")
        await connection.close()
        latin = url.replace(name, f"{name}_latin")
        try:
            with pytest.raises(WrongSettings, match=r'encoding "LATIN1".*-E UTF8'):
                await database.prepared(Settings(database_url=latin), WORKFLOW, TUESDAY)
        finally:
            await postgres.drop(latin)


async def test_a_user_that_is_not_let_in_is_told():
    async with postgres.database() as url:
        wrong = Settings(database_url=url.replace("postgres:@", "nobody_here@"))
        with pytest.raises(WrongSettings, match="whether user, password and name are right") as refused:
            await database.prepared(wrong, WORKFLOW, TUESDAY)
    assert type(refused.value) is WrongSettings


async def test_tables_of_another_program_are_told():
    async with postgres.database() as url:
        connection = await asyncpg.connect(url)
        await connection.execute("create table person (name text)")
        await connection.close()
        with pytest.raises(WrongSettings, match="that no other program uses"):
            await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)


async def test_an_option_that_the_server_does_not_know_is_told():
    async with postgres.database() as url:
        with pytest.raises(WrongSettings, match="leave out the option behind"):
            await database.prepared(Settings(database_url=f"{url}&channel_binding=require"), WORKFLOW, TUESDAY)


async def test_what_passes_is_waited_for(tmp_path, monkeypatch, caplog):
    await migrated(f"sqlite:///{tmp_path}/a.db")
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    monkeypatch.setattr("storage.db.sqlite._PRAGMAS", ("pragma busy_timeout = 10", "pragma journal_mode = wal"))
    other.execute("begin immediate")
    waiting = asyncio.create_task(database.awaited(on(tmp_path / "a.db"), WORKFLOW, lambda: TUESDAY))
    while not caplog.records:  # noqa: ASYNC110  # a log has no event to wait for
        await asyncio.sleep(0.01)
    other.execute("rollback")
    await (await asyncio.wait_for(waiting, 10)).close()
    assert "database is locked" in caplog.records[0].__dict__["reason"]


async def test_a_database_that_is_lost_as_soon_as_it_is_open_is_waited_for(monkeypatch, caplog):
    async with postgres.database(migrated) as url:
        settings = Settings(telegram_bot_token=Secret("1:token"), database_url=url)
        register = await database.prepared(settings, WORKFLOW, TUESDAY)
        await run(url, "alter table closure rename to lost")

        async def open_by_then(*_: object) -> Storage:
            return register

        monkeypatch.setattr(database, "awaited", open_by_then)
        monkeypatch.delattr(app, "ServerClient")
        starting = asyncio.create_task(app.run(settings))
        while not any(record.message == "database trouble" for record in caplog.records):
            assert not starting.done() or starting.result()
            await asyncio.sleep(0.01)
        await run(url, "alter table lost rename to closure")
        with pytest.raises(NameError, match="ServerClient"):  # the next that is made
            await asyncio.wait_for(starting, 30)


@pytest.mark.parametrize("forgetful", [True, False])
async def test_a_server_whose_crash_may_lose_what_was_committed_is_told(caplog, forgetful):
    async with postgres.database(migrated) as url:
        name = url.partition("?")[0].rpartition("/")[2]
        await run(url, f"alter database {name} set synchronous_commit = {'off' if forgetful else 'on'}")
        await (await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)).close()
        [told] = [one.__dict__["set"] for one in caplog.records if "crash" in one.message]  # of the tests' fsync
    assert ("synchronous_commit = off" in told) is forgetful


async def test_a_socket_that_is_not_there_yet_is_waited_for(caplog):
    async with postgres.database(migrated) as url:
        async with postgres.outage(url):
            settings = Settings(database_url=url)
            waiting = asyncio.create_task(database.awaited(settings, WORKFLOW, lambda: TUESDAY))
            while not caplog.records:  # noqa: ASYNC110  # a log has no event to wait for
                await asyncio.sleep(0.01)
        await (await asyncio.wait_for(waiting, 30)).close()
    assert "see whether the server runs" in caplog.records[0].__dict__["reason"]


@pytest.mark.parametrize("left", [None, b""], ids=["gone", "emptied"])
async def test_none_is_begun_anew_while_there_are_backups_of_one(tmp_path, left):
    file, kept = tmp_path / "a.db", tmp_path / "kept"
    settings = Settings(database_url=f"sqlite:///{file}", backup_dir=kept)
    await (await database.prepared(settings, WORKFLOW, TUESDAY)).close()
    await backups.backup_into(settings.database_url, kept, 2, TUESDAY)
    file.unlink()
    if left is not None:
        file.write_bytes(left)
    with pytest.raises(WrongSettings, match=r"nothing in .*a.db, and backups .* in .*kept; mount its disk, or restore"):
        await database.prepared(settings, WORKFLOW, TUESDAY)
    assert not file.exists() or file.read_bytes() == b""
    await migrated(settings.database_url)
    await (await database.prepared(settings, WORKFLOW, TUESDAY)).close()


async def test_on_a_server_none_is_begun_anew_either(tmp_path):
    async with postgres.database(migrated) as url, postgres.database() as empty:
        await backups.backup_into(url, tmp_path, 2, TUESDAY)
        with pytest.raises(WrongSettings, match="nothing in the database, and backups"):
            await database.prepared(Settings(database_url=empty, backup_dir=tmp_path), WORKFLOW, TUESDAY)


async def test_a_backup_that_was_copied_beside_the_log_of_what_was_there_before_is_told(tmp_path):
    settings, log = on(tmp_path / "jekduk.db"), tmp_path / "jekduk.db-wal"
    async with database.opened(settings) as register:
        await migrate(register, TUESDAY)
        await backups.backup(settings.database_url, tmp_path / "kept.db", TUESDAY)
        async with register.transaction() as tx:
            await marks.mark(tx, "later", TUESDAY)
        left = log.read_bytes()  # as a kill leaves it
    (tmp_path / "kept.db").replace(tmp_path / "jekduk.db")
    log.write_bytes(left)
    with pytest.raises(WrongSettings, match=r"another register .*; delete jekduk.db-wal and jekduk.db-shm"):
        async with database.opened(settings):
            pass
    log.unlink()
    async with database.opened(settings) as register:
        assert await database.version(register, TUESDAY) == (available()[-1][0],) * 2

"""What a database says to an address is told in its own words, with what they ask for."""

import errno
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot import database
from bot.config import Settings, WrongSettings
from bot.database import meaning, sqlite_file
from bot.database.disk import BEGINS
from bot.database.meaning import Away
from tests import postgres
from tests.storage.conftest import run
from tests.test_database import on, sqlite_error
from tests.town import TUESDAY, WORKFLOW

NotLetIn = asyncpg.InvalidAuthorizationSpecificationError
NO_ENTRY = 'no pg_hba.conf entry for host "10.0.0.1", user "jek", database "db"'


@pytest.mark.parametrize(
    "option",
    ["timezone=Mars", "client_encoding=foo", "statement_timeout=soon", "options=-c%20foo", "shared_buffers=1GB"],
)
async def test_a_value_that_the_server_does_not_take_is_told_and_not_waited_for(option):
    async with postgres.database() as url:
        with pytest.raises(WrongSettings, match=r"leave out, or mend, what stands behind the \?") as refused:
            await database.prepared(Settings(database_url=f"{url}&{option}"), WORKFLOW, TUESDAY)
    assert type(refused.value) is WrongSettings


@pytest.mark.parametrize("option", ["role=postgres", "log_statement=all"])
async def test_an_option_that_the_user_may_not_set_is_told(option):
    async with postgres.database() as url, postgres.role(url) as (_, theirs):
        with pytest.raises(WrongSettings, match=r"permission denied .*leave out what is named behind the \?"):
            await database.prepared(Settings(database_url=f"{theirs}&{option}"), WORKFLOW, TUESDAY)


async def test_a_database_that_lets_the_user_in_no_more_is_told():
    async with postgres.database() as url, postgres.role(url) as (_, theirs):
        name = url.partition("?")[0].rpartition("/")[2]
        await run(url, f"revoke connect on database {name} from public")
        with pytest.raises(WrongSettings, match="grant connect on database"):
            await database.prepared(Settings(database_url=theirs), WORKFLOW, TUESDAY)


@pytest.mark.parametrize(
    "option, told",
    [
        ("default_transaction_read_only=on", "name the server that can be written"),
        ("statement_timeout=1", "have whoever looks after the server see why"),
        ("target_session_attrs=standby", "has to be any, primary or read-write"),
    ],
)
async def test_what_a_server_says_that_runs_is_not_blamed_on_host_and_port(option, told):
    async with postgres.database() as url:
        with pytest.raises(Away, match=told):
            await database.prepared(Settings(database_url=f"{url}&{option}"), WORKFLOW, TUESDAY)


@pytest.mark.parametrize(
    "error, kind, told",
    [
        (NotLetIn(f"{NO_ENTRY}, SSL encryption"), WrongSettings, "whether it lets us"),
        (NotLetIn(f"{NO_ENTRY}, SSL on"), WrongSettings, "whether it lets us"),
        (NotLetIn(f"{NO_ENTRY}, SSL off"), WrongSettings, "whether it lets us"),
        (asyncpg.CannotConnectNowError("the SSL library is being loaded"), Away, "have whoever looks after the server"),
        (asyncpg.ObjectNotInPrerequisiteStateError('database "SSLDB" takes none'), Away, "have whoever looks after"),
        (ConnectionError("PostgreSQL server at h:5432 rejected SSL upgrade"), WrongSettings, "whether it speaks TLS"),
    ],
)
def test_what_a_server_says_that_was_reached_is_not_blamed_on_tls(error, kind, told):
    found = meaning.trouble(Settings(database_url="postgresql://h/db"), error)
    assert type(found) is kind
    assert told in str(found)


@pytest.mark.parametrize("ours, theirs", [("postgres:@", "SSLUSER@"), ("/jekduk_", "/SSLDB_")])
async def test_a_user_or_database_with_ssl_in_its_name_is_told_as_any_other(ours, theirs):
    async with postgres.database() as url:
        with pytest.raises(WrongSettings, match=r"SSL.*whether user, password and name are right"):
            await database.prepared(Settings(database_url=url.replace(ours, theirs)), WORKFLOW, TUESDAY)


async def test_a_new_one_is_told_once_it_is_made(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(database, "migrate", full)
    for _ in range(2):
        with pytest.raises(Away):
            await database.prepared(on(tmp_path / "a.db"), WORKFLOW, TUESDAY)
    assert "a new database is made" not in caplog.text


async def full(*_: object, **__: object) -> None:
    raise sqlite_error("SQLITE_FULL")


async def test_whoever_may_not_use_the_tables_that_are_there_is_told_to_own_them():
    async with postgres.database() as url:
        register = await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)
        await register.close()
        async with postgres.role(url) as (name, theirs):
            await run(url, f"grant create on schema public to {name}")
            with pytest.raises(WrongSettings, match=r"permission denied for table .*give the user the tables"):
                await database.prepared(Settings(database_url=theirs), WORKFLOW, TUESDAY)


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_CANTOPEN"])
def test_nobody_is_told_to_name_another_file_where_there_is_a_register(tmp_path, name):
    found = meaning.trouble(on(tmp_path / "a.db"), sqlite_error(name))
    assert "name a file" in str(found)
    (tmp_path / "a.db").write_bytes(BEGINS)
    found = meaning.trouble(on(tmp_path / "a.db"), sqlite_error(name))
    assert "name a file" not in str(found)
    assert "make some room on its disk" in str(found)


def fall_ill(patch: pytest.MonkeyPatch, file: Path) -> None:
    """From now on its disk does not answer for it."""
    stat = Path.stat

    def looked(self: Path, **how: Any) -> Any:
        if self == file:
            raise OSError(errno.EIO, "Input/output error", str(file))
        return stat(self, **how)

    patch.setattr(Path, "stat", looked)


def test_an_ill_disk_is_waited_for_also_where_nobody_can_look_at_the_file(tmp_path, monkeypatch):
    file = tmp_path / "a.db"
    file.write_bytes(BEGINS)
    fall_ill(monkeypatch, file)
    found = meaning.trouble(on(file), sqlite_error("SQLITE_IOERR"))
    assert type(found) is Away
    assert "see what else is wrong there" in str(found)


@pytest.mark.parametrize("look", [sqlite_file.look_at, database.begun_anew])
def test_a_disk_that_is_ill_at_the_first_look_is_waited_for_too(tmp_path, monkeypatch, look):
    fall_ill(monkeypatch, tmp_path / "a.db")
    with pytest.raises(Away, match="Input/output error"):
        look(on(tmp_path / "a.db"))

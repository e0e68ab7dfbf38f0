"""Migrations: in order, each whole or not at all, never backwards, never twice."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from storage import Storage, inbox, marks
from storage.db import migrate
from storage.records import StoredUpdate
from tests import postgres
from tests.storage.cast import NOW, ask

ONE = (1, "create table one (id bigint);\n-- a remark; with a semicolon\ninsert into one values (1)")
TWO = (2, "insert into one values (2);\n  -- another; one\ncreate table two (id bigint)")
BROKEN = (2, "create table two (id bigint); insert into one values (2); insert into nowhere values (1)")


@pytest.fixture
async def empty(engine: str, tmp_path: Path) -> AsyncIterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    async with postgres.database() as url:
        yield url


@pytest.fixture
async def opened(empty: str) -> AsyncIterator[Storage]:
    one = await storage.open_storage(empty)
    yield one
    await one.close()


def ship(monkeypatch: pytest.MonkeyPatch, *steps: tuple[int, str]) -> None:
    monkeypatch.setattr(migrate, "available", lambda: list(steps))


async def applied(opened: Storage) -> list[int]:
    return [version for (version,) in await ask(opened, "select version from migration order by version")]


async def test_an_empty_database_gets_every_migration_once(opened):
    versions = [version for version, _ in migrate.available()]
    assert await migrate.migrate(opened, NOW) == versions == list(range(1, len(versions) + 1))
    assert await migrate.migrate(opened, NOW) == []
    assert await ask(opened, "select distinct applied_at from migration") == [(NOW,)]


async def test_they_are_applied_in_order_from_where_the_database_is(opened, monkeypatch):
    ship(monkeypatch, ONE)
    assert await migrate.migrate(opened, NOW) == [1]
    ship(monkeypatch, ONE, TWO)
    assert await migrate.migrate(opened, NOW) == [2]
    assert await ask(opened, "select id from one order by id") == [(1,), (2,)]


async def test_a_test_can_stop_at_a_version(opened, monkeypatch):
    ship(monkeypatch, ONE, TWO)
    assert await migrate.migrate(opened, NOW, upto=1) == [1]
    assert await migrate.migrate(opened, NOW) == [2]


async def test_a_migration_that_fails_half_way_leaves_nothing(opened, monkeypatch):
    ship(monkeypatch, ONE, BROKEN)
    with pytest.raises(Exception, match="nowhere"):
        await migrate.migrate(opened, NOW)
    assert await applied(opened) == [1]
    assert await ask(opened, "select id from one") == [(1,)]
    ship(monkeypatch, ONE, TWO)
    assert await migrate.migrate(opened, NOW) == [2]


async def test_a_database_newer_than_the_code_is_refused_and_left_alone(opened, monkeypatch):
    ship(monkeypatch, ONE, TWO, (3, "create table three (id bigint)"))
    await migrate.migrate(opened, NOW)
    ship(monkeypatch, ONE, TWO)
    with pytest.raises(migrate.TooNew, match="version 3, this code knows 2"):
        await migrate.migrate(opened, NOW)
    assert await applied(opened) == [1, 2, 3]


async def test_two_processes_that_start_at_once_apply_each_once(empty, monkeypatch):
    ship(monkeypatch, ONE, TWO)
    starters = [await storage.open_storage(empty) for _ in range(3)]
    done = await asyncio.gather(*(migrate.migrate(starter, NOW) for starter in starters))
    assert sorted(version for versions in done for version in versions) == [1, 2]
    assert await ask(starters[0], "select id from one order by id") == [(1,), (2,)]
    for starter in starters:
        await starter.close()


async def test_what_a_database_of_the_first_version_holds_is_kept(opened):
    await migrate.migrate(opened, NOW, upto=1)
    async with opened.transaction() as tx:
        await tx.script("insert into inbox (update_id, lane, body, received_at) values (7, 42, '{}', 1)")
        await tx.script("insert into mark (name, at) values ('poll', 5)")
    await migrate.migrate(opened, NOW)
    async with opened.reading() as tx:
        assert await inbox.unfinished(tx, 0, 10) == [StoredUpdate(7, 42, "{}")]
        assert await marks.marked(tx, "poll") == 5


async def test_a_semicolon_ends_a_statement_only_where_it_ends_one(opened, monkeypatch):
    ship(
        monkeypatch, ONE, (2, "create table two (word text); insert into two values ('a;b'), ('it''s;') -- c;\n; -- d;")
    )
    assert await migrate.migrate(opened, NOW) == [1, 2]
    assert await ask(opened, "select word from two order by word") == [("a;b",), ("it's;",)]


@pytest.mark.parametrize("engine", ["sqlite"])  # PostgreSQL has other triggers
async def test_a_trigger_is_one_statement(opened, monkeypatch):
    body = "insert into one values (7); insert into one values (8)"
    ship(monkeypatch, ONE, (2, f"create trigger two after delete on one begin {body}; end; delete from one"))
    await migrate.migrate(opened, NOW)
    assert await ask(opened, "select id from one order by id") == [(7,), (8,)]


async def test_a_quote_that_is_left_open_is_refused_and_changes_nothing(opened, monkeypatch):
    ship(monkeypatch, ONE, (2, "create table two (id bigint); insert into one values ('2)"))
    with pytest.raises(ValueError, match=r"never ends: insert into one values \('2"):
        await migrate.migrate(opened, NOW)
    assert await applied(opened) == [1]


def test_their_names_are_numbered_without_a_gap():
    versions = [version for version, _ in migrate.available()]
    assert versions == list(range(1, len(versions) + 1))

"""Migrations: in order, each whole or not at all, never backwards, never twice."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from storage import Storage
from storage.db import migrate as module
from storage.db.migrate import migrate
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
    monkeypatch.setattr(module, "available", lambda: list(steps))


async def applied(opened: Storage) -> list[int]:
    return [version for (version,) in await ask(opened, "select version from migration order by version")]


async def test_an_empty_database_gets_every_migration_once(opened):
    versions = [version for version, _ in module.available()]
    assert await migrate(opened, NOW) == versions == list(range(1, len(versions) + 1))
    assert await migrate(opened, NOW) == []
    assert await ask(opened, "select distinct applied_at from migration") == [(NOW,)]


async def test_they_are_applied_in_order_from_where_the_database_is(opened, monkeypatch):
    ship(monkeypatch, ONE)
    assert await migrate(opened, NOW) == [1]
    ship(monkeypatch, ONE, TWO)
    assert await migrate(opened, NOW) == [2]
    assert await ask(opened, "select id from one order by id") == [(1,), (2,)]


async def test_a_test_can_stop_at_a_version(opened, monkeypatch):
    ship(monkeypatch, ONE, TWO)
    assert await migrate(opened, NOW, upto=1) == [1]
    assert await migrate(opened, NOW) == [2]


async def test_a_migration_that_fails_half_way_leaves_nothing(opened, monkeypatch):
    ship(monkeypatch, ONE, BROKEN)
    with pytest.raises(Exception, match="nowhere"):
        await migrate(opened, NOW)
    assert await applied(opened) == [1]
    assert await ask(opened, "select id from one") == [(1,)]
    ship(monkeypatch, ONE, TWO)
    assert await migrate(opened, NOW) == [2]


async def test_a_database_newer_than_the_code_is_refused_and_left_alone(opened, monkeypatch):
    ship(monkeypatch, ONE, TWO, (3, "create table three (id bigint)"))
    await migrate(opened, NOW)
    ship(monkeypatch, ONE, TWO)
    with pytest.raises(module.TooNew, match="version 3, this code knows 2"):
        await migrate(opened, NOW)
    assert await applied(opened) == [1, 2, 3]


async def test_two_processes_that_start_at_once_apply_each_once(empty, monkeypatch):
    ship(monkeypatch, ONE, TWO)
    starters = [await storage.open_storage(empty) for _ in range(3)]
    done = await asyncio.gather(*(migrate(starter, NOW) for starter in starters))
    assert sorted(version for versions in done for version in versions) == [1, 2]
    assert await ask(starters[0], "select id from one order by id") == [(1,), (2,)]
    for starter in starters:
        await starter.close()


def test_their_names_are_numbered_without_a_gap():
    versions = [version for version, _ in module.available()]
    assert versions == list(range(1, len(versions) + 1))

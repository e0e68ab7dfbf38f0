"""A register is copied whole, from either engine to either, and a copy that is not the same is no copy."""

import asyncio

import pytest

from bot import database
from bot.cli.register.move import move
from bot.config import Settings, WrongSettings
from bot.lease import LASTS
from storage import marks, migrate, open_storage
from storage.copies import rows
from storage.copies.ends import PostgresEnd, SqliteEnd, in_thread, snapshot, whole
from storage.copies.rows import CopyDiffers, copy, copy_all, held
from storage.db import leases
from tests import postgres
from tests.copies.filled import TABLES, contents, fill
from tests.town import TUESDAY


@pytest.fixture(params=["sqlite", "postgres"])
async def empty_url(request, tmp_path):
    """Another database with empty tables, of each engine in turn."""
    if request.param == "sqlite":
        yield await emptied(f"sqlite:///{tmp_path / 'other.db'}")
        return
    async with postgres.database() as url:
        yield await emptied(url)


async def emptied(url: str) -> str:
    opened = await open_storage(url)
    await migrate(opened, TUESDAY)
    await opened.close()
    return url


async def test_a_register_is_copied_whole_from_either_engine_to_either(database_url, empty_url):
    await fill(database_url)
    copied = await copy_all(database_url, empty_url)
    assert await contents(empty_url) == await contents(database_url)
    assert min(copied.values()) >= 3


async def test_tables_that_others_refer_to_come_first():
    names = [table.name for table in TABLES]
    assert names.index("act") < names.index("request") < names.index("document") < names.index("event")


async def test_what_is_written_meanwhile_is_not_in_the_copy(database_url):
    [mark] = [table for table in TABLES if table.name == "mark"]
    async with snapshot(database_url) as register:
        before = await register.count(mark)
        opened = await open_storage(database_url)
        async with opened.transaction() as tx:
            await marks.mark(tx, "meanwhile", TUESDAY)
        await opened.close()
        assert await register.count(mark) == before


class Forgetful(SqliteEnd):
    """A disk that loses a row, or changes one."""

    changed: tuple[object, ...] = ()

    async def put(self, table, rows):
        lost = table.name == "number"
        await super().put(table, [*rows[:-1], *([self.changed] if self.changed else [])] if lost else rows)


@pytest.mark.parametrize("changed", [(), ("another number", 1, 1, 1)], ids=["lost", "changed"])
async def test_a_copy_that_differs_is_refused(database_url, tmp_path, changed):
    await fill(database_url)
    other = await emptied(f"sqlite:///{tmp_path / 'other.db'}")
    with pytest.raises(CopyDiffers, match="number"):
        await through_a_bad_disk(database_url, other, changed)
    assert await held(other) == []


async def through_a_bad_disk(url, other, changed):
    async with snapshot(url) as source, whole(other) as target:
        forgetful = Forgetful(target._connection)
        forgetful.changed = changed
        await copy(source, forgetful, TABLES)


async def test_a_copy_that_fails_half_way_leaves_nothing(database_url, empty_url, monkeypatch):
    await fill(database_url)
    monkeypatch.setattr(rows, "must_agree", fail)
    with pytest.raises(OSError, match="no more room"):
        await copy_all(database_url, empty_url)
    assert await held(empty_url) == []


@pytest.mark.parametrize("written", ["'by hand', 'S3cret'", "'by hand', x'ff'", "'S3cret' || char(0), 1", "x'ff', 1"])
async def test_what_the_other_engine_does_not_take_is_told_by_its_table_and_not_quoted(tmp_path, written):
    ours = await emptied(f"sqlite:///{tmp_path}/a.db")
    async with whole(ours) as end:
        await in_thread(end._connection.execute, f"insert into mark (name, at) values ({written})")
    async with postgres.database(emptied) as other:
        with pytest.raises(CopyDiffers, match=r"^mark: something in it is of no kind that the other") as told:
            await copy_all(ours, other)
        assert await held(other) == []
    assert "S3cret" not in str(told.value)


@pytest.mark.parametrize("error", [TypeError("ours"), ValueError("ours"), OverflowError("ours")], ids=repr)
async def test_a_mistake_of_our_own_is_not_blamed_on_what_somebody_wrote(database_url, empty_url, monkeypatch, error):
    async def put(*_):
        raise error

    await fill(database_url)
    for end in (SqliteEnd, PostgresEnd):
        monkeypatch.setattr(end, "put", put)
    with pytest.raises(type(error), match="ours"):
        await copy_all(database_url, empty_url)


def fail(*_):
    raise OSError("no more room")


async def test_a_bot_that_began_meanwhile_leaves_no_copy_behind(database_url, empty_url):
    await fill(database_url)
    ours, there = Settings(database_url=database_url), Settings(database_url=empty_url)
    async with database.opened(ours) as register, database.opened(there) as other:
        async with other.transaction() as held_up:
            await held_up.alone()
            moving = asyncio.create_task(move(ours, empty_url, TUESDAY))
            while not await led_by(register, "move-to"):  # noqa: ASYNC110  # another's row has no event to wait for
                await asyncio.sleep(0.01)
            async with register.transaction() as tx:
                await leases.end_all(tx)
                await leases.take(tx, "lead", "a bot", await tx.clock(), 15)
        with pytest.raises(WrongSettings, match="the bot is running"):
            await moving
        assert await held(empty_url) == []
        async with register.transaction() as tx:
            await leases.end_all(tx)
        assert "copied and compared" in await move(ours, empty_url, TUESDAY)


async def led_by(register, name):
    async with register.reading() as tx:
        return await leases.leader(tx, "lead", LASTS) == name

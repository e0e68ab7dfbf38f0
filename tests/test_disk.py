"""The files of a register while it is open, and before: what somebody did to them is noticed."""

import asyncio
import os
import shutil
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot import database
from bot.cli.register.backup import backup
from bot.cli.register.restore import ASIDE, restore
from bot.config import Settings, WrongSettings
from bot.database import sqlite_file
from bot.database.disk import FileWatch
from bot.exits import ExitCode, Stop
from storage import marks
from tests.town import TUESDAY, WORKFLOW, migrated


def on(file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{file}")


@pytest.mark.parametrize("part", ["town.db", "town.db-wal", "town.db-shm"])
@pytest.mark.parametrize("harm", ["deleted", "replaced"])
async def test_a_file_that_was_harmed_is_noticed(tmp_path, part, harm):
    settings = on(tmp_path / "town.db")
    register = await database.prepared(settings, WORKFLOW, TUESDAY)
    watch = FileWatch(settings.database_file)
    watch.look()
    if harm == "replaced":
        (tmp_path / "other").touch()
        (tmp_path / "other").replace(tmp_path / part)
    else:
        (tmp_path / part).unlink()
    with pytest.raises(Stop, match=f"{part} was {harm} while it was open") as stop:
        watch.look()
    assert stop.value.code == ExitCode.DATABASE_GONE
    await register.close()


@pytest.mark.parametrize(
    "left, harm", [(0, "overwritten"), (4096, "cut short"), (60_000, "cut short"), (b"not this\n" * 999, "overwritten")]
)
async def test_a_file_in_which_something_else_stands_is_noticed(tmp_path, left, harm):
    file = tmp_path / "town.db"
    register = await database.prepared(on(file), WORKFLOW, TUESDAY)
    await register.tidy()
    watch = FileWatch(file)
    watch.look()
    file.write_bytes(left if isinstance(left, bytes) else file.read_bytes()[:left])
    with pytest.raises(Stop, match=f"town.db was {harm} while it was open") as stop:
        watch.look()
    assert stop.value.code == ExitCode.DATABASE_GONE
    await register.close()


@pytest.mark.parametrize("left, harm", [(0, "cut short"), (20_000, "cut short"), (-1, "overwritten")])
async def test_a_log_in_which_something_else_stands_is_noticed(tmp_path, left, harm):
    register = await database.prepared(on(tmp_path / "town.db"), WORKFLOW, TUESDAY)
    watch, log = FileWatch(tmp_path / "town.db"), tmp_path / "town.db-wal"
    watch.look()
    log.write_bytes(log.read_bytes()[:left] if left >= 0 else bytes(log.stat().st_size))
    with pytest.raises(Stop, match=f"town.db-wal was {harm} while it was open"):
        watch.look()
    if left == 0:  # where SQLite goes on, it leaves a gap
        with suppress(sqlite3.Error):
            async with register.transaction() as tx:
                await marks.mark(tx, "poll", TUESDAY)
        with pytest.raises(Stop, match=r"town.db-wal was"):
            watch.look()
    await register.close()


async def test_a_log_that_sqlite_begins_anew_is_no_harm(tmp_path):
    register = await database.prepared(on(tmp_path / "town.db"), WORKFLOW, TUESDAY)
    watch = FileWatch(tmp_path / "town.db")

    async def write(at: int) -> None:
        async with register.transaction() as tx:
            await marks.mark(tx, "poll", at)
            if at % 3 == 0:
                tx.shred()

    for begun in range(50):
        writing = [asyncio.create_task(write(3 * begun + one)) for one in range(3)]
        while not all(one.done() for one in writing):
            watch.look()
            await asyncio.sleep(0)
    await register.close()


def test_while_sqlite_writes_the_index_of_a_log_nothing_is_said_of_it(tmp_path):
    file = tmp_path / "town.db"
    file.write_bytes(b"SQLite format 3\0" + bytes(4080))
    (tmp_path / "town.db-wal").touch()
    before, after = (bytes(14) + b"\0\x10" + pages.to_bytes(4, sys.byteorder) + bytes(28) for pages in (7, 8))
    (tmp_path / "town.db-shm").write_bytes(before + after)
    watch = FileWatch(file)
    watch.look()
    (tmp_path / "town.db-shm").write_bytes(after + after)
    with pytest.raises(Stop, match=r"town.db-wal was cut short"):
        watch.look()


def test_a_file_that_grows_is_not_cut_short_nor_is_one_that_a_full_disk_lets_grow_no_further(tmp_path):
    file, header = tmp_path / "town.db", b"SQLite format 3\0\x10\0" + bytes(10) + b"\0\0\0\x04" + bytes(68)
    file.write_bytes(header + bytes(4096))
    watch = FileWatch(file)
    watch.look()
    file.write_bytes(header + bytes(2 * 4096))
    for _ in range(3):
        watch.look()
    file.write_bytes(header + bytes(4 * 4096))
    watch.look()
    watch.look()


async def test_who_may_not_look_knows_of_no_harm_until_they_may_again(tmp_path, caplog):
    (place := tmp_path / "place").mkdir()
    (place / "town.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
    watch = FileWatch(place / "town.db")
    place.rename(tmp_path / "away")
    place.symlink_to(place)  # root may look everywhere; but nobody comes to the end of this way
    for _ in range(3):
        watch.look()
    assert [record.message for record in caplog.records] == ["the database's file cannot be looked at"]
    place.unlink()
    place.touch()
    with pytest.raises(Stop, match=r"town.db was deleted"):
        watch.look()


def test_a_log_that_grows_and_grows_is_told_of_now_and_then(tmp_path, caplog):
    file, grown = tmp_path / "town.db", tmp_path / "town.db-wal"
    file.write_bytes(b"SQLite format 3\0" + bytes(4080))
    grown.touch()
    watch = FileWatch(file)
    for mib in (4, 63, 65, 66, 100, 131, 140, 4, 65):
        os.truncate(grown, mib << 20)
        watch.look()
    assert [record.__dict__["mib"] for record in caplog.records] == [65, 131, 65]


async def test_writing_and_a_backup_are_no_harm(tmp_path):
    settings = on(tmp_path / "town.db")
    register = await database.prepared(settings, WORKFLOW, TUESDAY)
    watch = FileWatch(settings.database_file)
    async with register.transaction() as tx:
        await marks.mark(tx, "poll", TUESDAY)
    other = sqlite3.connect(tmp_path / "town.db")
    other.backup(sqlite3.connect(tmp_path / "backup.db"))
    other.close()
    await register.tidy()
    watch.look()
    await register.close()


def test_a_server_has_no_file_to_watch():
    FileWatch(Settings(database_url="postgresql://u@h/d").database_file).look()


async def test_a_log_that_somebody_deleted_while_the_bot_was_dead_is_told(tmp_path):
    dead, left = on(tmp_path / "dead.db"), on(tmp_path / "left.db")
    register = await database.prepared(dead, WORKFLOW, TUESDAY)
    for end in ("", "-shm"):
        shutil.copyfile(tmp_path / f"dead.db{end}", tmp_path / f"left.db{end}")  # as a power cut leaves it, but for one
    await register.close()
    with pytest.raises(WrongSettings, match=r"left.db-wal is gone, and the newest steps were in it\); put it back"):
        sqlite_file.look_at(left)
    (tmp_path / "left.db-wal").touch()
    sqlite_file.look_at(left)
    sqlite_file.look_at(dead)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
@pytest.mark.parametrize("part", ["a.db", "a.db-wal", "a.db-shm", "a.db-journal"])
async def test_what_is_no_file_in_the_place_of_one_is_told(tmp_path, make, part):
    await migrated(f"sqlite:///{tmp_path}/a.db")
    (tmp_path / part).unlink(missing_ok=True)
    make(tmp_path / part)
    with pytest.raises(WrongSettings, match=rf"{tmp_path}/{part} is no file") as found:
        await database.prepared(on(tmp_path / "a.db"), WORKFLOW, TUESDAY)
    assert type(found.value) is WrongSettings


async def test_a_path_that_is_too_long_for_sqlite_is_told_and_no_other(tmp_path):
    deep = tmp_path.joinpath(*["d" * 100] * 3)
    longest = f"{'a' * 90}/".ljust(504 - len(f"{deep}/"), "b")
    await (await database.prepared(on(deep / longest), WORKFLOW, TUESDAY)).close()
    with pytest.raises(WrongSettings, match="longer than 504 bytes") as found:
        await database.prepared(on(deep / f"{longest}c"), WORKFLOW, TUESDAY)
    assert type(found.value) is WrongSettings


async def test_the_log_of_a_register_behind_a_link_is_looked_at(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "town.db").symlink_to("disk/real.db")
    settings = on(tmp_path / "town.db")
    register = await database.prepared(settings, WORKFLOW, TUESDAY)
    watch = FileWatch(settings.database_file)
    watch.look()
    (tmp_path / "disk" / "real.db-wal").unlink()
    with pytest.raises(Stop, match=r"real.db-wal was deleted"):
        watch.look()
    await register.close()


async def test_a_register_behind_a_link_is_restored_where_it_lies(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "town.db").symlink_to("disk/real.db")
    settings = on(tmp_path / "town.db")
    await (await database.prepared(settings, WORKFLOW, TUESDAY)).close()
    await backup(settings, tmp_path / "kept.db", None, 9, TUESDAY)
    await restore(settings, tmp_path / "kept.db", TUESDAY)
    assert (tmp_path / "town.db").is_symlink()
    assert sorted(path.name for path in (tmp_path / "disk").iterdir()) == [ASIDE, "real.db"]

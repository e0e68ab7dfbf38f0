"""A backup is one private file that was looked into, of either engine, and only so many of them stay."""

import os
import resource
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from storage import open_storage
from storage.copies import backups
from storage.copies.backups import NoBackup, look_into, whose
from storage.db.migrate import TooNew
from storage.db.owner import claim
from tests.copies import keys
from tests.copies.filled import contents, fill
from tests.town import TUESDAY, migrated

DAY = 86_400_000


@pytest.fixture
async def filled_url(database_url):
    await fill(database_url)
    return database_url


async def test_a_backup_holds_everything_and_when_it_was_made(filled_url, tmp_path):
    made = await backups.backup(filled_url, tmp_path / "one.db", TUESDAY)
    assert (made, made.made_at) == (look_into(tmp_path / "one.db"), TUESDAY)
    found, there = await contents(f"sqlite:///{made.file}"), await contents(filled_url)
    found["mark"].remove(("backup", TUESDAY))
    assert found == there


async def test_a_backup_is_one_file_for_its_owner_alone(filled_url, tmp_path):
    opened = await open_storage(filled_url)  # as the bot has it, with what is newest beside the file
    async with opened.transaction() as tx:
        await claim(tx, 7)
    folder = tmp_path / "backups"
    made = await backups.backup_into(filled_url, folder, 3, TUESDAY)
    assert [path.name for path in folder.iterdir()] == ["jekduk-20261124T011000Z-7.db"]
    assert (made.file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777, made.bot) == (0o600, 0o700, 7)
    await opened.close()


async def test_the_newest_stay_and_what_is_not_ours_is_left_alone(filled_url, tmp_path):
    (tmp_path / "letters.db").touch()
    made = [(await backups.backup_into(filled_url, tmp_path, 2, TUESDAY + day * DAY)).file for day in range(4)]
    assert backups.in_folder(tmp_path) == made[2:]
    assert (tmp_path / "letters.db").exists()


async def owned(url: str, bot: int) -> str:
    opened = await open_storage(url)
    async with opened.transaction() as tx:
        await claim(tx, bot)
    await opened.close()
    return url


@pytest.mark.parametrize("for_whom", ["", "age"])
async def test_two_bots_in_one_folder_thin_out_their_own_alone(filled_url, tmp_path, for_whom):
    await migrated(other := f"sqlite:///{tmp_path / 'other.db'}")
    urls, folder = [await owned(filled_url, 7), await owned(other, 8)], tmp_path / "backups"
    recipient = keys.of_age(tmp_path / "key.txt").public if for_whom else ""
    for day in range(3):
        for url in urls:
            await backups.backup_into(url, folder, 2, TUESDAY + day * DAY, recipient)
    found = [path.name.partition(".")[0][13:] for path in backups.in_folder(folder)]
    assert found == [f"{day}T011000Z-{bot}" for day in (25, 26) for bot in (7, 8)]


def test_what_does_not_say_whose_it_is_is_ones_own_where_nobody_else_has_any(tmp_path):
    for name in ("jekduk-20261101T000000Z.db.age", "jekduk-20261102T000000Z-7.db"):
        (tmp_path / name).touch()
    found = whose(tmp_path, 7)
    assert ([path.name[13:15] for path in found.own], found.others) == (["01", "02"], "")
    (tmp_path / "jekduk-20261103T000000Z-8.db").touch()
    found = whose(tmp_path, 7)
    assert ([path.name[13:15] for path in found.own], found.others) == (["02"], "8")
    assert str(found) == "backups of bot 8 and some that may be anybody's (jekduk-20261101T000000Z.db.age)"


async def test_what_a_killed_process_left_is_removed_a_day_later(filled_url, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    left = [folder / ".jekduk-20261101T000000Z.db.7.part", folder / ".opened.old", folder / ".jekduk-now.db.8.part"]
    left[0].touch()
    left[2].touch()
    left[1].mkdir()
    (left[1] / "register.db").touch()
    for path in left[:2]:
        os.utime(path, (1, 1))
    made = await backups.backup_into(filled_url, folder, 3, TUESDAY)
    assert sorted(folder.iterdir()) == [left[2], made.file]


async def test_a_backup_of_nothing_leaves_no_file(tmp_path):
    sqlite3.connect(tmp_path / "empty.db").close()
    with pytest.raises(NoBackup, match="no register yet"):
        await backups.backup(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path / "one.db", TUESDAY)
    assert [path.name for path in tmp_path.iterdir()] == ["empty.db"]


async def test_what_lost_a_row_on_its_way_is_no_backup_and_the_one_before_stays(filled_url, tmp_path, monkeypatch):
    before = await backups.backup(filled_url, tmp_path / "one.db", TUESDAY)
    monkeypatch.setattr(backups, "look_into", robbed)
    with pytest.raises(RuntimeError, match="number"):
        await backups.backup(filled_url, tmp_path / "one.db", TUESDAY + DAY)
    assert look_into(tmp_path / "one.db") == before
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_quota_that_is_used_up_is_the_backups_disks_and_not_the_databases(filled_url, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))  # SQLite is told much the same
    try:
        with pytest.raises(OSError, match=r"quota is used up: .*backups"):
            await backups.backup_into(filled_url, tmp_path / "backups", 2, TUESDAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "backups").iterdir()) == []


async def test_that_the_register_itself_is_damaged_is_told_and_not_that_a_draft_is(tmp_path):
    await migrated(f"sqlite:///{tmp_path / 'town.db'}")
    await fill(f"sqlite:///{tmp_path / 'town.db'}")
    with closing(sqlite3.connect(tmp_path / "town.db")) as found:
        [(page,)] = found.execute("select rootpage from sqlite_master where type = 'index' and sql is not null limit 1")
    with (tmp_path / "town.db").open("r+b") as opened:
        opened.seek(4096 * (page - 1) + 8)
        opened.write(b"\x00\xff" * 8)
    with pytest.raises(NoBackup, match="so may be the register itself: ") as told:
        await backups.backup(f"sqlite:///{tmp_path / 'town.db'}", tmp_path / "one.db", TUESDAY)
    assert ".part" not in str(told.value)


def robbed(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("delete from number where request = 1")
    return look_into(file)


@pytest.mark.parametrize(
    "harm, told",
    [
        (lambda _: b"", "no register in it"),
        (lambda _: b"a letter" * 2000, "cannot be read as a backup"),
        (lambda good: good[: len(good) // 2], "damaged|cannot be read"),
        (lambda good: good[:40960] + b"\xff" * 4096 + good[45056:], "damaged|cannot be read"),
    ],
    ids=["empty", "another file", "cut off", "a bad block"],
)
async def test_what_cannot_be_trusted_is_no_backup(filled_url, tmp_path, harm, told):
    made = await backups.backup(filled_url, tmp_path / "one.db", TUESDAY)
    made.file.write_bytes(harm(made.file.read_bytes()))
    with pytest.raises(NoBackup, match=told):
        look_into(made.file)


async def test_marks_that_somebody_wrote_by_hand_are_no_traceback(filled_url, tmp_path):
    made = await backups.backup(filled_url, tmp_path / "one.db", TUESDAY)
    for written, told in (("backup", 0), ("bot", None)):
        with closing(sqlite3.connect(made.file)) as connection, connection:
            connection.execute("insert or replace into mark values (?, 'a/b')", (written,))
            connection.execute("delete from mark where name = 'poll'")
        if told is None:
            with pytest.raises(NoBackup, match="does not say by a number which bot's it is"):
                look_into(made.file)
        else:
            assert look_into(made.file).made_at == told


async def test_a_backup_of_a_newer_version_is_told(filled_url, tmp_path):
    made = await backups.backup(filled_url, tmp_path / "one.db", TUESDAY)
    with closing(sqlite3.connect(made.file)) as connection, connection:
        connection.execute("insert into migration values (999, 1)")
    with pytest.raises(TooNew, match="999"):
        look_into(made.file)


async def test_to_look_into_a_backup_leaves_no_trace(filled_url, tmp_path):
    made = await backups.backup(filled_url, tmp_path / "one.db", TUESDAY)
    with closing(sqlite3.connect(made.file)) as connection:
        connection.execute("pragma journal_mode = wal")  # as sqlite3's own .backup leaves it
    look_into(made.file)
    assert sorted(path.name for path in tmp_path.glob("one.db*")) == ["one.db"]


# A disk that hangs, as that of another machine does which is away


@contextmanager
def touched(folder: Path) -> Iterator[dict[int, set[str]]]:
    """Which thread did what to the files of a folder: that is where it would wait for the disk."""
    found: dict[int, set[str]] = {}
    watching = True

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if watching and event.startswith(("open", "os.", "sqlite3.connect")) and str(args[:1]).find(str(folder)) > 0:
            found.setdefault(threading.get_ident(), set()).add(event)

    sys.addaudithook(heard)  # for as long as this process lives
    try:
        yield found
    finally:
        watching = False


@pytest.mark.parametrize("for_whom", ["", "age"])
async def test_nobody_waits_for_the_disk_of_the_backups(filled_url, tmp_path, for_whom):
    folder = tmp_path / "backups"
    recipient = keys.of_age(tmp_path / "key.txt").public if for_whom else ""
    with touched(folder) as found:
        for day in range(2):
            await backups.backup_into(filled_url, folder, 1, TUESDAY + day * DAY, recipient)
    assert found.pop(threading.get_ident(), set()) == set()
    assert {"open", "os.mkdir", "os.rename", "os.remove", "os.listdir"} <= set().union(*found.values())

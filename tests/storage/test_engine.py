"""The door to both databases: what opens, what a transaction promises, what is left after it was cut off."""

import asyncio
import sqlite3
import threading
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import storage
from storage import Storage, is_transient, people
from storage.db.sqlite import Sqlite
from tests.storage.cast import NOW, SARI, WATI, another_process_writes, ask


async def count(opened: Storage) -> int:
    return int((await ask(opened, "select count(*) from consent"))[0][0])


async def consent(tx: storage.Tx, id: int = 1) -> None:
    await tx.all("consent", id=id, chat=SARI, now=NOW, wording=1, lang="id")


# Opening


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x",
        "jekduk.sqlite3",
        "",
        "sqlite:///",
        "sqlite://",
        "sqlite://one.db",
        "sqlite:///:memory:",
        "postgres://",
    ],
)
async def test_an_address_that_names_no_database_is_refused(url):
    with pytest.raises(ValueError, match="write sqlite:///"):
        await storage.open_storage(url)


async def test_the_file_and_its_log_are_private(tmp_path: Path):
    opened = await storage.open_storage(f"sqlite:///{tmp_path / 'deep' / 'register.sqlite3'}")
    await storage.migrate(opened, NOW)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "deep").iterdir()}  # a directory of three
    await opened.close()
    assert set(modes.values()) == {0o600}
    assert "register.sqlite3-wal" in modes


async def test_a_file_that_is_no_database_is_trouble_and_nothing_stays_open(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        await storage.open_storage(f"sqlite:///{tmp_path / 'letter.txt'}")
    assert is_transient(caught.value)
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 5)
            assert not thread.is_alive()


async def test_two_processes_open_a_new_file_at_once(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    opened = await asyncio.gather(*(storage.open_storage(url) for _ in range(4)))
    for one in opened:
        await one.close()


async def test_a_new_file_that_another_process_holds_is_waited_for(tmp_path: Path):
    file = tmp_path / "register.sqlite3"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin immediate")  # SQLite does not wait for it when the journal is to change: "locked", at once
    opening = asyncio.create_task(storage.open_storage(f"sqlite:///{file}"))
    await asyncio.wait([opening], timeout=0.3)
    assert not opening.done()
    other.close()
    await (await opening).close()


# Transactions


async def test_a_transaction_is_whole_or_not_at_all(opened: Storage):
    async with opened.transaction() as tx:
        await consent(tx)
    with pytest.raises(ZeroDivisionError):
        async with opened.transaction() as tx:
            await consent(tx, 1 // len(await tx.all("posts") and []))
    assert await count(opened) == 1


async def test_a_broken_rule_takes_the_whole_transaction_back_and_is_no_trouble(opened: Storage):
    with pytest.raises((sqlite3.IntegrityError, asyncpg.UniqueViolationError)) as caught:
        await twice(opened)
    assert not is_transient(caught.value)
    assert await count(opened) == 0


async def twice(opened: Storage) -> None:
    async with opened.transaction() as tx:
        await consent(tx)
        await consent(tx)


async def test_a_reader_waits_for_no_writer_and_sees_what_is_committed(opened: Storage):
    async with opened.transaction() as tx:
        await people.choose_language(tx, SARI, "jv")
        async with asyncio.timeout(5), opened.reading() as reader:
            assert (await people.get(reader, SARI)).lang is None
    async with opened.reading() as reader:
        assert (await people.get(reader, SARI)).lang == "jv"


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_reader_cannot_write(opened: Storage):
    async with opened.reading() as tx:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await consent(tx)


async def test_a_number_too_large_for_a_column_is_the_askers_fault(opened: Storage):
    async with opened.reading() as tx:
        with pytest.raises((OverflowError, asyncpg.DataError)) as caught:
            await people.get(tx, 2**63)
    assert not is_transient(caught.value)


async def test_what_is_asked_without_a_name_or_a_value_fails_at_once(opened: Storage):
    async with opened.reading() as tx:
        with pytest.raises(KeyError):
            await tx.all("no such query")
        with pytest.raises((KeyError, sqlite3.ProgrammingError)):
            await tx.all("person")


# Cut off


@pytest.mark.parametrize("when", ["before it writes", "after it wrote"])
async def test_a_cancelled_transaction_leaves_nothing_and_the_connection_works(opened: Storage, when):
    inside = asyncio.Event()

    async def work() -> None:
        async with opened.transaction() as tx:
            if when == "after it wrote":
                await consent(tx)
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await inside.wait()
    await cancel(task)
    assert await count(opened) == 0


async def cancel(task: "asyncio.Task[Any]", times: int = 1) -> None:
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("steps", range(12))
async def test_cancelled_at_any_moment_it_is_whole_or_not_at_all(opened: Storage, steps):
    async def work() -> None:
        async with opened.transaction() as tx:
            await consent(tx, 1)
            await consent(tx, 2)

    task = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await count(opened) in (0, 2)


async def test_whoever_waits_for_the_writer_can_be_cancelled(opened: Storage):
    async with opened.transaction() as tx:
        waiting = asyncio.create_task(twice(opened))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await consent(tx)
    assert await count(opened) == 1


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("times", [1, 3])
async def test_cancelled_while_it_waits_for_another_process_the_connection_works(opened: Storage, url, times):
    async with another_process_writes(url):
        task = asyncio.create_task(twice(opened))
        await asyncio.sleep(0.05)
        await cancel(task, times)
    async with opened.transaction() as tx:
        await consent(tx)
    assert await count(opened) == 1


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_second_process_waits_its_turn(opened: Storage, url):
    async with another_process_writes(url):
        task = asyncio.create_task(people_write(opened))
        await asyncio.sleep(0.1)
        assert not task.done()
    await task
    assert await count(opened) == 1


async def people_write(opened: Storage) -> None:
    async with opened.transaction() as tx:
        await consent(tx, 5)


async def test_tidying_changes_nothing(opened: Storage):
    async with opened.transaction() as tx:
        await consent(tx)
    await opened.tidy()
    assert await count(opened) == 1
    assert (await ask(opened, f"select count(*) from post where chat = {WATI}")) == [(1,)]


async def test_whoever_reads_for_long_holds_up_no_cut_of_the_log_for_long(tmp_path):
    opened = await Sqlite.open(str(tmp_path / "register.sqlite3"))
    said: list[str] = []
    opened._writes.set_trace_callback(said.append)
    await opened.tidy()
    await opened.close()
    assert [word.removeprefix("pragma ") for word in said if word.startswith("pragma")] == [
        "busy_timeout = 100", "wal_checkpoint(truncate)", "busy_timeout = 5000"
    ]  # fmt: skip

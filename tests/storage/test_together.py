"""Transactions that wait for each other share one commit: each is whole and alone, and all are safe or none."""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from storage import Storage, people
from storage.db.protocol import Tx
from tests.storage.cast import ask

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
FIRST = 800


async def together(opened: Storage, works: int, then: Callable[[Tx, int], Any] | None = None) -> list[Any]:
    """So many transactions, all begun before the first ends; what became of each."""
    begun = asyncio.Event()

    async def work(i: int) -> int:
        async with opened.transaction() as tx:
            await people.choose_language(tx, FIRST + i, "jv")
            await begun.wait()
            if then:
                then(tx, i)
        return i

    tasks = [asyncio.create_task(work(i)) for i in range(works)]
    await asyncio.sleep(0.02)
    begun.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def kept(opened: Storage) -> list[int]:
    rows = await ask(opened, f"select chat from person where chat between {FIRST} and {FIRST + 99} order by chat")
    return [chat - FIRST for (chat,) in rows]


def internals(opened: Storage) -> Any:
    return opened


async def test_they_share_one_commit(opened: Storage):
    said: list[str] = []
    await internals(opened)._writer.set_trace_callback(said.append)
    assert await together(opened, 10) == list(range(10))
    assert said.count("commit") == 1
    assert await kept(opened) == list(range(10))


@pytest.mark.parametrize("failing", [0, 2, 4])
async def test_one_that_fails_takes_only_itself_back(opened: Storage, failing):
    ends = await together(opened, 5, lambda _, i: 1 // (i - failing))
    others = [i for i in range(5) if i != failing]
    assert isinstance(ends[failing], ZeroDivisionError)
    assert [end for end in ends if isinstance(end, int)] == others
    assert await kept(opened) == others


async def test_when_the_disk_fails_at_the_end_nobody_is_told_that_it_is_safe(opened: Storage, monkeypatch):
    writer = internals(opened)._writer
    ask_thread = writer.execute_fetchall

    async def fails(sql: str) -> Any:
        if sql == "commit":
            raise sqlite3.OperationalError("disk I/O error")
        return await ask_thread(sql)

    monkeypatch.setattr(writer, "execute_fetchall", fails)
    assert all(isinstance(end, sqlite3.OperationalError) for end in await together(opened, 5))
    monkeypatch.undo()
    assert await kept(opened) == []


async def test_when_sqlite_gives_the_whole_up_the_earlier_ones_are_told(opened: Storage):
    def gives_up(tx: Any, i: int) -> None:
        if i == 3:
            tx._at_once.execute("rollback")  # as SQLite does by itself when the disk is full
            raise sqlite3.OperationalError("database or disk is full")

    ends = await together(opened, 6, gives_up)
    assert [isinstance(end, sqlite3.OperationalError) for end in ends] == [True] * 4 + [False] * 2
    assert await kept(opened) == [4, 5]


async def test_who_is_cancelled_while_waiting_for_the_disk_takes_nobody_along(opened: Storage):
    async with opened.transaction() as tx:
        await people.choose_language(tx, FIRST, "jv")
        tasks = [asyncio.create_task(one(opened, i)) for i in (1, 2, 3)]
        await asyncio.sleep(0.01)
    tasks[1].cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert (ends[0], ends[2]) == (1, 3)
    assert set(await kept(opened)) >= {0, 1, 3}


async def one(opened: Storage, i: int) -> int:
    async with opened.transaction() as tx:
        await people.choose_language(tx, FIRST + i, "jv")
    return i

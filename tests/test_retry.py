import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import retry
from bot.exits import ExitCode, Stop
from bot.retry import Backoff, is_told
from storage import NotLeading


@pytest.mark.parametrize("tries, seconds", [(0, 0.25), (1, 0.5), (2, 1), (4, 4), (5, 8), (6, 8), (10_000, 8)])
def test_each_pause_is_twice_the_one_before_it_up_to_the_longest(tries, seconds):
    assert Backoff(lambda: 1, first=0.25, longest=8).pause(tries) == seconds


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_chance_spreads_the_pauses_and_makes_none_too_short(tries, chance):
    whole = Backoff(lambda: 1).pause(tries)
    assert whole / 2 <= Backoff(lambda: chance).pause(tries) <= whole <= 30


async def test_what_is_not_the_databases_fault_climbs_at_once():
    tried = []

    async def work():
        tried.append(1)
        raise KeyError

    with pytest.raises(KeyError):
        await Backoff().until_database_is_back(work)
    assert len(tried) == 1


@pytest.mark.parametrize(
    ("error", "trouble", "back"),
    [
        (ConnectionError("PostgreSQL cannot be reached"), "database trouble", "the database is back"),
        (NotLeading("since 8 s"), "nothing is written, as another may lead", "this one leads again"),
    ],
)
async def test_work_is_tried_until_the_database_is_back_and_both_are_told(caplog, error, trouble, back):
    caplog.set_level("INFO")
    answers, rests = [error, error, "done"], []

    async def work():
        if isinstance(found := answers.pop(0), Exception):
            raise found
        return found

    async def rest(seconds):
        rests.append(seconds)

    assert await Backoff(lambda: 1, rest).until_database_is_back(work) == "done"
    assert rests == [1, 2]
    assert [record.message for record in caplog.records] == [trouble, trouble, back]
    assert caplog.records[0].__dict__["error"] == f"{type(error).__name__}: {error}"


def test_what_lasts_is_told_less_and_less_often():
    assert [tries for tries in range(100) if is_told(tries)] == [0, 1, 3, 7, 15, 31, 63]


def damaged(file):
    """Work that needs a page of a database in which something else stands."""
    with sqlite3.connect(file) as made:
        made.execute("create table town (name)")
        made.execute("insert into town values ('Petungkriyono')")
    made.close()
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * 4096)

    async def work():
        with sqlite3.connect(file) as opened:
            return opened.execute("select name from town").fetchall()

    return work


async def no_rest(_seconds):
    pass


async def test_a_database_that_is_damaged_for_good_ends_what_is_vital(tmp_path, monkeypatch):
    monkeypatch.setattr(retry, "LASTING", 0.0)
    with pytest.raises(Stop, match="malformed SQLITE_CORRUPT") as stop:
        await Backoff(rest=no_rest).until_database_is_back(damaged(tmp_path / "town.db"))
    assert stop.value.code == ExitCode.DATABASE_GONE


async def test_a_damaged_page_ends_nothing_that_only_some_need_nor_what_goes_on_again(tmp_path, monkeypatch):
    work, tries, locked = damaged(tmp_path / "town.db"), [], sqlite3.OperationalError("database is locked")

    async def moody():
        tries.append(1)
        if len(tries) == 400:
            return "done"
        if len(tries) % 2:
            raise locked
        return await work()

    assert await Backoff(rest=no_rest).until_database_is_back(moody) == "done"
    tries.clear()
    monkeypatch.setattr(retry, "LASTING", 0.0)
    assert await Backoff(rest=no_rest).until_database_is_back(moody) == "done"

    async def only_damaged():
        tries.append(1)
        return "done" if len(tries) == 400 else await work()

    tries.clear()
    assert await Backoff(rest=no_rest, vital=False).until_database_is_back(only_damaged) == "done"

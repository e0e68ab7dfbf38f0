"""Bad days of a database: what they raise, what is left, and what is worth another try."""

import sqlite3
from typing import Any

import asyncpg
import pytest

from storage import Storage, is_transient, open_storage
from storage.db import marks
from tests import pooler, postgres
from tests.storage.cast import WATI, Register, another_process_writes
from tests.storage.conftest import run, settled


def writer(opened: Storage) -> Any:
    internals: Any = opened
    return internals._writer


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_database_that_stays_locked_is_trouble_and_leaves_nothing(register: Register, url):
    kk = await register.one()
    await writer(register.storage).execute_fetchall("pragma busy_timeout = 50")
    async with another_process_writes(url):
        with pytest.raises(sqlite3.OperationalError, match="locked") as caught:
            await register.move(WATI, "to_district", kk)
    assert is_transient(caught.value)
    assert await register.get(kk) == kk
    assert (await register.move(WATI, "to_district", kk)).moved


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_full_disk_is_trouble_and_leaves_no_half_move(register: Register):
    found = [one for _ in range(8) for one in await register.filed(*register.workflow.types)]
    [(pages,)] = await writer(register.storage).execute_fetchall("pragma page_count")
    await writer(register.storage).execute_fetchall(f"pragma max_page_count = {pages}")
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError, match="full") as caught:
            await register.move(WATI, "to_district", *found)
        assert is_transient(caught.value)
    assert await register.ask("select count(*), min(version), max(version) from document") == [(64, 1, 1)]
    assert await whole(register)
    await writer(register.storage).execute_fetchall("pragma max_page_count = 100000")
    assert len((await register.move(WATI, "to_district", *found)).moved) == 64
    assert await whole(register)


async def whole(register: Register) -> bool:
    """Every document has an event for each version, and every event its act."""
    odd = await register.ask(
        "select d.id from document d where version <> (select count(*) from event e where e.document = d.id)"
    )
    lost = await register.ask("select id from event where act not in (select id from act)")
    bare = await register.ask("select id from act where id not in (select act from event)")
    return odd == lost == bare == []


# What is trouble


@pytest.mark.parametrize(
    "error, expected",
    [
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (sqlite3.OperationalError("database is locked"), True),
        (asyncpg.DeadlockDetectedError(), True),
        (asyncpg.SerializationError(), True),
        (asyncpg.AdminShutdownError(), True),
        (asyncpg.CannotConnectNowError(), True),
        (asyncpg.TooManyConnectionsError(), True),
        (asyncpg.DiskFullError(), True),
        (asyncpg.ReadOnlySQLTransactionError(), True),
        (asyncpg.IdleInTransactionSessionTimeoutError(), True),
        (asyncpg.TransactionTimeoutError(), True),
        (asyncpg.DataCorruptedError(), True),
        (asyncpg.InvalidPasswordError(), True),
        (asyncpg.InvalidCatalogNameError(), True),
        (asyncpg.InvalidSchemaNameError(), True),
        (asyncpg.InterfaceError("connection is closed"), True),
        (asyncpg.InvalidSQLStatementNameError(), True),
        (asyncpg.DuplicatePreparedStatementError(), True),
        (asyncpg.InternalClientError("cannot switch to state 15"), True),
        (asyncpg.DataError("value out of int64 range"), False),
        (asyncpg.UniqueViolationError(), False),
        (asyncpg.UndefinedColumnError(), False),
        (sqlite3.IntegrityError(), False),
        (sqlite3.ProgrammingError(), False),
        (KeyError(), False),
        (ValueError(), False),
        (FileNotFoundError(), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_database_may_get_over_is_trouble(error, expected):
    assert is_transient(error) is expected


@pytest.mark.parametrize(
    "harm, mend",
    [
        ("revoke all on mark from {role}", "grant all on mark to {role}"),
        ("alter table mark rename to hidden", "alter table hidden rename to mark"),
        ("alter table mark alter at type numeric", "alter table mark alter at type bigint"),
    ],
    ids=["rights", "table", "prepared"],
)
async def test_what_somebody_changes_on_a_server_is_trouble_until_it_is_mended(harm, mend):
    async with postgres.database(settled) as url, postgres.role(url) as (role, theirs):
        await run(url, f"grant all on mark to {role}")
        opened = await open_storage(theirs)
        try:
            await marked_in(opened)
            await run(url, harm.format(role=role))
            with pytest.raises(Exception, match=r"mark|cached") as caught:
                await marked_in(opened)
            assert is_transient(caught.value)
            await run(url, mend.format(role=role))
            await marked_in(opened)
        finally:
            await opened.close()


async def test_a_pooler_that_is_put_in_between_is_trouble_once():
    async with postgres.database(settled) as url, pooler.before(url, in_turn=True) as pooled:
        opened = await open_storage(pooled)  # as it was before it knew
        try:
            with pytest.raises(asyncpg.PostgresError) as caught:
                await asked(opened)
            assert (is_transient(caught.value), opened.is_shared) == (True, True)
            for _ in range(5):
                await asked(opened)
                await marked_in(opened)
        finally:
            await opened.close()


async def asked(opened: Storage) -> None:
    async with opened.reading() as tx:
        for name in ("poll", "bot"):
            await marks.marked(tx, name)


async def marked_in(opened: Storage) -> None:
    async with opened.transaction() as tx:
        assert await marks.marked(tx, "poll") is None


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_wrong_query_is_not_trouble(opened: Storage):
    async with opened.transaction() as tx:
        with pytest.raises(sqlite3.OperationalError) as caught:
            await tx.script("select * from nowhere")
    assert not is_transient(caught.value)

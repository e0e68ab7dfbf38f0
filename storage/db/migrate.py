"""Bring a database up to the code: numbered files, in order, each in one transaction."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from storage.db.protocol import Storage, Tx

# PostgreSQL's codes for a table or a column that is not there, or a column that is there already.
_WRONG = frozenset({"42P01", "42703", "42701"})
_TAKEN = "42P07"  # for a table that is there already
BOOK = "create table if not exists migration (version integer primary key, applied_at bigint not null)"


class TooNew(RuntimeError):
    """The database was written by a newer version of the code than this one."""


class WrongTables(RuntimeError):
    """The tables of a database are not those that the migrations it has had would make."""


@contextmanager
def as_made(present: int = 0) -> Iterator[None]:
    """Within the block, which must ask for what the migrations make, a query the tables do not fit is WrongTables.

    A table that is there already is another program's, unless migrations up to `present` were applied.
    """
    try:
        yield
    except Exception as error:
        is_sqlites = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR
        if is_sqlites or getattr(error, "sqlstate", "") in _WRONG | ({_TAKEN} if present else set()):
            raise WrongTables(str(error)) from error
        raise


@cache
def available() -> Sequence[tuple[int, str]]:
    """(version, statements) of every migration shipped, oldest first."""
    folder = files("storage") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple((int(name[:4]), (folder / name).read_text("utf-8")) for name in names)


async def migrate(storage: Storage, now: int, upto: int | None = None) -> list[int]:
    """Apply what is missing (up to a version, for tests); return its versions. Raises TooNew, changing nothing, or
    WrongTables.
    """
    steps = [step for step in available() if upto is None or step[0] <= upto]
    with as_made():
        return await _migrate(storage, now, steps)


async def _migrate(storage: Storage, now: int, steps: Sequence[tuple[int, str]]) -> list[int]:
    async with storage.transaction() as tx:
        await tx.alone()
        await tx.script(BOOK)
        present = await version_of(tx)
    missing = [step for step in steps if step[0] > present] or steps[-1:]  # the last one looks for a newer version
    return [version for version, text in missing if await _apply(storage, version, text, steps[-1][0], now)]


async def _apply(storage: Storage, version: int, text: str, newest: int, now: int) -> bool:
    # Two processes may start at once: one step at a time, and each looks again inside its own transaction.
    async with storage.transaction() as tx:
        await tx.alone()
        present = await version_of(tx)
        if present > newest:
            raise TooNew(f"the database is at version {present}, this code knows {newest}: start a newer version")
        if present >= version:
            return False
        with as_made(present):
            for statement in _statements(text):
                await tx.script(statement)
        await tx.one("record_migration", version=version, applied_at=now)
    return True


async def version_of(tx: Tx) -> int:
    """The newest migration applied, 0 for an empty database."""
    row = await tx.one("newest_migration")
    return int(row[0] or 0) if row else 0


def _statements(text: str) -> Iterator[str]:
    """The statements of a migration. A ";" in quotes, in a remark or in the body of a trigger ends none.

    SQLite decides, for both engines: all that it does not know is PostgreSQL's $$. Raises ValueError for a statement
    that never ends, such as one with an open quote.
    """
    statement = ""
    for piece in text.rstrip().removesuffix(";").split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if not sqlite3.complete_statement(f";{statement}\n"):  # more than a remark
        raise ValueError(f"this statement never ends: {statement[:80].strip()}")


def is_anothers(file: Path) -> bool:
    """True for an SQLite database that has tables and no book of migrations. It is read as it lies there: nothing is
    made beside it, and nothing locked.
    """
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as found:
        try:
            tables = {name for (name,) in found.execute("select name from sqlite_master where type = 'table'")}
        except sqlite3.DatabaseError:  # damaged: that is told when it is opened
            return False
    return bool(tables) and "migration" not in tables

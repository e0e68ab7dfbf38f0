"""The tables of a register: what its migrations make of an empty SQLite, for they are one text for both engines."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from storage.db.migrate import BOOK, TooNew, available


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with its columns in the order in which they are copied."""

    name: str
    columns: tuple[str, ...]

    @property
    def select(self) -> str:
        """Every row."""
        return f'select {self._named} from "{self.name}"'  # noqa: S608  # names out of our own migrations

    @property
    def insert(self) -> str:
        """One row."""
        places = ", ".join("?" * len(self.columns))
        return f'insert into "{self.name}" ({self._named}) values ({places})'  # noqa: S608  # as above

    @property
    def clear(self) -> str:
        """No row any more."""
        return f'delete from "{self.name}"'  # noqa: S608  # as above

    @property
    def count(self) -> str:
        """How many rows."""
        return f'select count(*) from "{self.name}"'  # noqa: S608  # as above

    @property
    def probe(self) -> str:
        """Nothing; it fails where the table or one of its columns is missing."""
        # With the table before them: SQLite takes a name in quotes that it does not know for text.
        named = ", ".join(f'here."{column}"' for column in self.columns)
        return f'select 1 from (select {named} from "{self.name}" as here limit 0) as there'  # noqa: S608  # as above

    @property
    def _named(self) -> str:
        return ", ".join(f'"{column}"' for column in self.columns)


def make(connection: sqlite3.Connection, version: int) -> None:
    """The empty tables of a version."""
    connection.executescript(";".join([BOOK, *(text for number, text in available() if number <= version)]))


def probe(version: int) -> str:
    """A query for nothing, which fails unless all tables of a version are there. Raises TooNew as `tables_of` does."""
    return " union all ".join(table.probe for table in tables_of(version))


@cache  # 20 ms
def tables_of(version: int) -> tuple[Table, ...]:
    """The tables of a version; those that others refer to come first. Raises TooNew for one that we do not know."""
    if version > (known := available()[-1][0]):
        raise TooNew(f"the register is at version {version}, this code knows {known}; use a newer version of the bot")
    connection = sqlite3.connect(":memory:")
    try:
        make(connection, version)
        return tuple(_sorted(connection))
    finally:
        connection.close()


def _sorted(connection: sqlite3.Connection) -> Iterator[Table]:
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    keys, columns_of = 'select "table" from pragma_foreign_key_list(?)', "select name from pragma_table_info(?)"
    refers = {name: [parent for (parent,) in connection.execute(keys, (name,))] for name in names}
    for name in TopologicalSorter(refers).static_order():
        yield Table(name, tuple(column for (column,) in connection.execute(columns_of, (name,))))

"""A register in which every table holds something, whichever tables there are."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from storage.copies.ends import snapshot, whole
from storage.db.migrate import available
from storage.db.tables import Table, make, tables_of

NEWEST = available()[-1][0]
TABLES = tables_of(NEWEST)
NUMBERS = range(1, 4)


async def fill(url: str) -> None:
    """Three rows in each table, with odd words, large numbers, and nothing where nothing may be."""
    async with whole(url) as register:
        for table in TABLES:
            if table.name != "migration":
                await register.put(table, list(_rows(table)))


def _rows(table: Table) -> Iterator[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as plain:
        make(plain, NEWEST)
        columns = plain.execute(f'pragma table_info("{table.name}")').fetchall()
    for number in NUMBERS:
        yield tuple(
            None if number == 2 and not (is_needed or is_key) else _value(name, kind, number)
            for _, name, kind, is_needed, _, is_key in columns
        )


def _value(name: str, kind: str, number: int) -> str | int:
    if kind.lower() == "text":
        return f'{name}\'s "{number}" – ꦗꦺꦏ꧀\n\\'
    return 2**62 if name == "due_at" else number


async def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    found = {}
    async with snapshot(url) as register:
        for table in TABLES:
            rows = [tuple(row) async for some in register.rows(table) for row in some]
            found[table.name] = sorted(rows, key=repr)
    return found

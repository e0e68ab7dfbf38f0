"""Copies a register row by row and reads it again: what was put in has to come out."""

import asyncio
import hashlib
import sqlite3
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from storage.copies.ends import End, snapshot, whole
from storage.db.protocol import Row
from storage.db.tables import Table, tables_of

_SUM = 2**64
_CODECS = "asyncpg.pgproto"
_OWN = {"migration", "mark", "secret", "lease"}


class CopyDiffers(RuntimeError):
    """What was read again is not what was written; the copy is not to be used."""


@dataclass(slots=True)
class Digest:
    """How many rows, and a sum of their hashes, for which their order means nothing."""

    count: int = 0
    total: int = 0

    def add(self, rows: Sequence[Row]) -> None:
        self.count += len(rows)
        for row in rows:
            hashed = hashlib.blake2b(repr(tuple(row)).encode(), digest_size=8)
            self.total = (self.total + int.from_bytes(hashed.digest())) % _SUM


async def copy_all(
    source: str, target: str, may_stay: Callable[[], Awaitable[None]] | None = None
) -> Mapping[str, int]:
    """Copy the register at one address into the one at another, which has the same tables already. Raises as `copy`,
    or as `may_stay`, which is asked last; the other is as it was then.
    """
    async with snapshot(source) as register, whole(target) as other:
        copied = await copy(register, other, tables_of(await register.version()))
        if may_stay:
            await may_stay()
        return copied


async def copy(source: End, target: End, tables: Sequence[Table]) -> Mapping[str, int]:
    """Replace all that the target holds; how many rows each table has. Raises CopyDiffers."""
    for table in reversed(tables):
        await target.clear(table)
    written = {table.name: await _carry(source, target, table) for table in tables}
    found = {table.name: await _digest(target.rows(table)) for table in tables}
    must_agree(written, found)
    return {name: digest.count for name, digest in written.items()}


async def held(url: str) -> list[str]:
    """Tables that hold something, but for what a register holds before anybody has written to it."""
    async with snapshot(url) as register:
        tables = tables_of(await register.version())
        return [table.name for table in tables if table.name not in _OWN and await register.count(table)]


def must_agree(written: Mapping[str, object], found: Mapping[str, object]) -> None:
    """Raises CopyDiffers with the tables that do not."""
    if wrong := sorted(name for name in written if written[name] != found.get(name)):
        raise CopyDiffers(f"the copy is not what was copied: {', '.join(wrong)}")


async def _carry(source: End, target: End, table: Table) -> Digest:
    digest = Digest()
    async for rows in source.rows(table):
        await asyncio.to_thread(digest.add, rows)
        try:
            await target.put(table, rows)
        except Exception as error:
            if not _is_of_data(error):
                raise
            # Not quoted: it may be about somebody.
            wrong = "something in it is of no kind that the other database takes"
            raise CopyDiffers(f"{table.name}: {wrong}; put that right, and do it again") from None
    return digest


def _is_of_data(error: Exception) -> bool:
    """True of a value that somebody wrote by hand: SQLite keeps text in the place of a number, or a row of nobody."""
    code = str(getattr(error, "sqlstate", ""))
    return isinstance(error, sqlite3.IntegrityError) or code.startswith(("22", "23")) or _is_of_codec(error)


def _is_of_codec(error: Exception) -> bool:
    """True if asyncpg has raised it where it writes a value: it has no class of its own for a bare TypeError there."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    is_of_value = isinstance(error, TypeError | ValueError | OverflowError)
    return is_of_value and str(frame.f_globals.get("__name__")).startswith(_CODECS)


async def _digest(found: AsyncIterator[Sequence[Row]]) -> Digest:
    digest = Digest()
    async for rows in found:
        await asyncio.to_thread(digest.add, rows)
    return digest

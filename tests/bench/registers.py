"""Registers for the bench, filled in bulk: straight through sqlite3, with the schema of the migrations."""

import asyncio
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import asyncpg
from stdnum.iso7064 import mod_11_2

from storage import district, migrate, open_storage
from storage.db.migrate import available
from storage.news.cards import EVERY_STAGE
from tests.bench.bots import HERE

NOW = int(time.time() * 1000)
MINUTE, DAY = 60_000, 86_400_000
FIRST_OFFICER, FIRST_CITIZEN = 720_000_000, 730_000_000
TYPES = ("KK", "KTP", "AKL", "KIA")
HOLDER = 10**6  # a post that has ended; a document that nobody holds has left its road
Row = tuple[Any, ...]
Table = tuple[str, str, list[Row]]  # name, columns, rows


@dataclass(frozen=True, slots=True)
class Paper:
    """One request with its one document: who follows it, and where it stands."""

    number: str
    village: str
    stage: str
    followers: Sequence[int] = ()
    closed: bool = False

    @property
    def steps(self) -> int:
        return 3 if self.closed else 1


def numbers() -> Iterator[str]:
    """Sound receipt numbers, growing."""
    for i in range(10**9):
        body = f"2{i * 7:010}"
        check = mod_11_2.calc_check_digit(body)
        if check != "X":
            yield body + check


async def create(path: Path, papers: Iterable[Paper], total: int, couriers: int, home: Path = HERE) -> None:
    """A new register with this many couriers at their posts, and these papers; its schema is that of `home`."""
    path.unlink(missing_ok=True)
    await _migrated(f"sqlite:///{path}", home)
    with sqlite3.connect(path) as book:
        book.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -500000")
        for table in chain(_couriers(couriers), _tables(papers, total)):
            _insert(book, *table)
        if home == HERE:  # an older checkout tells everybody of every stage
            book.execute(HEAR_ALL)
    book.close()
    with sqlite3.connect(path) as book:
        book.execute("pragma journal_mode = wal")
        book.execute("analyze")
    book.close()


HEAR_ALL = f"""
insert into person (chat, news) select distinct chat, '{EVERY_STAGE}' from follow where true
on conflict (chat) do nothing
"""  # whoever follows is told of each step, as in the figures of before


async def create_on_postgres(url: str, papers: Iterable[Paper], total: int, couriers: int) -> None:
    """The same in an empty database of a PostgreSQL."""
    await _migrated(url, HERE)
    book = await asyncpg.connect(url)
    for name, columns, rows in chain(_couriers(couriers), _tables(papers, total)):
        await book.copy_records_to_table(name, records=rows, columns=columns.split())
    await book.execute(HEAR_ALL)
    await book.execute("analyze")
    await book.close()


async def _migrated(url: str, home: Path) -> None:
    if home != HERE:
        settings = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(home)}
        command = (sys.executable, "-m", "bot", "migrate")
        await asyncio.to_thread(subprocess.run, command, cwd=home, env=settings, check=True, capture_output=True)
        return
    empty = await open_storage(url)
    await migrate(empty, NOW)
    await empty.close()


def _couriers(count: int) -> Iterator[Table]:
    posts = [(i, FIRST_OFFICER + i, "courier", "", i, NOW - 90 * DAY) for i in range(count)]
    yield ("post", "id chat role village ordinal since", posts)
    yield ("person", "chat lang", [(FIRST_OFFICER + i, "id") for i in range(count)])


def _tables(papers: Iterable[Paper], total: int) -> Iterator[Table]:
    """In parts, since a million papers do not fit into memory at once."""
    rest, n = iter(papers), 0
    while some := list(islice(rest, 50_000)):
        yield from _tables_of(some, n, total)
        n += len(some)


def _tables_of(papers: list[Paper], first: int, total: int) -> Iterator[Table]:
    """Ids as new_id() makes them: they grow with time."""
    at = [_filed_at(first + i, total) for i in range(len(papers))]
    both = list(zip(at, papers, range(first, first + len(papers)), strict=True))
    acts = [(_id(t, 8 + s), "move", "courier", "", "button", t, t, t) for t, p, _ in both for s in range(p.steps)]
    yield ("act", "id kind role village how happened_at recorded_at grace_until", acts)
    ended = [(t + DAY if p.closed else None) for t, p, _ in both]
    requests = [
        (_id(t, 1), p.village, f"d{n}", 0, _id(t, 8), t, end) for (t, p, n), end in zip(both, ended, strict=True)
    ]
    yield ("request", "id village draft mourned act filed_at closed_at", requests)
    yield ("number", "number request since", [(p.number, _id(t, 1), t) for t, p, _ in both])
    documents = [
        (_id(t, 2), _id(t, 1), TYPES[n % 4], p.village, p.stage, t, p.steps, end, HOLDER)
        for (t, p, n), end in zip(both, ended, strict=True)
    ]
    yield ("document", "id request type village stage since version closed_at holder", documents)
    events = [
        (_id(t, 16 + s), _id(t, 8 + s), _id(t, 2), _id(t, 1), "move", p.stage, s + 1, t)
        for t, p, _ in both
        for s in range(p.steps)
    ]
    yield ("event", "id act document request kind to_stage version at", events)
    yield ("follow", "chat number since", [(chat, p.number, t) for t, p, _ in both for chat in p.followers])


def document_id(n: int, total: int) -> int:
    """The id of the document of paper n, counted from 0."""
    return _id(_filed_at(n, total), 2)


def _filed_at(n: int, total: int) -> int:
    """Ten a minute, the last of them a day ago."""
    return NOW - DAY - (total - n) * MINUTE // 10


def _id(at: int, kind: int) -> int:
    return (at << 20) | kind


def _insert(book: sqlite3.Connection, table: str, columns: str, rows: Iterable[Row]) -> None:
    names = columns.split()
    places = ", ".join("?" * len(names))
    book.executemany(f"insert into {table} ({', '.join(names)}) values ({places})", rows)


def district_file(folder: Path, grace: float = 0, home: Path = HERE) -> None:
    """Petungkriyono's rules as the checkout at `home` has them, with a grace of so many seconds."""
    text = (home / "storage" / "districts" / district.SHIPPED.name).read_text("utf-8")
    (folder / "district.toml").write_text(
        text.replace("notice_grace = 10 ", f"notice_grace = {grace} ").replace("gather = 120 ", "gather = 0 "), "utf-8"
    )


def owe_acts(path: Path, chats: Sequence[int]) -> None:
    """One notice to each chat is due: of the act that filed a paper, each paper's notice to five chats."""
    with sqlite3.connect(path, timeout=10) as book:
        acts = book.execute("select act, request from event order by id limit ?", (len(chats) // 5 + 1,)).fetchall()
        now = int(time.time() * 1000)
        rows = [
            (_id(now, 0) + i, f"bench:{now}:{i}", chat, 1, "act", *acts[i // 5], now, now)
            for i, chat in enumerate(chats)
        ]
        _insert(book, "outbox", "id key chat priority kind act request owed_at due_at", rows)
    book.close()


def owe_bulk(path: Path, chats: Sequence[int], each: int) -> None:
    """So many messages to each chat are due, numbered, of the urgency of notices."""
    now = int(time.time() * 1000)
    order = [(n, chat) for n in range(each) for chat in chats]
    rows = [
        (_id(now, 0) + i, f"bulk:{i}", chat, 1, "bulk", _numbered(n), now, now) for i, (n, chat) in enumerate(order)
    ]
    with sqlite3.connect(path, timeout=10) as book:
        _insert(book, "outbox", "id key chat priority kind facts owed_at due_at", rows)
    book.close()


def _numbered(n: int) -> str:
    return f'{{"view":"refused","args":{{"key":"typo","number":"{n:012}"}},"lang":"id"}}'


def unsent(path: Path) -> int:
    """How much is owed and not on record as sent."""
    with sqlite3.connect(path, timeout=10) as book:
        (n,) = book.execute("select count(*) from outbox where sent_at is null").fetchone()
    book.close()
    return int(n)


def cached(name: str) -> Path:
    """A file that outlives the run, for this schema alone."""
    schema = hashlib.sha256(repr(available()).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"jekduk-bench-{schema}"
    folder.mkdir(exist_ok=True)
    return folder / name

"""What a database promises, whichever engine is behind it; and the named queries in ``sql/``, one text for both."""

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from importlib.resources import files
from typing import Any, Protocol

Row = Sequence[Any]
MIGRATING, MOVING, LENDING = 0, 1, 2  # what transactions may want to be alone with


class Tx(Protocol):
    """What a query is asked of. Queries are named as in ``sql/*.sql``, values go by name."""

    async def all(self, query: str, **values: Any) -> list[Row]:
        """Every row."""

    async def one(self, query: str, **values: Any) -> Row | None:
        """The first row, or None. With ``returning id`` this tells whether a conditional write happened."""

    async def many(self, query: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """One write for each mapping."""

    async def long(self, query: str, **values: Any) -> list[Row]:
        """As `all`, for what may take so long that others should go on meanwhile."""

    async def script(self, statement: str) -> None:
        """One statement of a migration."""

    async def clock(self) -> int:
        """What time it is for the database (epoch ms): that of every process on it, whatever its own clock says."""

    async def alone(self, lock: int = MIGRATING, /) -> None:
        """From here to the end of the transaction no other one is past this call, nor past `shared`, of this lock."""

    async def shared(self, lock: int, /) -> None:
        """From here to the end of the transaction no other one is past `alone` of this lock."""

    def shred(self) -> None:
        """What this transaction deletes shall not live on in SQLite's log: `tidy()` follows the commit."""


class Storage(Protocol):
    """An open database. One that is `remote` may lie on another machine, which has a clock of its own.

    `is_shared`: a pooler stands before it, which gives each transaction whichever connection is free.
    """

    remote: bool
    is_shared: bool

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        """A write transaction: commits at the end of the block, rolls back when it raises."""

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """For reads alone; waits for no writer. Each query sees what is committed when it runs."""

    async def writes_end(self, seconds: float) -> bool:
        """Wait until all is committed or undone that was being written when this was called; False if that takes
        longer. The commit of a process that died may not have arrived yet.
        """

    async def at_risk(self) -> str:
        """What is set on the server so that its crash may lose what was committed, in its words; empty if nothing."""

    async def tidy(self) -> None:
        """Write SQLite's log back and cut it, so that what was deleted is gone from the disk. As well as it can."""

    async def close(self) -> None:
        """Give the connections back."""


def queries() -> dict[str, str]:
    """Every query of ``sql/`` by the name above it; a ! behind that says that it writes and answers nothing. What its
    other comments say is for readers alone.
    """
    texts = "\n".join(file.read_text("utf-8") for file in (files("storage") / "sql").iterdir())
    texts = re.sub(r"^ *-- (?!name: ).*\n", "", texts, flags=re.MULTILINE)
    _, *found = re.split(r"^-- name: (\w+)!?$", texts, flags=re.MULTILINE)
    return dict(zip(found[::2], map(str.strip, found[1::2]), strict=True))

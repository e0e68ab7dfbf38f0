"""Both engines, each with a database of its own: what storage promises, it promises on either."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

import storage
from storage import Storage
from storage.workflow import Workflow
from tests import postgres
from tests.storage.cast import NOW, Register, appoint
from tests.town import WORKFLOW

KEPT = ("person", "post")
TABLES = (
    "feed_told feed_subscription feed_system"
    " sms_follow sms_phone demand question_line question opinion village_group relay proxy event birth cause remark"
    " original bag_item bag document number request act follow consent invite miss forgotten secret inbox outbox"
    " mark lease reserved stand_in card person post"
).split()


class Made:
    """One SQLite file to be copied, one PostgreSQL database to be emptied: a new one takes a third of a second."""

    def __init__(self, template: Path) -> None:
        self._template, self._ready = template, False
        self.shared = ""

    async def sqlite(self, path: Path) -> str:
        if not self._ready:
            await settled(f"sqlite:///{self._template}")
            self._ready = True
        await asyncio.to_thread(shutil.copyfile, self._template, path)
        return f"sqlite:///{path}"

    async def postgres(self) -> str:
        if not self.shared:
            self.shared = await postgres.fresh_database(settled)
            await run(self.shared, *(f"create table kept_{table} as select * from {table}" for table in KEPT))
        await run(
            self.shared,
            *(f"delete from {table}" for table in TABLES),
            *(f"insert into {table} select * from kept_{table}" for table in KEPT),
        )
        return self.shared


async def run(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(";".join(statements))
    finally:
        await connection.close()


async def settled(url: str) -> None:
    opened = await storage.open_storage(url)
    await storage.migrate(opened, NOW)
    await appoint(opened)
    await opened.close()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """What is made once for all tests."""
    one = Made(tmp_path_factory.mktemp("register") / "template.sqlite3")
    yield one
    if one.shared:
        asyncio.run(postgres.drop(one.shared))


@pytest.fixture
async def url(engine: str, made: Made, tmp_path: Path) -> str:
    """A database with every migration and the cast at their posts, and nothing else."""
    return await made.postgres() if engine == "postgres" else await made.sqlite(tmp_path / "register.sqlite3")


@pytest.fixture
async def opened(url: str) -> AsyncIterator[Storage]:
    """That database, open."""
    one = await storage.open_storage(url)
    yield one
    await one.close()


@pytest.fixture(scope="session")
def workflow() -> Workflow:
    """Petungkriyono's rules."""
    return WORKFLOW


@pytest.fixture
def register(opened: Storage, workflow: Workflow) -> Register:
    """The open database, and the cast that acts in it."""
    return Register(opened, workflow)

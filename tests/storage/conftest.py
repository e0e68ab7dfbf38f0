"""Both engines, each with a database of its own: what storage promises, it promises on either."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from storage import Storage
from storage.district import load
from storage.workflow import Workflow
from tests import postgres
from tests.storage.cast import NOW, Register


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def url(engine: str, tmp_path: Path) -> AsyncIterator[str]:
    """A database with every migration."""
    if engine == "sqlite":
        path = f"sqlite:///{tmp_path / 'register.sqlite3'}"
        await migrated(path)
        yield path
    else:
        async with postgres.database(migrated) as copy:
            yield copy


async def migrated(url: str) -> None:
    opened = await storage.open(url)
    await storage.migrate(opened, NOW)
    await opened.close()


@pytest.fixture
async def opened(url: str) -> AsyncIterator[Storage]:
    """That database, open."""
    one = await storage.open(url)
    yield one
    await one.close()


@pytest.fixture(scope="session")
def workflow() -> Workflow:
    """Petungkriyono's rules."""
    return Workflow(load())


@pytest.fixture
async def register(opened: Storage, workflow: Workflow) -> Register:
    """The open database with the cast at their posts."""
    cast = Register(opened, workflow)
    await cast.appoint()
    return cast

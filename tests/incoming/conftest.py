"""A desk: the way in with handlers that do what a test says."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.desk import Desk, desk
from tests.town import migrated


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Desk]:
    """An open desk, on each engine in turn."""
    async with desk(database_url) as found:
        await found.opens()
        yield found


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk on SQLite, not open yet: for what has nothing to do with the database."""
    url = f"sqlite:///{tmp_path / 'town.db'}"
    await migrated(url)
    async with desk(url) as found:
        yield found

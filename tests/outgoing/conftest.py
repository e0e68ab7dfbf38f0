"""A sender with something to send, for most tests of this room."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.mail import Mail, mail
from tests.town import migrated


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Mail]:
    """On SQLite, and open."""
    url = f"sqlite:///{tmp_path / 'mail.db'}"
    await migrated(url)
    async with mail(url) as post:
        post.opens()
        yield post

"""What every test may ask for: a migrated database on either engine, and a town."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import bot  # sets what python-telegram-bot reads at import
from tests import postgres
from tests.town import Town, migrated

assert bot.__doc__
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and why, whatever else is said."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} left out: {reason.removeprefix('Skipped: ')}")


@pytest.fixture(params=["sqlite", "postgres"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A fresh, migrated database; each test that asks runs on both engines."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'town.db'}"
        await migrated(url)
        yield url
        return
    async with postgres.database(migrated) as url:
        yield url


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town on SQLite, its bot running."""
    url = f"sqlite:///{tmp_path / 'town.db'}"
    await migrated(url)
    async with Town.open(url) as town:
        yield town


@pytest.fixture
async def any_town(database_url: str) -> AsyncIterator[Town]:
    """A town on each engine in turn."""
    async with Town.open(database_url) as town:
        yield town

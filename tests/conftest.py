"""What every test may ask for: a migrated database on either engine, and a town."""

import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import bot  # sets what python-telegram-bot reads at import
from storage.db import protocol
from tests import memory, postgres
from tests.telegram import overheard
from tests.town import TOKEN, Town, migrated

assert bot.__doc__
memory.write_there()
# Who runs tests in the background ignores Ctrl-C, and so would whatever they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
# A process reads its queries when it opens its database: a tenth of a test, if each test opens one.
pytest.MonkeyPatch().setattr("storage.db.sqlite.queries", cache(protocol.queries))
overheard.listen(pytest.MonkeyPatch(), TOKEN)

# Files whose tests start processes, browsers or servers, wait for clocks or compute for seconds; the longest first.
LONG = (
    "tests/crash/test_sigkill.py",
    "tests/browser/test_page_journeys.py",
    "tests/crash/test_processes.py",
    "tests/browser/",
    "tests/docs/",
    "tests/cli/test_main.py",
    "tests/simulation/",
    "tests/month/",
    "tests/copies/",
    "tests/demo/",
    "tests/test_setup.py",
    "tests/sandbox/test_sandbox_strangers.py",
    "tests/test_postgres.py",
    "tests/crash/",
    "tests/test_limits.py",
    "tests/cli/",
    "tests/handlers/test_largest.py",
    "tests/handlers/test_photographs.py",
    "tests/handlers/test_seals.py",
    "tests/handlers/test_slip_photos.py",
    "tests/handlers/test_aloud.py",
    "tests/paper/",
    "tests/days/",
    "tests/test_lease.py",
    "tests/outgoing/",
    "tests/handlers/test_turning.py",
    "tests/storage/test_engine.py",
    "tests/chores/test_timetable.py",
    "tests/storage/test_district.py",
    "tests/incoming/test_oddities.py",
    "tests/incoming/test_dispatcher.py",
    "tests/incoming/test_person_queue.py",
    "tests/web/test_supervisor.py",
    "tests/test_database.py",
    "tests/storage/test_races.py",
    "tests/telegram/test_rate_limit.py",
    "tests/incoming/test_poller.py",
    "tests/handlers/test_question_lines.py",
    "tests/handlers/test_stand_ins.py",
    "tests/handlers/test_five_hundred.py",
    "tests/storage/test_hold_walk.py",
)


def pytest_xdist_auto_num_workers() -> int:
    """Half a worker more than there are cores for each: bots, browsers and clocks are waited for."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left alone with it."""
    place = {
        item: next((n for n, file in enumerate(LONG) if item.nodeid.startswith(file)), len(LONG)) for item in items
    }
    for item in items:
        if place[item] < len(LONG):
            item.add_marker("long")
    items.sort(key=lambda item: place[item])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and why, whatever else is said."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} left out: {reason.removeprefix('Skipped: ')}")


@pytest.fixture(autouse=True)
def said_and_heard_fits_the_bot_api() -> Iterator[None]:
    """Whatever a test is about: each call, answer and update of it has the shape that the Bot API knows."""
    yield
    assert overheard.taken() == []


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
    async with Town.open(tmp_path) as town:
        yield town


@pytest.fixture
async def any_town(database_url: str) -> AsyncIterator[Town]:
    """A town on each engine in turn."""
    async with Town.open(database_url) as town:
        yield town

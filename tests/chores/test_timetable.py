"""The ticker itself: it goes on, whatever becomes of the clock, the loop and the chores."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.chores import timetable
from bot.chores.timetable import HOUR, Schedule
from handlers.context import Services
from storage import Storage
from tests.town import TUESDAY, WORKFLOW


class Counting(Schedule):
    """A ticker that does nothing but count, and asks no database."""

    def __init__(self) -> None:
        nowhere: Storage = None  # type: ignore[assignment]  # none of its chores asks
        super().__init__(Services(nowhere, WORKFLOW, lambda: TUESDAY), lambda: None)
        self.ticks: list[int] = []
        self._chores = [timetable._Patient(self._count)]

    async def _count(self, now: int) -> bool:
        self.ticks.append(now)
        return False


@pytest.fixture
async def quick(monkeypatch):
    """It ticks twenty times a second."""
    monkeypatch.setattr(timetable, "TICK", 0.05)
    ticker = Counting()
    ticker.start()
    yield ticker
    await ticker.stop()


async def ticked(ticker: Counting, times: int) -> None:
    ticker.ticks.clear()
    async with asyncio.timeout(10):
        while len(ticker.ticks) < times:  # noqa: ASYNC110  # a list has no event to wait for
            await asyncio.sleep(0.01)


async def test_it_ticks_by_itself_and_stops(quick):
    await ticked(quick, 4)
    await quick.stop()
    quick.ticks.clear()
    await asyncio.sleep(0.2)
    assert quick.ticks == []


async def test_a_clock_set_back_does_not_put_it_to_sleep(quick, monkeypatch):
    [job] = quick._scheduler.get_jobs()
    monkeypatch.setattr("bot.chores.timetable.time.time", lambda: time.monotonic() - HOUR)  # now an hour behind …
    job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))  # … so the next tick lies an hour ahead
    await ticked(quick, 1)


def test_a_clock_set_forward_by_years_is_one_tick():
    then, now = datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    assert timetable._EachTick().get_next_fire_time(then, now) == now + timedelta(seconds=1)


async def test_what_fails_is_logged_and_holds_up_nobody(quick, caplog):
    async def broken(now: int) -> bool:
        raise KeyError("a chore with a mistake in it")

    quick._chores.insert(0, timetable._Patient(broken))
    await ticked(quick, 4)
    failed = [record.message for record in caplog.records].count("a chore failed")
    assert 1 <= failed < 4  # it rests before the next try


async def test_stopping_waits_for_what_has_begun(quick):
    done = []

    async def slow(now: int) -> bool:
        await asyncio.sleep(0.15)
        done.append(now)
        return False

    quick._chores = [timetable._Patient(slow)]
    await asyncio.sleep(0.12)
    await quick.stop()
    assert done
    assert not quick._busy.locked()


async def test_what_does_not_end_is_cancelled(quick, monkeypatch):
    monkeypatch.setattr(timetable, "PATIENCE", 0.1)
    ends = []

    async def stuck(_: int) -> bool:
        try:
            return await asyncio.Event().wait()
        finally:
            ends.append("cancelled")

    quick._chores = [timetable._Patient(stuck)]
    await asyncio.sleep(0.12)
    async with asyncio.timeout(5):
        await quick.stop()
        await asyncio.sleep(0.05)
    assert ends == ["cancelled"]


async def test_a_loop_that_was_blocked_is_seen(quick):
    await asyncio.sleep(0.06)
    time.sleep(0.2)  # noqa: ASYNC251  # this is what must be seen
    await asyncio.sleep(0.06)
    assert quick.lag() > 0.1

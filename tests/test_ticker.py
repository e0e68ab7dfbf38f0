"""The ticker itself: it goes on, whatever becomes of the clock, the loop and the chores."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

import storage as register
from bot import schedule
from bot.schedule import HOUR, Schedule
from handlers.office import Office
from tests.town import TUESDAY, WORKFLOW


class Counting(Schedule):
    """A ticker that does nothing but count, and asks no database."""

    def __init__(self) -> None:
        nowhere: register.Storage = None  # type: ignore[assignment]  # none of its chores asks
        super().__init__(Office(nowhere, WORKFLOW, lambda: TUESDAY), lambda: None)
        self.ticks: list[int] = []
        self._chores = [schedule._Patient(self._count)]

    async def _count(self, now: int) -> bool:
        self.ticks.append(now)
        return False


@pytest.fixture
async def quick(monkeypatch):
    """It ticks twenty times a second."""
    monkeypatch.setattr(schedule, "TICK", 0.05)
    ticker = Counting()
    ticker.start()
    yield ticker
    await ticker.stop()


async def test_it_ticks_by_itself_and_stops(quick):
    await asyncio.sleep(0.4)
    await quick.stop()
    ticked = len(quick.ticks)
    await asyncio.sleep(0.2)
    assert ticked >= 4
    assert len(quick.ticks) == ticked


async def test_a_clock_set_back_does_not_put_it_to_sleep(quick, monkeypatch):
    [job] = quick._scheduler.get_jobs()
    monkeypatch.setattr("bot.schedule.time.time", lambda: time.monotonic() - HOUR)  # now an hour behind …
    job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))  # … so the next tick lies an hour ahead
    quick.ticks.clear()
    await asyncio.sleep(0.4)
    assert quick.ticks


def test_a_clock_set_forward_by_years_is_one_tick():
    then, now = datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    assert schedule._EachTick().get_next_fire_time(then, now) == now + timedelta(seconds=1)


async def test_what_fails_is_logged_and_holds_up_nobody(quick, caplog):
    async def broken(now: int) -> bool:
        raise KeyError("a chore with a mistake in it")

    quick._chores.insert(0, schedule._Patient(broken))
    quick.ticks.clear()
    await asyncio.sleep(0.3)
    assert len(quick.ticks) >= 3
    assert [record.message for record in caplog.records].count("a chore failed") == 1  # it rests before the next try


async def test_stopping_waits_for_what_has_begun(quick):
    done = []

    async def slow(now: int) -> bool:
        await asyncio.sleep(0.15)
        done.append(now)
        return False

    quick._chores = [schedule._Patient(slow)]
    await asyncio.sleep(0.12)
    await quick.stop()
    assert done
    assert not quick._busy.locked()


async def test_a_loop_that_was_blocked_is_seen(quick):
    await asyncio.sleep(0.06)
    time.sleep(0.2)  # noqa: ASYNC251  # this is what must be seen
    await asyncio.sleep(0.06)
    assert quick.lag() > 0.1

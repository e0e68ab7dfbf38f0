"""The timetable goes on, whatever becomes of the clock, the loop and the jobs."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.chores import timetable
from bot.chores.timetable import Every, Row, Timetable, rows
from handlers.context import Services
from storage import Storage
from tests.town import TUESDAY, WORKFLOW

QUICK = timedelta(seconds=0.05)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
NOWHERE: Storage = None  # type: ignore[assignment]  # nobody asks it


class Day:
    """A timetable with one job that counts its turns, and whatever else is put on it."""

    def __init__(self) -> None:
        self.turns, self.wakes, self.skipped = 0, 0, 0
        self.timetable = self.of(Row("count", Every(QUICK), self._count))

    def of(self, *rows: Row) -> Timetable:
        return Timetable(rows, self._now, self._wake, chance=lambda: 0.0, look=0.05)

    def begin(self, *others: Row) -> None:
        self.timetable = self.of(*others, *self.timetable.rows)
        self.timetable.start()

    def _now(self) -> int:
        return int(time.monotonic() * 1000) + self.skipped

    def _wake(self) -> None:
        self.wakes += 1

    async def _count(self) -> bool:
        self.turns += 1
        return False

    async def turns_come(self, times: int) -> None:
        wanted = self.turns + times
        async with asyncio.timeout(10):
            while self.turns < wanted:  # noqa: ASYNC110  # a number has no event to wait for
                await asyncio.sleep(0.01)


@pytest.fixture
async def day():
    day = Day()
    yield day
    await day.timetable.stop()


async def test_jobs_have_their_turns_by_themselves_until_it_stops(day):
    day.begin()
    await day.turns_come(4)
    await day.timetable.stop()
    day.turns = 0
    await asyncio.sleep(0.2)
    assert day.turns == 0


async def test_who_left_something_to_send_has_the_sender_woken(day):
    async def remind() -> bool:
        return True

    day.begin(Row("remind", Every(timedelta(hours=1)), remind))
    await day.turns_come(2)
    assert day.wakes == 1


@pytest.mark.parametrize("by", [-3_600_000, 3_600_000], ids=["back", "forward"])
async def test_when_the_clock_was_set_every_job_looks_at_once_and_the_sender_too(day, by):
    day.timetable = day.of(Row("count", Every(timedelta(hours=1)), day._count))
    day.begin()
    await day.turns_come(1)
    day.skipped += by
    await day.turns_come(1)
    assert day.wakes == 1


def test_a_clock_set_forward_by_years_is_one_turn():
    assert Every(timedelta(seconds=1)).get_next_fire_time(datetime(1970, 1, 1, tzinfo=UTC), NOW) == NOW + timedelta(
        seconds=1
    )


def test_reminders_look_each_second_and_the_purge_each_hour():
    first, then = {}, {}
    for name, trigger, _ in rows(Services(NOWHERE, WORKFLOW, lambda: TUESDAY)):
        first[name] = (trigger.get_next_fire_time(None, NOW) - NOW).total_seconds()
        then[name] = (trigger.get_next_fire_time(NOW, NOW) - NOW).total_seconds()
    steady = {"announcing": 10, "closing": 10, "breaker": 10, "last_days": 10, "dead_letters": 60}
    seldom = {"groups": 40, "pace": 600, "nudge": 0, "purge": 60}
    assert first == {"clock_set_back": 0, "reminders": 5, **steady, "newborns": 30, "lost": 20, **seldom}
    hourly = {"groups": 60, "pace": 3600, "nudge": 60, "purge": 3600}
    assert then == {"clock_set_back": 1, "reminders": 1, **steady, "newborns": 60, "lost": 60, **hourly}


async def test_what_fails_is_logged_and_holds_up_nobody(day, caplog):
    async def broken() -> bool:
        raise KeyError("a chore with a mistake in it")

    day.begin(Row("broken", Every(QUICK), broken))
    await day.turns_come(4)
    failed = [record.message for record in caplog.records].count("a chore failed")
    assert failed == 1  # it rests before the next try


async def test_a_database_that_fails_a_chore_is_told_in_its_own_words(day, caplog):
    async def locked_out() -> bool:
        raise ConnectionError("the server closed the connection")

    day.begin(Row("locked out", Every(QUICK), locked_out))
    await day.turns_come(4)
    told = [record.__dict__["error"] for record in caplog.records if record.message == "the database failed a chore"]
    assert told == ["ConnectionError: the server closed the connection"]


async def test_what_failed_is_tried_again_long_before_its_next_turn(day):
    tries = []

    async def broken_at_first() -> bool:
        tries.append(time.monotonic())
        if len(tries) == 1:
            raise OSError
        return True

    day.begin(Row("broken", Every(timedelta(hours=1)), broken_at_first))
    async with asyncio.timeout(60):  # of an hour
        while not day.wakes:  # noqa: ASYNC110  # a number has no event to wait for
            await asyncio.sleep(0.01)
    assert tries[1] - tries[0] > 0.4


async def test_what_takes_long_holds_up_nobody(day):
    async def slow() -> bool:
        await asyncio.sleep(3600)
        return False

    day.begin(Row("slow", Every(QUICK), slow))
    await day.turns_come(4)


async def test_a_loop_that_was_blocked_drops_no_turn(day, monkeypatch):
    day.begin()
    await day.turns_come(1)
    time.sleep(1.2)  # noqa: ASYNC251  # longer than APScheduler forgives by itself
    before = day.turns
    await asyncio.sleep(0.03)
    assert day.turns == before + 1


async def test_stopping_waits_for_what_has_begun(day):
    done = []

    async def slow() -> bool:
        await asyncio.sleep(0.15)
        done.append(1)
        return False

    day.begin(Row("slow", Every(QUICK), slow))
    await asyncio.sleep(0.05)
    await day.timetable.stop()
    assert done == [1]


async def test_what_does_not_end_is_cancelled_and_that_is_no_error(day, monkeypatch, caplog):
    monkeypatch.setattr(timetable, "PATIENCE", 0.1)
    ends = []

    async def stuck() -> bool:
        try:
            return await asyncio.Event().wait()
        finally:
            ends.append("cancelled")

    day.begin(Row("stuck", Every(QUICK), stuck))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        await day.timetable.stop()
        await asyncio.sleep(0.05)
    assert ends == ["cancelled"]
    assert caplog.records == []


async def test_a_loop_that_was_blocked_is_seen(day):
    day.begin()
    await asyncio.sleep(0.06)
    time.sleep(0.2)  # noqa: ASYNC251  # this is what must be seen
    await asyncio.sleep(0.06)
    assert day.timetable.lag() > 0.1

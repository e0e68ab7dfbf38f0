"""A clock that is set puts nothing to sleep."""

import pytest

from bot.chores.clock_set_back import ClockSetBack, ClockWatch
from storage import marks, outbox
from storage.records import DAY, HOUR, MINUTE
from tests.chores.stage import OPENING, Morning


class Clocks:
    """A wall clock (ms) and a monotonic one (s) that go on together."""

    def __init__(self) -> None:
        self.wall, self.steady = OPENING, 100.0
        self.watch = ClockWatch(lambda: self.wall, lambda: self.steady)

    def go_on(self, seconds: float, *, set_by: int = 0) -> bool:
        self.wall += int(seconds * 1000) + set_by
        self.steady += seconds
        return self.watch.was_set()


@pytest.mark.parametrize("by", [-DAY, -2000, 2000, 56 * 365 * DAY], ids=["a day back", "back", "on", "since 1970"])
def test_a_clock_that_was_set_is_seen_once(by):
    clocks = Clocks()
    assert [clocks.go_on(1), clocks.go_on(1, set_by=by), clocks.go_on(1)] == [False, True, False]


def test_a_clock_that_is_put_right_little_by_little_was_not_set():
    clocks = Clocks()
    assert not any(clocks.go_on(1, set_by=-5) for _ in range(1000))


def test_a_loop_that_was_late_is_no_clock_that_was_set():
    assert not Clocks().go_on(300)


async def owed_at(morning: Morning, due: int) -> None:
    async with morning.storage.real.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("one", 7, "answer", outbox.NOTICE, due)], morning.now)


async def next_due(morning: Morning) -> int | None:
    async with morning.storage.real.reading() as tx:
        return (await outbox.next_due(tx)).get(outbox.NOTICE)


@pytest.mark.parametrize(
    "by, due",
    [
        (DAY, OPENING - DAY + MINUTE),
        (HOUR, OPENING - HOUR + MINUTE),
        (MINUTE, OPENING + MINUTE),
        (-DAY, OPENING + MINUTE),
    ],
    ids=["by a day", "by an hour", "by so little that it is worth nothing", "forward"],
)
async def test_what_is_owed_goes_back_with_the_clock(quiet_morning, by, due):
    await owed_at(quiet_morning, OPENING + MINUTE)
    job = ClockSetBack(quiet_morning.services)
    for before in (2 * DAY, 0):  # it went on as a clock does
        quiet_morning.now = OPENING - before
        assert not await job.mend()
    quiet_morning.now -= by
    assert await job.mend() == (by > outbox.LATE)
    assert not await job.mend()
    assert await next_due(quiet_morning) == due


async def test_a_clock_that_was_set_back_while_no_process_ran_is_known_by_the_last_poll(quiet_morning):
    await owed_at(quiet_morning, OPENING + MINUTE)
    async with quiet_morning.storage.real.transaction() as tx:
        await marks.mark(tx, "poll", OPENING)
    quiet_morning.now -= DAY
    assert await ClockSetBack(quiet_morning.services).mend()
    assert await next_due(quiet_morning) == OPENING - DAY + MINUTE


async def test_the_database_is_asked_once_while_the_clock_goes_on(quiet_morning):
    job = ClockSetBack(quiet_morning.services)
    for _ in range(50):
        quiet_morning.now += 1000
        await job.mend()
    assert quiet_morning.storage.asked == 1

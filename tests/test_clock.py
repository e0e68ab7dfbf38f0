"""The clock: real time, and in the demo what a visitor has skipped."""

from pathlib import Path

import pytest

from bot import clock
from bot.clock import Clock, set_offset

HOUR = 3_600_000
NOW = 1_795_481_600_000


class Watch:
    """What the machine's own clocks show, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def time_ns(self) -> int:
        return NOW * 1_000_000 + round(self.seconds * 1_000_000_000)


@pytest.fixture(autouse=True)
def watch(monkeypatch) -> Watch:
    found = Watch()
    monkeypatch.setattr(clock, "time", found)
    return found


def ahead(now: Clock, watch: Watch) -> int:
    """Milliseconds, once it has looked again."""
    watch.seconds += clock.LOOK_AGAIN
    return now() - watch.time_ns() // 1_000_000


def test_without_a_file_it_is_real_time(watch):
    assert Clock()() == NOW
    watch.seconds = 1.5
    assert Clock()() == NOW + 1500


def test_a_file_moves_it_while_it_runs(tmp_path, watch):
    now = Clock(tmp_path / "clock")
    assert ahead(now, watch) == 0
    set_offset(tmp_path / "clock", 3 * HOUR)
    assert ahead(now, watch) == 3 * HOUR


@pytest.mark.parametrize("content", ["", "tomorrow", "1.5"])
def test_a_file_that_makes_no_sense_changes_nothing(tmp_path, watch, content):
    file = tmp_path / "clock"
    set_offset(file, HOUR)
    now = Clock(file)
    assert ahead(now, watch) == HOUR
    file.write_text(content)
    assert ahead(now, watch) == HOUR


def test_the_file_is_read_ten_times_a_second_at_most(tmp_path, watch, monkeypatch):
    reads: list[Path] = []

    def read(file: Path, *_: str) -> str:
        reads.append(file)
        return "0"

    monkeypatch.setattr(Path, "read_text", read)
    now = Clock(tmp_path / "clock")
    for tick in range(1000):
        watch.seconds = tick / 4000  # a quarter of a second
        now()
    assert len(reads) == 3


@pytest.mark.parametrize("ahead", [HOUR, -HOUR, 3000])
def test_it_follows_the_database_where_that_shows_another_time_and_says_by_how_much(ahead):
    now, database = Clock(), NOW - ahead
    for _ in range(2):
        assert now.compare(database) == ahead / 1000
        assert now() == database
    assert now.compare(NOW) == 0
    assert now() == NOW


def test_it_keeps_its_own_time_where_the_database_has_hardly_another(watch):
    near = Clock()
    near.compare(NOW + 1500)
    assert ahead(near, watch) == 0

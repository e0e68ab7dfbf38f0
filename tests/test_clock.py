"""The clock: real time, and in the demo what a visitor has skipped."""

import time
from pathlib import Path

import pytest

from bot import clock
from bot.clock import Clock, set_offset

HOUR = 3_600_000


def ahead(clock: Clock) -> int:
    return round((clock() - time.time() * 1000) / 1000) * 1000


def looked_again(clock: Clock) -> Clock:
    time.sleep(0.11)
    return clock


def test_without_a_file_it_is_real_time():
    assert abs(Clock()() - time.time() * 1000) < 1000


def test_a_file_moves_it_while_it_runs(tmp_path):
    now = Clock(tmp_path / "clock")
    assert ahead(now) == 0
    set_offset(tmp_path / "clock", 3 * HOUR)
    assert ahead(looked_again(now)) == 3 * HOUR


@pytest.mark.parametrize("content", ["", "tomorrow", "1.5"])
def test_a_file_that_makes_no_sense_changes_nothing(tmp_path, content):
    file = tmp_path / "clock"
    set_offset(file, HOUR)
    now = Clock(file)
    assert ahead(now) == HOUR
    file.write_text(content)
    assert ahead(looked_again(now)) == HOUR


def test_the_file_is_read_ten_times_a_second_at_most(tmp_path, monkeypatch):
    reads: list[Path] = []

    def read(file: Path, *_: str) -> str:
        reads.append(file)
        return "0"

    monkeypatch.setattr(Path, "read_text", read)
    now, end = Clock(tmp_path / "clock"), time.monotonic() + 0.25
    while time.monotonic() < end:
        now()
    assert 1 <= len(reads) <= 3


@pytest.mark.parametrize("ahead", [HOUR, -HOUR, 3000])
def test_it_follows_the_database_where_that_shows_another_time_and_says_by_how_much(ahead):
    now, database = Clock(), time.time_ns() // 1_000_000 - ahead
    for _ in range(2):
        assert now.compare(database) == pytest.approx(ahead / 1000, abs=0.5)
        assert now() == pytest.approx(database, abs=500)
    assert now.compare(database + ahead) == pytest.approx(0, abs=0.5)
    assert now() == pytest.approx(time.time() * 1000, abs=500)


def test_it_keeps_its_own_time_where_the_database_has_hardly_another():
    near = Clock()
    near.compare(time.time_ns() // 1_000_000 + 1500)
    assert ahead(near) == 0


def test_it_is_cheap(tmp_path):
    now = Clock(tmp_path / "clock")
    begun = time.perf_counter()
    for _ in range(1000):
        now()
    assert time.perf_counter() - begun < 0.05
    assert clock.LOOK_AGAIN <= 0.1

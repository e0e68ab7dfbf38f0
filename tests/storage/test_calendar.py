"""The district's time: working days, hours, holidays and shared leave, whatever the zone of the machine."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import holidays
import pytest

from storage.district import Calendar, consistency, days_off, load
from storage.district.schema import Season
from tests.storage.cast import DAY, HOUR, MINUTE, NOW

# The joint decrees for 2026 and 2027 (docs/facts.md, "Working days and hours").
NATIONAL = {
    2026: "1.1 16.1 17.2 19.3 21.3 22.3 3.4 5.4 1.5 14.5 27.5 31.5 1.6 16.6 17.8 25.8 25.12",
    2027: "1.1 5.1 6.2 8.3 10.3 11.3 26.3 28.3 1.5 6.5 17.5 20.5 1.6 6.6 15.8 17.8 25.12 26.12",
}
SHARED = {2026: "16.2 18.3 20.3 23.3 24.3 15.5 28.5 24.12", 2027: "5.2 9.3 12.3 15.3 25.3 18.5 19.5 24.12"}
WORKING = {2026: 240, 2027: 242}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar(load())


def changed(**about: Any) -> Calendar:
    district = load()
    return Calendar(replace(district, district=replace(district.district, **about)))


def at(day: date, clock: str = "12:00") -> int:
    """A time on the clock of Petungkriyono."""
    hour, minute = map(int, clock.split(":"))
    return (
        int((datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)).timestamp()) * 1000
    )


@pytest.mark.parametrize(
    "quiet, clocks",
    [
        (("20:00", "06:00"), {"19:59": False, "20:00": True, "00:00": True, "05:59": True, "06:00": False}),
        (("01:00", "05:00"), {"00:59": False, "01:00": True, "04:59": True, "05:00": False, "23:00": False}),
        (("00:00", "00:00"), {"00:00": False, "12:00": False}),
    ],
)
def test_quiet_hours_begin_and_end_on_the_districts_clock(quiet: tuple[str, str], clocks: dict[str, bool]):
    calendar = changed(quiet=quiet)
    assert {clock: calendar.is_quiet(at(date(2026, 11, 24), clock)) for clock in clocks} == clocks


RAMADAN = Season(
    first=date(2027, 2, 8), last=date(2027, 3, 9), hours={"mon": ("08:00", "12:00"), "tue": ("09:00", "12:00")}
)


def test_in_a_season_the_counters_keep_its_hours_and_before_and_after_the_usual_ones():
    calendar = Calendar(replace(load(), seasons=(RAMADAN,)))
    monday, tuesday, wednesday = (date(2027, 2, day) for day in (15, 16, 17))
    assert calendar.closing(monday) == at(monday, "12:00")
    assert calendar.opening(tuesday) == at(tuesday, "09:00")
    assert not calendar.is_working(wednesday)
    assert calendar.next_opening(at(tuesday)) == at(date(2027, 2, 22), "08:00")
    assert calendar.due(at(monday, "11:00"), 0.5) == at(tuesday, "09:45")
    assert [calendar.closing(day) for day in (date(2027, 2, 4), date(2027, 3, 15))] == [
        at(date(2027, 2, 4), "14:00"), at(date(2027, 3, 15), "14:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "seasons, told",
    [
        (
            [replace(RAMADAN, last=date(2027, 2, 1))],
            "2027-02-01 is before 2027-02-08; write first and then",
        ),
        ([RAMADAN, RAMADAN], "overlaps with seasons[0]; write days that belong to one alone"),
        (
            [RAMADAN, replace(RAMADAN, first=RAMADAN.last, last=date(2027, 4, 1))],
            "overlaps with seasons[0]; write days that belong to one alone",
        ),
        (
            [RAMADAN, replace(RAMADAN, first=date(2027, 1, 4), last=RAMADAN.first)],
            "overlaps with seasons[0]; write days that belong to one alone",
        ),
        ([replace(RAMADAN, hours={"mon": ("12:00", "08:00")})], "12:00 is not before 08:00"),
    ],
)
def test_seasons_that_make_no_sense_are_refused(seasons, told):
    district = replace(load(), seasons=tuple(seasons))
    assert [one.message.startswith(told) for one in consistency.loose_ends(district)] == [True]


def days(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range(366) if (date(year, 1, 1) + timedelta(days=n)).year == year
    ]


def named(year: int, listed: str) -> set[date]:
    return {date(year, int(month), int(day)) for day, month in (one.split(".") for one in listed.split())}


@pytest.mark.parametrize("year", [2026, 2027])
def test_closed_are_weekends_national_holidays_and_shared_leave_and_no_other_day(calendar, year):
    closed = named(year, NATIONAL[year]) | named(year, SHARED[year]) | {day for day in days(year) if day.weekday() > 4}
    assert {day for day in days(year) if not calendar.is_working(day)} == closed
    assert sum(map(calendar.is_working, days(year))) == WORKING[year]


def test_days_that_no_calendar_knows_are_closed_too():
    calendar = changed(extra_days_off=(date(2026, 11, 25),))
    assert calendar.is_working(date(2026, 11, 24))
    assert not calendar.is_working(date(2026, 11, 25))


def test_the_library_is_asked_by_a_process_of_its_own():
    asked = "from storage.district import Calendar, load; assert not Calendar(load()).is_working(date(2026, 12, 24))"
    code = f"import sys; from datetime import date; {asked}; assert 'holidays' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_where_no_process_is_to_be_had_or_it_dies_the_days_off_are_known_all_the_same(monkeypatch, program):
    expected = days_off.of_year("ID", 2026)
    monkeypatch.setattr(days_off, "_known", {})
    monkeypatch.setattr(sys, "executable", program)
    assert days_off.of_year("ID", 2026) == expected


def test_that_whoever_asked_is_gone_is_no_news():
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-P", days_off.__file__, "ID", "2026"], stdout=pipe, stderr=pipe) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.close()
        assert child.stderr.read() == b""


def test_two_who_ask_at_once_ask_the_library_once(monkeypatch):
    asked, run = [], subprocess.run

    def counted(*command, **how):
        asked.append(command)
        return run(*command, **how)

    monkeypatch.setattr(days_off, "_known", {})
    monkeypatch.setattr(subprocess, "run", counted)
    with ThreadPoolExecutor() as threads:
        both = [threads.submit(days_off.of_year, "ID", 2026) for _ in range(2)]
    assert (both[0].result() == both[1].result(), len(asked)) == (True, 1)
    assert Calendar(load()).elapsed(0, NOW) > 14_000  # filed while a clock without a battery began anew
    assert len(asked) == 1


@pytest.mark.parametrize("year", [1, 9999])
def test_at_the_ends_of_the_calendar_there_are_days_off_or_none(year):
    assert isinstance(days_off.of_year("ID", year), frozenset)


def test_the_library_knows_every_country_that_a_district_file_may_name():
    codes = consistency._countries()
    assert len(codes) > 240
    assert codes <= set(holidays.list_supported_countries(include_aliases=False))


@pytest.mark.parametrize("country", ["GB", "US", "TH", "PH"])
def test_other_countries_have_holidays_too(country):
    assert not changed(holidays=country).is_working(date(2026, 1, 1))


def test_after_the_last_known_decree_weekends_and_holidays_still_hold(calendar):
    assert not calendar.is_working(date(2031, 1, 1))
    assert calendar.is_working(date(2031, 1, 2)) is False or date(2031, 1, 2).weekday() < 5


@pytest.mark.parametrize(
    "now, day",
    [
        (NOW, date(2026, 11, 24)),
        (int(datetime(2026, 11, 24, 16, 59, tzinfo=UTC).timestamp()) * 1000, date(2026, 11, 24)),
        (int(datetime(2026, 11, 24, 17, 0, tzinfo=UTC).timestamp()) * 1000, date(2026, 11, 25)),
    ],
    ids=["morning", "last minute", "midnight"],
)
def test_the_date_is_the_districts_not_utc(calendar, now, day):
    assert calendar.day(now) == day


def test_counters_open_and_close_by_the_districts_clock(calendar):
    tuesday, friday = date(2026, 11, 24), date(2026, 11, 27)
    assert (calendar.opening(tuesday), calendar.closing(tuesday)) == (NOW, NOW + 6 * HOUR)
    assert calendar.closing(friday) == at(friday, "10:30")
    with pytest.raises(KeyError):
        calendar.opening(date(2026, 11, 28))


@pytest.mark.parametrize(
    "day, clock, is_open",
    [
        (24, "07:59", False), (24, "08:00", True), (24, "13:59", True), (24, "14:00", False),
        (27, "10:29", True), (27, "10:30", False), (28, "09:00", False),
    ],
)  # fmt: skip
def test_open_from_the_first_minute_to_the_last(calendar, day, clock, is_open):
    assert calendar.is_open(at(date(2026, 11, day), clock)) is is_open


@pytest.mark.parametrize(
    "now, opening",
    [
        (NOW - 1, NOW),
        (NOW, NOW + DAY),
        (at(date(2026, 11, 27), "08:00"), at(date(2026, 11, 30), "08:00")),
        (at(date(2026, 12, 23), "09:00"), at(date(2026, 12, 28), "08:00")),
        (at(date(2027, 3, 5), "15:00"), at(date(2027, 3, 16), "08:00")),
    ],
    ids=["before opening", "at opening", "over a weekend", "over Christmas", "over Eid"],
)
def test_the_next_opening(calendar, now, opening):
    assert calendar.next_opening(now) == opening


@pytest.mark.parametrize(
    "since, now, count",
    [
        (at(date(2026, 11, 24), "08:00"), at(date(2026, 11, 24), "23:59"), 0),
        (at(date(2026, 11, 24), "23:59"), at(date(2026, 11, 25), "00:00"), 1),
        (at(date(2026, 11, 27)), at(date(2026, 11, 29)), 0),
        (at(date(2026, 11, 27)), at(date(2026, 11, 30)), 1),
        (at(date(2026, 12, 23)), at(date(2026, 12, 28)), 1),
        (at(date(2027, 3, 5)), at(date(2027, 3, 16)), 1),
        (at(date(2026, 11, 25)), at(date(2026, 11, 24)), 0),
    ],
    ids=["same day", "next minute", "weekend", "monday", "christmas", "eid", "backwards"],
)
def test_ages_are_counted_in_working_days(calendar, since, now, count):
    assert calendar.working_days(since, now) == count


def test_a_district_with_summer_time_opens_by_the_clock_on_its_wall():
    calendar = changed(zone="Europe/Berlin", holidays="DE")
    winter, summer = (calendar.opening(date(2026, month, 13)) for month in (1, 7))
    assert (summer - winter) % DAY == DAY - HOUR
    assert calendar.local(winter + MINUTE).strftime("%H:%M") == "08:01"

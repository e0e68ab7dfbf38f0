"""The district's time: working days, opening hours, ages in working days. Times in are epoch milliseconds, UTC."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from statistics import median
from zoneinfo import ZoneInfo

from storage.district import days_off
from storage.district.schema import DAYS, District, Hours

_DAY = timedelta(days=1)
_LONGEST = 60  # days without a working day among them


class Calendar:
    """Working days and counter hours of a district."""

    def __init__(self, district: District) -> None:
        self._district = district
        self._zone = ZoneInfo(district.district.zone)
        self._spans: dict[date, tuple[int, int] | None] = {}
        self._extra = frozenset(district.district.extra_days_off)
        self.closed: frozenset[date] = frozenset()  # besides what the district file says

    def close(self, days: Iterable[date]) -> None:
        """Besides what the district file says, exactly these days are closed."""
        if (closed := frozenset(days)) != self.closed:
            self.closed, self._spans = closed, {}

    def local(self, now: int) -> datetime:
        """The district's clock."""
        return datetime.fromtimestamp(now / 1000, self._zone)

    def day(self, now: int) -> date:
        """The district's date."""
        return self.local(now).date()

    def is_working(self, day: date, hours: Hours | None = None) -> bool:
        """True if the counters open on this day, or an office that has hours of its own."""
        if DAYS[day.weekday()] not in (hours or self.hours_on(day)) or day in self._extra or day in self.closed:
            return False
        return day not in days_off.of_year(self._district.district.holidays, day.year)

    def hours_on(self, day: date) -> Hours:
        """The hours of the week to which a day belongs: those of its season, or the usual ones."""
        seasons = (one.hours for one in self._district.seasons if one.first <= day <= one.last)
        return next(seasons, self._district.hours)

    @property
    def usual_length(self) -> float:
        """How many hours the counters are open on a usual working day: the middle one of a week."""
        spans = [[_minutes(clock) for clock in span] for span in self._district.hours.values()]
        return median(closing - opening for opening, closing in spans) / 60

    def opening(self, day: date) -> int:
        """When the counters open on a working day. Raises KeyError on a day without hours."""
        return self._at(day, self.hours_on(day)[DAYS[day.weekday()]][0])  # type: ignore[index]  # a day of the week

    def closing(self, day: date) -> int:
        """When they close. Raises KeyError on a day without hours."""
        return self._at(day, self.hours_on(day)[DAYS[day.weekday()]][1])  # type: ignore[index]  # a day of the week

    def end_of(self, day: date) -> int:
        """When a day is over, working or not."""
        return self._at(day + _DAY, "00:00")

    def next_opening(self, now: int) -> int:
        """The next time the counters open, strictly after now."""
        day = self.day(now)
        while not self.is_working(day) or self.opening(day) <= now:
            day += _DAY
        return self.opening(day)

    def open_next(self, now: int, hours: Hours) -> tuple[int, int]:
        """From when until when an office with these hours is open next, or still is; without hours, as the counters."""
        day = self.day(now)
        while True:
            if self.is_working(day, hours):
                opening, closing = (hours or self.hours_on(day))[DAYS[day.weekday()]]  # type: ignore[index]  # a weekday
                if now < self._at(day, closing):
                    return self._at(day, opening), self._at(day, closing)
            day += _DAY

    def opening_after(self, now: int, days: int) -> int:
        """When the counters open on the working day that comes so many working days after the day of now."""
        at = self.end_of(self.day(now)) - 1
        for _ in range(days):
            at = self.next_opening(at)
        return at

    def is_open(self, now: int) -> bool:
        """True while the counters are open."""
        day = self.day(now)
        return self.is_working(day) and self.opening(day) <= now < self.closing(day)

    def is_quiet(self, now: int) -> bool:
        """True in the hours in which no phone is to ring; over midnight if they begin later than they end."""
        begins, ends = self._district.district.quiet
        clock = f"{self.local(now):%H:%M}"
        return begins <= clock < ends if begins <= ends else clock >= begins or clock < ends

    def instant(self, local: datetime) -> int:
        """Epoch ms at which the district's clocks show this."""
        return int(local.replace(tzinfo=self._zone).timestamp() * 1000)

    def working_days(self, since: int, now: int) -> int:
        """Working days after the day of `since` up to the day of `now`: 0 on the same day."""
        day, last, count = self.day(since), self.day(now), 0
        while day < last:
            day += _DAY
            count += self.is_working(day)
        return count

    def due(self, since: int, target: float) -> int:
        """When so many working days are over, counted while the counters are open; a day of any length is one."""
        day, left = datetime.fromtimestamp(since / 1000, self._zone).date(), target
        while True:
            if span := self._span(day):
                opening, closing = span
                begun = min(max(since, opening), closing)
                length = closing - opening
                if left * length <= closing - begun:
                    return begun + int(left * length)
                left -= (closing - begun) / length
            day += _DAY

    def elapsed(self, since: int, until: int) -> float:
        """How many working days lie between two times, as `due` counts them: 0 while the counters stay closed."""
        day, last, days = self.day(since), self.day(until), 0.0
        while day <= last:
            if span := self._span(day):
                opening, closing = span
                days += max(0, min(until, closing) - max(since, opening)) / (closing - opening)
            day += _DAY
        return days

    def _span(self, day: date) -> tuple[int, int] | None:
        """Opening and closing of a day, epoch ms; None if the counters stay closed. Kept, for each notice asks."""
        if day not in self._spans:
            self._spans[day] = (self.opening(day), self.closing(day)) if self.is_working(day) else None
        return self._spans[day]

    def closures(self, now: int, days: int) -> list[int]:
        """Noon of each of so many days from today on which the counters would open, if it were not a day off; and of
        those behind them without a working day between, for nobody shall take the last that is told for the last.
        """
        first = self.day(now)
        coming = [first + n * _DAY for n in range(days)]
        if coming and not self._span(coming[-1]):
            behind = (first + n * _DAY for n in range(days, days + _LONGEST))
            coming += takewhile(lambda day: not self._span(day), behind)
        return [
            self._at(day, "12:00")
            for day in coming
            if not self._span(day) and DAYS[day.weekday()] in self.hours_on(day)
        ]

    def _at(self, day: date, clock: str) -> int:
        return self.instant(datetime.combine(day, time.fromisoformat(clock)))


def _minutes(clock: str) -> int:
    at = time.fromisoformat(clock)
    return 60 * at.hour + at.minute

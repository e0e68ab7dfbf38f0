"""Days and hours as people in Petungkriyono say them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from locales import LANGUAGES, dates
from locales.dates import DAY, HOUR, MINUTE

WIB = "Asia/Jakarta"
ZONES = (WIB, "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
MONTHS = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "jv": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
WEEKDAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "jv": ["Senen", "Slasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Ahad"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
AT = {"id": "pukul", "jv": "tabuh", "en": "at"}
UNITS = {"day": DAY, "hour": HOUR, "minute": MINUTE}

languages = st.sampled_from(LANGUAGES)
zones = st.sampled_from(ZONES)
times = st.integers(min_value=946_684_800_000, max_value=4_102_444_799_999)  # 2000 to 2099


def at(text: str, zone: str = WIB) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


NOW = at("2026-11-24T08:10")


@pytest.mark.parametrize(
    ("when", "zone", "lang", "expected"),
    [
        pytest.param("2026-11-24T08:10", WIB, "id", "Selasa 24 Nov pukul 08.10", id="id"),
        pytest.param("2026-11-24T08:10", WIB, "jv", "Slasa 24 Nov tabuh 08.10", id="jv"),
        pytest.param("2026-11-24T08:10", WIB, "en", "Tuesday 24 Nov at 08:10", id="en"),
        pytest.param("2026-11-24T13:05", WIB, "jv", "Slasa 24 Nov tabuh 13.05", id="jv-noon-is-not-night"),
        pytest.param("2026-08-02T21:05", WIB, "id", "Minggu 2 Agu pukul 21.05", id="id-the-day-is-not-padded"),
        pytest.param("2026-08-02T21:05", WIB, "jv", "Ahad 2 Agt tabuh 21.05", id="jv-names-of-its-own"),
        pytest.param("2026-08-02T00:00", WIB, "en", "Sunday 2 Aug at 00:00", id="en-midnight"),
        pytest.param("2025-12-31T23:59", WIB, "id", "Rabu 31 Des 2025 pukul 23.59", id="another-year-is-named"),
        pytest.param("2027-01-01T00:00", WIB, "en", "Friday 1 Jan 2027 at 00:00", id="so-is-a-coming-one"),
        pytest.param("2026-11-24T08:10", "Asia/Makassar", "id", "Selasa 24 Nov pukul 08.10", id="middle-indonesia"),
        pytest.param("2026-11-24T08:10", "Asia/Jayapura", "id", "Selasa 24 Nov pukul 08.10", id="east-indonesia"),
        pytest.param("2026-11-24T08:10", "Asia/Dili", "id", "Selasa 24 Nov pukul 08.10", id="a-zone-without-a-name"),
    ],
)
def test_a_moment_is_a_day_and_an_hour_in_the_zone_of_the_district(when, zone, lang, expected):
    assert dates.moment(at(when, zone), NOW, zone, lang) == expected


def test_the_year_turns_at_local_midnight():
    just_after, just_before = at("2027-01-01T00:01"), at("2026-12-31T23:59")
    assert dates.day(just_after, just_after, WIB, "id") == "Jumat 1 Jan"
    assert dates.day(just_after, just_before, WIB, "id") == "Jumat 1 Jan 2027"
    assert dates.day(just_before, just_after, WIB, "id") == "Kamis 31 Des 2026"


@pytest.mark.parametrize(
    ("lang", "clock", "weekday", "date"),
    [
        pytest.param("id", "08.10", "Selasa", "24 Nov", id="id"),
        pytest.param("jv", "08.10", "Slasa", "24 Nov", id="jv"),
        pytest.param("en", "08:10", "Tuesday", "24 Nov", id="en"),
        pytest.param("fr", "08.10", "Selasa", "24 Nov", id="unknown-is-indonesian"),
    ],
)
def test_the_parts_of_a_moment(lang, clock, weekday, date):
    assert dates.clock(dates.local(NOW, WIB), lang) == clock
    assert dates.weekday(NOW, WIB, lang) == weekday
    assert dates.date(NOW, NOW, WIB, lang) == date


@pytest.mark.parametrize(
    ("waited", "lang", "expected"),
    [
        pytest.param(-DAY, "id", "1 menit", id="a-clock-that-jumped-back"),
        pytest.param(0, "id", "1 menit", id="just-now"),
        pytest.param(10 * MINUTE, "id", "10 menit", id="minutes"),
        pytest.param(HOUR - 1, "jv", "59 menit", id="not-yet-an-hour"),
        pytest.param(HOUR, "jv", "1 jam", id="an-hour"),
        pytest.param(DAY - 1, "en", "23 hours", id="not-yet-a-day"),
        pytest.param(DAY, "en", "1 day", id="a-day"),
        pytest.param(2 * DAY, "id", "2 hari", id="days"),
        pytest.param(2 * DAY, "jv", "2 dinten", id="krama-not-dina"),
        pytest.param(3 * DAY - 1, "en", "2 days", id="rounded-down"),
        pytest.param(400 * DAY, "id", "400 hari", id="never-months"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(waited, lang, expected):
    assert dates.age(NOW, NOW + waited, lang) == expected


@given(ms=times, zone=zones, lang=languages)
def test_a_moment_can_be_read_back_to_the_minute(ms, zone, lang):
    said = dates.moment(ms, ms + 400 * DAY, zone, lang)
    assert _read(said, zone, lang) == ms // MINUTE * MINUTE


@given(ms=times, zone=zones, lang=languages)
def test_the_weekday_belongs_to_the_date(ms, zone, lang):
    weekday, day, *_ = dates.day(ms, ms, zone, lang).split()
    there = datetime.fromtimestamp(ms / 1000, ZoneInfo(zone))
    assert (WEEKDAYS[lang].index(weekday), int(day)) == (there.weekday(), there.day)


@given(since=times, waited=st.integers(min_value=1, max_value=900 * DAY))
def test_an_age_never_exaggerates(since, waited):
    assert _length(dates.age(since, since + waited, "en")) <= max(waited, MINUTE)


@pytest.mark.parametrize("zone", ZONES)
def test_indonesia_has_no_summer_time(zone):
    days = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(20 * 366))
    assert len({day.astimezone(ZoneInfo(zone)).utcoffset() for day in days}) == 1


def test_a_clock_face_takes_plain_times():
    assert dates.clock(time(7, 5), "jv") == "07.05"


def test_babel_is_asked_for_the_names_of_a_language_once(monkeypatch):
    asked: list[str] = []  # every answer to /status says a moment, and Babel takes seven times as long for one

    def locale(spoken: str) -> Locale:
        asked.append(spoken)
        return Locale(spoken)

    monkeypatch.setattr(dates, "Locale", locale)
    dates._names.cache_clear()
    said = {dates.moment(NOW + n * DAY, NOW, WIB, "jv") for n in range(300)}
    assert (len(said), asked) == (300, ["jv"])


def _read(said: str, zone: str, lang: str) -> int:
    _, day, month, year, at, clock = said.replace(".", ":").split()
    assert at == AT[lang]
    hour, minute = clock.split(":")
    there = datetime(int(year), MONTHS[lang].index(month) + 1, int(day), int(hour), int(minute), tzinfo=ZoneInfo(zone))
    return int(there.timestamp() * 1000)


def _length(said: str) -> int:
    n, unit = said.split()
    return int(n) * UNITS[unit.removesuffix("s")]


@pytest.mark.parametrize(
    "days, said",
    [(0.05, "18 menit"), (0.25, "1,5 jam"), (0.5, "3 jam"), (1.0, "1 hari"), (3.25, "3,2 hari")],
)
def test_less_than_a_working_day_is_told_in_hours(days: float, said: str):
    assert dates.part(days, 6, "id") == said
    assert dates.part(1 / 6, 6, "en") == "1 hour"


@pytest.mark.parametrize(
    ("hour", "indonesian", "javanese", "english"),
    [
        pytest.param(0, "Selamat malam", "Sugeng dalu", "Good evening", id="midnight"),
        pytest.param(3, "Selamat malam", "Sugeng dalu", "Good evening", id="before-dawn"),
        pytest.param(4, "Selamat pagi", "Sugeng enjing", "Good morning", id="dawn"),
        pytest.param(10, "Selamat pagi", "Sugeng enjing", "Good morning", id="morning"),
        pytest.param(11, "Selamat siang", "Sugeng siyang", "Good day", id="noon"),
        pytest.param(14, "Selamat siang", "Sugeng siyang", "Good day", id="early-afternoon"),
        pytest.param(15, "Selamat sore", "Sugeng sonten", "Good afternoon", id="afternoon"),
        pytest.param(17, "Selamat sore", "Sugeng sonten", "Good afternoon", id="before-dusk"),
        pytest.param(18, "Selamat malam", "Sugeng dalu", "Good evening", id="dusk"),
    ],
)
def test_the_greeting_goes_with_the_local_hour(hour, indonesian, javanese, english):
    now = int(datetime(2026, 11, 24, hour, 59, tzinfo=ZoneInfo("Asia/Jakarta")).timestamp() * 1000)
    greetings = [dates.greeting(now, "Asia/Jakarta", lang) for lang in ("id", "jv", "en")]
    assert greetings == [indonesian, javanese, english]

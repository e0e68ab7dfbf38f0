"""Days and times as people write them in Indonesian, Javanese and English: "kemarin 16:00", "wau enjing jam 9". Pure.

What is not sure is left open: a day without an hour, an hour that may be of the morning or the afternoon.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from locales import LANGUAGES, dates

TODAY = "hari ini|dinten menika|dinten punika|dina iki|today"
DAYS_AGO = {
    0: f"{TODAY}|tadi|barusan|wau|just now",
    1: "kemarin|kemarinnya|kmrn|kmarin|kmaren|kmren|kmrin|kemaren|kemarennya|wingi|kala wingi|kalawingi|yesterday",
    2: "kemarin lusa|kemarin dulu|wingenane|wingenipun|wingenanipun|the day before yesterday|day before yesterday",
    -1: "besok|besuk|mbenjing|benjing|sesuk|mbenjang|tomorrow",
    -2: "besok lusa|besuk lusa|lusa|suben|the day after tomorrow|day after tomorrow",
}
_A_WEEK = (  # and no day of it
    "minggu ini|pekan ini|minggu menika|minggu punika|minggu iki|this week|minggu lalu|pekan lalu|"
    "minggu kemarin|minggu kepengker|minggu kapengker|minggu kepungkur|last week"
)
_SO_LONG_AGO = re.compile(
    r"\b(?:\w+\s+)?(?:hari|dinten|dina|days?|weeks?)\s+(?:yang |yg |ingkang |sing )?"
    r"(?:lalu|ago|k[ae]pengker|k[ae]pungkur)\b",
    re.IGNORECASE,
)
_WEEKDAYS = (
    "senin|snin|senèn|senen|sen|monday|mon",
    "selasa|slasa|seloso|tuesday|tue",
    "rabu|rebo|wednesday|wed",
    "kamis|kmis|kemis|thursday|thu",
    "jumat|jum'at|jum’at|jum‘at|jum`at|jmt|jemuwah|jemuah|jumuah|friday|fri",
    "sabtu|sbtu|sbt|setu|saturday|sat",
    "hari minggu|minggu|ahad|ngahad|akad|sunday|sun",
)
_MONTHS = (
    "jan|feb peb pebruari|mar|apr|mei may|jun|jul|agu agt ags aug|sep sept|okt oct|nov nop nopember|des dec".split("|")
)
_MORNING, _NOON, _AFTERNOON, _EVENING = "morning", "noon", "afternoon", "evening"
PARTS = {
    _MORNING: "pagi|subuh|enjing|enjang|esuk|isuk|morning|am|a.m.",
    _NOON: "siang|siyang|awan|noon|midday",
    _AFTERNOON: "sore|sonten|petang|afternoon|pm|p.m.",
    _EVENING: "malam|malem|dalu|ndalu|bengi|wengi|evening|tonight|night",
}
_CLOCK = re.compile(
    r"(?:\b(?:jam|pukul|pkl|tabuh|kabuh|wanci|at|around)\.?\s*(?P<half>setengah|half past)?\s*(?P<h>\d{1,2})"
    r"(?:\s*[:.]\s*(?P<m>\d\d))?(?!\d)"
    r"|\b(?:jam|pukul|pkl|tabuh)\.?\s*(?P<hm>\d{4})(?!\d)"
    r"|(?<![\d.:/-])(?P<h2>\d{1,2})[:.](?P<m2>\d\d)(?![\d.:/-])"
    r"|(?<![\d.:/-])(?P<h3>\d{1,2})\s?(?=(?:am|pm|a\.m\.|p\.m\.)(?![a-z]))"
    r"|\b(?P<half4>setengah|half past)\s+(?P<h4>\d{1,2})(?!\d))"
    r"(?:\s*(?:wib|wita|wit)\b)?",
    re.IGNORECASE,
)
_MISSPELT = r"(?:sep|okt|oct|nov|nop|des|dec)[a-z]*b[a-z]*r|(?:jan|feb|peb)[a-z]*r[iy]"  # "Novmber", "Pebuari"
_NO_HOUR = r"(?<![\d/.-])(?<!\bjam )(?<!\bpukul )(?<!\bpkl )"
_DAY_BEFORE = re.compile(rf"{_NO_HOUR}\d{{1,2}}(?:st|nd|rd|th)?\.?(?:\s*\bof\b)?\s*$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<sep>[-/.])(?P<mo>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)")
_APART = re.compile(  # by dots, or by blanks
    r"(?<![\d.])(?<!\bjam )(?<!\bpukul )(?<!\bpkl )(\d{1,2})"
    r"(?:\.(\d{1,2})\.(20\d\d|\d\d)|\s(\d{1,2})\s(20\d\d))(?![\d.])"
)
_LAST_NIGHT = re.compile(r"\b(?:semal[ae]m|last night)\b", re.IGNORECASE)
_AND_MINUTES = re.compile(
    r"\s*(?:kurang|kirang|lewat|liwat|lebih|langkung|luwih|punjul)\s+(?:\d|seper|s[ae]?prap)", re.IGNORECASE
)
_MONTH = re.compile(
    r"(?P<y2>\d{4})[-/](?P<n2>\d{1,2})|(?:(?P<n>\d{1,2})|(?P<name>[^\W\d_]+)\.?)(?:[\s/.-]+(?P<y>\d{4}))?"
)
_HALF_BEFORE = "setengah"  # of the hour that is named: setengah tiga is 2.30
WEEK = 7
DAWN = 6  # o'clock


class Moment(NamedTuple):
    """What a text says of when: `at` (epoch ms) if it is sure, `choice` if it may be one of several, `day` (its first
    instant) if it names no hour. `rest` is the text without it. Of a text without any time none of these is set.
    """

    rest: str
    at: int | None = None
    choice: tuple[int, ...] = ()
    day: int | None = None
    unclear: bool = False  # "last week", an hour that no clock shows, two times

    @property
    def is_said(self) -> bool:
        """True if the text says anything of when."""
        return self.at is not None or self.day is not None or bool(self.choice) or self.unclear


def find(text: str, now: int, zone: str) -> Moment:
    """The moment in a text that was written at `now` (epoch ms), on the clocks of `zone`."""
    today = datetime.fromtimestamp(now / 1000, ZoneInfo(zone)).date()
    days, rest = _days(text, today)
    clocks, parts, rest = _clocks(rest)
    is_said = bool(days or clocks or parts)
    if None in days or len(set(days)) > 1 or len(clocks) > 1 or len(set(parts)) > 1 or None in clocks:
        return Moment(rest, unclear=is_said)
    day = next((one for one in days if one), today)
    if not clocks:
        return Moment(rest, day=_instant(day, time(), zone)) if is_said else Moment(text)
    faces = _faces(clocks[0] or time(), parts)
    if parts == [_EVENING] and day != today and faces[0].hour < DAWN:  # "semalam jam 2": of today, more likely
        return Moment(rest, unclear=True)
    hours = [_instant(day, one, zone) for one in faces]
    return Moment(rest, at=hours[0]) if len(hours) == 1 else Moment(rest, choice=tuple(hours))


def month(text: str, today: date) -> date | None:
    """The first day of the month that a text names: "Oktober", "okt 2026", "10/2026", "2026-10"; without a year the
    latest one. None for what is no month, or is still to come.
    """
    match = _MONTH.fullmatch(text.strip().casefold())
    if match is None:
        return None
    year, number = match["y"] or match["y2"], match["n"] or match["n2"]
    try:
        found = date(int(year or today.year), int(number or month_names().get(match["name"], 0)), 1)
        found = found if year or found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None
    return found if found <= today else None


def year_last(text: str) -> str:
    """The text with "24/12/2026" for "2026-12-24"."""
    return _YEAR_FIRST.sub(r"\g<d>/\g<mo>/\g<y>", text)


@cache
def month_names() -> dict[str, int]:
    short = {name: i for i, names in enumerate(_MONTHS, 1) for name in names.split()}
    pairs = [(i, pair) for lang in LANGUAGES for i, pair in enumerate(dates.months(lang), 1)]
    return short | {name.casefold(): i for i, pair in pairs for name in pair}


def _names() -> str:
    return "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))


@cache
def _date_pattern() -> re.Pattern[str]:
    """A day with its month, in figures or by name; or one of which it is said that it is a date. At the beginning of a
    line "1." is the number of that line: "1. Mei" may be a person.
    """
    said = r"\b(?:tgl|tanggal|tanggalipun)\.?\s*"
    return re.compile(
        rf"(?:{said}|{_NO_HOUR})(?P<d>\d{{1,2}})\s?"
        r"(?:[/-](?P<mo>\d{1,2})(?:[/-](?P<y>\d{4}|\d\d))?(?![\d/-])"
        rf"|(?:th|st|nd|rd|(?<!^\d)\.)?\s*[/-]?(?:of\s)?(?P<name>{_names()}|{_MISSPELT})\b\.?"
        r"(?:(?:,?\s|[/-])(?P<y2>20\d\d)|[/-]\d\d\b)?\b)"
        rf"|{said}(?P<d2>\d{{1,2}})(?!\d)",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _month_first() -> re.Pattern[str]:
    """A day behind its month, "Nov 24"; but no count of papers."""
    return re.compile(
        rf"(?<![\d/.-])\b({_names()})\b\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?:,?(?=\s20\d\d)|(?![\d.:]))"
        r"(?!\s(?:berkas|dokumen|lembar|files?|documents?|papers?)\b)",
        re.IGNORECASE,
    )


def _day_first(behind: re.Match[str]) -> str:
    """The day before its month; as it stands if a day is there already, as in "24th of Nov 9"."""
    before = behind.string[max(0, behind.start() - 12) : behind.start()]
    return behind[0] if _DAY_BEFORE.search(before) else f"{behind[2]} {behind[1]}"


def _instant(day: date, clock: time, zone: str) -> int:
    return int(datetime.combine(day, clock, ZoneInfo(zone)).timestamp() * 1000)


def _days(text: str, today: date) -> tuple[list[date | None], str]:
    """The days that a text names, None for one that is none, and the text without them."""
    text = _LAST_NIGHT.sub("kemarin malam", _month_first().sub(_day_first, text))
    text = _APART.sub(lambda day: "/".join(filter(None, day.groups())), year_last(text))
    text, n = _SO_LONG_AGO.subn(" ", text)
    found: list[date | None] = [None] * bool(n)
    for pattern, ago in _relative():
        text, n = pattern.subn(" ", text)
        found += [today - timedelta(days=ago) if ago is not None else None] * bool(n)
    if len(found) > 1 and today in found:  # "tadi": of the day that is named besides
        found.remove(today)
    for match in _date_pattern().finditer(text):
        found.append(_date(match, today))
    text = _date_pattern().sub(" ", text)
    for weekday, pattern in enumerate(_weekdays()):
        text, n = pattern.subn(" ", text)
        found += [today - timedelta(days=(today.weekday() - weekday) % WEEK)] * bool(n)
    return list(dict.fromkeys(found)), text


def _date(match: re.Match[str], today: date) -> date | None:
    year = match["y"] or match["y2"]
    month = month_names()[match["name"].casefold()[:3]] if match["name"] else 0
    try:
        on = date(
            int(year) % 100 + 2000 if year else today.year,
            int(match["mo"] or month or today.month),
            int(match["d"] or match["d2"]),
        )
        if year is None and on > today + timedelta(days=WEEK):  # 31/12, written in January
            return on.replace(year=on.year - 1) if match["mo"] or month else on
        return on
    except ValueError:
        return None


def _clocks(text: str) -> tuple[list[time | None], list[str], str]:
    """The clock times and parts of the day that a text names, and the text without them."""
    clocks: list[time | None] = []
    for match in _CLOCK.finditer(text):
        hour = int(match["h"] or match["h2"] or match["h3"] or match["h4"] or match["hm"][:2])
        minute = int(match["m"] or match["m2"] or (match["hm"] or "0000")[2:])
        half = (match["half"] or match["half4"] or "").lower()
        if half:
            hour, minute = (hour - 1 if half == _HALF_BEFORE else hour), 30
        is_sure = hour < 24 and minute < 60 and not _AND_MINUTES.match(text, match.end())
        clocks.append(time(hour, minute) if is_sure else None)
    text, parts = _CLOCK.sub(" ", text), []
    for part, pattern in _parts():
        text, n = pattern.subn(" ", text)
        parts += [part] * bool(n)
    return clocks, parts, text


def _faces(clock: time, parts: list[str]) -> list[time]:
    """The times that a clock and a part of the day may mean: up to six without one may be morning or afternoon."""
    later = clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock
    match parts:
        case [] if 1 <= clock.hour <= 6:
            return [clock, later]
        case ["noon"]:
            return [later if clock.hour < 10 else clock]
        case ["afternoon"]:
            return [later]
        case ["evening"] if 4 < clock.hour < 12:
            return [later]
        case ["morning" | "evening"] if clock.hour == 12:
            return [clock.replace(hour=0)]
    return [clock]


@cache
def _relative() -> list[tuple[re.Pattern[str], int | None]]:
    said: list[tuple[int | None, str]] = [*DAYS_AGO.items(), (None, _A_WEEK)]
    words = [(word, ago) for ago, of_it in said for word in of_it.split("|")]
    return [(_word(word), ago) for word, ago in sorted(words, key=lambda one: -len(one[0]))]


@cache
def weekday_names() -> dict[str, int]:
    return {name: i for i, names in enumerate(_WEEKDAYS) for name in names.split("|")}


@cache
def _weekdays() -> list[re.Pattern[str]]:
    return [re.compile(rf"(?:\b(?:hari|dinten|dina|on)\s+)?\b(?:{said})\b", re.IGNORECASE) for said in _WEEKDAYS]


@cache
def _parts() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (part, re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, said.split('|')))})(?![a-z])", re.IGNORECASE))
        for part, said in PARTS.items()
    ]


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)

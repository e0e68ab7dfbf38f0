"""Days and times as people write them in Indonesian, Javanese and English: "kemarin 16:00", "wau enjing jam 9". Pure.

What is not sure is left open: a day without an hour, an hour that may be of the morning or the afternoon.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from locales import LANGUAGES, dates

_TODAY = "hari ini|dinten menika|dinten punika|dina iki|today"
_DAYS_AGO = {
    0: f"{_TODAY}|tadi|barusan|wau|just now",
    1: "kemarin|kmrn|kemaren|wingi|kala wingi|kalawingi|yesterday",
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
    "senin|senèn|senen|sen|monday|mon",
    "selasa|slasa|seloso|tuesday|tue",
    "rabu|rebo|wednesday|wed",
    "kamis|kemis|thursday|thu",
    "jumat|jum'at|jemuwah|jemuah|jumuah|friday|fri",
    "sabtu|setu|saturday|sat",
    "hari minggu|minggu|ahad|ngahad|akad|sunday|sun",
)
_MONTHS = "jan|feb|mar|apr|mei may|jun|jul|agu agt aug|sep|okt oct|nov|des dec".split("|")
_MORNING, _NOON, _AFTERNOON, _EVENING = "morning", "noon", "afternoon", "evening"
_PARTS = {
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
_DATE = re.compile(
    r"(?<![\d/.-])(?<!\bjam )(?<!\bpukul )(?<!\bpkl )(?P<d>\d{1,2})\s?"
    r"(?:[/-](?P<mo>\d{1,2})(?:[/-](?P<y>\d{4}|\d\d))?(?![\d/-])"
    rf"|(?P<name>{'|'.join('|'.join(month.split()) for month in _MONTHS)})[a-z]*\.?(?:\s(?P<y2>20\d\d))?\b)"
    r"|\b(?:tgl|tanggal|tanggalipun)\.?\s*(?P<d2>\d{1,2})(?!\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?P<y2>\d{4})[-/](?P<n2>\d{1,2})|(?:(?P<n>\d{1,2})|(?P<name>[^\W\d_]+)\.?)(?:[\s/.-]+(?P<y>\d{4}))?"
)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# A hyphen leads on to the last day, unless such a one stands within the first, too: then it may be a year.
_IN_FIGURES = r"(?<!\d)(?P<d>\d{1,2})(?P<sep>[/.-])(?P<mo>\d{1,2})(?:[/.-](?P<y>\d{4}))?(?!(?P=sep)?\d|[/.]\d)"
_TO = r"\s*(?:-|–|s/d|s\.?d\.?|sampai|hingga|dumugi|tekan|to|until)\s*"
_UNSURE = re.compile(  # a figure that is left, and what tells of an hour, of another week, or of how many
    rf"\d|\b(?:jam|pukul|pkl|tabuh|{'|'.join(_PARTS.values())}|depan|ngajeng|ngarepe?|next|lalu|last|ini|menika|punika|iki|"
    r"this|satu|dua|setunggal|siji|kalih|rong|one|two|pekan|week)\b"
)
_AND = re.compile(  # these days, and not from and to
    r"\s*(?:[,;&+]|\b(?:dan|dn|lan|karo|saha|serta|kaliyan|kalih|ugi|and)\b)(?:\s+(?:hari|dinten|dina|on))?\s*"
)
_HALF_BEFORE = "setengah"  # of the hour that is named: setengah tiga is 2.30
WEEK = 7
HALF = 183  # days before today until which a day without a year is meant to be of this one


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
    hours = [_instant(day, one, zone) for one in _faces(clocks[0] or time(), parts)]
    return Moment(rest, at=hours[0]) if len(hours) == 1 else Moment(rest, choice=tuple(hours))


def days(text: str, today: date) -> list[date] | None:
    """The days to come that a text names, in its order: "besok", "Kamis 24 Des", "24-31 Desember", "24/12 31/12"; one
    without a year is the next such, or is just over. None if it names one that is none, or may mean another, or days
    with others between them.
    """
    weekday, text = _weekday_names(), _written_out(text.casefold(), today)
    names = "|".join(sorted(map(re.escape, weekday), key=len, reverse=True))
    pattern = re.compile(rf"(?:\b(?P<w>{names})\b[\s,]*)?{_IN_FIGURES}|\b(?P<alone>{names})\b")
    matches = list(pattern.finditer(text))
    found = [_to_come(match, weekday, today) for match in matches]
    sure = [one for one in found if one]
    if len(sure) < len(found) or _UNSURE.search(pattern.sub(" ", text)):
        return None
    between = (text[one.end() : later.start()] for one, later in pairwise(matches))
    gaps = ((later - one).days > 1 for one, later in pairwise(sure))
    return None if any(gap and _AND.fullmatch(said) for gap, said in zip(gaps, between, strict=True)) else sure


def _written_out(text: str, today: date) -> str:
    """The same with a month in figures for its name, and a date for what is told from today."""
    month = f"(?P<month>{'|'.join(sorted(_month_names(), key=len, reverse=True))})\\b\\.?"
    weekday = "|".join(map(re.escape, _weekday_names()))
    text = _YEAR_FIRST.sub(r"\3/\2/\1", text)
    for ahead in (-2, -1, 0):
        on, said = today - timedelta(days=ahead), _DAYS_AGO[ahead] if ahead else _TODAY
        behind = rf"(?:[\s,]+(?:(?:hari|dinten|dina)\s+)?(?P<w>{weekday})\b)?"  # besok Senin: it must be that day
        text = re.sub(rf"\b(?:{said})\b{behind}", rf"\g<w> {on.day}/{on.month}/{on.year}", text)

    def figures(match: re.Match[str]) -> str:
        behind = f"/{_month_names()[match['month']]}" + (f"/{match['year']}" if match["year"] else "")
        first = match["first"]
        return f"{first}{behind} {match['day']}{behind}" if first else f"{match['day']}{behind}"

    day, year = r"(?<![\d/.])(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?:,?\s+(?P<year>\d{4}))?"
    text = re.sub(rf"(?:(?<![\d/.-])(?P<first>\d{{1,2}}){_TO})?{day}\s*(?:of\s+)?{month}{year}", figures, text)
    return re.sub(rf"\b{month}\s*(?P<first>){day}(?!\d){year}", figures, text)


def _to_come(match: re.Match[str], weekday: Mapping[str, int], today: date) -> date | None:
    """The day that was written; None for one that is none, or of which the weekday is another."""
    if match["alone"]:
        return today + timedelta(days=(weekday[match["alone"]] - today.weekday()) % WEEK)
    try:
        found = date(int(match["y"] or today.year), int(match["mo"]), int(match["d"]))
        found = found if match["y"] or (today - found).days < HALF else found.replace(year=today.year + 1)
    except ValueError:
        return None
    return found if weekday.get(match["w"], found.weekday()) == found.weekday() else None


def month(text: str, today: date) -> date | None:
    """The first day of the month that a text names: "Oktober", "okt 2026", "10/2026", "2026-10"; without a year the
    latest one. None for what is no month, or is still to come.
    """
    match = _MONTH.fullmatch(text.strip().casefold())
    if match is None:
        return None
    year, number = match["y"] or match["y2"], match["n"] or match["n2"]
    try:
        found = date(int(year or today.year), int(number or _month_names().get(match["name"], 0)), 1)
        found = found if year or found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None
    return found if found <= today else None


@cache
def _month_names() -> dict[str, int]:
    short = {name: i for i, names in enumerate(_MONTHS, 1) for name in names.split()}
    pairs = [(i, pair) for lang in LANGUAGES for i, pair in enumerate(dates.months(lang), 1)]
    return short | {name.casefold(): i for i, pair in pairs for name in pair}


def _instant(day: date, clock: time, zone: str) -> int:
    return int(datetime.combine(day, clock, ZoneInfo(zone)).timestamp() * 1000)


def _days(text: str, today: date) -> tuple[list[date | None], str]:
    """The days that a text names, None for one that is none, and the text without them."""
    text, n = _SO_LONG_AGO.subn(" ", text)
    found: list[date | None] = [None] * bool(n)
    for pattern, ago in _relative():
        text, n = pattern.subn(" ", text)
        found += [today - timedelta(days=ago) if ago is not None else None] * bool(n)
    if len(found) > 1 and today in found:  # "tadi": of the day that is named besides
        found.remove(today)
    for match in _DATE.finditer(text):
        found.append(_date(match, today))
    text = _DATE.sub(" ", text)
    for weekday, pattern in enumerate(_weekdays()):
        text, n = pattern.subn(" ", text)
        found += [today - timedelta(days=(today.weekday() - weekday) % WEEK)] * bool(n)
    return list(dict.fromkeys(found)), text


def _date(match: re.Match[str], today: date) -> date | None:
    year = match["y"] or match["y2"]
    named = match["name"]
    month = next((i for i, one in enumerate(_MONTHS, 1) if named and named.lower() in one.split()), 0)
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
        clocks.append(time(hour, minute) if hour < 24 and minute < 60 else None)
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
    said: list[tuple[int | None, str]] = [*_DAYS_AGO.items(), (None, _A_WEEK)]
    words = [(word, ago) for ago, of_it in said for word in of_it.split("|")]
    return [(_word(word), ago) for word, ago in sorted(words, key=lambda one: -len(one[0]))]


@cache
def _weekday_names() -> dict[str, int]:
    return {name: i for i, names in enumerate(_WEEKDAYS) for name in names.split("|")}


@cache
def _weekdays() -> list[re.Pattern[str]]:
    return [re.compile(rf"(?:\b(?:hari|dinten|dina|on)\s+)?\b(?:{said})\b", re.IGNORECASE) for said in _WEEKDAYS]


@cache
def _parts() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (part, re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, said.split('|')))})(?![a-z])", re.IGNORECASE))
        for part, said in _PARTS.items()
    ]


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)

"""Days, hours and waiting times as people say them.

Times are epoch milliseconds UTC, `zone` is a tz database name such as "Asia/Jakarta".
Months and weekdays are CLDR's, but for those of Javanese; the rest is ours, too
(docs/facts.md, "What CLDR knows of Indonesian and Javanese"). Weekdays are said in full, as "Sel" read aloud is a cell.
"""

from collections.abc import Iterable
from datetime import datetime, time
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale

from locales import spoken, words

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7
Pairs = tuple[tuple[str, str], ...]
COLON = {"id": ".", "jv": ".", "en": ":"}
JAVANESE = ("Senen", "Slasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Ahad")


def moment(ms: int, now: int, zone: str, lang: str) -> str:
    """Selasa 24 Nov pukul 08.10"""
    t = words(lang)
    return t("{day} at {time}", day=day(ms, now, zone, lang), time=clock(local(ms, zone), lang))


def day(ms: int, now: int, zone: str, lang: str) -> str:
    """Selasa 24 Nov, with the year if it is not the present one."""
    at, names = local(ms, zone), _names(lang)
    year = "" if at.year == local(now, zone).year else f" {at.year}"
    return f"{names.weekday[at.weekday()]} {at.day} {names.short_month[at.month - 1]}{year}"


def date(ms: int, now: int, zone: str, lang: str) -> str:
    """24 Nov, with the year if it is not the present one."""
    return day(ms, now, zone, lang).partition(" ")[2]


def span(days: Iterable[str]) -> str:
    """Kamis 24 Des–Kamis 31 Des, or the one day that both are."""
    return "–".join(dict.fromkeys(days))


def weekday(ms: int, zone: str, lang: str) -> str:
    """Selasa"""
    return weekday_names(lang)[local(ms, zone).weekday()]


def lately(ms: int, now: int, zone: str, lang: str) -> str:
    """Selasa, of the seven days that end today, or else 24 Nov: since when something waits."""
    days = (local(now, zone).date() - local(ms, zone).date()).days
    return weekday(ms, zone, lang) if days < WEEK else date(ms, now, zone, lang)


def coming(ms: int, now: int, zone: str, lang: str) -> str:
    """Selasa, of the seven days that begin today, or else Selasa 16 Mar: a closure may lie between."""
    days = (local(ms, zone).date() - local(now, zone).date()).days
    return weekday(ms, zone, lang) if days < WEEK else day(ms, now, zone, lang)


def clock(at: datetime | time, lang: str) -> str:
    """08.10: what a clock shows, always of 24 hours."""
    return f"{at.hour:02}{_names(lang).colon}{at.minute:02}"


def local(ms: int, zone: str) -> datetime:
    return datetime.fromtimestamp(ms // 1000, ZoneInfo(zone))


def age(since: int, until: int, lang: str) -> str:
    """2 hari, 3 jam, 10 menit: how long it waited, rounded down so that nobody is blamed too early."""
    waited = max(until - since, MINUTE)
    unit = _unit(waited)
    return _spell(waited // unit, unit, lang)


def working_days(n: int, lang: str) -> str:
    """2 hari kerja"""
    return words(lang).n("{n} working day", "{n} working days", n)


def month(year: int, number: int, lang: str) -> str:
    """November 2026"""
    return f"{_names(lang).month[number - 1]} {year}"


def amount(value: float, lang: str) -> str:
    """3,2 or 0,25: one decimal, two below 1, and none that is 0."""
    said = f"{value:.{1 if value >= 1 else 2}f}".rstrip("0").removesuffix(".")
    return said.replace(".", ",") if _names(lang).colon == "." else said


def part(days: float, hours: float, lang: str) -> str:
    """3,2 hari, or of less than a day of so many `hours`, 1,5 jam or 40 menit: nobody speaks of 0,25 days."""
    t = words(lang)
    if days >= 1:
        said = amount(days, lang)
        return t.n("{amount} day", "{amount} days", 1 if said == "1" else 2, amount=said)
    minutes = round(days * hours * 60)
    if minutes < 60:  # minutes of an hour
        return _spell(minutes, MINUTE, lang)
    said = amount(minutes / 60, lang)
    return t.n("{amount} hour", "{amount} hours", 1 if said == "1" else 2, amount=said)


def greeting(now: int, zone: str, lang: str) -> str:
    """Selamat pagi from four until eleven, siang until three, sore until six, else malam."""
    t, hour = words(lang), local(now, zone).hour
    if 4 <= hour < 11:
        return t("Good morning")
    if 11 <= hour < 15:
        return t("Good day")
    if 15 <= hour < 18:
        return t("Good afternoon")
    return t("Good evening")


def weekday_names(lang: str) -> tuple[str, ...]:
    """Monday first."""
    return _names(lang).weekday


def months(lang: str) -> Pairs:
    """How months are written short, each beside the whole name."""
    found = _names(lang)
    return tuple(zip(found.short_month, found.month, strict=True))


class _Names(NamedTuple):
    weekday: tuple[str, ...]
    month: tuple[str, ...]
    short_month: tuple[str, ...]
    colon: str


@cache  # Babel takes 2 µs to find one name, and a moment has two
def _names(lang: str) -> _Names:
    cldr = Locale(spoken(lang))
    weekdays, months = cldr.days["format"]["wide"], cldr.months["format"]
    return _Names(
        weekday=JAVANESE if lang == "jv" else tuple(weekdays[i] for i in range(7)),
        month=tuple(months["wide"][i] for i in range(1, 13)),
        short_month=tuple(months["abbreviated"][i] for i in range(1, 13)),
        colon=COLON[spoken(lang)],
    )


def _unit(ms: int) -> int:
    return DAY if ms >= DAY else HOUR if ms >= HOUR else MINUTE


def _spell(n: int, unit: int, lang: str) -> str:
    t = words(lang)
    if unit == DAY:
        return t.n("{n} day", "{n} days", n)
    if unit == HOUR:
        return t.n("{n} hour", "{n} hours", n)
    return t.n("{n} minute", "{n} minutes", n)

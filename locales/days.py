"""Days to come as people write them in Indonesian, Javanese and English: "besok", "24-31 Desember". Pure."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from locales.moments import DAYS_AGO, PARTS, TODAY, WEEK, month_names, weekday_names, year_last

# A hyphen leads on to the last day, unless such a one stands within the first, too: then it may be a year.
_IN_FIGURES = r"(?<!\d)(?P<d>\d{1,2})(?P<sep>[/.-])(?P<mo>\d{1,2})(?:[/.-](?P<y>\d{4}))?(?!(?P=sep)?\d|[/.]\d)"
_UNSURE = re.compile(  # a figure that is left or struck out, what tells of an hour, another week, or of how many
    rf"[\d#]|\b(?:jam|pukul|pkl|tabuh|{'|'.join(PARTS.values())}|depan|ngajeng|ngarepe?|next|lalu|last|ini|menika|punika|iki|"
    r"this|satu|dua|setunggal|siji|kalih|rong|one|two|pekan|week|setiap|tiap|saben|every|kecuali|kajawi|except)\b"
)
_TILL = (
    r"(?:\bs ?[/.]? ?d\b\.?|\b(?:samp[ae]i?|smp|hingga|dumugi|ngantos|nganti|tekan|ke|till?|until|to|through|thru)\b)"
    r"(?:\s*(?:dengan|dgn|kaliyan|karo)\b)?"
)
_TO = rf"\s*(?:[-–—~]|[-–=]+>|→|…|{_TILL})\s*"
_DAY = r"(?:(?:hari|dinten|dina|tanggal|tgl|on)\b\.?\s*)*"
_FROM_TO = re.compile(rf",?{_TO}{_DAY}|[^\S\n]+")  # whatever else joins two days leaves out what is between
_AND = re.compile(rf"\s*(?:[,;+\n]|,?\s*(?:&|\b(?:dan|dn|lan|karo|saha|serta|kaliyan|ugi|and)\b))\s*{_DAY}")
_OPEN_BEFORE = re.compile(rf"(?:{_TILL}|\b(?:dari|mulai|sejak|wiwit|saking|from|since|starting)\b)\s*{_DAY}$")
_OPEN_BEHIND = re.compile(r"\W*(?:(?:dan|lan|and)\s+)?(?:dst|seterusnya|sateruse|[ls]alajengipun|onwards?)\b")
HALF = 183  # days before today until which a day without a year is meant to be of this one


def named(text: str, today: date) -> list[date] | None:
    """The day that a text names, or the first and the last: "besok", "Kamis 24 Des", "24-31 Desember", "24/12 31/12";
    one without a year is the next such, or is just over. None if it names one that is none, or may mean another, or
    two without those between them, or if the first or the last is left out.
    """
    weekday, text = weekday_names(), _written_out(text.casefold(), today)
    names = "|".join(sorted(map(re.escape, weekday), key=len, reverse=True))
    pattern = re.compile(rf"(?:\b(?P<w>{names})\b[\s,]*)?{_IN_FIGURES}|\b(?P<alone>{names})\b")
    matches = list(pattern.finditer(text))
    found = [_to_come(match, weekday, today) for match in matches]
    sure = [one for one in found if one]
    if len(sure) < len(found) or _UNSURE.search(pattern.sub(" ", text)):
        return None
    if len(sure) == 1 and _is_open(text, matches[0]):
        return None
    gaps = ((later - one).days for one, later in pairwise(sure))
    joined = all(_are_joined(text, *pair, gap) for pair, gap in zip(pairwise(matches), gaps, strict=True))
    return sure if joined else None


def _is_open(text: str, day: re.Match[str]) -> bool:
    """True if the first or the last of more days is left out: "sampai Jumat", "Rabu dst."."""
    return bool(_OPEN_BEFORE.search(text[: day.start()]) or _OPEN_BEHIND.match(text, day.end()))


def _are_joined(text: str, one: re.Match[str], later: re.Match[str], gap: int) -> bool:
    """True if two days are from and to; or these, and no other is between them."""
    by = text[one.end() : later.start()]
    by = by.strip() if one["alone"] or later["alone"] else by  # a blank leads from date to date alone
    return bool(_FROM_TO.fullmatch(by) or (gap <= 1 and _AND.fullmatch(by)))


def _written_out(text: str, today: date) -> str:
    """The same with a month in figures for its name, and a date for what is told from today."""
    month = f"(?P<month>{'|'.join(sorted(month_names(), key=len, reverse=True))})\\b\\.?"
    weekday = "|".join(map(re.escape, weekday_names()))
    text = year_last(text)
    for ahead in (-2, -1, 0):
        on, said = today - timedelta(days=ahead), DAYS_AGO[ahead] if ahead else TODAY
        behind = rf"(?:[\s,]+(?:(?:hari|dinten|dina)\s+)?(?P<w>{weekday})\b)?"  # besok Senin: it must be that day
        text = re.sub(rf"\b(?:{said})\b{behind}", rf"\g<w> {on.day}/{on.month}/{on.year}", text)

    def figures(match: re.Match[str]) -> str:
        behind = f"/{month_names()[match['month']]}" + (f"/{match['year']}" if match["year"] else "")
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

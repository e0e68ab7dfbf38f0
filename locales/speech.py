"""Small pieces of sentences that each language builds in its own way."""

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import groupby
from typing import Literal, get_args

from locales import dates, words

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Open = tuple[str, str]  # "08:00", "14:00", as the district file writes them
WEEK: tuple[Weekday, ...] = get_args(Weekday)


def join(items: Sequence[str], lang: str) -> str:
    """A, B, dan C"""
    t, (*most, last) = words(lang), items or ("",)
    if len(most) > 1:
        return t("{items}, and {last}", items=", ".join(most), last=last)
    return t("{first} and {last}", first=most[0], last=last) if most else last


def hours(week: Mapping[Weekday, Open], lang: str) -> str:
    """Senin sampai Kamis 08.00–14.00, Jumat 08.00–10.30: opening hours, neighbouring days alike together."""
    t, alike = words(lang), groupby(range(7), lambda day: week.get(WEEK[day]))
    return ", ".join(_stretch(list(days), span, lang) for span, days in alike if span) or t("closed")


def _stretch(days: list[int], span: Open, lang: str) -> str:
    t, names = words(lang), dates.weekday_names(lang)
    clocks = [dates.clock(time.fromisoformat(at), lang) for at in span]
    first, last = names[days[0]], names[days[-1]]
    named = first if first == last else t("{first} to {last}", first=first, last=last)
    return f"{named} {'–'.join(clocks)}"

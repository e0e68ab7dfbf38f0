"""Three languages say the same: the same numbers, days, times, places, commands and papers, on every screen."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest

from handlers import COMMANDS
from handlers.relays.texts import family_text
from handlers.reply import Screen
from handlers.wording.layout import LABEL
from locales import LANGUAGES, dates, words
from tests.gallery import WORKFLOW
from tests.handlers.families import besides, news, of, statuses
from tests.handlers.test_screens import labels, read, wall

KINDS = [("KK",), ("AKM", "KK"), ("AKL", "KK", "KIA"), ("PINDAH",)]
NAMES = ("Petungkriyono", *(one.name for one in WORKFLOW.villages.values()))
FIRST = {f"/{name}": f"/{command.names[0]}" for command in COMMANDS for name in command.names}
FACT = re.compile(rf"D\d|M\d+|\d+(?:[.,:]\d+)*|(?<!\w)/[a-z]+|t\.me/\S+|{'|'.join(NAMES)}")


@cache
def calendar(lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of days and months, and each as the same mark in all languages."""
    marks = {name.lower(): f" D{i} " for i, name in enumerate(dates.weekday_names(lang))}
    for day in range(365):
        at = dates.local(day * dates.DAY, "UTC")
        short, full = (
            dates.date(day * dates.DAY, 0, "UTC", lang).split()[1],
            dates.month(1970, at.month, lang).split()[0],
        )
        marks |= {short.lower(): f" M{at.month} ", full.lower(): f" M{at.month} "}
    names, days = ("|".join(one) for one in (sorted(marks, key=len, reverse=True), dates.weekday_names(lang)))
    beside = rf"(?:(?<=\d )(?:{names})|(?:{names})(?= \d{{4}})|(?:{days}))"  # "may" is a month beside a number
    return re.compile(rf"\b{beside}\b", re.IGNORECASE), marks


def facts(text: str, lang: str) -> Counter[str]:
    """What a text says that no language may say otherwise, each as often as it is said; commands once, by whichever of
    their names.
    """
    pattern, marks = calendar(lang)
    plain = pattern.sub(lambda name: marks[name[0].lower()], text.replace("\u00a0", " "))
    found = Counter(re.sub(r"(?<=\d)[.,:](?=\d)", ":", one).rstrip(".") for one in FACT.findall(plain))
    found = Counter(FIRST.get(one, one) for one in found.elements())
    return Counter({one: 1 if one.startswith("/") or one in NAMES else count for one, count in found.items()})


def differing(told: Mapping[str, Mapping[str, Screen]]) -> dict[str, str]:
    """Where a language says more, or less, than Indonesian: by language and name of the screen.

    Of what has no room, a language has more room for than another: a message that counts the rest, a label that is cut.
    """
    found = {}
    for name in told["id"]:
        screens = {lang: told[lang][name] for lang in LANGUAGES}
        if any("\n… " in read(screen) for screen in screens.values()):
            continue
        keys = [keys for keys in zip(*map(labels, screens.values()), strict=True) if not any(map(is_cut, keys))]
        said = {lang: "\n".join([read(screens[lang]), *(key[i] for key in keys)]) for i, lang in enumerate(LANGUAGES)}
        ours, *theirs = (facts(text, lang) for lang, text in said.items())
        for lang, other in zip(LANGUAGES[1:], theirs, strict=True):
            if other != ours:
                found[f"{lang} {name}"] = f"{dict(other - ours)} for {dict(ours - other)}"
    return found


def is_cut(label: str) -> bool:
    return len(label) > LABEL - 3 and label.endswith("…")


def test_every_screen_says_the_same_in_three_languages():
    assert differing({lang: wall(lang) for lang in LANGUAGES}) == {}


@pytest.mark.long
@pytest.mark.parametrize("types", KINDS, ids="+".join)
@pytest.mark.parametrize("told", [news, statuses, besides])
def test_every_notice_and_status_says_the_same_in_three_languages(told, types):
    assert differing({lang: dict(told(lang, *types)) for lang in LANGUAGES}) == {}


@pytest.mark.parametrize("types", KINDS, ids="+".join)
def test_every_sms_says_the_same_in_three_languages(types):
    told = {lang: {"sms": Screen(family_text(WORKFLOW, of(*types), words(lang)))} for lang in LANGUAGES}
    assert differing(told) == {}


@pytest.mark.parametrize(
    "lang, text, found",
    [
        ("id", "Selasa 24 Nov pukul 08.10, desa Simego: 3 berkas", "D1 24 M11 08:10 Simego 3"),
        ("jv", "Slasa 24 Nov tabuh 08.10, desa Simego: 3 berkas", "D1 24 M11 08:10 Simego 3"),
        ("en", "Tuesday 24 Nov at 08:10, Simego: 3 files, see /status", "D1 24 M11 08:10 Simego 3 /status"),
    ],
)
def test_facts_are_found_in_each_language(lang, text, found):
    assert facts(text, lang) == Counter(found.split())

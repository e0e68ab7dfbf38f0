"""What families read fits the phone they have: 36 characters a line, and 40 on a locked screen."""

import re
import textwrap

import pytest

from bot.sandbox.html import Html
from handlers.lookup.screens import status_screen
from handlers.reply import Screen
from handlers.returns.views import missing_of
from handlers.wording import names
from handlers.wording.layout import grouped
from locales import LANGUAGES, dates, words
from storage.numbers import EXAMPLE
from storage.records import LookUp
from tests.gallery import CITIZEN, NOW, WORKFLOW, document
from tests.handlers.families import REVIEW, VILLAGE, besides, news, statuses
from tests.handlers.test_screens import wall

LINE, LOCKED = 36, 40
NOTICE = {"id": 4, "jv": 5, "en": 5}  # lines of all of a notice
SECOND = 2  # and of what comes second, if two things happened, or if it may be fetched now or waited for
STATUS = {"id": 6, "jv": 7, "en": 7}  # lines of words in a status, whatever it tells of documents that are together
APART = {"id": 12, "jv": 14, "en": 15}  # and in that of three documents in three places, each of them late or held
AT_A_GLANCE = {
    "privacy": 17,
    "kept: notices": 25,
    "kept: written": 18,
    "kept: office": 20,
    "asked 0": 8,
    "asked 1": 9,
    "asked, with a line ": 11,
}  # lines of what else families read
KINDS = [*((type,) for type in WORKFLOW.types), ("KK", "KIA"), ("AKM", "KK"), ("AKL", "KK", "KIA")]

each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_kind = pytest.mark.parametrize("types", KINDS, ids="+".join)


def said(screen: Screen) -> str:
    return Html(screen.text).read()[0]


def wrapped(text: str) -> list[str]:
    """The lines of a text as a narrow phone breaks them."""
    return [line for one in text.splitlines() for line in textwrap.wrap(one, LINE, break_on_hyphens=False)]


def words_of(screen: Screen, lang: str) -> list[str]:
    """The lines of a status but for the road of pictures, for whoever does not read, and the condolence."""
    sorry = words(lang)("We are sorry for your loss.")
    return [line for line in said(screen).splitlines() if line and line != sorry and "🏠" not in line]


def longer(text: str) -> int:
    """The lines that a text takes beyond its first: English explains the names of documents, papers have long ones."""
    return len(wrapped(text)) - 1


def missing(name: str, lang: str, types: tuple[str, ...]) -> int:
    """The lines that the paper takes which is missing of the first of these, beyond a first one."""
    if not WORKFLOW.types[types[0]].needs:
        return 0
    return longer(words(lang)("Missing or wrong: {items}.", items=missing_of(WORKFLOW, types[0], 1)[lang][0]))


def news_of(text: str, lang: str) -> str:
    """A notice without the condolence before it."""
    return "\n".join(line for line in text.splitlines() if line != words(lang)("We are sorry for your loss."))


@each_language
@each_kind
def test_all_of_a_notice_is_short(lang, types):
    """News, what comes and what to do: for one thing as few lines as can be, for two of them two more."""
    for name, screen in news(lang, *types):
        told = wrapped(news_of(said(screen), lang))
        is_second = " into " in name or name == "late" or re.fullmatch("ready_at_district(, going on)?", name)
        day = ", 23\xa0Nov" if name == "late" else ""
        named = longer(names.types_beside(WORKFLOW, types, grouped(EXAMPLE).replace(" ", "\xa0") + day, lang) + ".")
        papers = missing(name, lang, types) if name == "returned" else 0
        assert len(told) <= NOTICE[lang] + SECOND * bool(is_second) + named + papers, (name, told)


@each_language
@each_kind
def test_a_locked_screen_shows_what_happened(lang, types):
    """What differs in what happened differs in the first 40 characters, of whichever documents that is."""
    told = {name: news_of(said(screen), lang)[:LOCKED] for name, screen in news(lang, *types)}
    moves = [told[stage] for stage in (*WORKFLOW.route(types[0]), *WORKFLOW.exits)]
    holds = [told[name] for key in WORKFLOW.holds if (name := f"at_district, {key}") in told]
    assert len(set(moves)) == len(moves)
    assert len(set(holds)) == len(holds)


@each_language
@each_kind
def test_a_status_is_short_whatever_it_tells(lang, types):
    """On its road, late, held, ready, at the family's turn, returned and at its end. The first line says which and of
    what number; that has one line, and more only where English explains the names.
    """
    for name, screen in statuses(lang, *types):
        head, *rest = words_of(screen, lang)
        papers = missing(name, lang, types) if name.startswith("returned") else 0
        assert longer(head) <= (len(types) if lang == "en" else 0), (name, head)
        assert len(wrapped("\n".join(rest))) <= STATUS[lang] - 1 + papers, (name, rest)


THREE = {  # the stage of each, since how many days, and what holds it up
    "one held, two late": (("issued", 1, ""), ("at_registry", 1, "siak"), ("at_district", 7, "")),
    "nothing wrong": (("issued", 0, ""), ("at_registry", 0, ""), ("at_district", 0, "")),
    "ready, the family's turn, late": (
        ("ready_at_village", 0, ""),
        ("at_registry", 0, "attend"),
        ("from_registry", 9, ""),
    ),
    "two late, one held and late": (("issued", 9, ""), ("to_registry", 9, ""), ("at_registry", 9, "blank")),
}


def parted(lang: str, which: str) -> list[str]:
    """The lines of the status of a birth's three documents, each somewhere else."""
    found = [
        document(type, stage, since=NOW - days * dates.DAY, village=VILLAGE, hold=hold or None,
                 hold_since=NOW - days * dates.DAY, hold_review=REVIEW if hold else None)
        for type, (stage, days, hold) in zip(("AKL", "KK", "KIA"), THREE[which], strict=True)
    ]  # fmt: skip
    screen = status_screen(WORKFLOW, CITIZEN, [LookUp(EXAMPLE, tuple(found))], [], words(lang), NOW)
    return words_of(screen, lang)


@each_language
@pytest.mark.parametrize("which", THREE)
def test_three_documents_in_three_places_are_told_in_few_lines(lang, which):
    assert len(wrapped("\n".join(parted(lang, which)))) <= APART[lang]


def test_of_three_documents_in_three_places_nothing_is_lost_that_a_family_needs():
    assert parted("id", "one held, two late")[1:] == [
        "Akta lahir: terbit, di Disdukcapil. Maaf, seharusnya sudah dijemput petugas Jek-Duk Senin 23\xa0Nov.",
        "KK: di Disdukcapil. Tertunda sejak 23\xa0Nov: komputer terganggu. Kami cek Selasa 1\xa0Des.",
        "KIA: di kecamatan. Maaf, seharusnya sudah dibawa ke Disdukcapil Selasa 17\xa0Nov.",
        "Tanyakan ke kantor desa Tlogohendro (buka Selasa 24\xa0Nov). Gratis.",
    ]
    assert parted("id", "nothing wrong")[1:] == [
        "Akta lahir: terbit, di Disdukcapil. Biasanya dijemput petugas Jek-Duk paling lambat Selasa 24\xa0Nov.",
        "KK: di Disdukcapil. Biasanya terbit paling lambat Rabu 25\xa0Nov.",
        "KIA: di kecamatan. Biasanya dibawa ke Disdukcapil paling lambat Selasa 24\xa0Nov.",
        "Bapak/Ibu cukup menunggu. Gratis.",
    ]
    ready, turn, *_ = parted("id", "ready, the family's turn, late")[1:]
    assert ready == "Akta lahir: siap diambil di kantor desa. Bawa resi. Gratis."
    assert turn.endswith("datang sendiri rekam data. Bawa KK dan resi ke kantor kecamatan. Gratis.")


@each_language
def test_the_notice_on_privacy_and_a_question_are_short(lang):
    lines = {name: len(wrapped(said(screen))) for name, screen in wall(lang).items() if name in AT_A_GLANCE}
    assert {name: lines[name] for name, most in AT_A_GLANCE.items() if lines[name] > most} == {}


@each_language
def test_no_number_and_no_date_is_broken_across_lines(lang):
    screens = [screen for told in (news, statuses, besides) for _, screen in told(lang, "KK", "KIA")]
    months = "|".join(dates.date(month * 30 * dates.DAY, 0, "UTC", lang).split()[1] for month in range(12))
    broken = re.compile(rf"\d{{4}} \d{{4}}|\d (?:{months})\b")
    assert [screen.text for screen in (*screens, *wall(lang).values()) if broken.search(said(screen))] == []
    assert any(grouped(EXAMPLE).replace(" ", "\u00a0") in said(screen) for screen in screens)


@each_language
def test_a_weekday_is_said_in_full(lang):
    """Read aloud, "Sel" is a cell, and "Min" less."""
    short = re.compile(rf"\b(?:{'|'.join(one[:3] for one in dates.weekday_names(lang) if len(one) > 4)}) \d")
    told = [*news(lang, "KK"), *statuses(lang, "KK"), *besides(lang, "KK"), *wall(lang).items()]
    assert [name for name, screen in told if short.search(said(screen).replace("\u00a0", " "))] == []


@each_language
def test_pictures_come_after_the_words(lang):
    """No line begins with one, and below the road of pictures stands nothing of the same number."""
    told = [*news(lang, "KK"), *statuses(lang, "KK"), *besides(lang, "KK")]
    before = re.compile(r"^[🏠🏢🏛🛵][^\n]*\n?\w|^[🏠🏢🏛🛵][^\w\n]* \w", re.MULTILINE)
    assert [name for name, screen in told if before.search(said(screen))] == []
    assert all("🏠" in said(screen) for name, screen in told if name == "to_district, late")

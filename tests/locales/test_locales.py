"""Whose words are spoken, and that they are there."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import locales
from locales import LANGUAGES, negotiate, words

PACKAGE = Path(locales.__file__).parent


@pytest.mark.parametrize(
    ("choice", "telegram", "expected"),
    [
        pytest.param("en", "id", "en", id="the-choice-comes-first"),
        pytest.param("jv", None, "jv", id="krama-for-who-asks"),
        pytest.param(None, "en", "en", id="else-what-telegram-speaks"),
        pytest.param(None, "en-GB", "en", id="a-region-does-not-matter"),
        pytest.param(None, "EN", "en", id="nor-do-capitals"),
        pytest.param(None, "jv", "jv", id="krama-when-the-phone-says-so"),
        pytest.param(None, "su", "id", id="a-neighbour-is-not-taken-for-javanese"),
        pytest.param(None, "jw", "id", id="nor-is-an-old-code"),
        pytest.param(None, "de", "id", id="a-stranger-hears-indonesian"),
        pytest.param(None, "", "id", id="an-empty-code"),
        pytest.param(None, None, "id", id="nothing-known"),
        pytest.param("xx", "en", "en", id="a-choice-we-lost"),
        pytest.param("", "en", "en", id="an-empty-choice"),
    ],
)
def test_a_person_hears_their_own_language(choice, telegram, expected):
    assert negotiate(choice, telegram) == expected


@pytest.mark.parametrize(("lang", "expected"), [("id", "bantuan"), ("jv", "pambiyantu"), ("en", "help")])
def test_each_language_has_its_words(lang, expected):
    assert words(lang)("help") == expected


@pytest.mark.parametrize("lang", ["fr", "", None, "../id"])
def test_an_unknown_language_is_answered_in_indonesian(lang):
    assert (words(lang).lang, words(lang)("help")) == ("id", "bantuan")


def test_a_catalog_is_read_once():
    assert words("jv") is words("jv")


def test_places_are_filled_by_name():
    assert words("jv")("{first} and {last}", last="KTP-el", first="KK") == "KK saha KTP-el"


def test_what_fills_a_place_is_taken_literally():
    assert words("id")("{first} and {last}", first="{last}", last="<b>&%s") == "{last} dan <b>&%s"


def test_a_forgotten_place_is_noticed():
    with pytest.raises(KeyError):
        words("id")("{first} and {last}", first="KK")


def test_a_sentence_nobody_translated_is_still_said():
    assert words("jv")("{n} pigeons fly", n=3) == "3 pigeons fly"


@pytest.mark.parametrize(
    ("lang", "n", "expected"),
    [
        pytest.param("id", 1, "1 hari kerja", id="id-one"),
        pytest.param("id", 2, "2 hari kerja", id="id-many-is-the-same"),
        pytest.param("jv", 1, "1 dinten kerja", id="jv-one"),
        pytest.param("jv", 2, "2 dinten kerja", id="jv-many-is-the-same"),
        pytest.param("en", 0, "0 working days", id="en-none"),
        pytest.param("en", 1, "1 working day", id="en-one"),
        pytest.param("en", 2, "2 working days", id="en-many"),
    ],
)
def test_numbers_take_the_form_of_their_language(lang, n, expected):
    assert words(lang).n("{n} working day", "{n} working days", n) == expected


@pytest.mark.parametrize("lang", ["id", "jv"])
def test_indonesian_and_javanese_have_one_form(lang):
    # `pybabel init` writes "nplurals=2; plural=(n != 1);" for both, which breaks every sentence with a number.
    assert words(lang).catalog.info()["plural-forms"] == "nplurals=1; plural=0;"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalog_says_whose_it_is(lang):
    assert words(lang).catalog.info()["language"] == lang


def test_a_fresh_checkout_compiles_its_catalogs(tmp_path):
    house = _checkout(tmp_path)
    assert _say(house, "help") == "pambiyantu"


def test_an_edited_catalog_is_compiled_again(tmp_path):
    house = _checkout(tmp_path)
    _say(house, "help")
    catalog = house / "locales/jv/LC_MESSAGES/jekduk.po"
    catalog.write_text(catalog.read_text().replace("pambiyantu", "sapunika"))
    os.utime(catalog, (time.time() + 2, time.time() + 2))  # some file systems count in seconds
    assert _say(house, "help") == "sapunika"


def test_an_installed_copy_needs_no_compiler(tmp_path):
    house = _checkout(tmp_path)
    _say(house, "help")
    for source in house.glob("locales/**/*.po"):
        source.unlink()
    (house / "locales/compile.py").unlink()
    assert _say(house, "help") == "pambiyantu"


def _checkout(home: Path) -> Path:
    shutil.copytree(PACKAGE, home / "locales", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    return home


def _say(house: Path, sentence: str) -> str:
    code = f"import locales; print(locales.words('jv')({sentence!r}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=house, capture_output=True, text=True, check=True)
    return run.stdout.strip()

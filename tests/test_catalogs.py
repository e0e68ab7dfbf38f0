"""Every sentence of the code stands in every catalog, once, whole, with the same places in it."""

import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from locales import collect
from locales.compile import compile_all

HOME = Path(__file__).parent.parent
CATALOGS = sorted(HOME.glob("locales/*/LC_MESSAGES/*.po"))

each_catalog = pytest.mark.parametrize("path", CATALOGS, ids=[path.parts[-3] for path in CATALOGS])

HEADER = (
    'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
)


@cache
def spoken() -> frozenset[str]:
    return frozenset(forms(message.id)[0] for message in collect.spoken() if message.id)


@cache
def catalog(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, locale=path.parts[-3], abort_invalid=True)


def messages(path: Path) -> Iterator[Message]:
    return (message for message in catalog(path) if message.id)


def forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def places(sentence: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name is not None})


def test_there_is_a_catalog_for_each_language():
    assert [path.parts[-3] for path in CATALOGS] == ["en", "id", "jv"]


@each_catalog
def test_every_sentence_is_in_the_catalog(path):
    assert sorted(spoken() - {forms(message.id)[0] for message in messages(path)}) == []


@each_catalog
def test_the_catalog_holds_nothing_that_is_never_said(path):
    stale = sorted({forms(message.id)[0] for message in messages(path)} - spoken())
    assert (stale, list(catalog(path).obsolete)) == ([], [])


@each_catalog
def test_every_sentence_is_translated(path):
    assert [message.id for message in messages(path) if not whole(message, catalog(path).num_plurals)] == []


def whole(message: Message, plurals: int) -> bool:
    said = forms(message.string)
    return all(said) and len(said) == (plurals if message.pluralizable else 1)


@each_catalog
def test_no_translation_is_a_guess(path):
    assert [message.id for message in messages(path) if message.fuzzy] == []


@each_catalog
def test_a_translation_has_the_places_of_its_sentence(path):
    wrong = [
        (message.id, form)
        for message in messages(path)
        for form in forms(message.string)
        if places(form) != places(forms(message.id)[-1])
    ]
    assert wrong == []


@each_catalog
def test_a_translation_has_the_figures_and_commands_of_its_sentence(path):
    facts = re.compile(r"(?<!\w)/[a-z]+|\d+|⚠|✅|✕|Telegram|WhatsApp|WA\b|QR|NIK|A4|A6")
    wrong = [
        (message.id, form)
        for message in messages(path)
        for form in forms(message.string)
        if told(facts, form) != told(facts, forms(message.id)[-1])
    ]
    assert wrong == []


def told(facts: re.Pattern[str], sentence: str) -> set[str]:
    return {"WhatsApp" if one == "WA" else one for one in facts.findall(sentence)}


@pytest.mark.parametrize("lang", ["id", "jv"])
def test_a_noun_after_a_number_stays_as_it_is(lang):
    text = (HOME / "locales" / lang / "LC_MESSAGES" / "jekduk.po").read_text()
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in text


def test_javanese_speaks_to_its_reader_in_javanese():
    [path] = [one for one in CATALOGS if one.parts[-3] == "jv"]
    assert [message.id for message in messages(path) if "Bapak/Ibu" in "".join(forms(message.string))] == []


def test_every_sentence_can_be_found():
    """`words(lang)("…")` and f-strings are not seen by who collects the sentences: say `t = words(lang)` first."""
    unseen = re.compile(r"""words\([^()]*\)\(\s*["']|\b(?:t|_)\(\s*f["']""")
    assert [
        str(path) for room in collect.ROOMS for path in (HOME / room).rglob("*.py") if unseen.search(path.read_text())
    ] == []


def test_collecting_again_changes_nothing(tmp_path):
    shutil.copytree(HOME / "locales", tmp_path, dirs_exist_ok=True)
    collect.update_all(tmp_path)
    once = [path.read_text() for path in tmp_path.glob("*/*/*.po")]
    collect.update_all(tmp_path)
    assert [path.read_text() for path in tmp_path.glob("*/*/*.po")] == once != []


def test_collecting_keeps_what_was_translated_and_drops_what_is_no_longer_said(tmp_path):
    path = tmp_path / "id" / "LC_MESSAGES" / "jekduk.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + 'msgid "help"\nmsgstr "bantuan"\n\nmsgid "never said"\nmsgstr "tidak pernah"\n')
    collect.update_all(tmp_path)
    said = {message.id: message.string for message in messages(path)}
    assert (said["help"], said["closed"], "never said" in said) == ("bantuan", "", False)


def test_what_is_compiled_is_what_is_read(tmp_path):
    shutil.copytree(HOME / "locales", tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.mo"))
    assert compile_all(tmp_path) == len(CATALOGS)
    with (tmp_path / "jv" / "LC_MESSAGES" / "jekduk.mo").open("rb") as compiled:
        read = GNUTranslations(compiled)
    plain = [message for message in messages(CATALOGS[-1]) if not message.pluralizable]
    assert [read.gettext(str(message.id)) for message in plain] == [message.string for message in plain]

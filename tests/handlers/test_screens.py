"""Every screen, in every language, over a broad set of facts: it fits, it can be read, and nothing foreign is left."""

import ast
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from bot.sandbox.html import Html
from handlers import callbacks
from handlers.bags.buttons import ShowTasks
from handlers.filing.screens import filed_screen
from handlers.lookup.history import Beside, history_screen
from handlers.lookup.my_numbers import follows_screen
from handlers.lookup.screens import status_screen
from handlers.reply import Screen
from handlers.view import repeated
from handlers.wording import layout
from handlers.wording.layout import LABEL, NO_BREAK
from handlers.wording.names import completing, leg_name
from locales import LANGUAGES, collect, words
from tests.gallery import CITIZEN, NOW, WORKFLOW, everything, follow, journey, looked_up
from tests.gallery import document as doc
from tests.handlers.odd_district import ODD
from tests.handlers.standing import aside, standing

HOME = Path(__file__).parent.parent.parent
TEXT, CAPTION, COPIED, TOAST, KEYS = 4096, 1024, 256, 200, 100  # Telegram's limits, in characters
ENGLISH = re.compile(
    r"\b(the|you|your|is|are|was|were|not|of|and|or|since|next|for|with|send|please|free|back|help|number|task|tasks"
    r"|receipt|files|documents?|day|days|by|to|at|on|in)\b",
    re.IGNORECASE,
)
SPOKEN_BY_ALL = {  # the choice of a language names each in its own; what is sent is a "file" in all of them
    "languages", "refused: photo", "refused: too_big",
}  # fmt: skip

each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_district = pytest.mark.parametrize("workflow", [WORKFLOW, ODD], ids=["Petungkriyono", "odd names"])


@cache
def wall(lang: str, workflow=WORKFLOW) -> dict[str, Screen]:
    found = [*everything(words(lang), workflow), *standing(words(lang), workflow), *aside(words(lang), workflow)]
    assert len(dict(found)) == len(found)
    return dict(found)


def read(screen: Screen) -> str:
    """What a person sees of the text. Raises what Telegram would refuse it for."""
    return Html(screen.text).read()[0].replace(NO_BREAK, " ")


def labels(screen: Screen) -> list[str]:
    return [key.label for row in screen.rows for key in row]


def spoken(screen: Screen) -> str:
    return "\n".join([read(screen), *labels(screen), *(key.copy for row in screen.rows for key in row)])


@each_district
@each_language
def test_a_screen_fits_a_message(lang, workflow):
    limits = {name: CAPTION if screen.photo else TEXT for name, screen in wall(lang, workflow).items()}
    lengths = {name: len(read(screen)) for name, screen in wall(lang, workflow).items()}
    assert {name: length for name, length in lengths.items() if not 0 < length <= limits[name]} == {}


@each_language
def test_a_screen_fits_a_message_also_when_it_may_be_known_already(lang):
    again = {name: repeated((screen, False), words(lang))[0] for name, screen in wall(lang).items()}
    limits = {name: CAPTION if screen.photo else TEXT for name, screen in again.items()}
    assert {name for name, screen in again.items() if len(read(screen)) > limits[name]} == set()


@each_district
@each_language
def test_a_keyboard_fits_a_message(lang, workflow):
    assert {name for name, screen in wall(lang, workflow).items() if len(labels(screen)) > KEYS} == set()


@each_language
def test_a_label_fits_a_narrow_phone(lang):
    rows = [(name, row) for name, screen in wall(lang).items() for row in screen.rows]
    wide = [(name, key.label) for name, row in rows for key in row if len(key.label) > LABEL // len(row)]
    assert wide == []


def is_cut(label: str) -> bool:
    """True of a label that `layout.button` had to cut; one that opens more ends in a space and three dots."""
    return label.endswith("…") and not label.endswith(" …")


@each_language
def test_no_label_is_cut(lang):
    """What fits a narrow phone because it was cut says less than it should. A paper's key is shown as it is, if it has
    left the district file; what is missing is cut between words, below the whole of it.
    """
    screens = {name: labels(screen) for name, screen in wall(lang).items()}
    cut = {name: [one for one in found if is_cut(one)] for name, found in screens.items()}
    assert {
        name: left for name, found in cut.items() if (left := [one for one in found if "Gone_from" not in one])
    } == {}


@each_language
@pytest.mark.parametrize("stage", list(WORKFLOW.stages)[1:])
def test_the_label_that_completes_a_leg_is_never_cut(lang, stage):
    bag, single = completing(WORKFLOW, stage, 100, lang), f"✅ {leg_name(WORKFLOW, stage, lang)}"
    assert max(len(bag), len(single)) <= LABEL


def test_a_label_that_is_too_long_ends_where_we_choose():
    assert label("☑ 5631 8591 5492 · Akta kematian · Curugmuncar") == "☑ 5631 8591 5492 · Akta kematian · Curu…"
    assert label("5631 8591 5492 · Surat keterangan umum · Simego") == "5631 8591 5492 · Surat keterangan umum…"


def label(words_: str) -> str:
    return layout.button(words_, ShowTasks()).label


@each_district
@each_language
def test_a_button_can_be_sent_and_read_again(lang, workflow):
    for screen in wall(lang, workflow).values():
        for key in (key for row in screen.rows for key in row):
            assert bool(key.data) != bool(key.copy)
            assert len(key.copy) <= COPIED
            if key.data:
                assert callbacks.parse(key.data).pack() == key.data
                assert len(key.data.encode()) <= callbacks.LIMIT


@each_language
def test_every_place_is_filled(lang):
    assert {name for name, screen in wall(lang).items() if re.search(r"[{}\ue000-\uf8ff\f]", spoken(screen))} == set()


@each_language
def test_signs_in_names_are_shown_as_they_are(lang):
    assert "Petung & <Kriyono>" in read(wall(lang, ODD)["welcome"])
    assert "Simego & <Simego>" in labels(wall(lang, ODD)["draft: which village"])
    kinds = {span.kind for screen in wall(lang, ODD).values() for span in Html(screen.text).read()[1]}
    assert kinds == {"bold"}


@pytest.mark.parametrize("lang", ["id", "jv"])
def test_no_english_is_left(lang):
    found = {name: ENGLISH.findall(spoken(screen)) for name, screen in wall(lang).items() if name not in SPOKEN_BY_ALL}
    assert {name: left for name, left in found.items() if left} == {}


@pytest.mark.parametrize("lang", ["id", "jv"])
def test_no_sentence_is_the_english_one(lang):
    said = {message: words(lang).catalog.gettext(message) for message in sentences(*HOME.glob("handlers/**/*.py"))}
    bare = {message: re.sub(r"{\w+}", "", message).strip(" .,:;·") for message in said}
    assert {message for message, translated in said.items() if translated == message and bare[message]} == set()


@each_language
def test_what_pops_up_over_a_card_fits(lang):
    popped = [words(lang).catalog.gettext(message) for message in sentences(*HOME.glob("handlers/*/handlers.py"))]
    popped += [read(screen) for name, screen in wall(lang).items() if name.startswith("refused")]
    assert len(popped) > 20
    assert [text for text in popped if len(text) > TOAST] == []


def sentences(*paths: Path) -> list[str]:
    found = [found for path in paths for found in extract_from_file("python", path, keywords=collect.MARKS)]
    return [message if isinstance(message, str) else message[0] for _, message, _, _ in found]


def test_no_sentence_hides_in_an_f_string():
    """Python 3.11 shows an f-string in one piece, so whoever collects the sentences does not see into it."""
    assert [place for room in collect.ROOMS for path in (HOME / room).rglob("*.py") for place in hidden(path)] == []


def hidden(path: Path) -> list[str]:
    inside = [
        call
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in said_in(text)
    ]
    return [f"{path}:{call.lineno}" for call in inside]


def said_in(text: ast.JoinedStr) -> list[ast.Call]:
    calls = [node for node in ast.walk(text) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).split(".")[-1] == "t"]


# Where somebody died


@each_language
@pytest.mark.parametrize("types", [("AKM",), ("AKM", "KK"), ("KK", "AKM")], ids="+".join)
@pytest.mark.parametrize("stage", [*WORKFLOW.stages, *WORKFLOW.exits])
def test_a_family_in_mourning_sees_no_pictures_and_no_bells(lang, types, stage):
    t, documents = words(lang), tuple(doc(type, stage) for type in types)
    for followed in (False, True):
        look = looked_up(*documents, followed=followed)
        assert signs(status_screen(WORKFLOW, CITIZEN, [look], [], t, NOW)) == set()
    steps = [journey(WORKFLOW, one) for one in documents]
    assert signs(history_screen(WORKFLOW, CITIZEN, looked_up(*documents), steps, Beside(), t, NOW)) == set()
    assert signs(follows_screen(WORKFLOW, [(follow(documents[0].number), documents)], t)) == set()
    assert signs(filed_screen(WORKFLOW, list(documents), documents[:1], "4821", "jekduk_bot", t, NOW)) == set()


@each_language
@pytest.mark.parametrize("name", ["stop which", "my data", "picture", "welcome", "privacy"])
def test_a_screen_that_any_family_may_see_has_no_bells(lang, name):
    assert signs(wall(lang)[name]) == set()


def signs(screen: Screen) -> set[str]:
    return {sign for sign in spoken(screen) if unicodedata.category(sign) in ("So", "Sk", "Cs")}


def test_signs_are_found_where_nobody_died():
    assert signs(wall("id")["KK at to_registry"]) == set("🏠🏢🏛🛵✓🔔")


# Whoever reads with their ears


def test_a_button_says_in_words_what_it_does():
    bare = re.compile(r"[^\w]*")
    silent = {label for screen in wall("id").values() for label in labels(screen) if bare.fullmatch(label)}
    assert silent == {"◀", "▶"}

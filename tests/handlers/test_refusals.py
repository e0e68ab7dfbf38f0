"""Every polite no has its words in every language, and says what to do next."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers
from handlers.wording.sentences import sentence
from locales import LANGUAGES, words
from tests.gallery import NOW, REFUSALS

HANDLERS = Path(handlers.__file__).parent
ELSEWHERE = {
    "typo",
    "near",
    "too_many",
    "sorry",
    "follow_unheard",  # views show these as lines of a screen, or as a screen of their own
    "alone",
    "crowded",
    "format",
    "wrong_code",  # chosen where it is found what is wrong
}

# The words with which a sentence sends people on their way.
ONWARD = {
    "id": r"\b([Cc]ukup|[Kk]irim|[Mm]ohon|[Ss]ilakan|[Cc]oba lagi|[Mm]intalah|Pilih|Undang|contoh)\b|Ini keadaan",
    "jv": r"\b([Cc]ekap|[Ss]umangga|tuladhanipun)\b|Menika kawontenan",
    "en": r"\b([Ss]end|[Pp]lease|[Tt]ry again|ask|[Cc]hoose|[Ii]nvite|for example)\b|Here is",
}
SHOWN_BELOW = {"not_yours"}  # the card turns into the present state, which says whose turn it is

each_language = pytest.mark.parametrize("lang", LANGUAGES)


def raised() -> Iterator[tuple[str, set[str]]]:
    """The key and the places of every `Refused("…")` in the handlers."""
    for path in HANDLERS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Refused"):
                yield from ((key, {one.arg or "" for one in node.keywords} - {"then"}) for key in keys(node.args[0]))


def keys(node: ast.expr) -> list[str]:
    found = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [key for key in found if key in REFUSALS or not isinstance(node, ast.IfExp)]


def test_the_table_here_holds_every_refusal_that_is_raised():
    assert {key for key, _ in raised()} | ELSEWHERE == set(REFUSALS)


def test_a_refusal_is_raised_with_what_its_sentence_needs():
    assert {key: places for key, places in raised() if places != set(REFUSALS[key])} == {}


def test_whoever_taps_on_what_has_changed_is_shown_how_it_is_now():
    nodes = [node for path in HANDLERS.rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    calls = [one for one in nodes if isinstance(one, ast.Call) and ast.unparse(one.func) == "Refused"]
    changed = [one for one in calls if "'changed'" in ast.unparse(one.args[0])]
    assert len(changed) > 60
    assert [ast.unparse(one) for one in changed if not one.keywords] == []


@each_language
@pytest.mark.parametrize("key", REFUSALS)
def test_a_refusal_says_what_to_do_next(key, lang):
    said = sentence(key, words(lang), NOW, **REFUSALS[key])
    assert re.search(ONWARD[lang], said) or key in SHOWN_BELOW


@each_language
@pytest.mark.parametrize("key", REFUSALS)
def test_a_refusal_blames_nobody_and_names_no_machine(key, lang):
    said = sentence(key, words(lang), NOW, **REFUSALS[key])
    assert not re.search(r"\b(error|invalid|salah|gagal|kamu|Anda|wrong number)\b|!", said)
    assert said.endswith((".", "/status.", "5492."))


@pytest.mark.parametrize(
    "key, said",
    {
        "format": "Nomor resi harus 12 angka, contoh 5631 8591 5492.",
        "typo": "5631 8591 5429: sepertinya ada angka yang keliru atau tertukar. Mohon cocokkan dengan resi.",
        "nik": "Jangan kirim NIK atau nomor KK. Pesan itu tidak kami simpan; mohon hapus juga dari chat ini. "
        "Cukup nomor resi (12 angka).",
        "too_many": "Terlalu banyak nomor yang tidak ditemukan. Silakan coba lagi sesudah Selasa 24 Nov pukul 08.50. "
        "Nomor yang Bapak/Ibu ikuti tetap bisa dilihat: /status.",
        "changed": "Sudah berubah. Ini keadaan terbaru.",
        "not_yours": "Ini tugas petugas lain. Tugas Bapak/Ibu: /tugas.",
    }.items(),
)
def test_a_refusal_is_worded_as_it_was_drawn(key, said):
    assert sentence(key, words("id"), NOW, **REFUSALS[key]) == said


def test_a_refusal_that_nobody_wrote_is_found_at_once():
    with pytest.raises(KeyError, match="never"):
        sentence("never", words("id"), NOW)

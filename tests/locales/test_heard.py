"""The words by which people are heard: a file of each language, and what is said of one that cannot be used."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import check
from bot.config import Settings
from locales import CATALOGS, LANGUAGES
from locales.heard import FILE, KINDS, WrongWords, vocabulary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files as they are."""
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        shutil.copy(CATALOGS / lang / FILE, tmp_path / lang)
    return tmp_path


def write(folder: Path, lang: str, text: str) -> None:
    (folder / lang).mkdir(exist_ok=True)
    (folder / lang / FILE).write_text(text, "utf-8")


def change(old: str, new: str) -> Callable[[Path], None]:
    def change_it(file: Path) -> None:
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")

    return change_it


def test_there_are_words_of_every_kind():
    assert [kind for kind in KINDS if not vocabulary()[kind]] == []


def test_the_words_stand_in_lines_that_one_can_read():
    lines = [line for lang in LANGUAGES for line in (CATALOGS / lang / FILE).read_text("utf-8").splitlines()]
    assert [line for line in lines if len(line) > 120] == []


def test_a_language_is_heard_once_it_has_a_file(folder):
    none = "\n".join(f"{kind} = ''" for kind in KINDS)
    write(folder, "su", none.replace("lost = ''", "lost = 'leungit*, teu boga, '"))
    told, known = vocabulary(folder), vocabulary()
    assert set(told["lost"]) - set(known["lost"]) == {"leungit*", "teu boga"}
    assert set(known["lost"]) < set(told["lost"])


@pytest.mark.parametrize(
    "broken, told",
    [
        pytest.param(Path.unlink, "No such file or directory; install the bot anew", id="missing"),
        pytest.param(change("past = ", "past "), "(at line ", id="no-toml"),
        pytest.param(lambda file: file.write_bytes(b"past = '\xe9'"), "can't decode byte 0xe9", id="no-utf-8"),
        pytest.param(
            change("past = ", "# "), "past: missing; write its words, or past = '' if", id="a-kind-is-missing"
        ),
        pytest.param(change("past = ", "psat = "), "psat: no kind of words that anything asks for", id="misspelt"),
        pytest.param(change("'wingi*'", "'wìngi'"), 'past: "wìngi" is never heard', id="an-accent"),
        pytest.param(change("'wingi*'", "'*'"), 'past: "*" is never heard', id="any-word"),
        pytest.param(change("'wingi*'", "['wingi*']"), "is never heard", id="a-list"),
        pytest.param(change("'wingi*'", "1"), 'past: "1" is never heard', id="a-number"),
    ],
)
async def test_a_file_that_cannot_be_used_is_told_with_what_to_do(folder, monkeypatch, broken, told):
    broken(folder / "jv" / FILE)
    with pytest.raises(WrongWords) as refused:
        vocabulary(folder)
    assert str(refused.value).startswith(f"{folder}/jv/{FILE}: ")
    assert told in str(refused.value)
    monkeypatch.setattr(check, "vocabulary", lambda: vocabulary(folder))
    finding = await check._try("words", check._words(Settings(), 0))
    assert str(finding).startswith(f"WRONG  words: {folder}/jv/{FILE}: ")


def test_all_that_is_wrong_in_a_file_is_told_at_once(folder):
    write(folder, "en", "past = 'yesterday!'\n")
    with pytest.raises(WrongWords) as refused:
        vocabulary(folder)
    assert len(str(refused.value).splitlines()) == len(KINDS)

"""Files that are sent are named in the words of their reader, in letters that every computer has."""

import ast
import re
from pathlib import Path

import pytest

from handlers.wording.layout import file_name
from locales import LANGUAGES, words

HOME = Path(__file__).parent.parent.parent
UNNAMED = {"status.ogg"}  # a voice is played, and nobody sees its name
NAMED = ["letter", "figures", "receipt slip", "list of a bag", "board of a village", "booklet of slips", "my data"]


def named(path: Path) -> list[str]:
    """The names of files that a module has written itself, in no language."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    papers = [call.args[0] for call in calls if ast.unparse(call.func) == "Paper"]
    return [ast.unparse(name) for name in papers if isinstance(name, ast.Constant | ast.JoinedStr)]


def test_no_name_of_a_file_is_in_a_language_of_its_own():
    found = [name.strip("'") for path in (HOME / "handlers").rglob("*.py") for name in named(path)]
    assert set(found) == UNNAMED


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*NAMED, "poster with the code"])
def test_a_name_is_of_plain_letters(lang: str, name: str):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.pdf", file_name("pdf", words(lang)(name), "2026-11"))


@pytest.mark.parametrize(
    "lang, found",
    [("id", "slip-resi-petung-kriyono"), ("jv", "slip-resi-petung-kriyono"), ("en", "receipt-slip-petung-kriyono")],
)
def test_a_name_is_in_the_words_of_its_reader(lang: str, found: str):
    assert file_name("pdf", words(lang)("receipt slip"), "Petúng & <Kriyono>/") == f"{found}.pdf"

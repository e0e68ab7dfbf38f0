"""The house rules that no linter knows: small files, small functions, nothing left open."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

HOME = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "storage", "locales")
KINDS = {".py", ".sql", ".html", ".css", ".js"}


def written(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (HOME / room).rglob("*") if path.suffix in KINDS)


def functions(*rooms: str) -> dict[str, int]:
    """Name and length of every function, in lines, from `def` to the last one."""
    return {
        f"{path.relative_to(HOME)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in written(*rooms)
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_a_file_has_300_lines_at_most():
    assert {str(path): lines(path) for path in written(*ROOMS, "tests") if lines(path) > 300} == {}


def test_a_function_has_40_lines_at_most():
    assert {name: length for name, length in functions(*ROOMS, "tests").items() if length > 40} == {}


def test_half_of_all_functions_have_7_lines_at_most():
    assert median(functions(*ROOMS).values()) <= 7


def test_nothing_is_left_open():
    mark = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")  # brackets, or it would find itself
    assert [str(path) for path in written(*ROOMS, "tests") if mark.search(path.read_text())] == []


def test_every_exception_says_why():
    silent = re.compile(r"# (noqa|type: ignore)(: [A-Z0-9, ]+|\[[a-z, -]+\])?\s*$", re.MULTILINE)
    assert [str(path) for path in written(*ROOMS, "tests") if silent.search(path.read_text())] == []


@pytest.mark.parametrize("room", ROOMS)
def test_types_are_told_to_whoever_installs_it(room):
    assert (HOME / room / "py.typed").exists()

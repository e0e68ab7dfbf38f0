"""What the pages about the code name is there: paths, functions, methods; and on no page something stands twice."""

import ast
import re
from collections import Counter, defaultdict
from functools import cache

import pytest

from tests.test_house import HOME, modules, nodes

PAGES = ("architecture.md", "decisions.md", "performance.md", "simulation.md")
PATH = re.compile(r"`((?:bot|handlers|storage|locales|tests|docs)/[\w./-]*)`")
NAME = re.compile(r"`(?:\w+[./])*(\w+)\.(?!(?:py|md|sql|toml|po|txt|css|js|html)`)(\w+)(?:\(\))?`")  # a.b.c: has b a c?
GUARDING = re.compile(r"(?:`(?:\w+/)?|::)(test_\w+)")


@cache
def named() -> dict[str, set[str]]:
    """What each module and each class has, by its name; what shares a name is joined."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules("bot", "handlers", "storage", "locales"):
        stem = path.parent.name if path.stem == "__init__" else path.stem
        found[path.parent.name].add(path.stem)
        for node in nodes(path):
            if isinstance(node, ast.Module | ast.ClassDef):
                of = stem if isinstance(node, ast.Module) else node.name
                found[of] |= {name for one in node.body for name in names_of(one)}
    return found


def rooms() -> dict[str, set[str]]:
    """What each module holds, in whichever of its classes, and each package, in whichever of its modules."""
    found = defaultdict(set, {of: set(names) for of, names in named().items()})
    for path in modules("bot", "handlers", "storage", "locales"):
        bodies = [node.body for node in nodes(path) if isinstance(node, ast.Module | ast.ClassDef)]
        names = {name for body in bodies for one in body for name in names_of(one)}
        found[path.stem] |= names
        found[path.parent.name] |= names
    return found


def names_of(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.AnnAssign(target=ast.Name(id=id)):
            return [id]
        case ast.Assign():
            return [one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)]
    return []


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page):
    text, known = (HOME / "docs" / page).read_text("utf-8"), named()
    lost = [path for path in PATH.findall(text) if not (HOME / path).exists()]
    lost += [f"{of}.{name}" for of, name in NAME.findall(text) if of in known and name not in known[of]]
    assert lost == []


@pytest.mark.parametrize("page", ["docs/decisions.md", "tests/guards.md", "CHANGELOG.md"])
def test_nothing_stands_on_a_page_twice(page):
    lines = [line[:90] for line in (HOME / page).read_text("utf-8").splitlines() if len(line) > 90]
    assert [line for line, times in Counter(lines).items() if times > 1] == []


def test_what_a_guard_names_is_there():
    text, known = (HOME / "tests/guards.md").read_text("utf-8"), rooms()
    files = [*(HOME / "tests").rglob("test_*.py")]
    there = {path.stem for path in files} | {
        name for path in files for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    lost = [name for name in GUARDING.findall(text) if name not in there]
    lost += [f"{of}.{name}" for of, name in NAME.findall(text) if of in known and name not in known[of]]
    assert lost == []

"""The house rules that no linter knows: small files, small functions, one name for one thing, nothing left open."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "storage", "locales")
KINDS = {".py", ".sql", ".html", ".css", ".js"}
PARTS = {"buttons", "commands", "handlers", "help", "screens", "views"}  # what each feature in handlers/ is made of
Function = ast.FunctionDef | ast.AsyncFunctionDef


def written(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (HOME / room).rglob("*") if path.suffix in KINDS)


def modules(*rooms: str) -> list[Path]:
    return [path for path in written(*rooms) if path.suffix == ".py"]


def outside_the_sandbox() -> list[Path]:
    return [path for path in modules(*ROOMS) if "sandbox" not in path.parts]


def place(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text()))


def functions(*rooms: str) -> dict[str, int]:
    """Name and length of every function, in lines, from `def` to the last one."""
    return {
        f"{place(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules(*rooms)
        for node in nodes(path)
        if isinstance(node, Function)
    }


def twice(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names that stand in more than one place."""
    places = defaultdict(list)
    for name, where in named:
        places[name].append(where)
    return {name: found for name, found in places.items() if len(found) > 1}


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_a_file_has_300_lines_at_most():
    assert {str(path): lines(path) for path in written(*ROOMS, "tests") if lines(path) > 300} == {}


def test_a_function_has_40_lines_at_most():
    assert {name: length for name, length in functions(*ROOMS, "tests").items() if length > 40} == {}


def test_a_folder_has_16_modules_at_most():
    folders = Counter(place(path.parent) for path in outside_the_sandbox())
    assert {folder: n for folder, n in folders.items() if n > 16} == {}


def test_no_two_classes_share_a_name():
    classes = ((path, node) for path in outside_the_sandbox() for node in nodes(path))
    assert twice((node.name, place(path)) for path, node in classes if isinstance(node, ast.ClassDef)) == {}


def test_no_two_modules_share_a_name():
    assert twice((path.stem, place(path)) for path in outside_the_sandbox() if not shared(path)) == {}


def shared(path: Path) -> bool:
    """Whether a module is called what others must be called, too."""
    in_a_feature = path.parent.parent == HOME / "handlers"
    return path.stem.startswith("__") or (in_a_feature and path.stem in PARTS)


def test_a_module_has_the_same_name_everywhere():
    assert [found for path in modules(*ROOMS, "tests") for found in renamings(path)] == []


def renamings(path: Path) -> Iterator[str]:
    for node in nodes(path):
        above = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            if alias.asname and is_module((above + alias.name).split(".")):
                yield f"{place(path)} {alias.asname}"


def is_module(parts: list[str]) -> bool:
    path = HOME.joinpath(*parts)
    return parts[0] in ROOMS and (path.is_dir() or path.with_suffix(".py").is_file())


def test_a_private_function_that_is_used_once_holds_more_than_its_first_line_says():
    assert [found for path in outside_the_sandbox() for found in fragments(path)] == []


def fragments(path: Path) -> Iterator[str]:
    """Private functions called in one place, whose whole body is an expression shorter than the line of its `def`."""
    tree, lines = ast.parse(path.read_text()), path.read_text().splitlines()
    uses = Counter(name_of(node) for node in ast.walk(tree))
    called = {name_of(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name.startswith("_") and not node.decorator_list:
            once = uses[node.name] == 1 and node.name in called
            if once and (body := only(node)) and len(ast.unparse(body)) <= len(lines[node.lineno - 1].strip()):
                yield f"{place(path)} {node.name}"


def name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def only(node: Function) -> ast.expr | None:
    """What a function consists of, if that is one expression. A docstring says that there is more to it."""
    match node.body:
        case [ast.Return(ast.expr() as value) | ast.Expr(value)]:
            return value
    return None


def pages() -> list[Path]:
    """Whatever a reader of the repository may read."""
    suffixes = KINDS | {".md", ".toml", ".po"}
    below = (path for folder in (*ROOMS, "docs", "tests") for path in (HOME / folder).rglob("*"))
    return [path for path in (*HOME.iterdir(), *below) if path.suffix in suffixes or path.name == "Makefile"]


def test_a_page_that_is_named_is_in_the_repository():
    name = re.compile(r"(?<!> )\b\w[\w./-]*\.md\b|D[E]SIGN|S[T]YLE|S[C]REENS")  # "> " makes a page
    named = ((page, found) for page in pages() for found in name.findall(page.read_text()))
    near = ((page, found, (HOME, HOME / "docs", page.parent)) for page, found in named)
    assert [(place(page), found) for page, found, in_ in near if not any((at / found).is_file() for at in in_)] == []


def test_a_heading_that_is_named_is_on_its_page():
    name = re.compile(r"docs/(\w+)\.md, \"([^\"]+)\"")
    named = ((page, *found) for page in pages() for found in name.findall(page.read_text()))
    headings = {page.stem: page.read_text() for page in (HOME / "docs").glob("*.md")}
    assert [(place(page), heading) for page, stem, heading in named if f"# {heading}\n" not in headings[stem]] == []


def test_nothing_is_left_open():
    mark = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")  # brackets, or it would find itself
    assert [str(path) for path in written(*ROOMS, "tests") if mark.search(path.read_text())] == []


def test_every_exception_says_why():
    silent = re.compile(r"# (noqa|type: ignore)(: [A-Z0-9, ]+|\[[a-z, -]+\])?\s*$", re.MULTILINE)
    assert [str(path) for path in written(*ROOMS, "tests") if silent.search(path.read_text())] == []


def test_no_test_reads_a_stopwatch():
    """What is asserted of a time is false on a busy machine: `make bench` measures."""
    stopwatch = re.compile(r"timeit|perf_counter|process_time|assert .*monotonic\(\) - \w+ <")
    tests = [path for path in modules("tests") if path.name.startswith("test_") and path != Path(__file__)]
    assert [place(path) for path in tests if stopwatch.search(path.read_text())] == []


@pytest.mark.parametrize("room", ROOMS)
def test_types_are_told_to_whoever_installs_it(room):
    assert (HOME / room / "py.typed").exists()

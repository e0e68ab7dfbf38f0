"""In which line of a TOML text each key and value stands, so that a fault can be shown there. tomllib does not tell."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_NAME = r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'"""
_NAMES = rf"(?:{_NAME})(?:[ \t]*\.[ \t]*(?:{_NAME}))*"
_TOKEN = re.compile(
    rf"""(?P<skip>[ \t\r]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<head>^[ \t]*\[\[?[ \t]*{_NAMES}[ \t]*\]\]?)
    |(?P<key>{_NAMES})(?=[ \t]*=)
    |(?P<text>\"\"\".*?\"\"\"|'''.*?'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{{}},=])
    |(?P<word>[^\s,\[\]{{}}=]+)""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def lines(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every table, key and list element of a text that tomllib can read."""
    return _Reader().read(text)


class _Reader:
    """Goes through the text once, with the path of where it is."""

    def __init__(self) -> None:
        self._found: dict[Path, int] = {}
        self._table: Path = ()
        self._open: list[tuple[str, Path]] = []  # brackets not yet closed, and what stands in them
        self._counts: dict[Path, int] = {}
        self._key: Path = ()
        self._line = 1

    def read(self, text: str) -> dict[Path, int]:
        for token in _TOKEN.finditer(text):
            kind, shown = token.lastgroup or "", token.group()
            if kind == "head" and not self._open:
                self._head(shown.strip())
            elif kind == "key":
                self._named(shown)
            elif kind == "mark":
                self._mark(shown)
            elif kind in ("text", "word", "head"):
                self._value()
            self._line += shown.count("\n")
        return self._found

    def _head(self, shown: str) -> None:
        *parents, last = _split(shown.strip("[] \t"))
        path: Path = ()
        for name in parents:
            path = self._newest((*path, name))
            self._note(path)
        path = (*path, last)
        if shown.startswith("[["):
            self._counts[path] = self._counts.get(path, -1) + 1
        self._table = self._newest(path)
        self._note(path)
        self._note(self._table)

    def _newest(self, path: Path) -> Path:
        return (*path, self._counts[path]) if path in self._counts else path

    def _named(self, shown: str) -> None:
        self._key = (*(self._open[-1][1] if self._open else self._table), *_split(shown))
        self._note(self._key)

    def _mark(self, mark: str) -> None:
        if mark in "[{":
            self._open.append((mark, self._value()))
        elif mark in "]}" and self._open:
            self._open.pop()
        elif mark == "," and self._open and self._open[-1][0] == "[":
            path = self._open[-1][1]
            self._counts[path] = self._counts.get(path, 0) + 1

    def _value(self) -> Path:
        """The path of the value that begins here."""
        if not self._open or self._open[-1][0] == "{":
            return self._key
        path = (*self._open[-1][1], self._counts.setdefault(self._open[-1][1], 0))
        self._note(path)
        return path

    def _note(self, path: Path) -> None:
        self._found.setdefault(path, self._line)


def _split(names: str) -> Iterator[str]:
    return (name.strip("\"'") for name in re.findall(_NAME, names))


def line_of(found: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that the text has."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def shown(path: Path) -> str:
    """`stages[2].by[0]`, as people write it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")

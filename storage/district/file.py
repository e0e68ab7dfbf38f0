"""The district file, read and checked: stages, routes, villages, document types, hours and words are data, not code."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from storage.district.consistency import loose_ends
from storage.district.messages import in_lines, of_shape, unreadable
from storage.district.schema import District
from storage.district.shape import Misshapen, make

LARGEST = 1024 * 1024  # signs; no district file is a hundredth as large, and what is larger may have no end
SHIPPED = files("storage") / "districts" / "petungkriyono.toml"


class WrongFile(ValueError):
    """A district file that cannot be used; its text names every line and what to write instead."""


def parse(text: str) -> District:
    """The district in a TOML text. Raises WrongFile, naming every fault at once."""
    district = _shaped(text)
    mistakes = list(loose_ends(district))
    if mistakes:
        raise WrongFile(in_lines(text, mistakes))
    return district


def _shaped(text: str) -> District:
    try:
        return make(District, _named(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise WrongFile(unreadable(text, str(error))) from None
    except Misshapen as error:
        raise WrongFile(in_lines(text, of_shape(error.faults))) from None
    except RecursionError:
        raise WrongFile("lists or tables stand in each other, hundreds deep; remove what nobody can read") from None
    except ValueError:  # of Python's int
        raise WrongFile("a number has thousands of digits; write one that somebody can read") from None


def _named(data: dict[str, Any]) -> dict[str, Any]:
    """The file with its own {district} and {registry} put into its words: whoever copies it changes them once."""
    about = data.get("district")
    if not isinstance(about, dict):
        return data
    names = {f"{{{place}}}": about.get(key) for place, key in (("district", "name"), ("registry", "registry"))}
    return {table: part if table == "district" else _put(part, names) for table, part in data.items()}


def _put(value: Any, names: dict[str, Any]) -> Any:
    match value:
        case str():
            for place, name in names.items():
                value = value.replace(place, name) if isinstance(name, str) else value
            return value
        case dict():
            return {key: _put(part, names) for key, part in value.items()}
        case list():
            return [_put(part, names) for part in value]
    return value


def load(path: Path | None = None) -> District:
    """The district file at a path, or Petungkriyono's. Raises WrongFile, also for a file that is not there."""
    return _shipped() if path is None else parse(_read(path))


def _read(path: Path) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            raise WrongFile(f"{path} is no file; name a district file in TOML")
        with path.open(encoding="utf-8-sig") as opened:
            text = opened.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise WrongFile(f"{path} is larger than {LARGEST // 1024} KiB; name a district file in TOML")
        return text
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise WrongFile(f"{path}: cannot be read ({why}); name a district file in TOML") from None


@cache
def _shipped() -> District:
    # Its parts agree: the tests see to that, so that a start need not.
    return _shaped(SHIPPED.read_text("utf-8"))

"""Makes the parts of a district file out of a TOML text's tables, as their annotations say. Every fault is found."""

import re
from collections.abc import Callable, Mapping, Sized
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from itertools import repeat
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

from storage.district.toml_lines import Path

T = TypeVar("T")
S = TypeVar("S", bound=Sized)


class Impossible(ValueError):
    """Not what is wanted here."""


class Missing(ValueError):
    """Nothing is given, and there is nothing to take instead."""


class UnknownKey(ValueError):
    """A key that its table does not have."""


class TooLong(ValueError):
    """More characters or entries than `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Fault(NamedTuple):
    """What is wrong with what is given at a path; if `of_key`, with the last key of the path itself."""

    path: Path
    given: Any
    why: ValueError
    of_key: bool = False


class Misshapen(ValueError):
    """A table that does not make the part that is wanted."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


def make(part: type[T], table: Mapping[str, Any]) -> T:
    """The part (a dataclass) that a table describes. Raises Misshapen."""
    maker = _Maker()
    made: T = maker.value(part, table, ())
    if maker.faults:
        raise Misshapen(maker.faults)
    return made


@cache
def keys(part: Any) -> dict[str, Field[Any]]:
    """The fields of a part by the keys under which they stand in its table."""
    return {field.metadata.get("key", field.name): field for field in fields(part)}


class _Maker:
    """Goes through the tables once, and notes what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def value(self, kind: Any, given: Any, path: Path, *, of_key: bool = False) -> Any:
        """A value of this kind; anything, once a fault of it is noted."""
        try:
            return self._value(kind, given, path)
        except ValueError as why:
            self.faults.append(Fault(path, given, why, of_key))

    def _value(self, kind: Any, given: Any, path: Path) -> Any:
        origin, inside = _apart(kind)
        if origin is Annotated:
            value = self._value(inside[0], given, path)
            for check in inside[1:]:
                value = check(value)
            return value
        if origin is Literal:
            return _one_of(inside, given)
        if origin in (Union, UnionType):  # what may be left out
            return self._value(next(one for one in inside if one is not NoneType), given, path)
        if origin is tuple:
            return self._list(inside, given, path)
        if origin is dict:
            return self._table(inside, given, path)
        return self._part(kind, given, path) if is_dataclass(kind) else _plain(kind, given)

    def _list(self, kinds: tuple[Any, ...], given: Any, path: Path) -> tuple[Any, ...]:
        if not isinstance(given, list | tuple):
            raise Impossible
        if kinds[-1] is ...:
            each = zip(repeat(kinds[0]), given, strict=False)
        else:
            at_most(len(kinds))(given)
            self.faults += (Fault((*path, i), None, Missing()) for i in range(len(given), len(kinds)))
            each = zip(kinds, given, strict=False)
        return tuple([self.value(kind, one, (*path, i)) for i, (kind, one) in enumerate(each)])

    def _table(self, kinds: tuple[Any, ...], given: Any, path: Path) -> dict[Any, Any]:
        of_keys, of_values = kinds
        return {
            self.value(of_keys, key, (*path, key), of_key=True): self.value(of_values, one, (*path, key))
            for key, one in _items(given)
        }

    def _part(self, kind: Any, given: Any, path: Path) -> Any:
        known, before = keys(kind), len(self.faults)
        self.faults += (Fault((*path, key), one, UnknownKey()) for key, one in _items(given) if key not in known)
        found = {}
        for key, field in known.items():
            if key in given:
                found[field.name] = self.value(field.type, given[key], (*path, key))
            elif field.default is MISSING and field.default_factory is MISSING:
                self.faults.append(Fault((*path, key), None, Missing()))
        return kind(**found) if len(self.faults) == before else None


@cache
def _apart(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(kind), get_args(kind)


def _items(given: Any) -> Any:
    if not isinstance(given, dict):
        raise Impossible
    return given.items()


def _one_of(choices: tuple[str, ...], given: Any) -> Any:
    if given not in choices:
        raise Impossible
    return given


def _plain(kind: type, given: Any) -> Any:
    if kind is float and type(given) is int:
        return _float(given)
    if kind is date and isinstance(given, str):  # both 2026-12-31 and "2026-12-31" are clear
        return _day(given)
    if type(given) is not kind:  # True is no number
        raise Impossible
    return given


def _float(given: int) -> float:
    try:
        return float(given)
    except OverflowError:  # four hundred digits are a number in TOML
        raise Impossible from None


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"'{given}' is not a day; write it as 2026-12-31") from None


# Checks for Annotated: they give back what they are given, or raise ValueError with what to write instead


def matching(pattern: str) -> Callable[[str], str]:
    """All of the text is as the pattern says."""
    compiled = re.compile(pattern)

    def check(given: str) -> str:
        if not compiled.fullmatch(given):
            raise Impossible
        return given

    return check


def not_blank(given: str) -> str:
    """There is something to read."""
    if not given.strip():
        raise Impossible
    return given


def at_most(most: int) -> Callable[[S], S]:
    """So many characters or entries, or fewer."""

    def check(given: S) -> S:
        if len(given) > most:
            raise TooLong(most)
        return given

    return check


def at_least(least: int) -> Callable[[S], S]:
    """So many entries, or more."""

    def check(given: S) -> S:
        if len(given) < least:
            raise Impossible
        return given

    return check


def within(least: float, most: float) -> Callable[[float], float]:
    """A number from one to the other."""

    def check(given: float) -> float:
        if not least <= given <= most:
            raise Impossible
        return given

    return check


def above_zero(given: float) -> float:
    """A number above 0."""
    if not given > 0:
        raise Impossible
    return given

"""Buttons as types: each packs into callback data (64 bytes at most) and parses back. Tests pin the wire form.

Each feature has its own, in its `buttons.py`.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

LIMIT = 64
_SEPARATOR = ":"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

B = TypeVar("B", bound="type[Callback]")
_kinds: dict[str, "type[Callback]"] = {}


class Unreadable(ValueError):
    """Callback data that no button of ours has: forged, foreign, or from a time before this one."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A button. Numbers travel in base 36, words as they are."""

    code: ClassVar[str]

    def pack(self) -> str:
        """The callback data. Raises ValueError if it would be too long for Telegram."""
        data = _SEPARATOR.join([self.code, *(_written(getattr(self, field.name)) for field in fields(self))])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"button data too long: {type(self).__name__}")
        return data


def parse(data: str) -> Callback:
    """The button that packed this. Raises Unreadable."""
    code, *values = data.split(_SEPARATOR)
    kind = _kinds.get(code)
    if kind is None or len(values) != len(fields(kind)):
        raise Unreadable
    try:
        if len(data.encode()) > LIMIT:
            raise Unreadable
        return kind(*(_read(field.type, value) for field, value in zip(fields(kind), values, strict=True)))
    except ValueError:
        raise Unreadable from None


def code_of(data: str) -> str:
    """Which kind of button packed this, whether it can be read or not."""
    return data.partition(_SEPARATOR)[0]


def kinds() -> dict[str, "type[Callback]"]:
    """Every button by its code."""
    return dict(_kinds)


def _written(value: int | str) -> str:
    return value if isinstance(value, str) else _base36(int(value))


def _base36(number: int) -> str:
    if number < 0:
        return "-" + _base36(-number)
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


def _read(kind: Any, value: str) -> int | str:
    if kind is str:
        return value
    number = int(value, 36)
    if not -(2**63) <= number < 2**63 or _base36(number) != value:
        raise ValueError(value)
    return number


def callback(code: str) -> Any:
    def decorate(kind: B) -> B:
        kind.code = code
        _kinds[code] = kind
        return kind

    return decorate

"""Buttons as types: each packs into callback data (64 bytes at most) and parses back. Tests pin the wire form.

Each feature has its own, in its `buttons.py`.
"""

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

LIMIT = 64
SEPARATOR = ":"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

B = TypeVar("B", bound="type[Callback]")
_kinds: dict[str, "type[Callback]"] = {}


class Unreadable(ValueError):
    """Callback data that no button of ours has: forged, foreign, or from a time before this one."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A button. Numbers travel in base 36, words as they are."""

    code: ClassVar[str]
    has_added: ClassVar[bool]  # the last number may be left out

    def pack(self) -> str:
        """The callback data. Raises ValueError if it would be too long for Telegram, or a number for the database."""
        values = [getattr(self, one.name) for one in fields(self)]
        if self.has_added and not values[-1]:
            values.pop()
        data = SEPARATOR.join([self.code, *(one if isinstance(one, str) else _base36(one) for one in values)])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"button data too long: {type(self).__name__}")
        return data


def parse(data: str) -> Callback:
    """The button that packed this. Raises Unreadable."""
    code, *values = data.split(SEPARATOR)
    kind = _kinds.get(code)
    if kind is None or len(fields(kind)) - len(values) not in {0, kind.has_added} or not data.isprintable():
        raise Unreadable  # no database need look for what it cannot hold, such as NUL
    try:
        typed = zip(fields(kind), values, strict=False)
        button = kind(*(value if one.type is str else int(value, 36) for one, value in typed))
        packed = button.pack()
    except ValueError:
        raise Unreadable from None
    if packed != data:  # a number can be spelled in many ways, and is packed in one
        raise Unreadable
    return button


def added() -> Any:
    """A number at the end of a button that came later. 0 is left out, so that older keyboards are still read."""
    return field(default=0, metadata={"added": True})


def code_of(data: str) -> str:
    """Which kind of button packed this, whether it can be read or not."""
    return data.partition(SEPARATOR)[0]


def kinds() -> dict[str, "type[Callback]"]:
    """Every button by its code."""
    return dict(_kinds)


def _base36(number: int) -> str:
    if not -(2**63) <= number < 2**63:
        raise ValueError(number)
    digits, rest = "", abs(number)
    while rest or not digits:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
    return f"-{digits}" if number < 0 else digits


def callback(code: str) -> Any:
    def decorate(kind: B) -> B:
        kind.code, kind.has_added = code, any(one.metadata for one in fields(kind))
        _kinds[code] = kind
        return kind

    return decorate

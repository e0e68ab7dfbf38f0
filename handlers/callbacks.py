"""Buttons as types: each packs into callback data (64 bytes at most) and parses back. Tests pin the wire form.

Each feature has its own, in its `buttons.py`. Buttons are values, and so are views (`handlers/view.py`).
"""

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import lru_cache
from typing import Any, ClassVar, dataclass_transform

LIMIT = 64
SEPARATOR = ":"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_kinds: dict[str, "type[Callback]"] = {}


class Unreadable(ValueError):
    """Callback data that no button of ours has: forged, foreign, or from a time before this one."""


@dataclass_transform(frozen_default=True)
class Value:
    """A frozen dataclass, by being its subclass.

    There are some 200 kinds of buttons and views. The decorator would write and compile the methods of each: 60 ms of
    every start, and 2 MiB. Here all share one of each.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _fields: ClassVar[dict[str, Field[Any]]]
    _defaults: ClassVar[dict[str, Any]]
    _all: ClassVar[tuple[Any, ...]]

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False)(cls)  # only finds its fields
        cls._fields = {one.name: one for one in fields(cls)}
        cls._defaults = {one.name: one.default for one in fields(cls) if one.default is not MISSING}
        cls._all = tuple(one.default for one in fields(cls))

    def __init__(self, *values: Any, **named: Any) -> None:
        if not named and len(values) <= len(self._all) and MISSING not in (rest := self._all[len(values) :]):
            self.__dict__.update(zip(self._fields, values + rest, strict=True))  # most, in a third of the time
            return
        held = {**self._defaults, **dict(zip(self._fields, values, strict=False)), **named}
        if len(values) > len(held) or held.keys() != self._fields.keys():
            raise TypeError(f"{type(self).__name__} has these fields: {', '.join(self._fields)}")
        self.__dict__.update(held)

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(name)

    def named(self) -> dict[str, Any]:
        """Its values by their names, without those that do not count when two are compared."""
        return {name: getattr(self, name) for name, one in self._fields.items() if one.compare}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and type(self) is type(other) and self.named() == other.named()

    def __hash__(self) -> int:
        return hash((type(self), *self.named().values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.named()})"


class Callback(Value):
    """A button, known by its code. Numbers travel in base 36, words as they are."""

    code: ClassVar[str]
    has_added: ClassVar[bool]  # the last number may be left out

    def __init_subclass__(cls, code: str) -> None:
        super().__init_subclass__()
        cls.code, cls.has_added = code, any(one.metadata for one in cls._fields.values())
        _kinds[code] = cls

    def pack(self) -> str:
        """The callback data. Raises ValueError if it would be too long for Telegram, or a number for the database."""
        held = self.__dict__
        values = [held[name] for name in self._fields]
        if self.has_added and not values[-1]:
            values.pop()
        data = SEPARATOR.join([self.code, *[one if isinstance(one, str) else _base36(one) for one in values]])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"button data too long: {type(self).__name__}")
        return data


@lru_cache(maxsize=1024)  # each is read twice: as it comes in, and when it is answered
def parse(data: str) -> Callback:
    """The button that packed this. Raises Unreadable."""
    code, *values = data.split(SEPARATOR)
    kind = _kinds.get(code)
    if kind is None or len(kind._fields) - len(values) not in {0, kind.has_added} or not data.isprintable():
        raise Unreadable  # no database need look for what it cannot hold, such as NUL
    try:
        typed = zip(kind._fields.values(), values, strict=False)
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

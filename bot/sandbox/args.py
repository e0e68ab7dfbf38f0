"""Arguments as the server reads them: everything arrives as text, numbers are clamped, nonsense counts as nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Params = Mapping[str, str]
Json = dict[str, Any]

INT32 = 2**31 - 1
_LEADING = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class File:
    """One uploaded file."""

    name: str
    body: bytes
    type: str = "application/octet-stream"


Files = Mapping[str, File]


def truth(params: Params, name: str) -> bool:
    value = params.get(name)
    return value is not None and value.strip().lower() in {"true", "yes", "1"}


def number(text: str) -> int:
    """The leading digits, else 0: what the server makes of `12abc` and of `abc`."""
    try:
        return int(text)
    except ValueError:
        found = _LEADING.match(text)
        return int(found[0]) if found else 0


def whole(params: Params, name: str, default: int = 0, low: int = -INT32 - 1, high: int = INT32) -> int:
    """A number clamped between low and high."""
    text = params.get(name)
    return max(low, min(high, number(text))) if text else default


def utf16(text: str) -> int:
    """Length in the units of entity offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2

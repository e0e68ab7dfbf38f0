"""Receipt numbers: drawn, checked, shown, and found in what people write.

Twelve digits, the last an ISO 7064 MOD 11-2 check digit (docs/decisions.md says why); the first is never one that
begins a telephone number.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from stdnum.iso7064 import mod_11_2

LENGTH = 12
NIK_LENGTH = 16
MASK = "#" * NIK_LENGTH
EXAMPLE = "563185915492"

_FIRST = "234579"
_RUN = re.compile(r"\d(?:[ \t\u00a0.\-\u2013\u2014_]{0,3}\d)*")


@dataclass(frozen=True, slots=True)
class Found:
    """What a message holds: receipt numbers, numbers with a slip in them, and whether something looked like a NIK."""

    good: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    odd: bool = False
    nik: bool = False


def draw() -> str:
    """A new random number; the caller's UNIQUE index says whether it is free."""
    while True:
        body = secrets.choice(_FIRST) + "".join(secrets.choice("0123456789") for _ in range(LENGTH - 2))
        check = mod_11_2.calc_check_digit(body)
        if check != "X":
            return body + check


def is_number(digits: str) -> bool:
    """True for twelve digits whose check digit is right."""
    return len(digits) == LENGTH and digits.isdecimal() and digits[0] in _FIRST and bool(mod_11_2.is_valid(digits))


def grouped(number: str) -> str:
    """4-4-4, as it stands on a slip: `5631 8591 5492`."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def find(text: str) -> Found:
    """The numbers in a text, in any spelling, each once and in order."""
    good: list[str] = []
    typos: list[str] = []
    odd = False
    for digits in map(_plain, _RUN.findall(text)):
        pieces = _pieces(digits)
        odd = odd or (not pieces and len(digits) >= LENGTH // 2)
        for piece in pieces:
            (good if is_number(piece) else typos).append(piece)
    return Found(tuple(dict.fromkeys(good)), tuple(dict.fromkeys(typos)), odd, MASK in text)


def mask(text: str) -> str:
    """The text with everything that may be a NIK or a family card number struck out."""
    return _RUN.sub(lambda run: MASK if _secret(run.group()) else run.group(), text)


def _plain(run: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in run if c.isdigit())


def _pieces(digits: str) -> list[str]:
    if len(digits) % LENGTH:
        return []
    return [digits[i : i + LENGTH] for i in range(0, len(digits), LENGTH)]


def _secret(run: str) -> bool:
    digits = _plain(run)
    if len(digits) < NIK_LENGTH:
        return False
    return not all(map(is_number, _pieces(digits) or [""])) or any(
        len(word) == NIK_LENGTH for word in re.findall(r"\d+", run)
    )

"""Receipt numbers: drawn, checked, shown, and found in what people write.

Twelve digits, the last an ISO 7064 MOD 11-2 check digit (docs/decisions.md says why); the first is never one that
begins a telephone number.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.iso7064 import mod_11_2

LENGTH = 12
NIK_LENGTH = 16
MASK = "#" * NIK_LENGTH
EXAMPLE = "563185915492"

_FIRST = "234579"
# What people put between the groups of a number, seen or unseen. Not what separates one thing from the next.
_GAP = r"(?:[^\S\r\n]|[-._*'\u00ad\u00b7\u200b-\u200f\u2010-\u2015\u2022\u2060\u2212\ufeff])"
_RUN = re.compile(rf"\d(?:{_GAP}{{0,3}}\d)*")
_GROUP = re.compile(r"\d+")
_ITEM = re.compile(r"(?<!\d)\d{1,2}\.\s+(?=\d)")  # "2. " in front of the second number of a list


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
    text = mask(text)
    for run in _RUN.findall(text):
        for stretch in _stretches(_groups(run)):
            pieces = _pieces(stretch)
            odd = odd or (not pieces and len(stretch) >= LENGTH // 2)
            for piece in pieces:
                (good if is_number(piece) else typos).append(piece)
    return Found(tuple(dict.fromkeys(good)), tuple(dict.fromkeys(typos)), odd, MASK in text)


def mask(text: str) -> str:
    """The text with everything that may be a NIK or a family card number struck out."""
    return _RUN.sub(lambda run: MASK if _secret(run.group()) else run.group(), text)


def _groups(run: str) -> list[str]:
    """The groups of digits that stand in a run, in plain digits; without the numbering of a list."""
    if not run.isascii():
        run = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in run)
    return _GROUP.findall(_ITEM.sub("", run))


def _stretches(groups: list[str]) -> Iterator[str]:
    """Runs of groups, cut where some of them together are a receipt number: a date may stand right beside it."""
    rest, start = "", 0
    while start < len(groups):
        end = _end(groups, start)
        if end:
            yield rest
            yield "".join(groups[start:end])
            rest, start = "", end
        else:
            rest, start = rest + groups[start], start + 1
    yield rest


def _end(groups: list[str], start: int) -> int | None:
    """Where the receipt number ends that begins with this group, if one does."""
    for end in range(start + 1, len(groups) + 1):
        digits = "".join(groups[start:end])
        if len(digits) >= LENGTH:
            return end if is_number(digits) else None
    return None


def _pieces(digits: str) -> list[str]:
    if len(digits) % LENGTH:
        return []
    return [digits[i : i + LENGTH] for i in range(0, len(digits), LENGTH)]


def _secret(run: str) -> bool:
    if len(run) < NIK_LENGTH or sum(map(str.isdecimal, run)) < NIK_LENGTH:
        return False
    # Anything so long is taken for one, unless it reads as receipt numbers and as nothing else.
    groups = _groups(run)
    digits = "".join(groups)
    listed = all(len(group) == LENGTH for group in groups)
    sound = all(map(is_number, _pieces(digits) or [""]))
    return not (listed or sound) or any(len(group) == NIK_LENGTH for group in groups)

"""Receipt numbers: drawn, checked, shown, and told from a NIK in what people write.

Twelve digits, the last an ISO 7064 MOD 11-2 check digit (docs/decisions.md says why); the first is never one that
begins a telephone number. A digit is what Unicode gives the value of one; what is neither digit nor letter may stand
between two of them, whatever it is.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from stdnum.iso7064 import mod_11_2

LENGTH = 12
NIK_LENGTH = 16
MASK = "#" * NIK_LENGTH  # in the place of a NIK
STRUCK = "#" * 4  # in the place of digits that might have held one
EXAMPLE = "563185915492"

_FIRST = "234579"
_TELEPHONE = ("0", "62", "8")

# A NIK, and a family card's number, is 6 + 6 + 4 digits (docs/facts.md): region, day with 40 added for women, month and
# year, and a count that rarely leaves its first hundred.
_PROVINCE = "(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])"
_REGION = rf"{_PROVINCE}(?!00)\d\d(?!00)\d\d"
_DATE = r"(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d\d"
_NIK = re.compile(rf"{_REGION}{_DATE}0(?!000)\d{{3}}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a message holds: receipt numbers, numbers with a slip in them, other digits, a NIK, digits struck out."""

    good: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    odd: bool = False
    nik: bool = False
    struck: bool = False


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
    """The numbers in a text that was masked, in any spelling, each once and in order."""
    good: list[str] = []
    typos: list[str] = []
    odd = False
    text = mask(text)
    for run in _runs(_groups(text)):
        for digits in _listed(run) or _cut(run):
            if is_number(digits):
                good.append(digits)
            elif len(digits) == LENGTH:
                typos.append(digits)
            else:
                odd = odd or len(digits) >= LENGTH // 2
    if good:  # what else has twelve digits may be a telephone
        typos = [digits for digits in typos if not digits.startswith(_TELEPHONE)]
    nik, struck = MASK in text, STRUCK in text.replace(MASK, "")
    return Found(tuple(dict.fromkeys(good)), tuple(dict.fromkeys(typos)), odd, nik, struck)


def mask(text: str, filed: Collection[str] = ()) -> str:
    """The text as it may be kept: wherever it may hold a NIK, all digits are struck out but the numbers `filed`."""
    kept, last = "", 0
    for suspect in _suspects(text):
        kept += text[last : suspect[0].start] + _left_of(suspect, filed)
        last = suspect[-1].end
    return kept + text[last:]


def doubtful(text: str) -> tuple[str, ...]:
    """The receipt numbers that `mask` strikes out unless it is told that they are filed."""
    found = [_digits(number) for suspect in _suspects(text) for number in _sound(suspect)]
    return tuple(dict.fromkeys(found))


# How digits stand in a text


class _Group(NamedTuple):
    """Digits without anything between them, where they stand, and what stands between the group before and them."""

    digits: str
    start: int
    end: int
    gap: str
    after_words: bool


class _Kinds(dict[int, str]):
    """What a character is, for `str.translate`: a digit from 0 to 9, a letter (a), or something between (a blank)."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.digit(character, None)
        is_letter = unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lo"} and character not in _FILLERS
        kind = str(digit) if digit is not None else "a" if is_letter else " "
        if len(self) < _REMEMBERED:
            self[code] = kind
        return kind


_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Hangul that nobody sees
_REMEMBERED = 2**12
_KINDS = _Kinds()
_DIGITS = re.compile(r"[0-9]+")
_BULLET = re.compile(r"[.)]\s+")


def _groups(text: str) -> list[_Group]:
    kinds, last = text.translate(_KINDS), 0
    found = []
    for match in _DIGITS.finditer(kinds):
        start, end = match.span()
        found.append(_Group(match[0], start, end, text[last:start], "a" in kinds[last:start]))
        last = end
    return found


def _runs(groups: Sequence[_Group]) -> list[list[_Group]]:
    """The groups, cut where words stand between them."""
    runs: list[list[_Group]] = []
    for group in groups:
        if group.after_words or not runs:
            runs.append([])
        runs[-1].append(group)
    return runs


def _digits(groups: Sequence[_Group]) -> str:
    return "".join([group.digits for group in groups])


def _windows(groups: Sequence[_Group], length: int, reads: Callable[[str], object]) -> Iterator[Sequence[_Group]]:
    """Each few groups in a row that have so many digits together, if these read as what is looked for."""
    digits = _digits(groups)
    starts = {at: index for index, at in enumerate(accumulate((len(group.digits) for group in groups), initial=0))}
    for at, index in starts.items():
        end = starts.get(at + length)
        if end is not None and reads(digits[at : at + length]):
            yield groups[index:end]


def _sound(groups: Sequence[_Group]) -> Iterator[Sequence[_Group]]:
    """Each few groups in a row that are a receipt number."""
    for window in _windows(groups, LENGTH, is_number):
        if not any(group.after_words for group in window[1:]):
            yield window


def _niks(groups: Sequence[_Group]) -> Iterator[Sequence[_Group]]:
    """Each few groups in a row that read as a NIK."""
    return _windows(groups, NIK_LENGTH, _NIK.fullmatch)


def _cut(run: Sequence[_Group]) -> list[str]:
    """The digits of a run, cut where a receipt number begins or ends."""
    digits = _digits(run)
    if len(digits) == LENGTH:
        return [digits]
    return [_digits(stretch) for stretch in _split(_without_bullets(run), lambda _: True)]


def _split(groups: Sequence[_Group], is_kept: Callable[[str], bool]) -> Iterator[Sequence[_Group]]:
    """The groups in stretches: each receipt number that is kept, and what stands before, between and behind them."""
    rest = groups
    for number in _sound(groups):
        if number[0] in rest and is_kept(_digits(number)):
            at = rest.index(number[0])
            yield rest[:at]
            yield number
            rest = rest[at + len(number) :]
    yield rest


# Lists of receipt numbers


def _listed(run: Sequence[_Group]) -> list[str]:
    """The numbers of a run that is a list of receipt numbers and nothing else; none if it is not.

    In each the groups are of one size. What stands between two of them stands nowhere inside of one, and they begin as
    receipt numbers do; or else all are sound.
    """
    items = _items(_without_bullets(run))
    if len(items) < 2 or any(len({len(group.digits) for group in item}) > 1 for item in items):  # noqa: PLR2004  # a list
        return []
    numbers = [_digits(item) for item in items]
    inside = {"", *(group.gap for item in items for group in item[1:])}
    is_apart = inside.isdisjoint(item[0].gap for item in items[1:]) and all(one[0] in _FIRST for one in numbers)
    return numbers if is_apart or all(map(is_number, numbers)) else []


def _items(groups: Sequence[_Group]) -> list[list[_Group]]:
    """The groups cut after each twelve digits, or none if that cuts one in two. Numbers may follow without a gap."""
    if len(groups) == 1:
        [group] = groups
        pieces = [group.digits[at : at + LENGTH] for at in range(0, len(group.digits), LENGTH)]
        groups = [group._replace(digits=piece, gap="") for piece in pieces]
    items: list[list[_Group]] = []
    missing = 0  # digits of the last item
    for group in groups:
        if not missing:
            items.append([])
            missing = LENGTH
        items[-1].append(group)
        missing -= len(group.digits)
        if missing < 0:
            return []
    return [] if missing else items


def _without_bullets(run: Sequence[_Group]) -> list[_Group]:
    """The run without what numbers a list (`2. `), which then belongs to the gap."""
    kept: list[_Group] = []
    bullet = ""
    for group, after in zip(run, [*(group.gap for group in run[1:]), ""], strict=True):
        if not bullet and len(group.digits) <= 2 and _BULLET.fullmatch(after):  # noqa: PLR2004  # up to 99
            bullet = group.gap + group.digits
        else:
            kept.append(group._replace(gap=bullet + group.gap) if bullet else group)
            bullet = ""
    return kept


# What may be a NIK


def _suspects(text: str) -> list[Sequence[_Group]]:
    """Where a NIK may be: in a run of sixteen digits or more that is no list of receipt numbers, and in digits with
    words between them that read as one.
    """
    groups = _groups(text)
    if sum([len(group.digits) for group in groups]) < NIK_LENGTH:
        return []
    suspects: list[Sequence[_Group]] = [
        run for run in _runs(groups) if len(_digits(run)) >= NIK_LENGTH and not _listed(run)
    ]
    taken = {group.start for run in suspects for group in run}
    for nik in _niks(groups):
        if any(group.after_words for group in nik[1:]) and taken.isdisjoint(group.start for group in nik):
            suspects.append(nik)
            taken.update(group.start for group in nik)
    return sorted(suspects, key=lambda suspect: suspect[0].start)


def _left_of(suspect: Sequence[_Group], filed: Collection[str]) -> str:
    """The numbers that are filed, and a mark for what stands before, between and behind them."""
    stretches = list(filter(None, _split(suspect, filed.__contains__))) if filed else [suspect]
    is_whole = len(stretches) == 1
    return " ".join(
        digits if (digits := _digits(stretch)) in filed else MASK if _is_nik(stretch, is_whole=is_whole) else STRUCK
        for stretch in stretches
    )


def _is_nik(stretch: Sequence[_Group], *, is_whole: bool) -> bool:
    """True if sixteen digits in it stand together or read as one, or if there are no others and nothing else was meant:
    no twelve of them are a receipt number.
    """
    if any(len(group.digits) >= NIK_LENGTH for group in stretch) or any(_niks(stretch)):
        return True
    return is_whole and len(_digits(stretch)) == NIK_LENGTH and not any(_sound(stretch))

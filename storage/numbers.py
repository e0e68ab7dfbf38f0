"""Receipt numbers: drawn, checked, shown, and told from a NIK in what people write.

Twelve digits, the last an ISO 7064 MOD 11-2 check digit (docs/decisions.md says why); the first is never one that
begins a telephone number. A digit is what Unicode gives the value of one; what is neither digit nor letter may stand
between two of them, whatever it is.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate
from operator import mul
from typing import NamedTuple

LENGTH = 12
NIK_LENGTH = 16
MASK = "#" * NIK_LENGTH  # in the place of a NIK
STRUCK = "#" * 4  # in the place of digits that might have held one
EXAMPLE = "563185915492"  # nobody's: it is never drawn

_FIRST = "234579"
_WEIGHTS = tuple(2**place for place in reversed(range(LENGTH)))
_ZEROS = ord("0") * sum(_WEIGHTS)
_TELEPHONE = ("0", "62", "8")

# A NIK, and a family card's number, is 6 + 6 + 4 digits (docs/facts.md): region, day with 40 added for women, month and
# year, and a count that rarely leaves its first hundred.
_PROVINCE = "(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])"
_REGION = rf"{_PROVINCE}(?!00)\d\d(?!00)\d\d"
_DATE = r"(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d\d"
_NIK = re.compile(rf"{_REGION}{_DATE}0(?!000)\d{{3}}")
_LIKE_A_NIK = re.compile(rf"{_REGION}\d{{10}}")


class Found(NamedTuple):
    """What a message holds: receipt numbers, numbers with a slip in them, other digits, a NIK, digits struck out."""

    good: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    odd: bool = False
    nik: bool = False
    struck: bool = False

    @property
    def is_meant(self) -> bool:
        """True if somebody seems to have meant a number."""
        return bool(self.good or self.typos or self.odd or self.nik or self.struck)


def draw() -> str:
    """A new random number; the caller's UNIQUE index says whether it is free."""
    while True:
        number = secrets.choice(_FIRST) + f"{secrets.randbelow(10**11):011}"
        if is_number(number) and number != EXAMPLE:  # ten of eleven have another check digit, or would need an X
            return number


def is_number(digits: str) -> bool:
    """True for twelve digits whose check digit is right (ISO 7064 MOD 11-2)."""
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or digits[0] not in _FIRST:
        return False
    weighed: int = sum(map(mul, digits.encode(), _WEIGHTS)) - _ZEROS
    return weighed % 11 == 1


def digits_of(text: str) -> str:
    """All the digits of a text, in plain ones."""
    return _digits(_blocks(text))


def find(text: str) -> Found:
    """The numbers in a text, in any spelling, each once and in order; where a NIK may be, there are none."""
    good: list[str] = []
    typos: list[str] = []
    others: list[str] = []  # telephones, or a date and a time, unless there is nothing else
    nik, struck, odd = MASK in text, STRUCK in text.replace(MASK, ""), False
    for run in _runs(_blocks(text)):
        if _is_suspect(run):
            nik, struck = nik or _is_nik(run), struck or not _is_nik(run)
            continue
        for piece in _pieces(run):
            if is_number(digits := _digits(piece)):
                good.append(digits)
            elif len(digits) == LENGTH:
                (typos if _is_even(piece) and not digits.startswith(_TELEPHONE) else others).append(digits)
            else:
                odd = odd or len(digits) >= LENGTH // 2
    slips = typos if typos or good else others
    return Found(tuple(dict.fromkeys(good)), tuple(dict.fromkeys(slips)), odd, nik, struck)


def mask(text: str, filed: Collection[str] = (), *, through_words: bool = True, shortest: int = NIK_LENGTH) -> str:
    """The text as it may be kept: where it may hold a NIK, also with words in it, all digits are struck out but the
    numbers `filed`. Where telephones are nobody's business either, the `shortest` run that goes is theirs.
    """
    masked, last = "", 0
    for suspect in _suspects(text, through_words=through_words, shortest=shortest):
        masked += text[last : suspect[0].start] + _left_of(suspect, filed)
        last = suspect[-1].end
    return masked + text[last:]


def doubtful(text: str) -> tuple[str, ...]:
    """The receipt numbers that `mask` strikes out unless it is told that they are filed."""
    found = [_digits(number) for suspect in _suspects(text) for number in _sound(suspect)]
    return tuple(dict.fromkeys(found))


# How digits stand in a text


class _Block(NamedTuple):
    """Digits without anything between them, where they stand, and what stands between the block before and them."""

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
        if len(self) < 2**12:  # enough for the scripts of any village, and memory stays flat
            self[code] = kind
        return kind


_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Hangul that nobody sees
_KINDS = _Kinds()
_DIGITS = re.compile(r"[0-9]+")
_BULLET = re.compile(r"[.)]\s+")


def _blocks(text: str) -> list[_Block]:
    kinds, last = text.translate(_KINDS), 0
    found = []
    for match in _DIGITS.finditer(kinds):
        start, end = match.span()
        found.append(_Block(match[0], start, end, text[last:start], "a" in kinds[last:start]))
        last = end
    return found


def _runs(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """The blocks, cut where words stand between them."""
    runs: list[list[_Block]] = []
    for block in blocks:
        if block.after_words or not runs:
            runs.append([])
        runs[-1].append(block)
    return runs


def _digits(blocks: Sequence[_Block]) -> str:
    return "".join([block.digits for block in blocks])


def _windows(blocks: Sequence[_Block], length: int, reads: Callable[[str], object]) -> Iterator[Sequence[_Block]]:
    """Each few blocks in a row that have so many digits together, if these read as what is looked for."""
    digits = _digits(blocks)
    starts = {at: index for index, at in enumerate(accumulate((len(block.digits) for block in blocks), initial=0))}
    for at, index in starts.items():
        end = starts.get(at + length)
        if end is not None and reads(digits[at : at + length]):
            yield blocks[index:end]


def _sound(blocks: Sequence[_Block]) -> Iterator[Sequence[_Block]]:
    """Each few blocks in a row that are a receipt number."""
    return _windows(blocks, LENGTH, is_number)


def _niks(blocks: Sequence[_Block]) -> Iterator[Sequence[_Block]]:
    """Each few blocks in a row that read as a NIK."""
    return _windows(blocks, NIK_LENGTH, _NIK.fullmatch)


def _is_even(blocks: Sequence[_Block]) -> bool:
    return len({len(block.digits) for block in blocks}) == 1


def _pieces(run: Sequence[_Block]) -> Sequence[Sequence[_Block]]:
    """The items of a list of receipt numbers; any other run, cut where one begins or ends."""
    if len(_digits(run)) == LENGTH:
        return [run]
    return _listed(run) or list(_split(_without_bullets(run), lambda _: True))


def _split(blocks: Sequence[_Block], is_kept: Callable[[str], bool]) -> Iterator[Sequence[_Block]]:
    """The blocks in stretches: each receipt number that is kept, and what stands before, between and behind them."""
    rest = blocks
    for number in _sound(blocks):
        if number[0] in rest and is_kept(_digits(number)):
            at = rest.index(number[0])
            yield rest[:at]
            yield number
            rest = rest[at + len(number) :]
    yield rest


# Lists of receipt numbers


def _listed(run: Sequence[_Block]) -> list[list[_Block]]:
    """The items of a run that is a list of receipt numbers and nothing else; none if it is not.

    In each the blocks are of one size. What stands between two of them stands nowhere inside of one, and they begin as
    receipt numbers do; or else all are sound.
    """
    items = _items(_without_bullets(run))
    if len(items) < 2 or not all(map(_is_even, items)):  # noqa: PLR2004  # a list
        return []
    numbers = [_digits(item) for item in items]
    inside = {"", *(block.gap for item in items for block in item[1:])}
    is_apart = inside.isdisjoint(item[0].gap for item in items[1:]) and all(one[0] in _FIRST for one in numbers)
    return items if is_apart or all(map(is_number, numbers)) else []


def _items(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """The blocks cut after each twelve digits, or none if that cuts one in two. Numbers may follow without a gap."""
    if len(blocks) == 1:
        [block] = blocks
        pieces = [block.digits[at : at + LENGTH] for at in range(0, len(block.digits), LENGTH)]
        blocks = [block._replace(digits=piece, gap="") for piece in pieces]
    items: list[list[_Block]] = []
    missing = 0  # digits of the last item
    for block in blocks:
        if not missing:
            items.append([])
            missing = LENGTH
        items[-1].append(block)
        missing -= len(block.digits)
        if missing < 0:
            return []
    return [] if missing else items


def _without_bullets(run: Sequence[_Block]) -> list[_Block]:
    """The run without what numbers a list (`2. `), which then belongs to the gap."""
    kept: list[_Block] = []
    bullet = ""
    for block, after in zip(run, [*(block.gap for block in run[1:]), ""], strict=True):
        if not bullet and len(block.digits) <= 2 and _BULLET.fullmatch(after):  # noqa: PLR2004  # up to 99
            bullet = block.gap + block.digits
        else:
            kept.append(block._replace(gap=bullet + block.gap) if bullet else block)
            bullet = ""
    return kept


# What may be a NIK


def _suspects(text: str, *, through_words: bool = True, shortest: int = NIK_LENGTH) -> list[list[_Block]]:
    """Where a NIK may be: runs by themselves, and runs with words between them in which digits read as one."""
    blocks = _blocks(text)
    if sum([len(block.digits) for block in blocks]) < shortest:
        return []
    runs = _runs(blocks)
    suspects = [run for run in runs if _is_suspect(run, shortest)]
    taken = {block for run in suspects for block in run}
    for nik in _niks(blocks) if through_words else ():
        if taken.isdisjoint(nik) and any(block.after_words for block in nik[1:]):
            first, last = (next(i for i, run in enumerate(runs) if block in run) for block in (nik[0], nik[-1]))
            suspects.append([block for run in runs[first : last + 1] for block in run])
            taken.update(suspects[-1])
    return sorted(suspects, key=lambda suspect: suspect[0].start)


def _is_suspect(run: Sequence[_Block], shortest: int = NIK_LENGTH) -> bool:
    """True if a run has the digits for a NIK and is no list of receipt numbers."""
    return len(_digits(run)) >= shortest and not _listed(run)


def _left_of(suspect: Sequence[_Block], filed: Collection[str]) -> str:
    """The numbers that are filed, and a mark for what stands before, between and behind them."""
    stretches = filter(None, _split(suspect, filed.__contains__)) if filed else [suspect]
    return " ".join(
        digits if (digits := _digits(stretch)) in filed else MASK if _is_nik(stretch) else STRUCK
        for stretch in stretches
    )


def _is_nik(blocks: Sequence[_Block]) -> bool:
    """True if sixteen digits stand together in it or read as one, or if these are all and have its region and no date:
    made up, or mistyped.
    """
    if any(len(block.digits) >= NIK_LENGTH for block in blocks) or any(_niks(blocks)):
        return True
    return bool(_LIKE_A_NIK.fullmatch(_digits(blocks))) and _is_even(blocks) and not any(_sound(blocks))

"""Receipt numbers: drawn, checked, shown, and told from a NIK in what people write.

Twelve digits, the last an ISO 7064 MOD 11-2 check digit (docs/decisions.md says why); the first is never one that
begins a telephone number. A digit is what Unicode gives the value of one; what is neither digit nor letter may stand
between two of them, whatever it is.
"""

import re
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate
from operator import mul
from typing import NamedTuple

from storage.masking.asides import tells_when
from storage.masking.digits import DigitBlock, blocks_of, joined, runs_of, spelled_out

LENGTH = 12
NIK_LENGTH = 16
MASK = "#" * NIK_LENGTH  # in the place of a NIK
STRUCK = "#" * 4  # in the place of digits that might have held one
GROUPS = 3  # of four digits: so a slip shows its number
FEW = 3  # words for digits that people write among numbers: "dua berkas"
EXAMPLE = "563185915492"  # nobody's: it is never drawn

_FIRST = "234579"
_WEIGHTS = tuple(2**place for place in reversed(range(LENGTH)))
_ZEROS = ord("0") * sum(_WEIGHTS)
_TELEPHONE = ("0", "62", "8")

_MOBILE = re.compile(r"\W*(?:(?:\+?62|0)[\s().-]*8|\+62[\s().-]*\d)(?:[\s().-]*\d){7,11}\W*")

_BULLET = re.compile(r"(?:[.):]|\ufe0f?\u20e3)\s+")

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

    @property
    def fault(self) -> tuple[str, str]:
        """Why there is no sound number, if there is none; and the one with a slip in it, but no telephone."""
        if self.typos:
            return ("telephone", "") if all(map(is_telephone, self.typos)) else ("typo", self.typos[0])
        return "crowded" if self.struck else "format", ""


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
    return joined(blocks_of(text))


def is_telephone(text: str) -> bool:
    """True for a telephone number with nothing beside it: 08…, 628…, +62…. No receipt number begins so."""
    return _MOBILE.fullmatch(text) is not None


def find(text: str) -> Found:
    """The numbers in a text, in any spelling, each once and in order; where a NIK may be, there are none."""
    good: list[str] = []
    typos: list[str] = []
    others: list[str] = []  # telephones, or a date and a time, unless there is nothing else
    near: list[str] = []  # a digit too few or too many, beside a number
    nik, struck, odd = MASK in text, STRUCK in text.replace(MASK, ""), False
    for run in runs_of(blocks_of(text)):
        if _is_suspect(run):
            nik, struck = nik or _is_nik(run), struck or not _is_nik(run)
            continue
        for piece in _pieces(run):
            if is_number(digits := joined(piece)) and not (len(piece) > GROUPS and tells_when(piece)):
                good.append(digits)
            elif len(digits) == LENGTH:
                (typos if _is_even(piece) and not digits.startswith(_TELEPHONE) else others).append(digits)
            else:
                odd = odd or len(digits) >= LENGTH // 2
                near += [digits] if _is_near(piece) else []
    if len(text) >= (2 * LENGTH if good else LENGTH):
        good += _read_out(text)
    slips = [*typos, *near] if good else typos or others
    return Found(tuple(dict.fromkeys(good)), tuple(dict.fromkeys(slips)), odd, nik, struck)


def _read_out(text: str) -> Iterator[str]:
    """The numbers of which digits are spelled, or the dashes read out; also with letters that look like digits."""
    if shown := spelled_out(text):
        for run in runs_of(blocks_of(text, shown)):
            yield from filter(is_number, map(joined, _listed(run) or [run]))


def mask(text: str, filed: Collection[str] = (), *, through_words: bool = True, shortest: int = NIK_LENGTH) -> str:
    """The text as it may be kept: where it may hold a NIK, also with words in it, all digits are struck out but the
    numbers `filed`. Where telephones are nobody's business either, the `shortest` run that goes is theirs.
    """
    masked, last = "", 0
    for suspect in _suspects(text, through_words=through_words, shortest=shortest):
        masked += text[last : max(last, suspect[0].start)] + _left_of(suspect, filed)
        last = suspect[-1].end
    return masked + text[last:]


def doubtful(text: str) -> tuple[str, ...]:
    """The receipt numbers that `mask` strikes out unless it is told that they are filed."""
    found = [joined(number) for suspect in _suspects(text) for number in _sound(suspect)]
    return tuple(dict.fromkeys(found))


# Receipt numbers and NIK among the digits


def _windows(
    blocks: Sequence[DigitBlock], length: int, reads: Callable[[str], object]
) -> Iterator[Sequence[DigitBlock]]:
    """Each few blocks in a row that have so many digits together, if these read as what is looked for."""
    digits = joined(blocks)
    starts = {at: index for index, at in enumerate(accumulate((len(block.digits) for block in blocks), initial=0))}
    for at, index in starts.items():
        end = starts.get(at + length)
        if end is not None and reads(digits[at : at + length]):
            yield blocks[index:end]


def _sound(blocks: Sequence[DigitBlock]) -> Iterator[Sequence[DigitBlock]]:
    """Each few blocks in a row that are a receipt number."""
    return _windows(blocks, LENGTH, is_number)


def _niks(blocks: Sequence[DigitBlock]) -> Iterator[Sequence[DigitBlock]]:
    """Each few blocks in a row that read as a NIK."""
    return _windows(blocks, NIK_LENGTH, _NIK.fullmatch)


def _is_near(blocks: Sequence[DigitBlock]) -> bool:
    """True for a digit too few or too many, if the blocks but the last are of one size: no telephone, and no date."""
    digits = joined(blocks)
    return len(digits) in (LENGTH - 1, LENGTH + 1) and digits[0] in _FIRST and _is_even(blocks[:-1] or blocks)


def _is_even(blocks: Sequence[DigitBlock]) -> bool:
    return len({len(block.digits) for block in blocks}) == 1


def _pieces(run: Sequence[DigitBlock]) -> Sequence[Sequence[DigitBlock]]:
    """The items of a list of receipt numbers; any other run, cut where one begins or ends."""
    if len(joined(run)) == LENGTH or tells_when(run):
        return [run]
    return _listed(run) or list(_split(_without_bullets(run), lambda _: True))


def _split(blocks: Sequence[DigitBlock], is_kept: Callable[[str], bool]) -> Iterator[Sequence[DigitBlock]]:
    """The blocks in stretches: each receipt number that is kept, and what stands before, between and behind them."""
    rest = blocks
    for number in _sound(blocks):
        if number[0] in rest and is_kept(joined(number)):
            at = rest.index(number[0])
            yield rest[:at]
            yield number
            rest = rest[at + len(number) :]
    yield rest


# Lists of receipt numbers


def _listed(run: Sequence[DigitBlock]) -> list[list[DigitBlock]]:
    """The items of a run that is a list of receipt numbers and nothing else; none if it is not.

    In each the blocks are of one size. What stands between two of them stands nowhere inside of one, and they begin as
    receipt numbers do; or else all are sound.
    """
    items = _items(_without_bullets(run))
    if len(items) < 2 or not all(map(_is_even, items)):  # noqa: PLR2004  # a list
        return []
    numbers = [joined(item) for item in items]
    inside = {"", *(block.gap for item in items for block in item[1:])}
    is_apart = inside.isdisjoint(item[0].gap for item in items[1:]) and all(one[0] in _FIRST for one in numbers)
    return items if is_apart or all(map(is_number, numbers)) else []


def _items(blocks: Sequence[DigitBlock]) -> list[list[DigitBlock]]:
    """The blocks cut after each twelve digits, or none if that cuts one in two. Numbers may follow without a gap."""
    if len(blocks) == 1:
        [block] = blocks
        pieces = [block.digits[at : at + LENGTH] for at in range(0, len(block.digits), LENGTH)]
        blocks = [block._replace(digits=piece, gap="") for piece in pieces]
    items: list[list[DigitBlock]] = []
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


def _without_bullets(run: Sequence[DigitBlock]) -> list[DigitBlock]:
    """The run without what numbers a list (`2. `), which then belongs to the gap."""
    kept: list[DigitBlock] = []
    bullet = ""
    for block, after in zip(run, [*(block.gap for block in run[1:]), ""], strict=True):
        if not bullet and len(block.digits) <= 2 and _BULLET.fullmatch(after):  # noqa: PLR2004  # up to 99
            bullet = block.gap + block.digits
        else:
            kept.append(block._replace(gap=bullet + block.gap) if bullet else block)
            bullet = ""
    return kept


# What may be a NIK


def _suspects(text: str, *, through_words: bool = True, shortest: int = NIK_LENGTH) -> list[list[DigitBlock]]:
    """Where a NIK may be, as the text stands and with digits that are spelled; of one within another, the wider."""
    found = _among(blocks_of(text), through_words=through_words, shortest=shortest)
    if through_words and len(text) >= shortest and (shown := spelled_out(text)):
        found += _among(blocks_of(text, shown), through_words=True, shortest=shortest)
    widest: list[list[DigitBlock]] = []
    for suspect in sorted(found, key=lambda suspect: (suspect[0].start, -suspect[-1].end)):
        if not widest or suspect[-1].end > widest[-1][-1].end:
            widest.append(suspect)
    return widest


def _among(blocks: Sequence[DigitBlock], *, through_words: bool, shortest: int) -> list[list[DigitBlock]]:
    """Runs by themselves, and runs with words between them in which digits read as a NIK."""
    if sum([len(block.digits) for block in blocks]) < shortest:
        return []
    runs = runs_of(blocks)
    suspects = [run for run in runs if _is_suspect(run, shortest)]
    taken = {block for run in suspects for block in run}
    for nik in _niks(blocks) if through_words else ():
        if taken.isdisjoint(nik) and any(block.after_words for block in nik[1:]):
            first, last = (next(i for i, run in enumerate(runs) if block in run) for block in (nik[0], nik[-1]))
            suspects.append([block for run in runs[first : last + 1] for block in run])
            taken.update(suspects[-1])
    return suspects


def _is_suspect(run: Sequence[DigitBlock], shortest: int = NIK_LENGTH) -> bool:
    """True if a run has the digits for a NIK and is no list of receipt numbers, nor one with few words in it, nor days
    and hours that read as none.
    """
    if len(joined(run)) < shortest or (shortest == NIK_LENGTH and tells_when(run) and not any(_niks(run))):
        return False
    plain = [block for block in run if not block.is_spelled]
    return len(run) - len(plain) > FEW or not _listed(plain)


def _left_of(suspect: Sequence[DigitBlock], filed: Collection[str]) -> str:
    """The numbers that are filed, and a mark for what stands before, between and behind them."""
    stretches = filter(None, _split(suspect, filed.__contains__)) if filed else [suspect]
    return " ".join(
        digits if (digits := joined(stretch)) in filed else MASK if _is_nik(stretch) else STRUCK
        for stretch in stretches
    )


def _is_nik(blocks: Sequence[DigitBlock]) -> bool:
    """True if sixteen digits stand together in it or read as one, or if these are all and have its region and no date:
    made up, or mistyped.
    """
    if any(len(block.digits) >= NIK_LENGTH for block in blocks) or any(_niks(blocks)):
        return True
    return bool(_LIKE_A_NIK.fullmatch(joined(blocks))) and _is_even(blocks) and not any(_sound(blocks))

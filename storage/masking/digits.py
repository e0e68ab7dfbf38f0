"""The digits of a text, however they are written: in any script, with anything between them; and, where a NIK is looked
for, spelled in words or with letters that look like them.

A digit is what Unicode gives the value of one, such as 五 and 𝍤, also if the Python is older than that, or what it
calls one: those of tags, which nobody sees, and those that combine. What is neither digit nor letter may stand between
two of them.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# In Indonesian, Javanese (ngoko and krama) and English. What stands for several digits counts as one more at least.
_WORDS = {
    "0": "nol nul kosong zero puluh belas ratus dasa",
    "1": "satu siji setunggal one",
    "2": "dua loro kalih two",
    "3": "tiga telu three",
    "4": "empat papat sekawan four",
    "5": "lima gangsal five",
    "6": "enam enem nem six",
    "7": "tujuh pitu seven",
    "8": "delapan lapan wolu eight",
    "9": "sembilan sanga songo nine",
}
# Places of Unicode that are nobody's: a digit that is spelled, and the rest of its word.
_SPELLED, _REST = [chr(0xE000 + value) for value in range(10)], chr(0xE00A)
_DIGIT = {word: _SPELLED[int(digit)] for digit, words in _WORDS.items() for word in words.split()}
# Of ASCII: without that, letters such as "ſ" and "İ" would count as "s" and "i", which `lower` does not make of them.
_WORD = re.compile("|".join(sorted(_DIGIT, key=len, reverse=True)), re.IGNORECASE | re.ASCII)
# What is read out with them: what stands between two groups.
_BETWEEN = frozenset("strip setrip garis titik koma spasi minus miring dash hyphen dot comma space slash".split())
_BEGINNINGS = {word[:3] for word in (*_DIGIT, *_BETWEEN)}  # most words begin otherwise
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_DIGITS_ALONE = re.compile(rf"(?:{_WORD.pattern})+", re.IGNORECASE | re.ASCII)
# Letters that look like digits: those of ASCII, then the same of Cyrillic and Greek, and in full width.
_LOOKS = {
    "0": "Oo\u041e\u043e\u039f\u03bf\uff2f\uff4f",
    "1": "Il|\u0406\u04c0\u0399\uff29\uff4c\uff5c",
    "2": "Zz\u0396\uff3a\uff5a",
    "5": "Ss\u0405\u0455\uff33\uff53",
    "8": "B\u0412\u0392\uff22",
}
_ALIKE = str.maketrans({letter: _SPELLED[int(digit)] for digit, letters in _LOOKS.items() for letter in letters})
_LETTER = "".join(_LOOKS.values())
_MISREAD = re.compile(rf"(?<![^\W\d_])[{_LETTER}]*\d[\d{_LETTER}]*(?![^\W\d_])")
_MAY_BE_MISREAD = re.compile(rf"\d[{_LETTER}]|[{_LETTER}]\d")

# Digits of Unicode 15.0 to 17.0 (UnicodeData.txt, and kPrimaryNumeric of Unihan), for Python 3.11 knows 14.0: the first
# of each ten, then single ones.
_TENS = (
    0x10D40, 0x116D0, 0x116DA, 0x11BF0, 0x11DE0, 0x11F50, 0x16130, 0x16D70, 0x1CCF0, 0x1D2C0, 0x1E4F0, 0x1E5F1,
)  # fmt: skip
_NEWER = {first + value: str(value) for first in _TENS for value in range(10)}
_NEWER |= {ord(sign): value for sign, value in zip("洞两俩倆拐鈎钩", "0222799", strict=True)}

# Some have no value by Unicode, and the tens of counting rods, which stand at every other place, that of ten times one.
_CALLED = {name: value for value, name in enumerate("ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE".split())}
_OF_HAN = "〇〡〢〣〤〥〦〧〨〩"  # letter numbers, as Roman numerals are: those count, and number nobody
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Hangul that nobody sees
_PLAIN = re.compile(r"[0-9]+")
_EITHER = re.compile(r"[0-9]+|[A-J]~*")


class DigitBlock(NamedTuple):
    """Digits without anything between them, where they stand, and what stands between the block before and them. One
    that is spelled is a block of its own.
    """

    digits: str
    start: int
    end: int
    gap: str
    after_words: bool
    is_spelled: bool = False


class _Kinds(dict[int, str]):
    """What a character is, for `str.translate`: a digit from 0 to 9, or one that is spelled from A to J and the rest of
    it (~), a letter (a), or something between (a blank).
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        called = _CALLED.get(unicodedata.name(character, "").rpartition(" DIGIT ")[2])
        value = unicodedata.numeric(character, -1) if called is None else called
        category = unicodedata.category(character)
        is_digit = value in range(10) and (category != "Nl" or character in _OF_HAN)
        is_letter = category in {"Lu", "Ll", "Lt", "Lo"} and character not in _FILLERS
        kind = str(int(value)) if is_digit else "a" if is_letter else " "
        if len(self) < 2**12:  # enough for the scripts of any village, and memory stays flat
            self[code] = kind
        return kind


_KINDS = _Kinds(_NEWER | {ord(one): "ABCDEFGHIJ~"[at] for at, one in enumerate((*_SPELLED, _REST))})
_VALUE = str.maketrans("ABCDEFGHIJ", "0123456789", "~")
_TYPED = {"Zs": " ", "Pd": "-", "Cf": "", "Mn": "", "Me": ""}  # of the last three are marks of direction, and keycaps


def blocks_of(text: str, shown: str = "") -> list[DigitBlock]:
    """The blocks of digits in a text; with `shown`, also those that are spelled in it."""
    kinds, digits = (shown or text).translate(_KINDS), _EITHER if shown else _PLAIN
    found, last = [], 0
    for match in digits.finditer(kinds):
        (start, end), said = match.span(), match[0]
        is_spelled = not said[0].isdigit()
        value = said.translate(_VALUE) if is_spelled else said
        found.append(DigitBlock(value, start, end, text[last:start], "a" in kinds[last:start], is_spelled))
        last = end
    return found


def spelled_out(text: str) -> str:
    """The text with each digit that is spelled as one sign and its rest, and a blank for what is read out between them,
    as long as before; nothing if there is none.
    """
    shown = _LETTERS.sub(_in_digits, text)
    if _MAY_BE_MISREAD.search(text):
        shown = _MISREAD.sub(_as_digits, shown)
    return shown if shown != text else ""


def _in_digits(letters: re.Match[str]) -> str:
    """Words that are digits, with or without a space between them, each in as many characters as before."""
    word = letters[0].lower()
    if word in _BETWEEN:
        return " " * len(letters[0])
    if word[:3] not in _BEGINNINGS or not _DIGITS_ALONE.fullmatch(letters[0]):
        return letters[0]
    return _WORD.sub(lambda word: _DIGIT[word[0].lower()].ljust(len(word[0]), _REST), letters[0])


def _as_digits(block: re.Match[str]) -> str:
    return block[0].translate(_ALIKE)


def runs_of(blocks: Sequence[DigitBlock]) -> list[list[DigitBlock]]:
    """The blocks, cut where words stand between them."""
    runs: list[list[DigitBlock]] = []
    for block in blocks:
        if block.after_words or not runs:
            runs.append([])
        runs[-1].append(block)
    return runs


def typed(text: str) -> str:
    """The text in plain digits, blanks and dashes, without what nobody sees."""
    return "".join(
        kind if kind.isdigit() else _TYPED.get(unicodedata.category(sign), sign)
        for sign, kind in zip(text, text.translate(_KINDS), strict=True)
    )


def joined(blocks: Sequence[DigitBlock]) -> str:
    """All their digits."""
    return "".join([block.digits for block in blocks])

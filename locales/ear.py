"""Indonesian for the ear: what is written short is said in full, and what only eyes can read is left out. Pure."""

import re
from collections.abc import Iterable
from functools import cache

from locales import dates

LANGUAGE = "id"
_DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
_TIME = re.compile(r"(?:\bpukul )?(?<![\d.])(\d\d)\.(\d\d)(?!\.?\d)(?: WI(?:B|TA|T)\b)?")
_LONG_NUMBER = re.compile(r"\(?\d(?:[ ()-]*\d){4,}")  # of a receipt, of a telephone
_WORDS = {"–": " sampai ", "/": " atau ", "×": " kali ", "%": " persen", "+": " tambah ", "&": " dan ", "_": " "}
_LISTED = re.compile(r";\s*")  # so that one is told from the next, which may hold a comma
_PAUSES = dict.fromkeys("·:()", ", ")
_SIGNS = {ord(sign): heard for sign, heard in (_WORDS | _PAUSES).items()}
_KEPT = " .,?!'-"  # beside letters and digits


def said(lines: Iterable[str]) -> str:
    """Each line as a sentence, and each paper of a list. Weekdays and months are whole, and long numbers are said digit
    by digit, by fours. That it is free is said once, at last.
    """
    parts = (re.sub(r"^\w", lambda found: found[0].upper(), part) for line in lines for part in _LISTED.split(line))
    sentences = (_sentence(part) for part in parts)
    whole = " ".join(one if one[-1] in ".?!" else f"{one}." for one in sentences if one)
    return re.sub(r" Gratis\.(?=.* Gratis\.)", "", whole)


def _sentence(line: str) -> str:
    text = re.sub(r"\s+", " ", line).replace("Bapak/Ibu", "Bapak Ibu")
    text = re.sub(r"· (?=\d{4} \d{4} \d{4})", ", nomor ", text)
    for short, whole in _names():
        text = short.sub(whole, text)
    text = _TIME.sub(lambda found: _time(int(found[1]), int(found[2])), text)
    text = _LONG_NUMBER.sub(lambda found: _by_fours(re.sub(r"\D", "", found[0])), text)
    text = "".join(sign for sign in text.translate(_SIGNS) if sign.isalnum() or sign in _KEPT)
    parts = [" ".join(part.split()) for part in text.split(",")]
    return re.sub(r"[ ,]+(?=[.?!])", "", ", ".join(part for part in parts if re.search(r"\w", part)))


@cache
def _names() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each short name of a month, as it stands in a date, and the whole of it."""
    return tuple((re.compile(rf"(?<=\d ){short}\b"), whole) for short, whole in dates.months(LANGUAGE))


def _time(hour: int, minute: int) -> str:
    return f"pukul {hour} lewat {minute} menit" if minute else f"pukul {hour}"


def _by_fours(digits: str) -> str:
    fours = [digits[i : i + 4] for i in range(0, len(digits), 4)]
    return ", ".join(" ".join(_DIGITS[int(digit)] for digit in four) for four in fours)

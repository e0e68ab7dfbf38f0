"""Digits that are no number of anybody's: days, hours, sums of money, and the number on a certificate."""

import re
from collections.abc import Sequence

from storage.masking.digits import DigitBlock

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?:{_DAY}[-/.]{_MONTH}(?:[-/.](?:{_YEAR}|\d\d))?|{_YEAR}-{_MONTH}-{_DAY})"
_HOUR = r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?"
_WHEN = re.compile(rf"(?:{_DATE}|{_HOUR})(?:\.?[^\w./:]+(?:{_DATE}|{_HOUR}))*")
_SUM = r"(?<![.,])\d{1,3}(?:[.,]\d{3}){1,2}(?:,\d\d)?(?![.,]\d)|\b(?:rp|idr)[\s.]*\d[\d.,]*"
_CERTIFICATE = r"\d{4}-[a-z]{2,3}-\d{8}-\d{4}"  # region, kind, the day it was made, and a count
_ASIDE = re.compile(rf"(?<!\d)(?:{_CERTIFICATE}|{_DAY} {_MONTH} {_YEAR}|{_DATE}|{_HOUR}|{_SUM})(?!\d)", re.IGNORECASE)


def tells_when(run: Sequence[DigitBlock]) -> bool:
    """True if a run is days and hours and nothing else: "24/12/2026 - 26/12/2026", "24-11-2026 08.00-12.00"."""
    return bool(_WHEN.fullmatch("".join([run[0].digits, *(block.gap + block.digits for block in run[1:])])))


def left_out(text: str) -> str:
    """The text without what is no number."""
    return _ASIDE.sub(" ", text)

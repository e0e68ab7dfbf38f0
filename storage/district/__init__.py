"""The district file: all that reads it, checks it and explains what is wrong with it. Others ask this page alone."""

from storage.district.calendar import Calendar
from storage.district.file import SHIPPED, WrongFile, load, parse
from storage.district.readable import LINK, MONEY, alike
from storage.district.schema import (
    MOST_NEEDS,
    District,
    Exit,
    Hold,
    Hours,
    Named,
    Original,
    Reason,
    Stage,
    Type,
    Village,
)

__all__ = [
    "LINK", "MONEY", "MOST_NEEDS", "SHIPPED", "Calendar", "District", "Exit", "Hold", "Hours", "Named", "Original",
    "Reason", "Stage", "Type", "Village", "WrongFile", "alike", "load", "parse",
]  # fmt: skip

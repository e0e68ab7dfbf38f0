"""The district file: all that reads it, checks it and explains what is wrong with it. Others ask this page alone."""

from storage.district.file import DEFAULT, WrongFile, load, parse
from storage.district.schema import DAYS, About, District, Exit, Hold, Stage, Type, Village

__all__ = [
    "DAYS", "DEFAULT", "About", "District", "Exit", "Hold", "Stage", "Type", "Village", "WrongFile", "load", "parse",
]  # fmt: skip

"""Lists of last digits, as a courier writes them: twelve papers are 48 digits, and sixteen in a run may be a NIK.

So they are kept only of staff, and only if open files end so: that each piece of a NIK does, chance alone brings about.
"""

import re
from collections.abc import Collection, Sequence

from storage.db.protocol import Tx
from storage.numbers import mask
from storage.records import Document, Person
from storage.search import filters
from storage.search.filters import Filter
from storage.workflow import Workflow

MOST, FILES = 60, 80  # last digits in one message, and files that end so
_OF_A_DAY = r"(?<!\d[-/.]\d\d[-/.])(?<!\d[-/.]\d[-/.])"  # a year
_TAIL = re.compile(rf"(?<!\d){_OF_A_DAY}[0-9]{{4}}(?!\d)(?![.:]\d|-\d\d?-\d)")
_CLOCK = re.compile(r"(?<=\d)\s+(?=[0-9]{1,2}[.:][0-9]{2}(?!\d))")
_ODD = 8  # of so many one may be mistyped


def tails(text: str) -> tuple[str, ...]:
    """The blocks of four digits of a text."""
    return tuple(_TAIL.findall(text))


def kept(text: str, filed: Collection[str]) -> str:
    """The text as it may be kept: without digits that may hold a NIK, but with the numbers and last digits `filed`."""
    ends = [one for one in tails(text) if one in filed]
    rest = _TAIL.sub(" ", text) if ends else text
    masked = mask(_CLOCK.sub(" jam ", rest), filed)  # a time right behind a number makes sixteen digits
    return f"{masked} {' dan '.join(ends)}" if ends else masked


async def ending_with(tx: Tx, workflow: Workflow, person: Person, digits: str, now: int) -> Sequence[Document]:
    """Open files where somebody works whose number ends so, oldest first."""
    return (await filters.find(tx, workflow, person, Filter(digits=digits), FILES, now)).oldest


async def are_known(tx: Tx, workflow: Workflow, person: Person, named: Sequence[str], now: int) -> bool:
    """True if open files where somebody works end in these digits, but for one in eight, which may be mistyped."""
    if not person.posts or not 0 < len(named) <= MOST:
        return False
    unknown = 0
    for tail in dict.fromkeys(named):
        unknown += not await ending_with(tx, workflow, person, tail, now)
        if unknown * _ODD > len(named):
            return False
    return True

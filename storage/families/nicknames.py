"""What a chat calls a number that it follows ("KIA adik"): for that chat alone, and for as long as it follows."""

import unicodedata
from collections.abc import Iterable

from storage.db.protocol import Tx
from storage.numbers import digits_of

TAIL = 4  # digits of a number, at its end, that are enough among one's own, unless two end alike
LONGEST = 24
DIGITS = 4  # more of them may be a part of somebody's NIK, a telephone or a date of birth


def cleaned(name: str) -> str | None:
    """The name as it is kept; None if it is none: too long, of odd characters, or with more than a few digits."""
    seen = "".join(one for one in name if unicodedata.category(one) != "Cf")  # marks of direction, and joiners
    plain = " ".join(seen.split())
    is_odd = len(plain) > LONGEST or "#" in plain or len(digits_of(plain)) > DIGITS
    return None if is_odd or not all(one.isprintable() for one in plain) else plain


def tail_of(number: str, others: Iterable[str]) -> str:
    """The shortest end by which somebody can name a number among all that they follow."""
    rest = [one for one in others if one != number]
    ends = (number[-digits:] for digits in range(TAIL, len(number) + 1))
    return next(end for end in ends if not any(one.endswith(end) for one in rest))


async def give(tx: Tx, chat: int, number: str, name: str) -> bool:
    """From now on the chat reads this name with the number; an empty one ends it. False if it does not follow it."""
    return await tx.one("name_follow", chat=chat, number=number, name=name) is not None

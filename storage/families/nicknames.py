"""What a chat calls a number that it follows ("KIA adik"): for that chat alone, and for as long as it follows."""

from storage.db.protocol import Tx

LONGEST = 24
DIGITS = 4  # more of them may be a part of somebody's NIK, a telephone or a date of birth


def cleaned(name: str) -> str | None:
    """The name as it is kept; None if it is none: too long, of odd characters, or with more than a few digits."""
    plain = " ".join(name.split())
    is_odd = len(plain) > LONGEST or "#" in plain or sum(one.isdigit() for one in plain) > DIGITS
    return None if is_odd or not all(one.isprintable() for one in plain) else plain


async def give(tx: Tx, chat: int, number: str, name: str) -> bool:
    """From now on the chat reads this name with the number; an empty one ends it. False if it does not follow it."""
    return await tx.one("name_follow", chat=chat, number=number, name=name) is not None

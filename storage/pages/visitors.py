"""What a visitor of the public page may see: a number is looked up with its pickup code, and a wrong one is a guess.

Of an address it is a miss as in a chat (`storage.guesses`): five within an hour, two while the visitors' own breaker is
open. Addresses are cheap and the code opens the counter, too, so that of one request so many wrong ones may be named
here for ever; after that none is right any more. A number that is not there takes the same steps as a wrong code, and
is answered in the same words.
"""

from typing import NamedTuple

from storage import documents, guesses
from storage.counter import pickup
from storage.db.protocol import Tx
from storage.records import LookUp

OF_A_REQUEST = 20  # wrong codes, of ten thousand that there are
NOBODY = 0  # no chat: it follows nothing


class Visit(NamedTuple):
    """What was found; or nothing, and `until` when there is no further look. A `miss` is to be counted."""

    found: LookUp | None = None
    until: int | None = None
    miss: bool = False


async def look_up(tx: Tx, address: str, number: str, code: str, now: int) -> Visit:
    """A number as it is, for whoever names its code. Counts nothing."""
    allowed = await guesses.allowance(tx, address, (_tried(number, code),), now)
    if allowed.until is not None:
        return Visit(until=allowed.until)
    row = await tx.one("code_of_number", number=number, closed_after=now - documents.LIVES_ON)
    expected, tries = row or ("", 0)
    if not pickup.is_same(str(expected), code) or int(tries) >= OF_A_REQUEST:
        return Visit(miss=_tried(number, code) not in allowed.missed)
    return Visit(await documents.status(tx, number, NOBODY, now))


async def count(tx: Tx, address: str, number: str, code: str, now: int) -> None:
    """Put down what was named in vain."""
    await guesses.count(tx, address, (_tried(number, code),), now)
    await tx.all("count_page_try", number=number)


def _tried(number: str, code: str) -> str:
    return f"{number} {code}"

"""The pickup code of a request: four digits on the slip, which whoever fetches its documents can name.

It is kept as it is: families are shown it again and again, and a digest of four digits hides nothing from whoever can
read the database.
"""

import hmac
import re
from collections.abc import Iterable

from storage.db import marks
from storage.db.protocol import Tx
from storage.masking.digits import typed
from storage.records import LookUp, Person
from storage.workflow import Workflow

DIGITS, TRIES = 4, 5
_WRITTEN = re.compile(r"[\W_]*(?:(?:kode|code)(?: ambil)?\b[\W_]*)?(\d(?: ?\d){3})[\W_]*", re.IGNORECASE)


def written(text: str) -> str:
    """The code that a message is; nothing if it is anything else."""
    found = _WRITTEN.fullmatch(typed(text))
    return found[1].replace(" ", "") if found else ""


async def code(tx: Tx, request: int) -> str:
    """The code of a request; nothing if it was filed before there were any."""
    row = await tx.one("pickup", request=request)
    return str(row[0]) if row else ""


async def left(tx: Tx, request: int) -> int:
    """How many more wrong codes a request allows. 0 if it has no code, as those filed before there were any."""
    row = await tx.one("pickup", request=request)
    code, tries = row or ("", 0)
    return max(TRIES - int(tries), 0) if code else 0


def is_asked(workflow: Workflow, person: Person, look: LookUp) -> bool:
    """True if this person must name the code to see more than where the number is: a stranger to it, in a district that
    wants a second factor. What was filed before there were codes is open.
    """
    is_wanted = workflow.district.district.second_factor and bool(look.documents and look.pickup)
    return is_wanted and not look.followed and not person.posts


def any_asked(workflow: Workflow, person: Person, looks: Iterable[LookUp]) -> bool:
    """True if the code of one of them at least is asked for."""
    return any(is_asked(workflow, person, look) for look in looks)


def is_same(code: str, typed: str) -> bool:
    """True if that is the code, in a time that does not tell how much of it is right. No code is nobody's."""
    return hmac.compare_digest(code.encode(), typed.encode()) and bool(code)


async def is_right(tx: Tx, request: int, typed: str, now: int) -> bool:
    """True for the code of a request. A wrong one is counted, once however often it is tapped; after five none is right
    any more.
    """
    if await tx.one("right_pickup", request=request, code=typed, tries=TRIES):
        return True
    if await marks.mark_once(tx, f"pickup:{request}:{typed}", now):
        await tx.all("count_pickup_try", request=request)
    return False

"""The pickup code of a request: four digits on the slip, which whoever fetches its documents can name.

It is kept as it is: families are shown it again and again, and a digest of four digits hides nothing from whoever can
read the database.
"""

from storage.db.protocol import Tx

DIGITS, TRIES = 4, 5


async def code(tx: Tx, request: int) -> str:
    """The code of a request; nothing if it was filed before there were any."""
    row = await tx.one("pickup", request=request)
    return str(row[0]) if row else ""


async def left(tx: Tx, request: int) -> int:
    """How many more wrong codes a request allows. 0 if it has no code, as those filed before there were any."""
    row = await tx.one("pickup", request=request)
    code, tries = row or ("", 0)
    return max(TRIES - int(tries), 0) if code else 0


async def is_right(tx: Tx, request: int, typed: str) -> bool:
    """True for the code of a request. A wrong one is counted; after five none is right any more."""
    if await tx.one("right_pickup", request=request, code=typed, tries=TRIES):
        return True
    await tx.all("count_pickup_try", request=request)
    return False

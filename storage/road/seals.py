"""A bag's seal: what its QR says, so that whoever receives it without signal has it on a photograph."""

from storage import bags
from storage.db import sealing
from storage.db.protocol import Tx
from storage.records import Bag

SEAL = "b_"  # how it begins; a receipt number begins with a digit
_KEY = "seals"


async def seal(tx: Tx, bag: Bag) -> str:
    """The seal of a bag."""
    return await sealing.write(tx, _KEY, SEAL, bag.id)


async def sealed(tx: Tx, text: str) -> Bag | None:
    """The bag of a seal; None if it is forgotten by now. Raises sealing.Forged."""
    found, *more = await sealing.read(tx, _KEY, SEAL, text)
    return None if more else await bags.get(tx, found)

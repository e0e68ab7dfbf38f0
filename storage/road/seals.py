"""A bag's seal: what its QR says, so that whoever receives it without signal has it on a photograph. It is signed with
a secret of the database, so nobody else can make one. It has letters alone: digits in a row would pass for a NIK.
"""

import hmac
import re

from storage import bags
from storage.db import secret
from storage.db.protocol import Tx
from storage.records import Bag

SEAL = "b_"  # how it begins; a receipt number begins with a digit
_SECRET, _SIGNS = "seals", 16  # the name of the secret; hexadecimal digits of a signature
_SHAPE = re.compile(rf"{SEAL}(?P<bag>[a-p]{{1,16}})_(?P<signature>[a-p]{{{_SIGNS}}})")
_HEX, _LETTERS = "0123456789abcdef", "abcdefghijklmnop"
_TO_LETTERS, _TO_HEX = str.maketrans(_HEX, _LETTERS), str.maketrans(_LETTERS, _HEX)


class Forged(Exception):
    """It is no seal of ours."""


async def seal(tx: Tx, bag: Bag) -> str:
    """The seal of a bag. The first one makes the secret."""
    id = f"{bag.id:x}".translate(_TO_LETTERS)
    return f"{SEAL}{id}_{_signature(await secret.key(tx, _SECRET), bag.id)}"


async def sealed(tx: Tx, text: str) -> Bag | None:
    """The bag of a seal; None if it is forgotten by now. Raises Forged."""
    found = _SHAPE.fullmatch(text)
    row = await tx.one("secret", name=_SECRET)
    if not found or row is None:
        raise Forged
    id = int(found["bag"].translate(_TO_HEX), 16)
    if not hmac.compare_digest(_signature(str(row[0]), id), found["signature"]):
        raise Forged
    return await bags.get(tx, id)


def _signature(key: str, bag: int) -> str:
    return secret.hashed(key, bag)[:_SIGNS].translate(_TO_LETTERS)

"""References that nobody else can make: numbers in letters, signed with a secret of the database, for codes and links.
There are letters alone: digits in a row would pass for a NIK.
"""

import hmac
import re
from collections.abc import Callable

from storage.db import secret
from storage.db.protocol import Tx

_SIGNS = 16  # hexadecimal digits of a signature
_HEX, _LETTERS = "0123456789abcdef", "abcdefghijklmnop"
_TO_LETTERS, _TO_HEX = str.maketrans(_HEX, _LETTERS), str.maketrans(_LETTERS, _HEX)
_SHAPE = re.compile(rf"(?P<numbers>[a-p]{{1,16}}(?:_[a-p]{{1,16}})*)_(?P<signature>[a-p]{{{_SIGNS}}})")


class Forged(Exception):
    """It is no reference of ours."""


async def write(tx: Tx, name: str, mark: str, *numbers: int) -> str:
    """Numbers as a reference that begins with a mark. The first one makes the secret of this name."""
    await secret.key(tx, name)
    return (await writer(tx, name, mark))(*numbers)


async def writer(tx: Tx, name: str, mark: str) -> Callable[..., str]:
    """The same for many, once there is a secret of this name. Raises LookupError."""
    if (key := await secret.known(tx, name)) is None:
        raise LookupError(name)

    def write(*numbers: int) -> str:
        written = "_".join(f"{number:x}".translate(_TO_LETTERS) for number in numbers)
        return f"{mark}{written}_{_signature(key, numbers)}"

    return write


async def read(tx: Tx, name: str, mark: str, text: str) -> tuple[int, ...]:
    """The numbers of a reference. Raises Forged."""
    found = _SHAPE.fullmatch(text.removeprefix(mark)) if text.startswith(mark) else None
    key = await secret.known(tx, name)
    if not found or key is None:
        raise Forged
    numbers = tuple(int(one.translate(_TO_HEX), 16) for one in found["numbers"].split("_"))
    if not hmac.compare_digest(_signature(key, numbers), found["signature"]):
        raise Forged
    return numbers


def _signature(key: str, numbers: tuple[int, ...]) -> str:
    return secret.hashed(key, "_".join(map(str, numbers)))[:_SIGNS].translate(_TO_LETTERS)

"""Secrets of a database, and hashes that mean nothing to whoever does not have them."""

import hashlib
import secrets

from storage.db.protocol import Tx


async def key(tx: Tx, name: str) -> str:
    """The secret of this name, made by whoever needs it first."""
    await tx.all("make_secret", name=name, value=secrets.token_hex(32))
    if (made := await known(tx, name)) is None:
        raise LookupError("a secret that was made a moment ago is gone")
    return made


async def known(tx: Tx, name: str) -> str | None:
    """The secret of this name; None as long as nobody has needed it."""
    row = await tx.one("secret", name=name)
    return str(row[0]) if row else None


def hashed(key: str, fact: int | str) -> str:
    """A fact under a secret: the same again for the same, and nothing that leads back."""
    return hashlib.blake2b(str(fact).encode(), key=bytes.fromhex(key), digest_size=16).hexdigest()

"""The systems that may read the feeds. An operator makes their keys, of which only a keyed hash is kept."""

import secrets
from typing import NamedTuple

from storage.db import secret
from storage.db.ids import new_id
from storage.db.protocol import Tx

_KEY = "feeds"
_SIGNING = "feed_signing"


class System(NamedTuple):
    """Another system, by the name that the operator gave it. It takes what it subscribed to at `url`, if it has one."""

    id: int
    name: str
    url: str
    made_at: int
    revoked_at: int | None = None


class Keys(NamedTuple):
    """What the operator hands to whoever runs the system, once: the key to ask with, and the one that proves that a
    notice is from us.
    """

    api: str
    signing: str


async def add(tx: Tx, name: str, url: str, now: int) -> Keys | None:
    """Admit a system. None if there is one of this name."""
    id, api = new_id(now), f"jd_{secrets.token_urlsafe(32)}"
    hashed = secret.hashed(await secret.key(tx, _KEY), api)
    if not await tx.one("add_system", id=id, name=name, key=hashed, url=url, now=now):
        return None
    await secret.key(tx, _SIGNING)
    return Keys(api, await signing_key(tx, id))


async def of_key(tx: Tx, api: str) -> System | None:
    """The system that has this key, unless it was revoked."""
    known = await secret.known(tx, _KEY)
    if known is None or not api:
        return None
    row = await tx.one("system_of_key", key=secret.hashed(known, api))
    return System(*row) if row else None


async def signing_key(tx: Tx, system: int) -> str:
    """The key with which we sign what a system is told. Raises LookupError before there is any system."""
    if (known := await secret.known(tx, _SIGNING)) is None:
        raise LookupError("no system was ever admitted")
    return secret.hashed(known, system)


async def every(tx: Tx) -> list[System]:
    """All systems, the revoked ones too, oldest first."""
    return [System(*row) for row in await tx.all("systems")]


async def revoke(tx: Tx, name: str, now: int) -> bool:
    """It reads nothing any more, and is told nothing. False if there is none of this name."""
    row = await tx.one("revoke_system", name=name, now=now)
    if row is None:
        return False
    await tx.all("end_subscriptions", system=row[0], now=now)
    return True

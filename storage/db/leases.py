"""Leases: who may do what only one process does at a time, such as polling and sending."""

from storage.db.protocol import Tx


async def take(tx: Tx, name: str, holder: str, now: int, seconds: float) -> bool:
    """Take or keep a lease. False while somebody else holds it. `now` is the database's clock, `tx.clock()`: those of
    two machines may be an hour apart.

    One that ends later than any can is of a time before the clock was set back, and nobody's. That is judged here, as
    whoever waits for a lease runs no job yet that could mend it.
    """
    until, beyond = now + int(seconds * 1000), now + int(2 * seconds * 1000)
    return await tx.one("take_lease", name=name, holder=holder, now=now, until=until, beyond=beyond) is not None


async def holder_of(tx: Tx, name: str) -> str | None:
    """Whose a lease is, or None."""
    row = await tx.one("lease_holder", name=name)
    return row[0] if row else None


async def leader(tx: Tx, name: str, seconds: float) -> str | None:
    """Whose it is just now, by the database's clock; None of whoever let it run out, or could not have taken it so."""
    row = await tx.one("lease_holder", name=name)
    (holder, until), now = row or (None, 0), await tx.clock()
    # What is no number was written by hand; whoever takes it thinks as little of that.
    return holder if isinstance(until, int) and now <= until <= now + int(2 * seconds * 1000) else None


async def drop(tx: Tx, name: str, holder: str) -> None:
    """Give a lease back, so that the next in line need not wait for its end."""
    await tx.all("drop_lease", name=name, holder=holder)


async def end_all(tx: Tx) -> None:
    """Nobody leads any more: whoever did, led on another database."""
    await tx.all("end_leases")

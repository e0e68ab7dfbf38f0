"""The process's own facts: marks (when something last happened) and the lease that says who polls and sends."""

from storage.engine import Tx


async def mark(tx: Tx, name: str, at: int, note: str = "") -> None:
    """Write down that `name` happened at `at`."""
    await tx.one("set_mark", name=name, at=at, note=note)


async def mark_once(tx: Tx, name: str, at: int) -> bool:
    """True for the first caller that ever marks this name: a job done once per day has the day in its name."""
    return await tx.one("set_mark_once", name=f"once:{name}", at=at, note="") is not None


async def marked(tx: Tx, name: str) -> int | None:
    """When `name` last happened, or None."""
    row = await tx.one("get_mark", name=name)
    return row[0] if row else None


async def take_lease(tx: Tx, name: str, holder: str, now: int, seconds: float) -> bool:
    """Take or keep a lease. False while somebody else holds it.

    One that ends later than any can is of a time before the clock was set back, and nobody's.
    """
    until, beyond = now + int(seconds * 1000), now + int(2 * seconds * 1000)
    return await tx.one("take_lease", name=name, holder=holder, now=now, until=until, beyond=beyond) is not None


async def lease_holder(tx: Tx, name: str) -> str | None:
    """Whose a lease is, or None."""
    row = await tx.one("lease_holder", name=name)
    return row[0] if row else None


async def drop_lease(tx: Tx, name: str, holder: str) -> None:
    """Give a lease back, so that the next in line need not wait for its end."""
    await tx.all("drop_lease", name=name, holder=holder)


async def purge_marks(tx: Tx, before: int) -> None:
    """Forget that daily jobs were done, long after their day."""
    await tx.long("purge_marks", before=before)

"""Marks: when something last happened, and whether a job of some day was done."""

from storage.db.protocol import Tx

END = 253_370_764_800_000  # the year 9999, epoch ms: no clock shows it


async def mark(tx: Tx, name: str, at: int) -> None:
    """Write down that `name` happened at `at`."""
    await tx.one("set_mark", name=name, at=at)


async def mark_once(tx: Tx, name: str, at: int) -> bool:
    """True for the first caller that ever marks this name: a job done once per day has the day in its name."""
    return await tx.one("set_mark_once", name=f"once:{name}", at=at) is not None


async def marked(tx: Tx, name: str) -> int | None:
    """When `name` last happened, or None; None also where there is no moment: whoever asks writes it anew."""
    row = await tx.one("get_mark", name=name)
    return moment(row[0]) if row else None


def moment(at: object) -> int | None:
    """It, if it is one, in epoch ms; what somebody wrote into a register by hand may be anything."""
    return at if isinstance(at, int) and 0 <= at < END else None


async def purge_marks(tx: Tx, before: int) -> None:
    """Forget that daily jobs were done, long after their day."""
    await tx.long("purge_marks", before=before)

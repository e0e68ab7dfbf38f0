"""A head pauses what leaves by itself: all of it, one village's or one kind. What is paused stays owed.

The sender claims as ever, and `outbox.claim` puts back at once what a pause holds: from then on it is due at
`outbox.PAUSED`, and claimed no more. So a pause holds as well what was owed, tried again or returned to since. The end
of a pause lets all out again; what another one holds comes back with the next claim. What is about no request, such as
a reminder or an announcement, is a village's if its reader is: an officer, its group, or a family that follows there.
"""

from typing import NamedTuple

from storage import outbox
from storage.db.ids import new_id
from storage.db.protocol import Tx

EACH_MS = 100  # between two of an announcement: notices of others find their way, as Telegram takes some 28 a second

ALL, VILLAGE, KIND, ANNOUNCEMENT = "all", "village", "kind", "announcement"
KINDS = ("news", "reminders", "announcements")
STOPPED = "stopped"  # why one announcement is paused
REASONS = ("wrong", "disaster", "mourning", "feast", "other")


class Pause(NamedTuple):
    """What is paused (`subject` is a village, a kind or one announcement, or nothing), why, and since when."""

    id: int
    scope: str
    subject: str
    reason: str
    paused_at: int

    def holds_announcements(self) -> bool:
        """True if it may hold any announcement: a village's holds what its own people would get."""
        return self.scope in (ALL, VILLAGE) or self.subject == "announcements"


async def pauses(tx: Tx) -> list[Pause]:
    """What is paused, the oldest first."""
    return [Pause(*row) for row in await tx.all("pauses")]


async def begin(tx: Tx, scope: str, subject: str, reason: str, post: int, now: int) -> bool:
    """Pause it. False if it is paused already."""
    values = {"scope": scope, "subject": subject, "reason": reason, "post": post, "now": now}
    return await tx.one("begin_pause", id=new_id(now), **values) is not None


async def end(tx: Tx, id: int, now: int) -> bool:
    """Let out what it held, in the order in which it was owed, and as late: several of a chat and request become one.

    False if that was done before.
    """
    if not await tx.one("end_pause", id=id, now=now):
        return False
    await tx.long("let_out", now=now, late=now - outbox.LATE - 1, paused=outbox.PAUSED, each=EACH_MS)
    return True


async def count(tx: Tx) -> int:
    """How many messages have been held back and wait."""
    [(waiting,)] = await tx.all("count_held_back", paused=outbox.PAUSED)
    return int(waiting)


async def purge(tx: Tx, before: int) -> None:
    """Forget what ended so long ago."""
    await tx.all("purge_pauses", before=before)

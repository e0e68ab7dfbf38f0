"""What a head tells people: drafted, begun, ended. Each of them has a row of the outbox, put down with the beginning.

    draft ─── begin ───▶ under way ─── end, once nobody waits ───▶ ended: sent to n, m not reached
                          │     ▲
                          └stop─┘  a pause of this announcement alone (`pausing`)

A crash between any two of these changes nothing: how many have it is counted from the rows of the outbox.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from storage import outbox
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.heads import pausing
from storage.records import DAY

ALL, VILLAGE, ROLE, STAGE = "all", "village", "role", "stage"
LAST = 5  # announcements on the head's list


class Announcement(NamedTuple):
    """What is told (JSON: texts by language), to whom, to how many; and once it has ended, how many have it, and where
    those live who have not (JSON: counts by village).
    """

    id: int
    words: str
    scope: str
    subject: str
    people: int
    begun_at: int | None
    ended_at: int | None
    sent: int
    missed: str

    @property
    def texts(self) -> Mapping[str, str]:
        """The text by language; not every language has one."""
        found: Mapping[str, str] = json.loads(self.words)
        return found

    @property
    def missing(self) -> Mapping[str, int]:
        """How many were not reached, by village; those who belong to none under nothing."""
        found: Mapping[str, int] = json.loads(self.missed)
        return found


async def draft(tx: Tx, texts: Mapping[str, str], post: int, now: int) -> int:
    """Keep what a head wrote; its id."""
    id = new_id(now)
    await tx.all("draft_announcement", id=id, post=post, texts=json.dumps(dict(texts)), now=now)
    return id


async def get(tx: Tx, id: int) -> Announcement | None:
    """An announcement, whatever has become of it."""
    row = await tx.one("announcement", id=id)
    return Announcement(*row) if row else None


async def latest(tx: Tx) -> list[Announcement]:
    """The last that have begun, newest first."""
    return [Announcement(*row) for row in await tx.all("announcements", most=LAST)]


async def of(tx: Tx, scope: str, subject: str) -> dict[int, str]:
    """Whom it would reach: chats, and of each a village in which somebody knows them, if there is one."""
    queries = {VILLAGE: "hearers_of_village", ROLE: "hearers_of_role", STAGE: "hearers_of_stage"}
    rows = await (tx.long("hearers_of_all") if scope == ALL else tx.long(queries[scope], subject=subject))
    return {chat: village for chat, village in rows}


async def begin(tx: Tx, id: int, scope: str, subject: str, now: int) -> bool:
    """Owe it to all of them, one after the other. False if that was done before."""
    found = await of(tx, scope, subject)
    if not await tx.one("begin_announcement", id=id, scope=scope, subject=subject, people=len(found), now=now):
        return False
    dues = [
        outbox.Due(
            f"announcement:{id}:{chat}", chat, "announcement", outbox.NOTICE, now + i * pausing.EACH_MS, act=id,
            facts={"view": "announced", "args": {"announcement": id, "village": village}},
        )
        for i, (chat, village) in enumerate(found.items())
    ]  # fmt: skip
    await outbox.owe(tx, dues, now)
    return True


async def progress(tx: Tx, id: int) -> tuple[int, int]:
    """(how many have it, how many still wait for it) of one that is under way."""
    [(sent, waiting)] = await tx.all("announced", id=id, never=outbox.NEVER)
    return int(sent), int(waiting)


async def pause_of(tx: Tx, id: int) -> int | None:
    """The pause by which it is stopped, if it is."""
    found = [one.id for one in await pausing.pauses(tx) if (one.scope, one.subject) == (pausing.ANNOUNCEMENT, str(id))]
    return found[0] if found else None


async def cut(tx: Tx, id: int, now: int) -> bool:
    """Tell it to nobody else: what is under way at this moment still arrives. False if it has ended."""
    if (pause := await pause_of(tx, id)) is not None:
        await pausing.end(tx, pause, now)
    return await _end(tx, id, now, whole=True)


async def under_way(tx: Tx) -> list[int]:
    """Which have begun and not ended, the oldest first."""
    return [id for (id,) in await tx.all("announcements_under_way")]


async def end_finished(tx: Tx, now: int) -> list[int]:
    """End what nobody waits for any more: which."""
    return [
        id for id in await under_way(tx) if not (await progress(tx, id))[1] and await _end(tx, id, now, whole=False)
    ]


async def _end(tx: Tx, id: int, now: int, *, whole: bool) -> bool:
    found = await get(tx, id)
    if found is None or found.ended_at is not None:
        return False
    sent, _ = await progress(tx, id)
    villages = Counter(json.loads(facts)["args"]["village"] for (facts,) in await tx.all("unannounced", id=id))
    villages[""] += found.people - sent - villages.total()  # who has left meanwhile
    missed = json.dumps({village: n for village, n in sorted(villages.items()) if n})
    if not await tx.one("end_announcement", id=id, sent=sent, missed=missed, now=now):
        return False
    await tx.long("withdraw_announcement", id=id, whole=int(whole), never=outbox.NEVER)
    return True


async def purge(tx: Tx, now: int) -> None:
    """Forget what ended 90 days ago, and what was never sent."""
    await tx.all("purge_announcements", before=now - 90 * DAY, drafts_before=now - 7 * DAY)

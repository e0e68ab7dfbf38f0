"""The register seen from above, for a page and its counters: reads alone, roles instead of names."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from storage.db.protocol import Tx
from storage.outbox import NEVER, PAUSED, SMS
from storage.records import Document

EXPORTED = 1000  # events in memory at a time
OF_A_VILLAGE = 200  # open documents, and as many that ended


class Told(NamedTuple):
    """Chats of one role (nothing: families) that were told of an act, or will be: `sent_at` is None until then."""

    act: int
    role: str
    village: str
    chats: int
    due_at: int
    sent_at: int | None


class Load(NamedTuple):
    """What is on hand: updates not yet answered, messages owed, those kept for people who are away, what is stuck."""

    updates: int
    owed: int
    away: int
    stuck: int
    sent: int


class Troubles(NamedTuple):
    """What is stuck (updates and notices), and who cannot be reached."""

    stuck: int
    away: int


class Exported(NamedTuple):
    """One step of one document: when (epoch ms), what was done, from where to where, and by which role."""

    at: int
    kind: str
    document: int
    type: str
    village: str
    from_stage: str | None
    to_stage: str
    hold: str | None
    role: str


async def newest(tx: Tx) -> tuple[int, int]:
    """A mark that is another one as soon as any document has moved."""
    [(newest, count)] = await tx.all("newest_event")
    return newest, count


async def everything(tx: Tx, closed_after: int) -> list[Document]:
    """Every document on the road, and those that arrived after a time; oldest first."""
    return [Document(*row) for row in await tx.all("every_document", closed_after=closed_after)]


async def of_village(tx: Tx, village: str, closed_after: int) -> list[Document]:
    """What of a village is on its road, the oldest first; then what ended after a time, the latest first."""
    found = await tx.all("open_in_village", village=village, most=OF_A_VILLAGE)
    ended = await tx.all("closed_in_village", village=village, after=closed_after, most=OF_A_VILLAGE)
    return [Document(*row) for row in (*found, *ended)]


async def off_the_road(tx: Tx, exit: str) -> tuple[int, int | None]:
    """How many documents stand outside their road and may go on, and since when the first does."""
    [(count, since)] = await tx.all("off_the_road", stage=exit)
    return count, since


async def filed_by(tx: Tx, chat: int) -> list[Document]:
    """What somebody filed from this chat, newest first, 40 at most."""
    return [Document(*row) for row in await tx.all("filed_by", chat=chat, most=40)]


async def told(tx: Tx, document: int) -> list[Told]:
    """Who is told of each step of a document, as far as it is still on record."""
    return [Told(*row) for row in await tx.all("told_of_document", document=document, never=NEVER)]


async def load(tx: Tx) -> Load:
    """How much is on hand now."""
    [row] = await tx.all("load", never=NEVER)
    return Load(*row)


async def troubles(tx: Tx) -> Troubles:
    """How much there is of what somebody should know."""
    [row] = await tx.long("troubles")
    return Troubles(*row)


async def oldest_owed(tx: Tx) -> tuple[int | None, int]:
    """(since when the oldest is owed, how many are owed) by Telegram, but what is paused or cannot arrive."""
    [(since, count)] = await tx.all("oldest_owed", never=PAUSED, sms=SMS)
    return since, count


async def given_up_since(tx: Tx, at: int) -> int:
    """How many were given up after a time and still are."""
    [(count,)] = await tx.all("given_up_since", at=at)
    return int(count)


async def open_by_stage(tx: Tx) -> dict[str, tuple[int, int]]:
    """How many documents are open at each stage, and how many of them on hold."""
    return {stage: (count, held) for stage, count, held in await tx.all("open_by_stage")}


async def events(tx: Tx) -> AsyncIterator[Exported]:
    """What happened to every document, in the order of its recording; about no person."""
    after = 0
    while rows := await tx.long("export_events", after=after, most=EXPORTED):
        for _, *row in rows:
            yield Exported(*row)
        after = rows[-1][0]

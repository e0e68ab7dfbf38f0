"""What is looked for, and what of it somebody may see: reads alone, along the indexes of what is open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from storage.db.protocol import Tx
from storage.records import DAY, Document, Person
from storage.workflow import Workflow

MOST = 400  # documents that can be turned to; of more, the filter has to say which


class Filter(NamedTuple):
    """Which open documents: a part that is empty narrows nothing. They are where they are for so many `days`, `mine`
    are those that the asker filed, and `digits` end their receipt number.
    """

    village: str = ""
    type: str = ""
    stage: str = ""
    hold: str = ""
    days: int = 0
    mine: int = 0
    digits: str = ""


class Hits(NamedTuple):
    """What fits: the oldest of it, and how many documents there are of each (village, type, stage, hold)."""

    oldest: Sequence[Document]
    counts: Mapping[tuple[str, str, str, str], int]

    @property
    def total(self) -> int:
        """How many fit."""
        return sum(self.counts.values())


async def find(tx: Tx, workflow: Workflow, person: Person, wanted: Filter, most: int, now: int) -> Hits:
    """The `most` oldest of what fits and this person may see: their villages' documents, or what they filed."""
    sight = workflow.villages_in_sight(person)
    before = now - wanted.days * DAY
    if wanted.digits or wanted.mine or sight == frozenset():
        found = sorted(await _few(tx, person, wanted, sight), key=lambda d: (d.since, d.id))
        found = [d for d in found if _fits(d, wanted, before)]
        return Hits(found[:most], Counter(_key(d) for d in found))
    villages = [""] if sight is None else sorted(sight)
    if wanted.village:
        villages = [wanted.village] if sight is None or wanted.village in sight else []
    counts: Counter[tuple[str, str, str, str]] = Counter()
    found = []
    for village in villages:
        counts.update(await _counts(tx, village, wanted, before))
        found += await _open(tx, village, wanted, before, min(most, MOST))
    return Hits(sorted(found, key=lambda d: (d.since, d.id))[:most], counts)


async def is_seen(tx: Tx, workflow: Workflow, person: Person, document: Document) -> bool:
    """True if a person may search and open a document: of a village in their sight, or filed by them for a village of
    theirs.
    """
    if workflow.is_in_sight(person, document.village):
        return True
    if document.village not in {post.village for post in person.posts}:
        return False
    for chat in _filers(person):
        if await tx.one("is_filed_by", request=document.request, chat=chat):
            return True
    return False


def _filers(person: Person) -> set[int]:
    """Whose filings are theirs: their own, and of those for whom they stand in."""
    return {person.chat, *(post.chat for post in person.posts if post.chat)}


async def as_seen(tx: Tx, workflow: Workflow, person: Person, documents: Sequence[Document]) -> Person:
    """The person as they read of documents: without their posts if these are not theirs to see, as a family does."""
    if not person.posts or not documents or await is_seen(tx, workflow, person, documents[0]):
        return person
    return person._replace(posts=())


async def _few(tx: Tx, person: Person, wanted: Filter, sight: frozenset[str] | None) -> list[Document]:
    """What an index finds by itself: by last digits, or filed by this person. Of it what is in sight."""
    if wanted.mine or sight == frozenset():
        seen, chats = (
            {post.village for post in person.posts},
            {person.chat} if sight != frozenset() else _filers(person),
        )
        rows = [row for chat in sorted(chats) for row in await tx.long("find_filed", chat=chat, most=MOST)]
        return [d for d in (Document(*row) for row in rows) if seen & {"", d.village}]
    rows = await tx.long("find_ending", tail=wanted.digits[-3:], ending=f"%{wanted.digits}", most=MOST)
    return [d for d in (Document(*row) for row in rows) if sight is None or d.village in sight]


def _fits(document: Document, wanted: Filter, before: int) -> bool:
    asked = (wanted.village, wanted.type, wanted.stage, wanted.hold)
    is_alike = all(value in ("", own) for value, own in zip(asked, _key(document), strict=True))
    return is_alike and document.since <= before and document.number.endswith(wanted.digits)


def _key(document: Document) -> tuple[str, str, str, str]:
    return document.village, document.type, document.stage, document.hold or ""


async def _counts(tx: Tx, village: str, wanted: Filter, before: int) -> Counter[tuple[str, str, str, str]]:
    if village:
        rows = await tx.long("find_groups_in_village", village=village, before=before)
    else:
        rows = await tx.long("find_groups", before=before)
    asked = (wanted.type, wanted.stage, wanted.hold)
    return Counter({
        (in_village, type, stage, hold): count
        for in_village, stage, type, hold, count in rows
        if all(value in ("", own) for value, own in zip(asked, (type, stage, hold), strict=True))
    })  # fmt: skip


async def _open(tx: Tx, village: str, wanted: Filter, before: int, most: int) -> list[Document]:
    asked = {"type": wanted.type, "stage": wanted.stage, "hold": wanted.hold, "before": before, "most": most}
    if village:
        rows = await tx.long("find_open_in_village", village=village, **asked)
    else:
        rows = await tx.long("find_open", **asked)
    return [Document(*row) for row in rows]

"""Legs that are told afterwards: which leg is meant, and what it changes. The states of a document it comes to::

    before the leg ─── record ───▶ at its stage, since the time that was told; followers hear of it
    at its stage, or further ─── record ───▶ where it is: the record alone says when the leg was, and nobody is told

Of two times of one leg the earlier counts, so that in any order the same comes out. A crash leaves all of it or none.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage import audience, bags, documents, ledger
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Tx
from storage.ledger import Position
from storage.records import HOUR, MINUTE, Act, Actor, Bag, Document, MoveResult, Overtaken, Person, Post
from storage.road.way import LATE, Way, still_counting, way
from storage.workflow import Workflow

MOMENT = 5 * MINUTE  # a photograph that tells of longer ago is of a leg; else it may be the same one taken again
UNDECIDED = 12 * HOUR  # so long what somebody has written and not confirmed yet counts for what they write next


class NamedFile(NamedTuple):
    """A document that somebody named, and whether it is surely the one they meant."""

    document: Document
    is_sure: bool


async def way_of(tx: Tx, workflow: Workflow, document: Document) -> Way | None:
    """The way of a document as far as it is known; None if it is on no road."""
    route = workflow.route(document.type)
    if document.stage not in route:
        return None
    return way(route, document.stage, still_counting(await ledger.history(tx, document.id)))


def into(workflow: Workflow, person: Person, type: str, village: str) -> tuple[str, ...]:
    """The stages into which a person may bring such documents, wherever these are; not into a family's hands."""
    return tuple(
        stage
        for stage in workflow.route(type)
        if stage not in workflow.at_home and _post(workflow, person, type, village, stage)
    )


def _post(workflow: Workflow, person: Person, type: str, village: str, stage: str) -> Post | None:
    route = workflow.route(type)
    posts = (workflow.doer(person, type, village, origin, stage) for origin in route[: route.index(stage)])
    return next(filter(None, posts), None)


async def meant(tx: Tx, workflow: Workflow, person: Person, document: Document, at: int) -> tuple[str, str] | None:
    """The leg (from, to) that somebody means who says that they took a document further at a time. It begins where the
    document was then, by what they have told and not confirmed yet, too. None if no leg of theirs begins there.
    """
    known = await way_of(tx, workflow, document)
    if known is None:
        return None
    values = {"chat": person.chat, "document": document.id, "since": at - UNDECIDED, "now": at, "moment": MOMENT}
    for stage, told_at in await tx.all("told_undecided", **values):
        known = known.told(stage, told_at) if stage in known.route else known
    if (origin := known.before(at)) is None:
        return None
    legs = workflow.open_to(person, document.type, document.village, origin)
    to = next((stage for stage in legs if stage not in workflow.at_home), None)
    return (origin, to) if to else None


async def rest(
    tx: Tx, workflow: Workflow, person: Person, origin: str, to: str, named: Iterable[Document]
) -> list[Document]:
    """What else waits for a leg of which somebody names some files: what they carry, or is of the same villages."""
    known = {one.id: one.village for one in named}
    found = await bags.present(tx, workflow, person, origin, to, "", mine=True)
    if not found:
        villages = sorted(set(known.values()))
        found = [one for v in villages for one in await bags.present(tx, workflow, person, origin, to, v)]
    return [one for one in found if one.id not in known]


async def of_album(tx: Tx, chat: int, album: str) -> list[NamedFile]:
    """What was ticked so far of photographs that came together, and is not confirmed yet."""
    row = await tx.one("bag_of_album", chat=chat, album=album) if album else None
    bag = await bags.get(tx, row[0]) if row else None
    found = [await documents.get(tx, item.document) for item in bag.items if item.ticked] if bag else []
    return [NamedFile(one, is_sure=True) for one in found if one]


async def record(tx: Tx, workflow: Workflow, wanted: Sequence[int], stage: str, actor: Actor) -> MoveResult:
    """Write down, as one act, that documents reached a stage at a time, whatever has happened to them since.

    What is known already comes back as `repeated` (of this person) or `overtaken`, and so does what cannot have been
    then; what this person may not bring there as `not_permitted`.
    """
    await tx.shared(MOVING)
    told = _Telling(tx, workflow, stage, actor)
    for id in sorted(wanted):  # so that two acts that share documents cannot block each other
        while not await told.of(id):
            pass  # PostgreSQL: somebody got in between our look and our write
    result = await told.result()
    if result.act is not None:
        chat, now = actor.person.chat, actor.now
        heard = await audience.tell(tx, workflow, result.act, stage, chat, now, freed=told.frees)
        await tx.all("wait_for_later", act=result.act, owed_at=actor.now + workflow.grace, gather=workflow.gather)
        result = result._replace(told=heard)
    return result


class _Telling:
    """One act of telling while it is being done. It begins with the first document of which it says anything new."""

    def __init__(self, tx: Tx, workflow: Workflow, stage: str, actor: Actor) -> None:
        self._tx, self._workflow, self._stage, self._actor = tx, workflow, stage, actor
        self._at = actor.at or actor.now
        self.frees = False  # something of it stood still
        self._act: Act | None = None
        self._moved: list[Document] = []
        self._repeated: list[Document] = []
        self._overtaken: list[Overtaken] = []
        self._not_permitted: list[Document] = []

    async def result(self) -> MoveResult:
        """What came of each."""
        act = self._act if self._moved else None
        if self._act and not act:  # PostgreSQL: others were faster with every one of them
            await ledger.drop(self._tx, self._act.id)
        return MoveResult(
            act.id if act else None, tuple(self._moved), tuple(self._repeated), tuple(self._overtaken),
            tuple(self._not_permitted), act,
        )  # fmt: skip

    async def of(self, id: int) -> bool:
        """Say it of one document. False if somebody was faster, and it is to be looked at again."""
        document = await documents.get(self._tx, id)
        if document is None:
            return True
        known = await way_of(self._tx, self._workflow, document)
        post = self._may(document) if known and self._stage in known.route else None
        if known is None or post is None:
            self._not_permitted.append(document)
        elif (told := known.told(self._stage, self._at)) == known:
            await self._explain(document)
        else:
            self._act = self._act or await ledger.begin(self._tx, self._workflow, "move", post, self._actor)
            return await self._write(self._act, post, document, told)
        return True

    def _may(self, document: Document) -> Post | None:
        """The post by which this person may say it: of a leg of theirs, whoever did those before it."""
        if self._stage in self._workflow.at_home or document.closed_at is not None:
            return None
        return _post(self._workflow, self._actor.person, document.type, document.village, self._stage)

    async def _explain(self, document: Document) -> None:
        steps = still_counting(await ledger.history(self._tx, document.id))
        same = [one for one in steps if one.to_stage == self._stage and one.kind in ("move", LATE)]
        last = (same or steps)[-1]
        if same and last.chat == self._actor.person.chat and last.at <= self._at:
            self._repeated.append(document)
        else:
            self._overtaken.append(Overtaken(document, last.role, last.at, last.chat))

    async def _write(self, act: Act, post: Post, document: Document, told: Way) -> bool:
        at, now = self._at, self._actor.now
        if told.stage == document.stage:
            found = await _note(self._tx, act.id, document, self._stage, at, told.times.get(told.stage, document.since))
        else:
            causes = await ledger.standing(self._tx)
            there = ledger.arrived(self._workflow, document, Position(self._stage, at, post.id), causes, at)
            found = await ledger.step(self._tx, act.id, "move", document, there, now, at)
            self.frees |= document.hold is not None
        if found is None:
            return False
        self._moved.append(found)
        return True


async def _note(tx: Tx, act: int, document: Document, stage: str, at: int, since: int) -> Document | None:
    """Write down when a leg was that lies behind a document. None if it is no longer as it was seen."""
    if not await tx.one("date_back", id=document.id, seen=document.version, since=since):
        return None
    await tx.all(
        "note_late", id=new_id(at), act=act, document=document.id, stage=stage, at=at, was_since=document.since
    )
    return document._replace(version=document.version + 1, since=since)


async def complete(tx: Tx, workflow: Workflow, bag: Bag, stage: str, actor: Actor) -> MoveResult:
    """Write down the leg for the ticked lines of a bag that was told afterwards."""
    wanted = [item.document for item in bag.items if item.ticked]
    result = await record(tx, workflow, wanted, stage, actor._replace(at=min(bag.at, actor.now), how=bag.how))
    await bags.close(tx, bag, result)
    return result


async def keep(tx: Tx, bag: Bag, files: Iterable[NamedFile], now: int) -> int:
    """Store what somebody has told, with what they named surely (ticked) and what it may be."""
    return await bags.add(tx, bag, [(one.id, one.version, int(is_sure)) for one, is_sure in files], now)

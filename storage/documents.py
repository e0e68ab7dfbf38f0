"""Documents move here and nowhere else: check, document, event and notices in the caller's one transaction."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import NamedTuple

from storage import audience, ledger, numbers
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Tx
from storage.ledger import Position
from storage.originals.steps import NO_PAPERS, papers_of
from storage.paper import booklets
from storage.records import (
    DAY,
    Act,
    Actor,
    Document,
    Event,
    LookUp,
    MoveResult,
    Overtaken,
    Person,
    Post,
    Remark,
    Seen,
)
from storage.workflow import Workflow

LIVES_ON = 90 * DAY


async def move(tx: Tx, workflow: Workflow, wanted: Sequence[Seen], stage: str, actor: Actor) -> MoveResult:
    """Move what may be moved into `stage`, as one act: the documents that are still as the officer saw them.

    What the same person moved there before comes back as `repeated`, what others moved as `overtaken`, what this
    person may not move as `not_permitted`. Everyone who waits is told by notices due when the grace ends.
    """
    await tx.shared(MOVING)  # where a queue is being held, what comes waits to be told
    causes, held = await ledger.standing(tx), list[str | None]()

    def to(document: Document) -> tuple[Post, Position] | None:
        held.append(document.hold)
        post = workflow.doer(actor.person, document.type, document.village, document.stage, stage)
        if post is None:
            return None
        closed_at = actor.now if workflow.ends(stage, document.type) else None
        there = Position(stage, actor.now, post.id, closed_at=closed_at)
        return post, ledger.arrived(workflow, document, there, causes, actor.now) if causes else there

    deed = Deed(tx, workflow, "move", actor, to, lambda event: event.to_stage == stage)
    result = await deed.on(wanted)
    if result.act is None:
        return result
    told = await audience.tell(tx, workflow, result.act, stage, actor.person.chat, actor.now, freed=any(held))
    return result._replace(told=told)


@dataclass(slots=True)
class Deed:
    """One act on documents while it is being done. It begins with the first of them that takes part.

    `to` gives the post by which the person may do it and where a document then stands, or None if they may not.
    `is_same` tells an event that did what is asked for now.
    """

    _tx: Tx
    _workflow: Workflow
    _kind: str
    _actor: Actor
    _to: Callable[[Document], tuple[Post, Position] | None]
    _is_same: Callable[[Event], bool]
    _act: Act | None = None
    _moved: list[Document] = field(default_factory=list)
    _repeated: list[Document] = field(default_factory=list)
    _overtaken: list[Overtaken] = field(default_factory=list)
    _not_permitted: list[Document] = field(default_factory=list)
    _before: set[int | None] = field(default_factory=set)  # by which acts of this person, None for anything else

    async def on(self, wanted: Sequence[Seen]) -> MoveResult:
        """Do it with each document that is still as the officer saw it, and say what came of all of them."""
        # In the order of ids, so that two acts that share documents cannot block each other.
        for seen in sorted(wanted, key=attrgetter("document")):
            document = await get(self._tx, seen.document)
            if document is None:
                continue
            if document.version != seen.version:
                await self._explain(document, seen)
            elif (found := self._to(document)) is None:
                self._not_permitted.append(document)
            else:
                post, to = found
                self._act = self._act or await ledger.begin(self._tx, self._workflow, self._kind, post, self._actor)
                moved = await ledger.step(self._tx, self._act.id, self._kind, document, to, self._actor.now)
                if moved:
                    self._moved.append(moved)
                else:
                    # PostgreSQL: somebody got in between our look and our write.
                    await self._explain(await sure(self._tx, document.id), seen)
        if self._act is not None and not self._moved:
            # PostgreSQL: others were faster with every one of them, so nothing was done here.
            await ledger.drop(self._tx, self._act.id)
            self._act = None
        return MoveResult(
            self._act.id if self._act else None, tuple(self._moved), tuple(self._repeated), tuple(self._overtaken),
            tuple(self._not_permitted), self._act, before=self._before.pop() if len(self._before) == 1 else None,
        )  # fmt: skip

    async def _explain(self, document: Document, seen: Seen) -> None:
        """Say of a document that is not as it was seen whether this very person did what they ask for now."""
        event = None
        if seen.version < document.version:
            event = await ledger.event_at(self._tx, document.id, seen.version + 1)
        own = event is not None and await self._is_own(event)
        self._before.add(event.act if event and own and event.version == document.version else None)
        if event and own and self._is_same(event):
            self._repeated.append(document)
        else:
            self._overtaken.append(await overtaken(self._tx, document))

    async def _is_own(self, event: Event) -> bool:
        act = await ledger.act_of(self._tx, event.act)
        return act is not None and act.chat == self._actor.person.chat and act.undone_by is None


async def overtaken(tx: Tx, document: Document) -> Overtaken:
    """A document with who moved it last, and when."""
    last = await ledger.event_at(tx, document.id, document.version)
    return Overtaken(document, last.role, last.at, last.chat) if last else Overtaken(document, "", document.since)


# Filing


class Filed(NamedTuple):
    """A request just filed: its id, its receipt number, and whether this very call filed it."""

    request: int
    number: str
    new: bool


async def file(
    tx: Tx, workflow: Workflow, village: str, types: Iterable[str], draft: str, actor: Actor, slip: str = ""
) -> Filed:
    """A new request with its documents, under a new receipt number or that of a `slip` from the village's booklet. The
    same draft files once, however often it is confirmed.

    Raises PermissionError if this person may not file for the village, ValueError without a known document type,
    booklets.Used if the slip cannot be filed any more, or not here, and ledger.Twice if the same draft is being filed
    at this moment: roll back and ask again.
    """
    row = await tx.one("request_by_draft", draft=draft)
    if row:
        request, number = row
        return Filed(request, number, new=False)
    chosen = set(types)
    known = [type for type in workflow.types if type in chosen]
    if not known or village not in workflow.villages:
        raise ValueError("a request needs a village and at least one document type of the district file")
    post = filing_post(workflow, actor.person, village)
    act = (await ledger.begin(tx, workflow, "file", post, actor, key=f"file:{draft}")).id
    await tx.shared(MOVING)
    request, stage = new_id(actor.now), workflow.start(post.role)
    mourned = int(not workflow.mourning.isdisjoint(known))
    await tx.all("add_request", id=request, village=village, draft=draft, mourned=mourned, act=act, now=actor.now)
    number = await booklets.give(tx, request, village, slip, actor.now)
    causes = await ledger.standing(tx)
    await tx.all("set_pickup", request=request, code=_pickup_code(number))
    for type in known:
        document = Document(new_id(actor.now), request, number, village, type, stage, actor.now, 1, holder=post.id)
        at = ledger.arrived(workflow, document, Position(stage, actor.now, post.id), causes, actor.now)
        await add(tx, act, document, at)
    await audience.tell(tx, workflow, act, stage, actor.person.chat, actor.now)
    await tx.all("settle_waits", number=number)
    return Filed(request, number, new=True)


def filing_post(workflow: Workflow, person: Person, village: str) -> Post:
    """The post by which this person files for a village. Raises PermissionError if there is none."""
    if posts := workflow.filing_posts(person, village):
        return posts[0]
    raise PermissionError("no post to file by")


def _pickup_code(number: str) -> str:
    """Four digits by chance, none of which stand in the receipt number in this order: that would be tried first."""
    while (code := f"{secrets.randbelow(10_000):04}") in number:
        pass
    return code


async def add(tx: Tx, act: int, document: Document, at: Position) -> None:
    """A document of a request begins, by an act, where it is at first."""
    await tx.all(
        "add_document", id=document.id, request=document.request, type=document.type, village=document.village,
        stage=at.stage, now=at.since, holder=at.holder, hold=at.hold, hold_since=at.hold_since,
        hold_review=at.hold_review, cause=at.cause,
    )  # fmt: skip
    await tx.all(
        "add_event", id=new_id(at.since), act=act, document=document.id, request=document.request, kind="file",
        at=at.since, from_stage=None, to_stage=at.stage, version=1, hold=at.hold, cause=at.cause, stopped=0,
        was_since=None, was_holder=None, was_hold=None, was_hold_since=None, was_hold_review=None,
    )  # fmt: skip


# Reading


async def status(tx: Tx, number: str, chat: int, now: int) -> LookUp:
    """What a chat may know of a number; without documents if it is reserved, unknown or long closed."""
    if not numbers.is_number(number):
        return LookUp(number)
    rows = await tx.all("status", number=number, chat=chat, closed_after=now - LIVES_ON)
    if not rows:
        reserved = await tx.one("reserved_until", number=number)
        return LookUp(number, reserved_until=reserved[0] if reserved else None)
    if len(rows) > 1:
        rows = sorted(rows, key=itemgetter(6))  # their ids; SQLite would take a tenth of the query's time to sort one
    follows_since, own_name, follows, code, seen, *_ = rows[0]
    documents = tuple([Document(*columns) for _, _, _, _, _, _, *columns in rows])
    paces = tuple([(columns[0], days) for _, _, _, _, _, days, *columns in rows if days])
    is_held = any(document.hold for document in documents)
    turns = await tx.all("turns", request=documents[0].request) if is_held else ()
    remarks: tuple[Remark, ...] = ()
    if any(document.holder is None for document in documents):  # nobody has it: it may have left its road
        remarks = await ledger.remarks_of(tx, documents[0].request)
    papers = await papers_of(tx, documents[0].request, seen) if seen else NO_PAPERS
    places = tuple((id, turn) for id, turn in turns)
    return LookUp(
        number, documents, follows_since is not None, code, places, remarks, papers, own_name=own_name, paces=paces,
        follows_several=follows > 1,
    )  # fmt: skip


async def get(tx: Tx, id: int) -> Document | None:
    """One document, or None."""
    row = await tx.one("document", id=id)
    return Document(*row) if row else None


async def sure(tx: Tx, id: int) -> Document:
    """One document that is there. Raises LookupError if it is not."""
    document = await get(tx, id)
    if document is None:
        raise LookupError("a document that was there is gone")
    return document


async def of_request(tx: Tx, request: int) -> list[Document]:
    """The documents of a request."""
    return [Document(*row) for row in await tx.all("request_documents", request=request)]


async def of_act(tx: Tx, act: int) -> list[Document]:
    """The documents an act moved, as they are now."""
    return [Document(*row) for row in await tx.all("act_documents", act=act)]

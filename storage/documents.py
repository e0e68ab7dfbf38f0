"""Documents move here and nowhere else: check, document, event and notices in the caller's one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from storage import audience, ledger, numbers, people
from storage.db.protocol import Row, Tx
from storage.ids import new_id
from storage.ledger import Actor, Position, act_of, event_at, events_of, history
from storage.records import Act, Document, Event, Filed, LookUp, MoveResult, Overtaken, Person, Post, Seen
from storage.workflow import Workflow

__all__ = [
    "LIVES_ON", "Actor", "Twice", "act_of", "ending_with", "event_at", "events_of", "file", "filed_by", "filing_post",
    "get", "history", "move", "of_act", "of_request", "status", "told", "undo",
]  # fmt: skip

LIVES_ON = 90 * 24 * 60 * 60 * 1000
FOUND = 20  # of a search by the last digits


async def move(tx: Tx, workflow: Workflow, wanted: Sequence[Seen], stage: str, doing: Actor) -> MoveResult:
    """Move what may be moved into `stage`, as one act: the documents that are still as the officer saw them.

    What the same person moved there before comes back as `repeated`, what others moved as `overtaken`, what this
    person may not move as `not_permitted`. Under a key that has been used nothing moves. Everyone who waits is told by
    notices due when the grace ends.
    """
    deed = _Move(tx, workflow, stage, doing)
    # In the order of ids, so that two bags that share documents cannot block each other.
    for seen in sorted(wanted, key=lambda seen: seen.document):
        await deed.take(seen)
    return await deed.close()


class _Move:
    """One act while it is being done."""

    def __init__(self, tx: Tx, workflow: Workflow, stage: str, doing: Actor) -> None:
        self._tx, self._workflow, self._stage, self._doing = tx, workflow, stage, doing
        self._act: int | None = None
        self._moved: list[Document] = []
        self._repeated: list[Document] = []
        self._overtaken_ones: list[Overtaken] = []
        self._not_permitted: list[Document] = []

    async def take(self, seen: Seen) -> None:
        document = await get(self._tx, seen.document)
        if document is None:
            return
        if document.version != seen.version:
            await self._explain(document, seen)
            return
        post = self._workflow.doer(self._doing.person, document.type, document.village, document.stage, self._stage)
        if post is None:
            self._not_permitted.append(document)
        else:
            await self._move(document, post)

    async def _move(self, document: Document, post: Post) -> None:
        if self._act is None:
            self._act = await ledger.begin(self._tx, self._workflow, "move", post, self._doing)
        now = self._doing.now
        to = Position(self._stage, now, post.id, now if self._workflow.ends(self._stage, document.type) else None)
        if self._act is not None and await ledger.step(self._tx, self._act, "move", document, to, now):
            self._moved.append(_stepped(document, to))
        else:
            await self._look_again(document)

    async def _look_again(self, looked: Document) -> None:
        # PostgreSQL: somebody got in between our look and our write. Or this deed was done before, without this one.
        document = await _sure(self._tx, looked.id)
        if document.version == looked.version:
            self._not_permitted.append(document)
        else:
            await self._explain(document, Seen(looked.id, looked.version))

    async def _explain(self, document: Document, seen: Seen) -> None:
        event = await event_at(self._tx, document.id, seen.version + 1) if seen.version < document.version else None
        if event and event.to_stage == self._stage and await self._own(event):
            self._repeated.append(document)
        else:
            self._overtaken_ones.append(await _overtaken(self._tx, document))

    async def _own(self, event: Event) -> bool:
        act = await act_of(self._tx, event.act)
        return act is not None and act.chat == self._doing.person.chat and act.undone_by is None

    async def close(self) -> MoveResult:
        if self._act is not None and not self._moved:
            # PostgreSQL: others were faster with every one of them, so nothing was done here.
            await self._tx.all("drop_act", id=self._act)
            self._act = None
        if self._act is not None:
            await audience.tell(
                self._tx, self._workflow, self._act, self._stage, self._doing.person.chat, self._doing.now
            )
        return MoveResult(
            self._act,
            tuple(self._moved),
            tuple(self._repeated),
            tuple(self._overtaken_ones),
            tuple(self._not_permitted),
        )


def _stepped(document: Document, to: Position) -> Document:
    return replace(
        document, stage=to.stage, since=to.since, version=document.version + 1, holder=to.holder, hold=to.hold,
        hold_since=to.hold_since, hold_review=to.hold_review,
    )  # fmt: skip


async def _overtaken(tx: Tx, document: Document) -> Overtaken:
    last = await event_at(tx, document.id, document.version)
    return Overtaken(document, last.role, last.at, last.chat) if last else Overtaken(document, "", document.since)


# Filing


async def file(tx: Tx, workflow: Workflow, village: str, types: Iterable[str], draft: str, doing: Actor) -> Filed:
    """A new request with its documents and a receipt number. The same draft files once, however often it is confirmed.

    Raises PermissionError if this person may not file for the village, ValueError without a known document type.
    """
    row = await tx.one("request_by_draft", draft=draft)
    if row:
        return Filed(row[0], row[1], new=False)
    chosen = set(types)
    known = [type for type in workflow.types if type in chosen]
    if not known or village not in workflow.villages:
        raise ValueError("a request needs a village and at least one document type of the district file")
    post = filing_post(workflow, doing.person, village)
    # The draft is the key: what another tap on it has begun in the meantime (PostgreSQL) is not begun again.
    act = await ledger.begin(tx, workflow, "file", post, replace(doing, key=f"file:{draft}"))
    if act is None:
        raise Twice
    request = new_id(doing.now)
    mourned = int(any(workflow.types[type].mourning for type in known))
    await tx.all("add_request", id=request, village=village, draft=draft, mourned=mourned, act=act, now=doing.now)
    number = await _draw(tx, request, doing.now)
    for type in known:
        await _add(tx, act, request, type, village, workflow.start(post.role), post, doing.now)
    await audience.tell(tx, workflow, act, workflow.start(post.role), doing.person.chat, doing.now)
    await tx.all("settle_waits", number=number)
    return Filed(request, number, new=True)


class Twice(Exception):
    """The same draft is being filed at this moment; roll back and ask again."""


def filing_post(workflow: Workflow, person: Person, village: str) -> Post:
    """The post by which this person files for a village. Raises PermissionError if there is none."""
    for post in workflow.filing_posts(person):
        if post.village in ("", village):
            return post
    raise PermissionError("no post to file by")


async def _draw(tx: Tx, request: int, now: int) -> str:
    while True:
        number = numbers.draw()
        if await tx.one("add_number", number=number, request=request, now=now):
            return number


async def _add(tx: Tx, act: int, request: int, type: str, village: str, stage: str, post: Post, now: int) -> None:
    document = new_id(now)
    await tx.all(
        "add_document", id=document, request=request, type=type, village=village, stage=stage, now=now, holder=post.id
    )
    await tx.all(
        "add_event", id=new_id(now), act=act, document=document, request=request, kind="file", at=now,
        from_stage=None, to_stage=stage, version=1, hold=None, was_since=None, was_holder=None, was_hold=None,
        was_hold_since=None, was_hold_review=None,
    )  # fmt: skip


# Taking back


async def undo(tx: Tx, act: int, doing: Actor) -> MoveResult | None:
    """Take an act back while its grace runs: notices are withdrawn, documents move back, by an event of their own.

    Documents that somebody moved on in the meantime stay (`overtaken`). None if the grace is over, the act is another
    person's, their post has ended, or it was taken back before.
    """
    done = await act_of(tx, act)
    if done is None or done.kind != "move" or not _theirs(done, doing.person):
        return None
    back = await ledger.begin_undo(tx, done, doing)
    if back is None:
        return None
    await tx.all("withdraw_notices", act=act)
    moved, overtaken = [], []
    for event in await events_of(tx, act):
        document = await _step_back(tx, back, event, doing.now)
        if document:
            moved.append(document)
        else:
            overtaken.append(await _overtaken(tx, await _sure(tx, event.document)))
    return MoveResult(back, tuple(moved), overtaken=tuple(overtaken))


def _theirs(done: Act, person: Person) -> bool:
    held = any(post.role == done.role and post.village == done.village for post in person.posts)
    return held and done.chat == person.chat


async def _step_back(tx: Tx, act: int, event: Event, now: int) -> Document | None:
    document, to = await _sure(tx, event.document), await ledger.before(tx, event)
    if document.version != event.version or not await ledger.step(tx, act, "undo", document, to, now):
        return None
    await tx.all("reopen_request", id=document.request)
    return _stepped(document, to)


# Reading


async def status(tx: Tx, number: str, chat: int, now: int) -> LookUp:
    """What a chat may know of a number; without documents if it is unknown or long closed."""
    if not numbers.is_number(number):
        return LookUp(number)
    rows = await tx.all("status", number=number, chat=chat, closed_after=now - LIVES_ON, misses_since=now - people.HOUR)
    if not rows:
        return LookUp(number)
    followed, own, of_all = rows[0][12:]
    return LookUp(number, tuple(Document(*row[:12]) for row in rows), followed is not None, own, of_all)


async def filed_by(tx: Tx, chat: int) -> list[Document]:
    """What somebody filed from this chat, newest first, 40 at most."""
    return _documents(await tx.all("filed_by", chat=chat, most=40))


async def ending_with(tx: Tx, digits: str, villages: Iterable[str] | None = None) -> list[Document]:
    """Open documents whose receipt number ends so, of some villages or of all, oldest first, 20 at most."""
    ending = f"%{digits}"
    if villages is None:
        return _documents(await tx.long("find_open", ending=ending, most=FOUND))
    asked = [await tx.long("find_open_in_village", ending=ending, village=v, most=FOUND) for v in villages]
    return sorted((d for rows in asked for d in _documents(rows)), key=lambda d: (d.since, d.id))[:FOUND]


async def get(tx: Tx, id: int) -> Document | None:
    """One document, or None."""
    row = await tx.one("document", id=id)
    return Document(*row) if row else None


async def _sure(tx: Tx, id: int) -> Document:
    document = await get(tx, id)
    if document is None:
        raise LookupError("a document that was there is gone")
    return document


async def of_request(tx: Tx, request: int) -> list[Document]:
    """The documents of a request."""
    return _documents(await tx.all("request_documents", request=request))


async def of_act(tx: Tx, act: int) -> list[Document]:
    """The documents an act moved, as they are now."""
    return _documents(await tx.all("act_documents", act=act))


def _documents(rows: Iterable[Row]) -> list[Document]:
    return [Document(*row) for row in rows]


async def told(tx: Tx, act: int) -> int:
    """How many chats are told of an act."""
    row = await tx.one("told_count", act=act)
    return int(row[0]) if row else 0

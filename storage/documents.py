"""Documents move here and nowhere else: check, document, event and notices in the caller's one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storage import numbers, people, telling
from storage.engine import Row, Tx
from storage.ids import new_id
from storage.records import Act, Deed, Document, Event, Faster, Filed, LookUp, Person, Post, Seen
from storage.workflow import Workflow

LIVES_ON = 90 * 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does it, how (button, message, photo, undo, schedule), when, and the key under which it happens once."""

    person: Person
    now: int
    how: str = "button"
    key: str | None = None


async def move(tx: Tx, workflow: Workflow, wanted: Sequence[Seen], stage: str, doing: Doing) -> Deed:
    """Move what may be moved into `stage`, as one act: the documents that are still as the officer saw them.

    What was moved there before by the same person comes back as `again`, by others as `faster`, what this person may
    not move as `barred`. Everyone who waits is told by notices due when the grace ends.
    """
    deed = _Deed(tx, workflow, stage, doing)
    # In the order of ids, so that two bags that share documents cannot block each other.
    for seen in sorted(wanted, key=lambda seen: seen.document):
        await deed.take(seen)
    return await deed.close()


class _Deed:
    """One act while it is being done."""

    def __init__(self, tx: Tx, workflow: Workflow, stage: str, doing: Doing) -> None:
        self._tx, self._workflow, self._stage, self._doing = tx, workflow, stage, doing
        self._act: int | None = None
        self._moved: list[Document] = []
        self._again: list[Document] = []
        self._faster: list[Faster] = []
        self._barred: list[Document] = []

    async def take(self, seen: Seen) -> None:
        document = await get(self._tx, seen.document)
        if document is None:
            return
        if document.version != seen.version:
            await self._explain(document, seen)
            return
        post = self._workflow.doer(self._doing.person, document.type, document.village, document.stage, self._stage)
        if post is None:
            self._barred.append(document)
        else:
            await self._move(document, post)

    async def _move(self, document: Document, post: Post) -> None:
        if self._act is None:
            self._act = await _begin(self._tx, self._workflow, "move", post, self._doing)
        now = self._doing.now
        closed_at = now if self._workflow.ends(self._stage) else None
        to = Step(self._stage, now, closed_at=closed_at, holder=post.id)
        if await step(self._tx, self._act, "move", document, to, now):
            self._moved.append(replace(document, stage=self._stage, since=now, version=document.version + 1, hold=None))
        else:
            # Lost the race between our look and our write: look again, and say who was faster.
            await self._explain(await _sure(self._tx, document.id), Seen(document.id, document.version))

    async def _explain(self, document: Document, seen: Seen) -> None:
        event = await event_at(self._tx, document.id, seen.version + 1)
        if event and event.to_stage == self._stage and await self._own(event):
            self._again.append(document)
        else:
            last = await event_at(self._tx, document.id, document.version)
            self._faster.append(Faster(document, last.role if last else "", last.at if last else document.since))

    async def _own(self, event: Event) -> bool:
        act = await act_of(self._tx, event.act)
        return act is not None and act.chat == self._doing.person.chat and act.undone_by is None

    async def close(self) -> Deed:
        if self._act is not None:
            await telling.tell(
                self._tx, self._workflow, self._act, self._stage, self._doing.person.chat, self._doing.now
            )
        return Deed(self._act, tuple(self._moved), tuple(self._again), tuple(self._faster), tuple(self._barred))


async def _begin(tx: Tx, workflow: Workflow, kind: str, post: Post, doing: Doing) -> int:
    act = new_id(doing.now)
    await tx.one(
        "add_act", id=act, kind=kind, post=post.id, role=post.role, village=post.village, how=doing.how, key=doing.key,
        happened_at=doing.now, recorded_at=doing.now, grace_until=doing.now + workflow.grace,
    )  # fmt: skip
    await tx.all("touch_post", id=post.id, now=doing.now)
    return act


@dataclass(frozen=True, slots=True)
class Step:
    """Where a document comes to stand."""

    stage: str
    since: int
    hold: str | None = None
    closed_at: int | None = None
    holder: int | None = None


async def step(tx: Tx, act: int, kind: str, document: Document, to: Step, now: int) -> bool:
    """Document and event in one: False, and nothing is written, if the document is no longer as it was seen."""
    moved = await tx.one(
        "move_document", id=document.id, seen=document.version, to_stage=to.stage, since=to.since, hold=to.hold,
        hold_since=to.since if to.hold else None, holder=to.holder, closed_at=to.closed_at,
    )  # fmt: skip
    if not moved:
        return False
    await tx.all(
        "add_event", id=new_id(now), act=act, document=document.id, request=document.request, kind=kind, at=now,
        from_stage=document.stage, to_stage=to.stage, version=document.version + 1, hold=document.hold,
    )  # fmt: skip
    if to.closed_at is not None:
        await tx.all("close_request", id=document.request, closed_at=to.closed_at)
    return True


# Filing


async def file(tx: Tx, workflow: Workflow, village: str, types: Iterable[str], draft: str, doing: Doing) -> Filed:
    """A new request with its documents and a receipt number. The same draft files once, however often it is confirmed.

    Raises PermissionError if this person may not file for the village, ValueError without a known document type.
    """
    row = await tx.one("request_by_draft", draft=draft)
    if row:
        return Filed(row[0], row[1], new=False)
    known = [type for type in workflow.types if type in set(types)]
    if not known or village not in workflow.villages:
        raise ValueError("a request needs a village and at least one document type of the district file")
    post = filing_post(workflow, doing.person, village)
    act, request = await _begin(tx, workflow, "file", post, doing), new_id(doing.now)
    if not await tx.one("add_request", id=request, village=village, draft=draft, act=act, now=doing.now):
        # PostgreSQL: another tap on the same draft got in between our look and our write.
        raise Twice
    number = await _draw(tx, request, doing.now)
    for type in known:
        await _add(tx, act, request, type, village, workflow.start(post.role), post, doing.now)
    await telling.tell(tx, workflow, act, workflow.start(post.role), doing.person.chat, doing.now)
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
        from_stage=None, to_stage=stage, version=1, hold=None,
    )  # fmt: skip


# Taking back


async def undo(tx: Tx, act: int, doing: Doing) -> Deed | None:
    """Take an act back while its grace runs: notices are withdrawn, documents move back, by an event of their own.

    Documents that somebody moved on in the meantime stay (`faster`). None if the grace is over, the act is another
    person's, or it was taken back before.
    """
    done = await act_of(tx, act)
    if done is None or done.chat != doing.person.chat or done.kind != "move":
        return None
    back = new_id(doing.now)
    if not await tx.one("mark_undone", id=act, undo=back, now=doing.now):
        return None
    await tx.all("withdraw_notices", act=act)
    await tx.one(
        "add_act", id=back, kind="undo", post=None, role=done.role, village=done.village, how=doing.how, key=None,
        happened_at=doing.now, recorded_at=doing.now, grace_until=doing.now,
    )  # fmt: skip
    moved, faster = [], []
    for event in await events_of(tx, act):
        document = await _sure(tx, event.document)
        if document.version == event.version and await _step_back(tx, back, document, event, doing.now):
            moved.append(await _sure(tx, event.document))
        else:
            faster.append(Faster(document, done.role, document.since))
    return Deed(back, tuple(moved), faster=tuple(faster))


async def _step_back(tx: Tx, act: int, document: Document, event: Event, now: int) -> bool:
    before = await event_at(tx, document.id, event.version - 1)
    hold = await tx.one("hold_of_event", document=document.id, version=event.version)
    since = before.at if before else now
    to = Step(event.from_stage or document.stage, since, hold=hold[0] if hold else None)
    await tx.all("reopen_request", id=document.request)
    return await step(tx, act, "undo", document, to, now)


# Reading


async def status(tx: Tx, number: str, chat: int, now: int) -> LookUp:
    """What a chat may know of a number; without documents if it is unknown or long closed."""
    rows = await tx.all("status", number=number, chat=chat, closed_after=now - LIVES_ON, misses_since=now - people.HOUR)
    if not rows:
        return LookUp(number)
    followed, own, of_all = rows[0][11:]
    return LookUp(number, tuple(Document(*row[:11]) for row in rows), followed is not None, own, of_all)


async def ending_with(tx: Tx, digits: str) -> list[Document]:
    """Open documents whose receipt number ends so, oldest first, 20 at most."""
    return _documents(await tx.all("find_open", ending=f"%{digits}", most=20))


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


async def history(tx: Tx, document: int) -> list[Event]:
    """Every step of a document, oldest first."""
    return [Event(*row) for row in await tx.all("history", document=document)]


async def event_at(tx: Tx, document: int, version: int) -> Event | None:
    """The step that made this version."""
    row = await tx.one("event_at", document=document, version=version)
    return Event(*row) if row else None


async def events_of(tx: Tx, act: int) -> list[Event]:
    """The steps of an act."""
    return [Event(*row) for row in await tx.all("events_of_act", act=act)]


async def act_of(tx: Tx, id: int) -> Act | None:
    """An act on record."""
    row = await tx.one("act", id=id)
    return Act(*row) if row else None


async def told(tx: Tx, act: int) -> int:
    """How many chats are told of an act."""
    row = await tx.one("told_count", act=act)
    return int(row[0]) if row else 0

"""Papers that change hands at a counter, in a bag or by their number, with two sides: one says how many were given, the
other counts. The states::

    given ─── take ───▶ taken
      │                   └── what did not come is where it was before, on hold until it turns up
      └── whoever took the papers further has counted them as well: nothing is left to take

The leg is done once it is given; to take it asks nothing of whoever finds all of it. Once it is taken whoever gave it
can no longer undo it. A crash leaves all of it or none. What one giver hands in by one number after the other is one
consignment of several acts.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage import audience, ledger, outbox
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Tx
from storage.ledger import Cause
from storage.records import DAY, HOUR, Actor, Document, MoveResult, Person, Post
from storage.workflow import Workflow

MISSING = "missing"
STATES = (MISSING, "wet", "torn", "page")  # what may be wrong with a paper
TRACING = "tracing"  # the reason of the district file for what did not arrive
ASKED = 14 * DAY  # so long somebody is asked to count


class Consignment(NamedTuple):
    """Papers given at a counter by an act and those that joined it, and by which post; once it is `taken`, by whom, and
    which act took back what did not come; the post that looks for it.
    """

    act: int
    stage: str
    post: int
    papers: int
    given_at: int
    taken_by: int | None = None
    taken_at: int | None = None
    missed: int | None = None
    searcher: int | None = None


class Line(NamedTuple):
    """A paper of a consignment; `state` says what is wrong with it, if something is."""

    document: Document
    seen: int
    state: str = ""

    @property
    def is_here(self) -> bool:
        """True while it is as it was given."""
        return self.document.version == self.seen


class Damage(NamedTuple):
    """An act brought a document to a counter, where it was found wet, torn or short of a page (`state`)."""

    act: int
    document: int
    state: str


def takers(workflow: Workflow, origin: str, stage: str) -> frozenset[str]:
    """The roles that receive what is brought over the road to a counter: whoever keeps it, and does not carry."""
    if not workflow.is_on_the_road(origin) or workflow.is_on_the_road(stage) or stage not in workflow.stages:
        return frozenset()
    return frozenset(workflow.stages[stage].by) - frozenset(workflow.stages[origin].by)


async def give(tx: Tx, workflow: Workflow, stage: str, result: MoveResult, actor: Actor) -> None:
    """Write down that papers were given at a counter, and ask whoever receives them to count; if somebody else does.
    Those of one number join what the same post has given by a number within the hour: that is asked for once, some time
    after the last of it.
    """
    given = [one for one in result.moved if one.stage == stage]
    origins = {_before(workflow, one.type, stage) for one in given}
    roles = {role for origin in origins for role in takers(workflow, origin, stage)}
    if result.record is None or not roles or result.record.role in roles:
        return
    act, now = result.record.id, actor.now
    is_single = len({one.request for one in given}) == 1
    lead = await _joined(tx, act, stage, now) if is_single else act
    await tx.all("add_consignment", act=act, lead=lead, stage=stage, papers=len(given), now=now)
    chats: set[int] = set()
    for role in sorted(roles):
        rows = await tx.all("told_staff", act=act, stage=stage, role=role, actor=actor.person.chat, now=now)
        chats |= {chat for chat, _ in rows}
    due_at, gather = now + workflow.grace, workflow.gather if is_single else 0
    dues = [_due(f"consigned:{lead}:{chat}", chat, lead, due_at)._replace(gather=gather) for chat in sorted(chats)]
    if lead != act:
        until = {"owed_at": due_at, "due_at": due_at + gather}
        await tx.many("put_off_counting", [{"key": due.key, **until} for due in dues])
    await outbox.owe(tx, dues, now)


async def _joined(tx: Tx, act: int, stage: str, now: int) -> int:
    """The act of the consignment that an act joins, which nobody takes until this is written; else its own."""
    row = await tx.one("join_consignment", act=act, stage=stage, since=now - HOUR)
    return int(row[0]) if row else act


def _due(key: str, chat: int, act: int, due_at: int) -> outbox.Due:
    return outbox.Due(key, chat, "consigned", outbox.NOTICE, due_at, facts={"act": act})


def taker(workflow: Workflow, person: Person, one: Consignment, lines: Sequence[Line]) -> Post | None:
    """The post by which a person takes a consignment, or None."""
    return _taker(workflow, person, one.stage, {line.document.type for line in lines})


def _taker(workflow: Workflow, person: Person, stage: str, types: Iterable[str]) -> Post | None:
    roles = set(workflow.stages[stage].by) if stage in workflow.stages else set()
    roles -= {role for type in types for role in _carriers(workflow, type, stage)}
    return next((post for post in person.posts if post.role in roles), None)


def _before(workflow: Workflow, type: str, stage: str) -> str:
    """The stage before it on the road of a kind; nothing if there is none."""
    route = workflow.route(type)
    return route[route.index(stage) - 1] if stage in route[1:] else ""


def _carriers(workflow: Workflow, type: str, stage: str) -> Sequence[str]:
    before = _before(workflow, type, stage)
    return workflow.stages[before].by if workflow.is_on_the_road(before) else ()


async def get(tx: Tx, act: int) -> Consignment | None:
    """The consignment that an act began; None if all of it was taken back."""
    row = await tx.one("consignment", act=act)
    return Consignment(*row) if row else None


async def lines(tx: Tx, one: Consignment) -> list[Line]:
    """Its papers, as they are now."""
    rows = await tx.all("consigned_papers", act=one.act)
    return [Line(Document(*columns), seen, state) for seen, state, *columns in rows]


async def damage(tx: Tx, request: int) -> list[Damage]:
    """What was damaged when it came to a counter, of a request; oldest first."""
    return [Damage(*row) for row in await tx.all("damage_of_request", request=request)]


async def of_cause(tx: Tx, cause: int) -> Consignment | None:
    """The consignment of which something did not come, which is looked for since."""
    row = await tx.one("consignment_of_cause", cause=cause)
    return Consignment(*row) if row else None


async def uncounted(tx: Tx, workflow: Workflow, person: Person, now: int) -> list[Consignment]:
    """What was given to a person's counter a working day ago or more, and neither counted nor taken further."""
    rows = await tx.all("open_consignments", since=now - ASKED, before=now)
    found = [one for one in (Consignment(*row) for row in rows) if _taker(workflow, person, one.stage, ())]
    old = [one for one in found if workflow.calendar.working_days(one.given_at, now)]
    types: dict[int, set[str]] = {}
    for act, type in await tx.all("open_consigned_types", since=now - ASKED, before=now) if old else ():
        types.setdefault(act, set()).add(type)
    return [one for one in old if _taker(workflow, person, one.stage, types.get(one.act, ()))]


async def mark(tx: Tx, act: int, document: int, state: str) -> None:
    """Say what is wrong with a paper, or that nothing is. Nothing changes once it is taken."""
    await tx.all("mark_paper", act=act, document=document, state=state)


async def take(
    tx: Tx, workflow: Workflow, one: Consignment, papers: int, missing: int, searcher: int, actor: Actor
) -> MoveResult | None:
    """Take a consignment of so many `papers`, of which so many are `missing`: these go back, on hold until they turn
    up, and a post looks for them. None if it is taken already, more were given since, or not so many are marked.

    Raises PermissionError for whoever does not receive it.
    """
    await tx.shared(MOVING)
    await tx.all("lock_consignment", act=one.act)  # so that on PostgreSQL nothing joins it unseen
    given, found = await get(tx, one.act), await lines(tx, one)
    post, absent = taker(workflow, actor.person, one, found), [line for line in found if _is_absent(line)]
    if post is None:
        raise PermissionError("not theirs to take")
    own = post.deputy or post.id
    if given is None or (given.papers, len(absent)) != (papers, missing):
        return None
    if not await tx.one("take_consignment", act=one.act, post=own, now=actor.now):
        return None
    await tx.all("settle_acts", act=one.act, now=actor.now)
    return await _miss(tx, workflow, one, absent, post, searcher or own, actor) if absent else MoveResult(None)


def _is_absent(line: Line) -> bool:
    return line.state == MISSING and line.is_here


async def _miss(
    tx: Tx, workflow: Workflow, one: Consignment, absent: Sequence[Line], post: Post, searcher: int, actor: Actor
) -> MoveResult:
    now = actor.now
    act = await ledger.begin(tx, workflow, "correct", post, actor)
    cause = Cause(new_id(now), TRACING, 0, "", "", "", now, workflow.calendar.opening_after(now, 1))
    moved = []
    for line in sorted(absent, key=lambda line: line.document.id):  # so that two acts cannot block each other
        event = await ledger.event_at(tx, line.document.id, line.seen)
        stood = await ledger.before(tx, workflow, line.document, event) if event else None
        if stood is None:
            continue
        to = ledger.held(stood, cause, now) if TRACING in workflow.holds else stood
        if back := await ledger.step(tx, act.id, "correct", line.document, to, now):
            moved.append(back)
    if not moved:
        await ledger.drop(tx, act.id)
        return MoveResult(None)
    await ledger.add_cause(tx, act.id, cause)
    await tx.all("note_missed", act=one.act, missed=act.id, searcher=searcher)
    giver = await ledger.act_of(tx, one.act)
    villages = await tx.all("told_villages", act=act.id, actor=actor.person.chat, now=now)  # families will ask there
    staff = {(chat, request) for chat, request in villages if giver is None or chat != giver.chat}
    heard = workflow.stages[one.stage].sound
    told = await audience.correct(tx, workflow, act.id, actor, heard=heard, doers=False, staff=staff)
    if giver and giver.chat and giver.chat != actor.person.chat:
        await outbox.owe(tx, [_due(f"missed:{one.act}", giver.chat, one.act, now)], now)
    return MoveResult(act.id, tuple(moved), record=act, told=told)

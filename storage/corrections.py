"""What was recorded wrongly is put right: by a step of its own, with a reason. Nothing is deleted."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from storage import audience, documents, ledger, people
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Tx
from storage.ledger import Position
from storage.records import DAY, Act, Actor, Document, MoveResult, Person, Post, Seen
from storage.workflow import Workflow

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
REOPENS = 14 * DAY  # so long after its end a document can still be put back on its road


def post_for(workflow: Workflow, person: Person) -> Post | None:
    """The post by which somebody puts records right, or None."""
    return next((post for post in person.posts if post.role in workflow.district.district.corrects), None)


def may(workflow: Workflow, person: Person, document: Document, now: int) -> bool:
    """True if somebody may say that a document is elsewhere, or withdraw it."""
    corrects = post_for(workflow, person) is not None and bool(places(workflow, document, now))
    return corrects or withdrawing_post(workflow, person, document) is not None


def places(workflow: Workflow, document: Document, now: int) -> tuple[str, ...]:
    """The stages where a document may really be: all of its road but the one on record, step by step back from there
    first, as what was tapped last is wrong most often; none long after its end.
    """
    if document.closed_at is not None and document.closed_at <= now - REOPENS:
        return ()
    road = workflow.route(document.type)
    here = road.index(document.stage) if document.stage in road else len(road)
    return (*reversed(road[:here]), *road[here + 1 :])


async def put_right(
    tx: Tx, workflow: Workflow, wanted: Sequence[Seen], stage: str, reason: str, actor: Actor
) -> MoveResult | None:
    """Say where documents really are, as one act. What is no longer as it was seen comes back as `overtaken`.

    None if this person may not, or a document cannot be there. Followers, and whoever made the last step, are told.
    """
    post = post_for(workflow, actor.person)
    pairs = _both([await documents.get(tx, seen.document) for seen in wanted], wanted)
    still = [one for one, seen in pairs if one.version == seen.version]
    if post is None or not pairs or not all(stage in places(workflow, one, actor.now) for one in still):
        return None
    steps = [(one, seen.version, await _position(tx, workflow, one, stage, actor.now)) for one, seen in pairs]
    return await _do(tx, workflow, "correct", post, reason, steps, actor)


async def take_back(tx: Tx, workflow: Workflow, act: int, reason: str, actor: Actor) -> MoveResult | None:
    """Take a whole act of somebody else back, as far as its documents have not moved on. None if this person may not,
    or nothing of it still stands.
    """
    post, done = post_for(workflow, actor.person), await ledger.act_of(tx, act)
    if post is None or done is None or done.kind not in ledger.CORRECTABLE:
        return None
    steps = []
    for event in await ledger.events_of(tx, act):
        document = await documents.get(tx, event.document)
        if not document or document.version != event.version or not places(workflow, document, actor.now):
            continue
        if stood := await ledger.before(tx, workflow, document, event):
            steps.append((document, event.version, stood))
    if not steps:
        return None
    result = await _do(tx, workflow, "correct", post, reason, steps, actor)
    if result.act is not None:
        await tx.all("undone_by", id=act, undo=result.act)
    return result


async def withdraw(
    tx: Tx, workflow: Workflow, wanted: Sequence[Seen], actor: Actor, said: Mapping[str, Sequence[str]] = NOTHING
) -> MoveResult | None:
    """End requests that were filed by mistake; what is `said` of them, by language, their status says. None if this
    person may not (see `withdrawing_post`).
    """
    found = [await documents.get(tx, seen.document) for seen in wanted]
    posts = [post for one in found if one and (post := withdrawing_post(workflow, actor.person, one))]
    if not posts or len(posts) < len(wanted):
        return None
    to = Position(WITHDRAWN, actor.now, closed_at=actor.now)
    steps = [(one, seen.version, to) for one, seen in _both(found, wanted)]
    result = await _do(tx, workflow, "withdraw", posts[0], "", steps, actor)
    for one in result.moved if said else ():
        await tx.all("add_remark", act=result.act, document=one.id, words=json.dumps(said))
    return result


def adding_post(workflow: Workflow, person: Person, found: Sequence[Document]) -> Post | None:
    """The post by which somebody may add what was forgotten when a request was filed, or None: who files for its
    village, while something of it has not left where it was filed.
    """
    return next(filter(None, (_start_post(workflow, person, one) for one in found)), None)


def _start_post(workflow: Workflow, person: Person, document: Document) -> Post | None:
    """The post by which somebody files for a document's village, while it lies where that post files."""
    posts = workflow.filing_posts(person, document.village)
    return next((post for post in posts if workflow.start(post.role) == document.stage), None)


def addable(workflow: Workflow, found: Sequence[Document]) -> list[str]:
    """The kinds of documents that a request does not have yet."""
    return [type for type in workflow.types if all(one.type != type for one in found)]


async def add(tx: Tx, workflow: Workflow, found: Sequence[Document], type: str, actor: Actor) -> bool:
    """Add what was forgotten to a request, of which all documents are `found`: it begins where the others did, and
    whoever follows is told. False if this person may not. Raises ledger.Twice if it is being added at this moment.
    """
    post = adding_post(workflow, actor.person, found)
    if post is None or type not in addable(workflow, found):
        return False
    await tx.shared(MOVING)
    await tx.all("lock_request", id=found[0].request)  # PostgreSQL: what is put right to this kind meanwhile is seen
    if type not in addable(workflow, await documents.of_request(tx, found[0].request)):
        return False
    first, stage = found[0], workflow.start(post.role)
    act = await ledger.begin(tx, workflow, "file", post, actor, key=f"add:{first.request}:{type}")
    new = Document(
        new_id(actor.now), first.request, first.number, first.village, type, stage, actor.now, 1, holder=post.id
    )
    causes = await ledger.standing(tx)
    at = ledger.arrived(workflow, new, Position(stage, actor.now, post.id), causes, actor.now)
    await documents.add(tx, act.id, new, at)
    if workflow.types[type].mourning:
        await tx.all("mourn", id=first.request, mourned=1)
    await audience.tell(tx, workflow, act.id, stage, actor.person.chat, actor.now)
    return True


WITHDRAWN = "cancelled"  # the exit of the district file for what its own people took back


def withdrawing_post(workflow: Workflow, person: Person, document: Document) -> Post | None:
    """The post by which somebody may withdraw a document: who files for its village, while it has not left where it was
    filed; who puts records right, at any time before its end.
    """
    return retyping_post(workflow, person, document) if WITHDRAWN in workflow.exits else None


def retyping_post(workflow: Workflow, person: Person, document: Document) -> Post | None:
    """The post by which somebody may say that a document is of another kind: the same people at the same time."""
    if document.closed_at is not None:
        return None
    return _start_post(workflow, person, document) or post_for(workflow, person)


def retypable(workflow: Workflow, document: Document, family: Sequence[Document]) -> list[str]:
    """The kinds that a document may really be: those that its request has none of, and that come the same way to where
    it is. None of what stands still or has left its road: that is for the kind on record.
    """
    road = workflow.route(document.type)
    if document.hold is not None or document.stage not in road:
        return []
    way = road[: road.index(document.stage) + 1]
    return [type for type in addable(workflow, family) if workflow.route(type)[: len(way)] == way]


async def retype(tx: Tx, workflow: Workflow, wanted: Seen, type: str, actor: Actor) -> MoveResult | None:
    """Say of which kind a document really is. It stays where it is, or stands still there if what is of that kind does.

    None if this person may not; if it is no longer as it was seen, or cannot be of that kind, it is `overtaken`.
    """
    document = await documents.get(tx, wanted.document)
    post = retyping_post(workflow, actor.person, document) if document else None
    if document is None or post is None:
        return None
    await tx.shared(MOVING)
    seen, family = document._replace(version=wanted.version), await documents.of_request(tx, document.request)
    may_be = type in retypable(workflow, document, family)
    if not may_be or not await ledger.retype(tx, workflow, seen, type):
        return MoveResult(None, overtaken=(await documents.overtaken(tx, document),))
    act = await ledger.begin(tx, workflow, "retype", post, actor, reason=f"{document.type} {type}")
    there = Position(document.stage, document.since, document.holder, stopped=document.stopped)
    new = document._replace(type=type)
    to = ledger.arrived(workflow, new, there, await ledger.standing(tx), actor.now)
    put = await ledger.step(tx, act.id, "retype", new, to, actor.now)
    if put is None:
        raise LookupError("a document that is ours moved")
    heard = workflow.stages[document.stage].sound
    told = await audience.correct(tx, workflow, act.id, actor, heard=heard, doers=False)
    return MoveResult(act.id, (put,), record=act, told=told)


async def alike(tx: Tx, document: Document, since: int) -> Document | None:
    """The newest document of the same kind that the same village filed in another request after a time."""
    rows = await tx.all(
        "filed_alike", type=document.type, village=document.village, request=document.request, since=since
    )
    return Document(*rows[0]) if rows else None


def _both(found: Sequence[Document | None], wanted: Sequence[Seen]) -> list[tuple[Document, Seen]]:
    pairs = [(one, seen) for one, seen in zip(found, wanted, strict=True) if one]
    return sorted(pairs, key=lambda pair: pair[0].id)  # so that two acts that share documents cannot block each other


async def _position(tx: Tx, workflow: Workflow, document: Document, stage: str, now: int) -> Position:
    """Where it was before it has been since then, in the hands it was in, and its clock stood as long; elsewhere it is
    since now.
    """
    row = await tx.one("last_stay", document=document.id, stage=stage)
    since, holder, hold, hold_since, stopped, left_at = row or (now, None, None, None, 0, now)
    holder = await people.carrier(tx, holder, document.village)  # it may have been of another one then
    stood = ledger.free(workflow, Position(stage, since, holder, hold, hold_since, stopped=stopped), left_at)
    return stood._replace(closed_at=since if workflow.ends(stage, document.type) else None)


async def _do(
    tx: Tx, workflow: Workflow, kind: str, post: Post, reason: str,
    steps: Sequence[tuple[Document, int, Position]], actor: Actor,
) -> MoveResult:  # fmt: skip
    await tx.shared(MOVING)  # where a queue is held, what is really there is held as well
    causes = await ledger.standing(tx)
    act = await ledger.begin(tx, workflow, kind, post, actor, reason=reason)
    moved, overtaken, before = [], [], []
    for document, version, there in steps:
        seen = document._replace(version=version)
        to = ledger.arrived(workflow, document, there, causes, actor.now)
        if document.version == version and (put := await ledger.step(tx, act.id, kind, seen, to, actor.now)):
            moved.append(put)
            before.append(document)
        else:
            overtaken.append(await documents.overtaken(tx, document))
    if not moved:
        await ledger.drop(tx, act.id)
        return MoveResult(None, overtaken=tuple(overtaken))
    for request in {one.request for one in moved if one.closed_at is None}:
        await tx.all("reopen_request", id=request)
    told = await _tell(tx, workflow, act, before, moved[0].stage, actor)
    return MoveResult(act.id, tuple(moved), overtaken=tuple(overtaken), record=act, told=told)


async def _tell(tx: Tx, workflow: Workflow, act: Act, before: Sequence[Document], stage: str, actor: Actor) -> int:
    if act.kind == "withdraw":
        return await audience.tell(tx, workflow, act.id, stage, actor.person.chat, actor.now)
    heard = any(workflow.stages[one.stage].sound for one in before if one.stage in workflow.stages)
    return await audience.correct(tx, workflow, act.id, actor, heard=heard)

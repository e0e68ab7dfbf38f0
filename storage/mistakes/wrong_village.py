"""A request of the wrong village is put right under its number: it stays where it is, and what counts it follows."""

from collections.abc import Sequence

from storage import audience, corrections, documents, ledger, people
from storage.db.protocol import MOVING, Tx
from storage.families import askers
from storage.feedback import questions
from storage.holds import queues
from storage.ledger import Cause, Position
from storage.records import Actor, Document, MoveResult, Person, Post, Seen
from storage.workflow import Workflow

KIND = "relocate"  # of the act and its steps; its reason is the village it was and the village it is


def post_for(workflow: Workflow, person: Person, family: Sequence[Document]) -> Post | None:
    """The post by which somebody may say that a request, of which all documents are `family`, is of another village, or
    None: whoever may say of each open one that it is of another kind.
    """
    posts = [corrections.retyping_post(workflow, person, one) for one in family if one.closed_at is None]
    return posts[0] if posts and all(posts) else None


def villages(workflow: Workflow, person: Person, family: Sequence[Document]) -> list[str]:
    """The villages of which a request may really be, as far as somebody may say so: whoever puts records right knows
    all of them, whoever filed it those for which they file.
    """
    if post_for(workflow, person, family) is None:
        return []
    corrects = corrections.post_for(workflow, person) is not None
    known = workflow.villages if corrects else workflow.filing_villages(person)
    return [village for village in known if village != family[0].village]


def is_on_its_road(workflow: Workflow, family: Sequence[Document]) -> bool:
    """False while something of it has left its road for now: it goes on first, as its last step tells what to bring."""
    return all(one.stage in workflow.stages or one.closed_at is not None for one in family)


async def put_right(tx: Tx, workflow: Workflow, wanted: Seen, village: str, actor: Actor) -> MoveResult | None:
    """Say of which village the request of a document really is; the officers of both, and whoever follows, are told.

    None if this person may not; if the document is no longer as it was seen, or something of its request has left its
    road, it is `overtaken`.
    """
    await tx.alone(MOVING)  # so that nothing of it moves meanwhile
    document = await documents.get(tx, wanted.document)
    if document is None:
        return None
    family = await documents.of_request(tx, document.request)
    post = post_for(workflow, actor.person, family)
    if post is None or village not in villages(workflow, actor.person, family):
        return None
    if document.version != wanted.version or not is_on_its_road(workflow, family):
        return MoveResult(None, overtaken=(await documents.overtaken(tx, document),))
    act = await ledger.begin(tx, workflow, KIND, post, actor, reason=f"{document.village} {village}")
    await ledger.relocate(tx, document.request, village)
    await askers.tell_of(tx, document.number, village, actor.now)
    await questions.tell_of(tx, document.request, village, actor.now)
    causes, moved = await ledger.standing(tx), []
    for one in family:
        if one.stage in workflow.stages:
            there = await _there(tx, workflow, one, village, actor.now)
            moved.append(await _step(tx, workflow, act.id, one._replace(village=village), there, causes, actor.now))
    heard = any(workflow.stages[one.stage].sound for one in moved if one.closed_at is None)
    staff = {(who, document.request) for who in await _officers(tx, document.village, village, actor)}
    told = await audience.correct(tx, workflow, act.id, actor, heard=heard, doers=False, staff=staff)
    return MoveResult(act.id, tuple(moved), record=act, told=told)


async def _officers(tx: Tx, was: str, village: str, actor: Actor) -> set[int]:
    """The officers of both villages, but for whoever acts."""
    rows = [row for one in (was, village) for row in await tx.all("village_officers", village=one, now=actor.now)]
    return {chat for (chat,) in rows} - {actor.person.chat}


async def _there(tx: Tx, workflow: Workflow, one: Document, village: str, now: int) -> Position:
    """Where it is. What an officer of the wrong village held is in nobody's hands, and what stood still because all of
    that village did goes on.
    """
    in_hands = await people.carrier(tx, one.holder, village)
    here = Position(one.stage, one.since, in_hands, stopped=one.stopped, closed_at=one.closed_at)
    cause = await queues.of_document(tx, one.id) if one.hold else None
    if cause is None:
        return here
    if cause.village in ("", village):
        return ledger.held(here, cause, one.hold_since or now)
    return ledger.free(workflow, one, now)._replace(holder=in_hands)


async def _step(
    tx: Tx, workflow: Workflow, act: int, one: Document, there: Position, causes: Sequence[Cause], now: int
) -> Document:
    to = ledger.arrived(workflow, one, there, causes, now)
    moved = await ledger.step(tx, act, KIND, one, to, now)
    if moved is None:
        raise LookupError("a document moved though nothing may")
    return moved

"""The ledger of originals: papers that a family hands in with a request and gets back. Its states, and who moves them::

                  handed in                   given back
    never here ──────────────▶ with the file ──────────────▶ back with the family
               ◀──────────────      │   ◀──────────────
             by who put it down     │    handed in once more; or by who put it down
             or puts records right  └─ it lies where the documents of its request are

Who put a step down takes it back within its time. A request counts its steps (`Papers.seen`): a tap on a card that is
old changes nothing. A crash leaves all of a step or none of it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage import corrections, ledger, outbox
from storage.db.protocol import Tx
from storage.originals.steps import NO_PAPERS, Papers, PaperStep, papers_of
from storage.records import Actor, Document, Person, Post
from storage.workflow import Workflow

OUT, BACK, NONE = "out", "back", "none"
AT = {"village": "village_officer", "district": "district_desk", "registry": "registry_desk"}


class Out(NamedTuple):
    """An original that a family has not got back; its documents are at their end since, and were before `left_at`."""

    request: int
    number: str
    village: str
    paper: str
    since: int | None
    left_at: str


def asked(workflow: Workflow, types: Iterable[str]) -> tuple[str, ...]:
    """The originals that may belong to documents of these kinds, in the order of the district file."""
    wanted = {paper for type in types if type in workflow.types for paper in workflow.types[type].originals}
    return tuple(paper for paper in workflow.originals if paper in wanted)


def is_free(workflow: Workflow, person: Person, step: PaperStep | None, now: int) -> bool:
    """True if this person put a step down and may still take it back."""
    return step is not None and step.chat == person.chat and now < step.at + workflow.regret


async def note(
    tx: Tx, workflow: Workflow, found: Sequence[Document], papers: Iterable[str], state: str, seen: int, actor: Actor
) -> bool | None:
    """Say where originals of a request are. False if that stands so; None if the ledger is not as it was `seen`.

    Raises PermissionError for whoever may not.
    """
    request, known = found[0].request, await of(tx, found[0].request)
    changing = [paper for paper in papers if known.state(paper) != state]
    if not changing:
        return False
    steps = [known.last(paper) for paper in changing]
    back = all(
        is_free(workflow, actor.person, step, actor.now) and known.before(paper) == state
        for paper, step in zip(changing, steps, strict=True)
    )
    post = _post(workflow, actor.person, found[0].village, state, back=back)
    if not await tx.one("guard_originals", request=request, seen=seen):
        return None
    kind = "undo" if back else "correct" if state == NONE else "paper"
    act = await ledger.begin(tx, workflow, kind, post, actor)
    for paper in changing:
        await tx.all("add_original", request=request, act=act.id, paper=paper, state=state)
    await tx.all("count_originals", request=request)
    undone = {step.act for step in steps if step} if back else set()
    for one in undone:
        await tx.all("undone_by", id=one, undo=act.id)
    if all(one.closed_at is not None for one in found):
        await _tell(tx, workflow, found[0], act.id, undone, actor)
    return True


def _post(workflow: Workflow, person: Person, village: str, state: str, *, back: bool) -> Post:
    post = workflow.clerk(person, village)
    if post and not back and state == NONE:
        post = corrections.post_for(workflow, person)
    if post is None:
        raise PermissionError("not theirs to note")
    return post


async def _tell(tx: Tx, workflow: Workflow, one: Document, act: int, undone: Iterable[int], actor: Actor) -> None:
    """The documents are at their end: owe it to who follows. What is owed of the hand-over tells how things are when it
    leaves; of what is taken back only those hear who had heard of it.
    """
    chats = {chat for (chat,) in await tx.all("receivers", number=one.number, asker=actor.person.chat, now=actor.now)}
    chats -= {chat for (chat,) in await tx.all("hears_handover", request=one.request)}
    for done in undone:
        await tx.all("withdraw_originals", act=done)
        chats &= {chat for (chat,) in await tx.all("heard_of_originals", act=done)}
    facts, due_at = {"act": act, "request": one.request, "heard": 0}, actor.now + workflow.grace
    dues = [
        outbox.Due(
            f"papers:{act}:{chat}", chat, "papers", outbox.NOTICE, due_at, act=act, request=one.request, facts=facts
        )
        for chat in sorted(chats)
    ]
    await outbox.owe(tx, dues, actor.now)


# Reading


async def of(tx: Tx, request: int) -> Papers:
    """The originals of a request."""
    row = await tx.one("originals_seen", request=request)
    return await papers_of(tx, request, int(row[0])) if row and row[0] else NO_PAPERS


async def out_in(tx: Tx, village: str) -> list[Out]:
    """The originals that families of a village have not got back, those first whose documents ended first."""
    return [Out(*row) for row in await tx.all("originals_out", village=village)]


async def left_behind(tx: Tx, workflow: Workflow, person: Person) -> list[Out]:
    """The originals that stayed behind when the documents ended, as far as it is this person's to see to it: of their
    own village, or at their desk; the district's desk sees all of them.
    """
    if not person.holds(*AT.values()):
        return []
    villages = [village for (village,) in await tx.all("villages_left_behind") if workflow.is_in_sight(person, village)]
    found = [one for village in villages for one in await out_in(tx, village) if one.since]
    return sorted((one for one in found if _is_theirs(workflow, person, one)), key=lambda one: one.since or 0)


def _is_theirs(workflow: Workflow, person: Person, one: Out) -> bool:
    stage = workflow.stages.get(one.left_at)
    role = AT.get(stage.place if stage else "village")
    return any(
        (post.role == "village_officer" and post.village == one.village)
        or (post.role in {role, "district_desk"} - {"village_officer"} and not post.village)
        for post in person.posts
    )

"""Papers in somebody's hands on the road, and how they pass into a colleague's: their history says so, and they stay
where they are.
"""

from collections.abc import Iterable

from storage import documents, ledger
from storage.db.ids import new_id
from storage.db.protocol import MOVING, Tx
from storage.records import Actor, Bag, Document, Person, Post
from storage.workflow import Workflow


async def by(tx: Tx, workflow: Workflow, post: int) -> list[Document]:
    """The papers that a post carries, in the order of the road, the oldest first."""
    stages = [stage for stage in workflow.stages if workflow.is_on_the_road(stage)]
    rows = [row for stage in stages for row in await tx.all("carried_by", post=post, stage=stage)]
    return [Document(*row) for row in rows]


def can_carry(workflow: Workflow, post: Post, papers: Iterable[Document]) -> bool:
    """True if the holder of a post may take all of these further."""
    person = Person(post.chat, posts=(post,))
    return all(workflow.open_to(person, one.type, one.village, one.stage) for one in papers)


async def hand_on(tx: Tx, workflow: Workflow, post: Post, to: Post, actor: Actor) -> int | None:
    """All that a post carries passes to a colleague, as an act of whoever has it. The act; None if that cannot be."""
    await tx.alone(MOVING)
    papers = await by(tx, workflow, post.id)
    if not papers or not can_carry(workflow, to, papers):
        return None
    act = await ledger.begin(tx, workflow, "pass", post, actor)
    for one in papers:
        await _pass(tx, act.id, one, to.id, actor.now)
    return act.id


async def pass_on(tx: Tx, workflow: Workflow, bag: Bag, to: Post, actor: Actor) -> tuple[int, Post] | None:
    """The ticked papers of a bag that somebody carries pass to a colleague, as far as they are as they were seen. The
    act, and the post that carried them; None if none is as it was, or that cannot be.
    """
    await tx.alone(MOVING)
    found = [await documents.get(tx, item.document) for item in bag.items if item.ticked and item.version == item.seen]
    own = {post.id: post for post in actor.person.posts}
    papers = [one for one in found if one and one.holder in own and workflow.is_on_the_road(one.stage)]
    if not papers or not can_carry(workflow, to, papers):
        return None
    post = own[papers[0].holder or 0]
    act = await ledger.begin(tx, workflow, "pass", post, actor)
    for one in papers:
        await _pass(tx, act.id, one, to.id, actor.now)
    return act.id, post


async def take_over(tx: Tx, workflow: Workflow, bag: Bag, actor: Actor) -> int:
    """The ticked papers of a bag that lie on the road in nobody's hands, or in a village's, pass to whoever asks, as
    far as they are as they were seen. How many.
    """
    await tx.alone(MOVING)
    act, taken = None, 0
    for item in bag.items:
        one = await documents.get(tx, item.document) if item.ticked and item.version == item.seen else None
        if one is None or not workflow.is_on_the_road(one.stage):
            continue
        post = workflow.doer(actor.person, one.type, one.village, one.stage, bag.to_stage)
        if post is None:
            continue
        act = act or await ledger.begin(tx, workflow, "pass", post, actor)
        taken += await _pass(tx, act.id, one, post.id, actor.now)
    return taken


async def _pass(tx: Tx, act: int, one: Document, to: int, now: int) -> bool:
    if not await tx.one("pass_document", id=one.id, seen=one.version, holder=to):
        return False
    await tx.all("note_passed", event=new_id(now), act=act, id=one.id, was=one.holder, now=now)
    return True

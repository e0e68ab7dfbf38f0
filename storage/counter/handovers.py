"""Documents are handed to a family: for one request, with a proof, and with who fetched them. A family may object."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from storage import documents, outbox, people
from storage.counter import custody, pickup
from storage.db.protocol import Tx
from storage.feedback import opinions
from storage.news import word
from storage.originals.steps import NO_PAPERS, Papers
from storage.records import DAY, HOUR, MINUTE, Actor, Document, MoveResult, Person, Post, Seen
from storage.workflow import Workflow

FETCHERS = ("self", "spouse", "child", "neighbour")
FOLLOWER = "follower"  # who taps that they have it may be any of those: nobody asked
ASKED_FOR = HOUR  # a receiver who stands at the counter answers soon
KEPT = "without_originals"  # a fact of a notice: documents were handed over, and not all originals of their family
OBJECTS_FOR = 14 * DAY


class Objection(NamedTuple):
    """A family says that it did not get what an act handed over."""

    act: int
    request: int
    number: str
    village: str
    at: int


class Given(NamedTuple):
    """A document went into its family's hands: who fetched it, and when they objected and that was cleared up."""

    document: int
    version: int
    act: int
    at: int
    fetched_by: str
    objected_at: int | None
    settled_at: int | None


def hands(workflow: Workflow, origin: str) -> str:
    """The stage in which a family holds what comes from this stage; nothing, if nobody hands over from it."""
    return next((to for stage, to in workflow.kinds if stage == origin and to in workflow.at_home), "")


def may_give(workflow: Workflow, person: Person, found: Iterable[Document]) -> list[Document]:
    """The documents that this person may hand to the family now."""
    return [one for one in found if _hands(workflow, person, one)]


def may_ever_give(workflow: Workflow, person: Person) -> bool:
    """True if handing over to families is a part of this person's work."""
    legs = ((origin, to, type) for (origin, to), types in workflow.kinds.items() for type in types)
    return any(
        to in workflow.at_home and not workflow.doers(type, origin, to).isdisjoint(person.roles)
        for origin, to, type in legs
    )


def _hands(workflow: Workflow, person: Person, one: Document) -> list[str]:
    """The stage in which a document is in its family's hands, if this person may take it there now."""
    open_to = workflow.open_to(person, one.type, one.village, one.stage)
    return [to for to in open_to if to in workflow.at_home]


def giver(workflow: Workflow, person: Person, one: Document) -> Post:
    """The post by which a person may hand this document over. Raises PermissionError if there is none."""
    for to in _hands(workflow, person, one):
        if post := workflow.doer(person, one.type, one.village, one.stage, to):
            return post
    raise PermissionError("no post to hand over by")


async def may_vouch(tx: Tx, person: Person, found: Sequence[Document]) -> bool:
    """True if this person may say that they know the receiver: a village's own officer, and anybody where no code was
    ever drawn to ask for.
    """
    if any(post.village == found[0].village for post in person.posts):
        return True
    return not await pickup.code(tx, found[0].request)


async def give(
    tx: Tx, workflow: Workflow, ready: Sequence[Document], fetched_by: str, proof: str, actor: Actor
) -> MoveResult:
    """Hand documents of one request to whoever fetches them. Everyone who follows is told who that was."""
    wanted = [Seen(one.id, one.version) for one in ready]
    [to, *_] = _hands(workflow, actor.person, ready[0])
    result = await documents.move(tx, workflow, wanted, to, actor)
    if result.act is not None:
        await tx.all("note_handover", act=result.act, fetched_by=fetched_by, proof=proof)
        papers = await custody.of(tx, ready[0].request)
        facts = {"act": result.act, "fetched_by": fetched_by}
        if papers.out:  # and if nothing else is under way by then, as the notice will see
            facts[KEPT] = 1
        if await opinions.ask(tx, ready[0].request):
            facts[opinions.ASKED] = 1
        await tx.all("tell_fetcher", act=result.act, facts=json.dumps(facts))
        await tx.all("receiver_answered", request=ready[0].request)
    return result


async def staying(tx: Tx, workflow: Workflow, person: Person, ready: Sequence[Document]) -> Papers:
    """The originals of a request that would stay behind if this person handed these over now; NO_PAPERS if none
    would, or it is not theirs to say.
    """
    found, going = await documents.of_request(tx, ready[0].request), {one.id for one in ready}
    is_last = all(one.closed_at is not None or one.id in going for one in found)
    papers = await custody.of(tx, ready[0].request)
    return papers if is_last and papers.out and workflow.clerk(person, ready[0].village) else NO_PAPERS


# The receiver's own tap


async def ask(tx: Tx, one: Document, post: Post, facts: Mapping[str, Any], actor: Actor) -> int:
    """Ask everyone who follows a number, but not whoever asks, whether they hold its documents now. How many."""
    now, own = actor.now, post.deputy or post.id  # whoever stands in asks, and is answered, as themselves
    await tx.all("ask_receiver", request=one.request, post=own, now=now)
    chats = await receivers(tx, one.number, actor.person.chat, now)
    key = f"receiver:{one.request}:{now // MINUTE}"  # a double tap asks once
    await word.owe(tx, "receiver", key, chats, facts, now)
    return len(chats)


async def receivers(tx: Tx, number: str, asker: int, now: int) -> list[int]:
    """The chats that could say that they hold the documents of a number, if this officer asked them."""
    return [chat for (chat,) in await tx.all("receivers", number=number, asker=asker, now=now)]


async def asker(tx: Tx, request: int, now: int) -> Person | None:
    """Whoever asked for the receiver's tap within the hour, while they hold their post."""
    row = await tx.one("receiver_asked", request=request, since=now - ASKED_FOR)
    return await people.get(tx, row[0], now) if row else None


async def answer_officer(tx: Tx, chat: int, act: int, facts: Mapping[str, Any], now: int) -> None:
    """Owe the officer what came of the receiver's tap."""
    due = outbox.Due(f"received:{act}", chat, "received", outbox.NOTICE, now, facts=facts)
    await outbox.owe(tx, [due], now)


# Objections


async def object_to(tx: Tx, workflow: Workflow, act: int, request: int, chat: int, now: int) -> Objection | None:
    """A follower says that an act handed nothing to their family. None if it is none of theirs, or too long ago."""
    row = await tx.one("handed_to", act=act, request=request, chat=chat, since=now - OBJECTS_FOR)
    if row is None or row[0] not in workflow.at_home:
        return None
    await tx.all("object", act=act, request=request, now=now)
    return await objection(tx, act, request)


async def tell(tx: Tx, found: Objection, facts: Mapping[str, Any], now: int) -> None:
    """Owe an objection to those who can clear it up: the village's officers, the desk and the heads."""
    chats = [chat for (chat,) in await tx.all("hears_objections", village=found.village, now=now)]
    key = f"objection:{found.act}:{found.request}:{found.at}"
    await word.owe(tx, "objection", key, chats, facts, now)


async def objection(tx: Tx, act: int, request: int) -> Objection | None:
    """An objection that is not settled."""
    row = await tx.one("objection", act=act, request=request)
    return Objection(*row) if row else None


async def objections(tx: Tx, person: Person) -> list[Objection]:
    """What families of this person's villages say they did not get; of all villages for desk and head. Oldest first."""
    if not person.holds("village_officer", "district_desk", "head"):
        return []
    found = [Objection(*row) for row in await tx.all("objections")]
    villages = {post.village for post in person.posts if post.role in ("village_officer", "district_desk", "head")}
    return [one for one in found if "" in villages or one.village in villages]


async def settle(tx: Tx, act: int, request: int, now: int) -> bool:
    """It is cleared up. False if it had been."""
    return await tx.one("settle_objection", act=act, request=request, now=now) is not None


async def of_request(tx: Tx, request: int) -> list[Given]:
    """Every time a document of a request was handed over to somebody, oldest first; also what was taken back since."""
    return [Given(*row) for row in await tx.all("handovers_of", request=request)]


async def fetched_by(tx: Tx, act: int, request: int) -> str:
    """Who fetched what an act handed over, as a word."""
    row = await tx.one("fetched_by", act=act, request=request)
    return str(row[0]) if row else ""

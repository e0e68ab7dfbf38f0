"""What a tap is about: a document that its officer sees, as it was seen, or the ticked lines of a bag."""

from collections.abc import Sequence

from handlers.view import Refused, View
from storage import bags, documents
from storage.db.protocol import Tx
from storage.records import BagItem, Document, Person
from storage.search import filters
from storage.workflow import Workflow

Papers = Sequence[Document | BagItem]


async def must_see(tx: Tx, workflow: Workflow, officer: Person, id: int) -> Document:
    """A document where this officer works. Raises Refused for any other: not even where it is is told."""
    found = await documents.get(tx, id)
    if found is None or not await filters.is_seen(tx, workflow, officer, found):
        raise Refused("not_yours")
    return found


async def papers_of(tx: Tx, workflow: Workflow, person: Person, of: int, seen: int, then: View) -> Papers:
    """The document, or if nothing was `seen` the ticked lines of the bag as they were. Raises Refused if that is no
    more; `then` shows what there is.
    """
    if seen:
        found = await must_see(tx, workflow, person, of)
        if found.version != seen:
            raise Refused("changed", then=then)
        return [found]
    bag = await bags.own(tx, of, person.chat)
    if bag is None or bag.act is not None:
        raise Refused("changed", then=then)
    ticked = [item for item in bag.items if item.ticked and item.version == item.seen]
    if not ticked:
        raise Refused("choose", then=then)
    return ticked

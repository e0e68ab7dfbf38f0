"""What a tap is about: one document as it was seen, or the ticked lines of a bag."""

from collections.abc import Sequence

from handlers.view import Refused
from storage import bags, documents
from storage.db.protocol import Tx
from storage.records import BagItem, Document, Person

Papers = Sequence[Document | BagItem]


async def papers_of(tx: Tx, person: Person, of: int, seen: int) -> Papers:
    """The document, or if nothing was `seen` the ticked lines of the bag as they were. Raises Refused if none is."""
    if seen:
        found = await documents.get(tx, of)
        if found is None or found.version != seen:
            raise Refused("changed")
        return [found]
    bag = await bags.get(tx, of)
    if bag is None or bag.chat != person.chat or bag.act is not None:
        raise Refused("changed")
    ticked = [item for item in bag.items if item.ticked and item.version == item.seen]
    if not ticked:
        raise Refused("choose")
    return ticked

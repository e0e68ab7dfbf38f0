"""What goes wrong in the demo's town before anybody looks: blank cards have run out, and a file is sent back."""

from bot.demo.cast import CAST, earlier, walk
from storage import Storage, documents, people
from storage.db.protocol import Tx
from storage.holds import queues, returns
from storage.holds.queues import Queue
from storage.records import MINUTE, Actor, Seen
from storage.workflow import Workflow

_LATELY = 5 * MINUTE
_WITHOUT_BLANKS = ("simego", "gumelem", "yosorejo")
_REVIEW = 5  # working days


async def befall(storage: Storage, workflow: Workflow, now: int) -> list[str]:
    """Blanks are out, and a file of Kasimpar lacks a paper; the receipt numbers, the one sent back last."""
    at = earlier(workflow.calendar, now, _LATELY)
    filed = []
    async with storage.transaction() as tx:
        for i, village in enumerate(_WITHOUT_BLANKS):
            last = earlier(workflow.calendar, now, (3 - i) * 12 * _LATELY)
            filed.append(await walk(tx, workflow, village, ("KTP",), "at_registry", last, f"blank:{i}"))
        review = workflow.calendar.opening_after(at, _REVIEW)
        await queues.hold(tx, workflow, Queue("at_registry", "KTP"), "blank", review, await _actor(tx, "budi", at))
        filed.append(await _sent_back(tx, workflow, at))
    return filed


async def _sent_back(tx: Tx, workflow: Workflow, at: int) -> str:
    last = earlier(workflow.calendar, at, 6 * _LATELY)
    number = await walk(tx, workflow, "kasimpar", ("AKL",), "at_district", last, "sent back")
    look = await documents.status(tx, number, 0, at)
    [paper] = look.documents
    missing: returns.Said = {lang: [needs[1]] for lang, needs in workflow.types["AKL"].needs.items()}
    seen = Seen(paper.id, paper.version)
    await returns.give_back(tx, workflow, [seen], "returned", missing, await _actor(tx, "rina", at))
    return number


async def _actor(tx: Tx, key: str, at: int) -> Actor:
    return Actor(await people.get(tx, CAST[key].chat), at)

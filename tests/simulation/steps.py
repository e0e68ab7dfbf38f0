"""The steps of documents: each as somebody saw it who took it, and each whole or not at all."""

from collections.abc import Iterable
from itertools import pairwise

from handlers.bags.buttons import CompleteBag
from handlers.callbacks import Callback
from handlers.documents.buttons import TakeLeg, TakeTogether
from storage import Tx, bags
from storage.records import Document, Event
from tests.crash.accounts import Accounts
from tests.storage.cast import ask

EMPTY = """
    select a.id, a.kind, b.kind from act a left join act b on b.undone_by = a.id
    where coalesce(b.kind, a.kind) in ('move', 'file', 'return', 'refuse', 'resume', 'correct', 'withdraw')
    and not exists (select 1 from event where event.act = a.id)"""


class Looks:
    """What people pressed: how each had seen which documents, and of which numbers somebody moved several at once."""

    def __init__(self) -> None:
        self._versions: dict[tuple[int | None, int], set[int]] = {}
        self._together: set[tuple[int | None, str]] = set()

    async def note(self, tx: Tx, chat: int, button: Callback) -> None:
        """Somebody pressed it."""
        match button:
            case TakeLeg(document, version):
                self._versions.setdefault((chat, document), set()).add(version)
            case TakeTogether(number):
                self._together.add((chat, number))
            case CompleteBag(bag) if packed := await bags.get(tx, bag):
                for item in packed.items:
                    self._versions.setdefault((chat, item.document), set()).add(item.seen)

    def fit(self, document: Document, event: Event) -> bool:
        """False if this step was from where whoever made it had not seen the document."""
        seen = self._versions.get((event.chat, document.id), ())
        return event.version - 1 in seen or (event.chat, document.number) in self._together


async def unseen(accounts: Accounts, meddled: Iterable[tuple[int, Callback]]) -> list[str]:
    """Documents that moved from where whoever moved them had not seen them."""
    looks = Looks()
    async with accounts.stage.storage.reading() as tx:
        for chat, button in (*((tap.person.id, button) for tap, button in accounts.deeds.taps), *meddled):
            await looks.note(tx, chat, button)
    workflow = accounts.stage.workflow
    return [
        f"{event.chat} moved {one.id} of {one.number} otherwise than seen: {event}"
        for one in accounts.documents
        for event in accounts.events[one.id]
        if accounts.is_new(event) and event.kind == "move" and event.to_stage not in workflow.at_home
        and not looks.fit(one, event)
    ]  # fmt: skip


def torn_back(accounts: Accounts) -> list[str]:
    """Documents that an undo took back from where others had moved them meanwhile."""
    return [
        f"{one.id} of {one.number}: {back} after {done}"
        for one in accounts.documents
        for done, back in pairwise(accounts.events[one.id])
        if back.kind == "undo" and accounts.undone.get(done.act) != back.act
    ]


async def half_done(accounts: Accounts) -> list[str]:
    """Acts in which nothing was done."""
    return [f"{kind} {act} of {back}" for act, kind, back in await ask(accounts.stage.storage, EMPTY)]

"""File a request: pick documents, get a number. The whole draft travels in its buttons, so nothing can lose it."""

from zlib import crc32

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.filing.buttons import Draft, DropDraft, FileDraft
from handlers.filing.views import villages_of
from handlers.refused import Refused
from handlers.reply import Answer
from locales import _
from storage import documents, ledger, outbox, people
from storage.db import ids
from storage.db.protocol import Tx
from storage.records import Actor, Filed
from storage.workflow import Workflow


async def new(request: Request) -> Answer:
    """/baru: a new draft."""
    return _draft(request)


async def tap_draft(request: Request, button: Draft) -> Answer:
    """The draft as the button wants it; a new one if it wants none, or if the list of documents has changed since."""
    if not button.draft:
        fresh = _draft(request)
        return Answer(fresh.view, fresh.args, fresh=True)
    _check(request, button.book, button.village)
    args = {"draft": button.draft, "book": button.book, "village": button.village, "types": button.types}
    return Answer("draft", args)


async def drop(request: Request, button: DropDraft) -> Answer:
    """Forget the draft."""
    return Answer("note", {"key": "dropped"})


async def file(request: Request, button: FileDraft) -> Answer:
    """File the draft: once, however often it is tapped."""
    _check(request, button.book, button.village)
    types = [type for bit, type in enumerate(request.workflow.types) if button.types >> bit & 1]
    if not types or not button.village:
        raise Refused("choose")
    try:
        filed = await _file(request, button, types)
    except ledger.Twice:
        filed = await _file(request, button, types)
    return Answer("filed", {"request": filed.request}, toast=request.t("Filed."))


async def _file(request: Request, button: FileDraft, types: list[str]) -> Filed:
    async with request.services.storage.transaction() as tx:
        officer = await people.get(tx, request.chat)
        try:
            doing = Actor(officer, request.now)
            filed = await documents.file(
                tx, request.workflow, button.village, types, f"{request.chat}:{button.draft}", doing
            )
        except PermissionError:
            raise Refused("not_staff") from None
        if filed.new:
            await _owe_picture(tx, request, filed)
    return filed


async def _owe_picture(tx: Tx, request: Request, filed: Filed) -> None:
    # Owed in the same transaction, so that the picture comes even if we die before the number is shown.
    answer = Answer("qr", {"number": filed.number})
    due = outbox.Due(
        f"qr:{filed.request}", request.chat, "picture", outbox.ANSWER, request.now + 500, facts=answer.facts()
    )
    await outbox.owe(tx, [due], request.now)


def _draft(request: Request) -> Answer:
    open_to = villages_of(request)
    if not open_to:
        raise Refused("not_staff")
    village = open_to[0] if len(open_to) == 1 else ""
    return Answer("draft", {"draft": ids.new_id(request.now), "book": _book(request), "village": village, "types": 0})


def _check(request: Request, book: int, village: str) -> None:
    """The draft's bits mean the same documents as when it was shown, and its village is theirs to file for."""
    if not request.workflow.filing_posts(request.person):
        raise Refused("not_staff")
    if book != _book(request) or (village and village not in villages_of(request)):
        raise Refused("changed", then=_draft(request))


def _book(request: Request) -> int:
    return crc32(",".join(request.workflow.types).encode()) & 0xFFFFF


FILING = Feature(
    commands=(Command(("baru", "new"), new, _("file a request"), may=Workflow.filing_posts),),
    buttons={Draft: tap_draft, FileDraft: file, DropDraft: drop},
)

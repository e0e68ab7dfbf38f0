"""File a request: pick documents, get a number. The whole draft travels in its buttons, so nothing can lose it."""

from handlers import downloads
from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.filing.buttons import Draft, DropDraft, FileDraft, slip_of
from handlers.filing.views import DraftView, FiledView, QrView, book_of_types
from handlers.lookup.handlers import look_up_sound
from handlers.view import Answer, NoteView, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents, ledger, numbers, people
from storage.db import ids
from storage.documents import Filed
from storage.paper import booklets
from storage.records import Actor
from storage.workflow import Workflow

SENTENCES |= {
    "dropped": _("Not registered. Nothing was kept."),
    "slip_used": _("The slip {number} is used already. Here is where its papers are."),
    "slip_elsewhere": _(
        "{number} is a slip of another village. Please register with one of your own, or without: /baru."
    ),
}


async def new(request: Request) -> View:
    """/baru: a new draft."""
    return _new_draft(request)


async def file_slip(request: Request, found: numbers.Found) -> View | None:
    """A draft under the number of a slip that an officer has sent; None if it is no slip, or used already."""
    if len(found.good) != 1 or found.typos or not request.workflow.filing_posts(request.person):
        return None
    [number] = found.good
    async with request.storage.reading() as tx:
        slip = await booklets.of_number(tx, number)
    if slip is None or slip.filed_at is not None:
        return None
    if slip.village not in request.workflow.filing_villages(request.person):
        raise Refused("slip_elsewhere", number=number)
    return DraftView(int(number), book_of_types(request.workflow), slip.village, 0)


async def tap_draft(request: Request, button: Draft) -> View | Answer:
    """The draft as the button wants it; a new one if it wants none, or if the list of documents has changed since."""
    if not button.draft:
        return Answer(_new_draft(request), fresh=True)
    _check(request, button.book, button.village)
    return DraftView(button.draft, button.book, button.village, button.types, button.page)


async def drop(request: Request, button: DropDraft) -> View:
    """Forget the draft."""
    return NoteView("dropped")


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
    except booklets.Used:
        number = slip_of(button.draft)
        raise Refused("slip_used", then=await look_up_sound(request, (number,)), number=number) from None
    return Answer(FiledView(filed.request), toast=request.t("Registered."))


async def _file(request: Request, button: FileDraft, types: list[str]) -> Filed:
    chat = request.person.chat
    async with request.storage.transaction() as tx:
        actor = Actor(await people.get(tx, chat, request.now), request.now)
        try:
            draft, slip = f"{chat}:{button.draft}", slip_of(button.draft)
            filed = await documents.file(tx, request.workflow, button.village, types, draft, actor, slip)
        except PermissionError:
            raise Refused("not_staff") from None
        if filed.new:
            await downloads.owe_picture(tx, request, QrView(filed.number), filed.request)
    return filed


def _new_draft(request: Request) -> DraftView:
    open_to = request.workflow.filing_villages(request.person)
    if not open_to:
        raise Refused("not_staff")
    return DraftView(
        ids.new_id(request.now), book_of_types(request.workflow), open_to[0] if len(open_to) == 1 else "", 0
    )


def _check(request: Request, book: int, village: str) -> None:
    """The draft's bits mean the same documents as when it was shown, and its village is theirs to file for."""
    open_to = request.workflow.filing_villages(request.person)
    if not open_to:
        raise Refused("not_staff")
    if book != book_of_types(request.workflow) or village not in ("", *open_to):
        raise Refused("changed", then=_new_draft(request))


FILING = Feature(
    commands=(Command(("baru", "new"), new, _("new application"), may=Workflow.filing_posts),),
    buttons={Draft: tap_draft, FileDraft: file, DropDraft: drop},
)

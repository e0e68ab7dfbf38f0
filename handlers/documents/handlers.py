"""One document at a time: find it, open it, take a leg, take that back."""

from collections.abc import Iterable

from handlers.context import Request
from handlers.documents.buttons import OpenDocument, TakeLeg, Undo
from handlers.documents.views import in_sight
from handlers.feature import Command, Feature, is_staff
from handlers.refused import Refused
from handlers.reply import Answer
from locales import _
from storage import documents, ledger, people
from storage.db.protocol import Tx
from storage.records import Actor, MoveResult, Overtaken, Person, Seen

SHORTEST = 3


async def find(request: Request) -> Answer:
    """/cari: open files by the last digits of their number."""
    staff_only(request)
    digits = "".join(c for c in request.text if c.isdecimal() and c.isascii())
    if not SHORTEST <= len(digits) <= 12:  # noqa: PLR2004  # a whole number has 12
        raise Refused("find")
    return Answer("found", {"digits": digits})


def staff_only(request: Request) -> None:
    if not request.person.posts:
        raise Refused("not_staff")


async def open_document(request: Request, button: OpenDocument) -> Answer:
    """One document with its road and the legs I may complete."""
    staff_only(request)
    async with request.services.storage.reading() as tx:
        await document_in_sight(tx, request.person, button.document)
    return Answer("document", {"document": button.document}, fresh=True)


async def document_in_sight(tx: Tx, officer: Person, id: int) -> None:
    """Raises Refused if there is no such document where this officer works: not even where it is is told."""
    found = await documents.get(tx, id)
    if found is None or not in_sight(officer, found):
        raise Refused("not_yours")


async def take_leg(request: Request, button: TakeLeg) -> Answer:
    """Complete a leg for one document."""
    async with request.services.storage.transaction() as tx:
        officer = await people.get(tx, request.chat)
        if not officer.posts:
            raise Refused("not_staff")
        await document_in_sight(tx, officer, button.document)
        seen = [Seen(button.document, button.seen)]
        deed = await documents.move(tx, request.workflow, seen, button.stage, Actor(officer, request.now))
    return answer_of(request, deed, button.stage)


def answer_of(request: Request, deed: MoveResult, stage: str) -> Answer:
    if deed.act is not None:
        not_permitted = [document.number for document in deed.not_permitted]
        args = {"act": deed.act, "stage": stage, "faster": _by_whom(request, deed.overtaken), "barred": not_permitted}
        return Answer("acted", args, toast=request.t("Recorded."))
    if deed.repeated:
        return repeated(request, Answer("document", {"document": deed.repeated[0].id}))
    if deed.overtaken:
        raise Refused("changed", then=_latest(request, deed.overtaken))
    raise Refused("not_yours", then=Answer("document", {"document": deed.not_permitted[0].id}))


def repeated(request: Request, present: Answer) -> Answer:
    return Answer(present.view, present.args, toast=request.t("Already recorded."))


def _latest(request: Request, overtaken: tuple[Overtaken, ...]) -> Answer:
    if len(overtaken) == 1:
        return Answer("document", {"document": overtaken[0].document.id})
    return Answer("overtaken", {"faster": _by_whom(request, overtaken)})


def _by_whom(request: Request, overtaken: Iterable[Overtaken]) -> list[tuple[str, int, list[str]]]:
    """(role, when, numbers) of what had been moved, an entry for each role and minute; "" is the officer themselves."""
    groups: dict[tuple[str, int], list[str]] = {}
    for one in overtaken:
        role = "" if one.chat == request.chat else one.role
        groups.setdefault((role, one.at // 60000 * 60000), []).append(one.document.number)
    return [(role, at, numbers) for (role, at), numbers in groups.items()]


async def undo(request: Request, button: Undo) -> Answer:
    """Take an act of mine back while its grace runs."""
    async with request.services.storage.transaction() as tx:
        officer = await people.get(tx, request.chat)
        if not officer.posts:
            raise Refused("not_staff")
        act = await ledger.act_of(tx, button.act)
        events = await ledger.events_of(tx, button.act)
        back = await documents.undo(tx, button.act, Actor(officer, request.now))
    if act is None or act.chat != request.chat or not events:
        raise Refused("old_button", then=Answer("tasks"))
    present = Answer("acted", {"act": act.id, "stage": events[0].to_stage})
    if back is None and act.undone_by is None:
        raise Refused("too_late", then=present)
    return Answer(present.view, present.args, toast=request.t("Taken back."))


DOCUMENTS = Feature(
    commands=(
        Command(
            ("cari", "find"), find, _("find a number by its last digits"), may=is_staff, example=" 5492", in_menu=False
        ),
    ),
    buttons={OpenDocument: open_document, TakeLeg: take_leg, Undo: undo},
)

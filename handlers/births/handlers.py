"""Reserve a number at a birth, file under it, hold a birth without a name and let it go on."""

from handlers import downloads
from handlers.births.buttons import (
    ASK,
    FileReserved,
    HoldNameless,
    NameIsThere,
    Reserve,
    ReturnNumber,
    ShowReservations,
    ShowReserved,
)
from handlers.births.screens import DAYS
from handlers.births.views import BirthDayView, GiveBackView, GivenBackView, ReservationsView, ReservedView
from handlers.chosen import must_see
from handlers.context import Request
from handlers.documents.handlers import answer_to
from handlers.feature import Feature, for_staff
from handlers.filing.views import DraftView, QrView, book_of_types
from handlers.lookup.views import StatusView
from handlers.view import Answer, Refused, View, officer_of, staff_only
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import documents
from storage.births import reservations
from storage.births.reservations import Birth
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.news import word
from storage.paper import booklets
from storage.records import Actor, Document

SENTENCES |= {"reserved_all": _("You hold 5 reserved numbers that nobody has used. Please use one of them first.")}


async def reserve(request: Request, button: Reserve) -> View | Answer:
    """A number for a birth, once its day is known."""
    if button.village not in request.workflow.filing_villages(request.person):
        raise Refused("not_staff")
    if button.days not in DAYS:
        return BirthDayView(button.birth or new_id(request.now), button.village)
    async with request.storage.transaction() as tx:
        actor = Actor(await officer_of(tx, request), request.now)
        try:
            birth = await reservations.reserve(tx, request.workflow, button.village, button.birth, button.days, actor)
        except PermissionError:
            raise Refused("not_staff") from None
        except (reservations.TooMany, booklets.Enough):
            raise Refused("reserved_all", then=ReservationsView(button.village)) from None
        await downloads.owe_picture(tx, request, QrView(birth.number), birth.id)
    return Answer(ReservedView(birth.number), recorded=True)


async def show_reserved(request: Request, button: ShowReserved) -> View:
    """One of them."""
    return ReservedView((await _reserved(request, button.number)).number)


async def file_reserved(request: Request, button: FileReserved) -> Answer:
    """A draft under a reserved number: a birth is ticked, for that is what it was given for."""
    birth, workflow = await _reserved(request, button.number), request.workflow
    types = sum(1 << bit for bit, type in enumerate(workflow.types.values()) if type.birth)
    return Answer(DraftView(int(birth.number), book_of_types(workflow), birth.village, types), fresh=True)


async def give_back(request: Request, button: ReturnNumber) -> View | Answer:
    """Give back a number that nobody needs; whoever follows it is told."""
    birth = await _reserved(request, button.number)
    if not reservations.is_own(request.person, birth):
        raise Refused("not_yours")
    if not button.sure:
        return GiveBackView(button.number)
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        try:
            chats = await reservations.give_back(tx, birth, officer, request.now)
        except PermissionError:
            raise Refused("not_yours") from None
        if chats is None:
            raise Refused("changed", then=StatusView((button.number,)))
        facts = GivenBackView(birth.number, birth.village).facts()
        await word.owe(tx, "reminder", f"given_back:{birth.id}", chats, facts, request.now)
    return Answer(ReservationsView(birth.village), recorded=True)


async def _reserved(request: Request, number: str) -> Birth:
    """A reserved number under which this person may file. Raises Refused."""
    staff_only(request.person)
    async with request.storage.reading() as tx:
        birth = await reservations.of_number(tx, number)
    if birth is None or not reservations.may_open(request.workflow, request.person, birth):
        raise Refused("not_yours")
    if not birth.is_reserved:
        raise Refused("changed", then=StatusView((number,)))
    return birth


async def hold_nameless(request: Request, button: HoldNameless) -> View | Answer:
    """Put a birth on hold that has no name yet."""
    async with request.storage.transaction() as tx:
        actor, found = await _birth(tx, request, button.number)
        if not reservations.nameless(request.workflow, actor.person, found):
            raise Refused("changed", then=StatusView((button.number,)))
        if button.days not in DAYS and await reservations.of_number(tx, button.number) is None:
            return BirthDayView(0, "", button.number)
        days = button.days if button.days != ASK else 0
        result = await reservations.hold(tx, request.workflow, found, days, actor)
    return answer_to(result, "", request)


async def name_is_there(request: Request, button: NameIsThere) -> Answer:
    """Let a birth go on that waited for a name."""
    async with request.storage.transaction() as tx:
        actor, found = await _birth(tx, request, button.number)
        result = await reservations.named(tx, request.workflow, found, actor)
    if result.act is None:
        raise Refused("changed", then=StatusView((button.number,)))
    return answer_to(result, "", request)


async def _birth(tx: Tx, request: Request, number: str) -> tuple[Actor, tuple[Document, ...]]:
    """Who asks, with the posts held in this very transaction, and the documents of a number that they see."""
    officer = await officer_of(tx, request)
    look = await documents.status(tx, number, officer.chat, request.now)
    if not look.documents:
        raise Refused("not_yours")
    await must_see(tx, request.workflow, officer, look.documents[0].id)
    return Actor(officer, request.now), look.documents


BIRTHS = Feature(
    buttons={
        Reserve: reserve,
        ShowReservations: for_staff(ReservationsView),
        ShowReserved: show_reserved,
        FileReserved: file_reserved,
        ReturnNumber: give_back,
        HoldNameless: hold_nameless,
        NameIsThere: name_is_there,
    }
)

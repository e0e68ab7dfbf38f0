"""Print from the chat. A PDF is owed and comes as a message of its own: the sender draws it as it leaves."""

from handlers import downloads
from handlers.context import Request
from handlers.feature import Command, Feature, for_staff, is_staff
from handlers.paper.buttons import (
    NewBooklet,
    PrintBag,
    PrintBoard,
    PrintBooklet,
    PrintChoice,
    PrintPoster,
    PrintSlip,
)
from handlers.paper.screens import NUMBERS
from handlers.paper.views import BoardView, BookletView, ManifestView, PosterView, PrintView, SlipView
from handlers.view import Answer, Refused, View, officer_of, staff_only
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import bags, documents
from storage.paper import booklets, slips

SENTENCES |= {"enough_slips": _("This village has many slips left. Please use those first, or print them again.")}


async def choose(request: Request) -> View:
    """/cetak: what can be printed."""
    staff_only(request.person)
    return PrintView()


async def slip(request: Request, button: PrintSlip) -> Answer:
    """The slip of a number, for whoever may file for its village."""
    staff_only(request.person)
    async with request.storage.reading() as tx:
        found = await slips.of_number(tx, button.number)
    if found is None or found.village not in request.workflow.filing_villages(request.person):
        raise Refused("not_yours")
    return await _owe(request, SlipView(button.number), button.number)


async def manifest(request: Request, button: PrintBag) -> Answer:
    """The list of my bag."""
    staff_only(request.person)
    async with request.storage.reading() as tx:
        bag = await bags.own(tx, button.bag, request.person.chat)
    if bag is None:
        raise Refused("not_yours")
    # What is ticked is part of the key: a list that was printed before is wrong once another line is.
    ticked = sum(1 << item.place for item in bag.items if item.ticked)
    return await _owe(request, ManifestView(bag.id), f"{bag.id}:{ticked:x}")


async def board(request: Request, button: PrintBoard) -> Answer:
    """The board of a village that I see."""
    staff_only(request.person)
    if button.village not in request.workflow.villages or not request.workflow.is_in_sight(
        request.person, button.village
    ):
        raise Refused("not_yours")
    return await _owe(request, BoardView(button.village), button.village)


async def new_booklet(request: Request, button: NewBooklet) -> Answer:
    """Reserve the numbers of a booklet, once, and print it."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        try:
            post = documents.filing_post(request.workflow, officer, button.village)
            await booklets.reserve(tx, button.booklet, button.village, NUMBERS, post.id, request.now)
        except PermissionError:
            raise Refused("not_yours") from None
        except booklets.Enough:
            raise Refused("enough_slips", then=PrintView(button.village)) from None
    return await _owe(request, BookletView(button.booklet), str(button.booklet))


async def booklet(request: Request, button: PrintBooklet) -> Answer:
    """What is left of a booklet of a village for which I file."""
    staff_only(request.person)
    async with request.storage.reading() as tx:
        found = await booklets.of_booklet(tx, button.booklet)
    if not found or found[0].village not in request.workflow.filing_villages(request.person):
        raise Refused("not_yours")
    return await _owe(request, BookletView(button.booklet), str(button.booklet))


async def poster(request: Request, button: PrintPoster) -> Answer:
    """The poster."""
    staff_only(request.person)
    return await _owe(request, PosterView(), "")


async def _owe(request: Request, view: View, what: str) -> Answer:
    async with request.storage.transaction() as tx:
        return await downloads.owe(tx, request, view, what)


PAPER = Feature(
    commands=(Command(("cetak", "print"), choose, _("print slips, boards, posters"), may=is_staff),),
    buttons={
        PrintChoice: for_staff(PrintView),
        PrintSlip: slip,
        PrintBag: manifest,
        PrintBoard: board,
        NewBooklet: new_booklet,
        PrintBooklet: booklet,
        PrintPoster: poster,
    },
)

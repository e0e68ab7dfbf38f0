"""What opens something else comes as a message of its own, and the tapped card, which may hold the way back, stays."""

from handlers.bags.buttons import NextTasks
from handlers.births.buttons import FileReserved
from handlers.callbacks import Callback
from handlers.documents.buttons import OpenDocument
from handlers.filing.buttons import Draft
from handlers.filing.views import book_of_types
from handlers.handover.buttons import NotReceived
from handlers.opinions.buttons import Judge
from handlers.originals.buttons import ShowPapers
from handlers.search.buttons import OpenFound
from handlers.start.buttons import Help, Speak
from storage import ledger
from tests.handlers.test_births import reserves
from tests.handlers.test_opinions import given
from tests.town import Inhabitant, Town


async def leaves_the_card(who: Inhabitant, button: Callback) -> None:
    before = who.heard
    await who.forges(button)
    assert (who.heard[:-1], type(button)) == (before, type(button))


async def test_whoever_goes_on_from_a_card_still_has_it(town: Town):
    number = await reserves(town, town.warni)
    (card,) = await town.files("KK")
    await town.warni.says(card.number)
    for button in (
        NextTasks(), OpenDocument(card.id), OpenFound(card.number, card.number[-4:], 0), ShowPapers(card.request),
        FileReserved(number), Draft(0, book_of_types(town.workflow)), Help(), Speak(),
    ):  # fmt: skip
        await leaves_the_card(town.warni, button)


async def test_the_news_of_a_family_that_answers_it_stays(town: Town):
    card = await given(town, "KK")
    async with town.storage.reading() as tx:
        act = (await ledger.history(tx, card.id))[-1].act
    await leaves_the_card(town.sari, Judge(card.request, "bad"))
    await leaves_the_card(town.sari, NotReceived(act, card.request))

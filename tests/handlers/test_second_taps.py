"""A second tap on a button, as an impatient thumb makes it, leaves the card of the first one where it is."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from handlers.callbacks import Callback
from handlers.corrections.buttons import PutRight, Relocate, Retype, Withdraw
from handlers.documents.buttons import TakeLeg, TakeTogether
from handlers.handover.buttons import Give
from handlers.holds.buttons import THESE, TYPE, LetAllGo, LetGo, PutOnHold
from handlers.returns.buttons import GiveBack, Refuse, TakeUp
from handlers.returns.views import book_of
from storage.holds import queues
from tests.town import Inhabitant, Town

Tap = tuple[Inhabitant, Callback]


async def takes(town: Town) -> Tap:
    (card,) = await town.files("KK")
    return town.joko, TakeLeg(card.id, card.version, "to_district")


async def takes_together(town: Town) -> Tap:
    (card, _) = await town.files("KK", "KIA")
    return town.joko, TakeTogether(card.number, 3, 2, "to_district")


async def gives(town: Town) -> Tap:
    (card,) = await town.files("KK")
    card = await town.carries(card, "ready_at_village")
    return town.warni, Give(card.number, 0, card.version, "self", "known")


async def holds(town: Town) -> Tap:
    (card,) = await town.files("KTP")
    card = await town.carries(card, "at_registry")
    return town.budi, PutOnHold(card.id, card.version, "blank", 0, THESE)


async def lets_go(town: Town) -> Tap:
    budi, put = await holds(town)
    assert isinstance(put, PutOnHold)
    await budi.says("/tugas")
    await budi.forges(put)
    return budi, LetGo(put.of, put.seen + 1)


async def holds_a_queue(town: Town) -> Tap:
    budi, put = await holds(town)
    assert isinstance(put, PutOnHold)
    return budi, replace(put, much=TYPE)


async def lets_a_queue_go(town: Town) -> Tap:
    budi, put = await holds_a_queue(town)
    await budi.says("/tugas")
    await budi.forges(put)
    async with town.storage.reading() as tx:
        (held,) = await queues.everything(tx)
    return budi, LetAllGo(held.cause.id)


async def refuses(town: Town) -> Tap:
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_registry")
    return town.budi, Refuse(card.id, card.version, next(iter(town.workflow.refusals)))


async def gives_back(town: Town) -> Tap:
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    return town.rina, GiveBack(card.id, card.version, "returned", book_of(town.workflow, "KK"), 1)


async def takes_up(town: Town) -> Tap:
    rina, back = await gives_back(town)
    assert isinstance(back, GiveBack)
    await rina.says("/tugas")
    await rina.forges(back)
    return rina, TakeUp(back.of, back.seen + 1)


async def puts_right(town: Town) -> Tap:
    (card,) = await town.files("KTP")
    card = await town.carries(card, "at_registry")
    return town.rina, PutRight(card.id, card.version, "at_district", "slip")


async def withdraws(town: Town) -> Tap:
    (card,) = await town.files("KK")
    return town.warni, Withdraw(card.number, card.id)


async def retypes(town: Town) -> Tap:
    (card,) = await town.files("KIA")
    return town.warni, Retype(card.id, card.version, "KK")


async def relocates(town: Town) -> Tap:
    (card,) = await town.files("KK")
    return town.rina, Relocate(card.id, card.version, "kayupuring")


ALL = (
    takes,
    takes_together,
    gives,
    holds,
    lets_go,
    holds_a_queue,
    lets_a_queue_go,
    refuses,
    gives_back,
    takes_up,
    puts_right,
    withdraws,
    retypes,
    relocates,
)


@pytest.mark.parametrize("prepared", ALL, ids=lambda one: one.__name__)
async def test_a_second_tap_leaves_the_way_back_and_offers_nothing_under_the_thumb(
    town: Town, prepared: Callable[[Town], Awaitable[Tap]]
):
    who, button = await prepared(town)
    await who.says("/bantuan")
    await who.forges(button)
    card = (who.screen, who.buttons)
    assert "↩ Urungkan" in who.buttons
    await who.forges(button)
    assert who.alert == "Sudah tercatat sebelumnya."
    assert (who.screen, who.buttons) == card

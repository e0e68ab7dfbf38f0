"""Whoever read in an SMS that something stands still is told once it goes on; nobody else pays for that message."""

from collections.abc import Awaitable, Callable

import pytest

from storage.holds import returns
from storage.holds.queues import Queue
from storage.records import Document
from tests.sms.conftest import BUDI, SARI, Office
from tests.storage.cast import HADI, YANTI, seen
from tests.storage.holding import give_back, hold, hold_queue, release, release_queue
from tests.town import WORKFLOW

WHY = "syarat yang kurang"

Way = Callable[[Office, Document], Awaitable[object]]


async def followed(office: Office, *types: str, at: str = "at_registry") -> list[Document]:
    """What Sari follows by SMS, brought to a stage."""
    cards = [await office.register.brought(card, at) for card in await office.register.filed(*types)]
    await office.follow(SARI, cards[0].number)
    return cards


async def sends(office: Office) -> list[tuple[str, str]]:
    """What telephones get once the time to take back is over."""
    before = len(office.phone.took)
    office.register.now += WORKFLOW.grace + 1
    await office.send()
    return office.phone.sent[before:]


async def stood(office: Office) -> Document:
    [card] = await followed(office, "KK")
    await hold(office.register, HADI, "incomplete", card)
    return await office.register.get(card)


async def let_go(office: Office, card: Document) -> None:
    await release(office.register, HADI, await office.register.get(card))


async def taken_back(office: Office, card: Document) -> None:
    [(act,)] = await office.register.ask(f"select max(act) from event where document = {card.id}")
    await office.register.undo(HADI, act)


async def moved_on(office: Office, card: Document) -> None:
    await office.register.move(HADI, "issued", await office.register.get(card))


@pytest.mark.parametrize("way", [let_go, taken_back, moved_on], ids=lambda way: way.__name__)
async def test_whoever_was_told_that_it_stands_still_is_told_that_it_goes_on(office: Office, way: Way):
    card = await stood(office)
    [(phone, said)] = await sends(office)
    assert (phone, WHY in said) == (SARI, True)
    await office.follow(BUDI, card.number)  # who was told nothing
    await way(office, card)
    [(phone, said)] = await sends(office)
    assert (phone, "tertunda" in said, WHY in said) == (SARI, False, False)


async def test_a_queue_that_goes_on_is_told_to_whoever_was_told_that_it_is_held(office: Office):
    [card] = await followed(office, "KK")
    await hold_queue(office.register, HADI, Queue("at_registry", "KK"), "incomplete")
    assert [WHY in said for _, said in await sends(office)] == [True]
    await release_queue(office.register, HADI, card)
    assert [WHY in said for _, said in await sends(office)] == [False]
    assert await sends(office) == []


async def take_up(office: Office, card: Document) -> None:
    actor, [wanted] = await office.register.actor(YANTI), seen(await office.register.get(card))
    async with office.register.storage.transaction() as tx:
        await returns.take_up(tx, WORKFLOW, wanted, actor)


async def test_what_was_returned_and_goes_on_is_told(office: Office):
    [card] = await followed(office, "KK", at="at_district")
    await give_back(office.register, YANTI, card)
    assert len(await sends(office)) == 1
    await take_up(office, card)
    [(_, said)] = await sends(office)
    assert "di kecamatan" in said


async def test_who_was_not_told_that_it_stands_still_pays_for_no_sms(office: Office):
    [card] = await followed(office, "KTP")
    await hold(office.register, HADI, "blank", card)
    await let_go(office, card)
    assert await sends(office) == []


async def test_whoever_follows_and_asked_is_told_too_and_whoever_only_asked_is_not(office: Office):
    [card] = await followed(office, "KTP")
    await hold(office.register, HADI, "blank", card)
    for phone in (SARI, BUDI):
        [said] = await office.writes(phone, card.number)
        assert "blangko habis" in said
    await let_go(office, card)
    [(phone, said)] = await sends(office)
    assert (phone, "blangko" in said) == (SARI, False)


async def test_whoever_asked_and_follows_only_then_is_told_too(office: Office):
    [card] = await followed(office, "KTP")
    await hold(office.register, HADI, "blank", card)
    await office.writes(BUDI, card.number)
    await office.writes(BUDI, f"IKUT {card.number}")
    await let_go(office, card)
    [(phone, said)] = await sends(office)
    assert (phone, "blangko" in said) == (BUDI, False)


async def test_beside_what_can_be_fetched_it_is_named_that_goes_on(office: Office):
    kk, kia = await followed(office, "KK", "KIA")
    await hold(office.register, HADI, "incomplete", kia)
    await sends(office)
    await office.go_on(kk, "ready_at_district")
    await sends(office)
    await let_go(office, kia)
    [(_, said)] = await sends(office)
    assert "KIA" in said
    assert WHY not in said
    assert await sends(office) == []


async def test_what_goes_on_while_the_gateway_takes_that_it_stands_still_is_told(office: Office):
    card, deliver = await stood(office), office.gateway.send

    async def deliver_meanwhile(id: str, phone: str, text: str, *, repeated: bool) -> None:
        await deliver(id, phone, text, repeated=repeated)
        if WHY in text:
            await let_go(office, card)

    office.gateway.send = deliver_meanwhile  # type: ignore[method-assign]  # somebody taps at this very moment
    assert [WHY in said for _, said in await sends(office)] == [True]
    assert [WHY in said for _, said in await sends(office)] == [False]

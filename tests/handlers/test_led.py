"""Who stood still amid an update, and may lead no more, writes nothing of it: another may have answered it by now."""

import asyncio

import pytest

from handlers.context import LedStorage
from storage import NotLeading, is_transient, people
from tests.town import Town


async def test_whoever_may_lead_no_more_as_their_turn_to_write_comes_writes_nothing(any_town: Town):
    town, leads = any_town, True
    led = LedStorage(town.storage, lambda: leads)
    async with led.transaction() as tx:
        await people.choose_language(tx, town.sari.chat, "en")
    leads = False
    with pytest.raises(NotLeading) as found:
        async with led.transaction() as tx:
            await people.choose_language(tx, town.sari.chat, "jv")
    assert is_transient(found.value)
    assert (await town.person(town.sari)).lang == "en"


async def test_a_tap_moves_nothing_once_another_may_lead_and_is_kept(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    await town.joko.says(card.number)
    town.leads = False
    town.parts.dispatcher.leads = lambda: True  # it had looked before
    tap = asyncio.create_task(town.joko.taps("✅ Bawa ke Disdukcapil"))
    async with asyncio.timeout(5):
        while not town.parts.counts.answers["Retry"]:  # noqa: ASYNC110  # a count has no event
            await asyncio.sleep(0)
    assert (await town.document(card)).stage == "at_district"
    town.leads = True
    await tap
    assert (await town.document(card)).stage == "to_registry"

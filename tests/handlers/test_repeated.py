"""What may have arrived already says so when it comes once more; what surely did not, does not."""

import asyncio
from typing import Any

import pytest

from handlers.attestations.buttons import SendLetter
from tests.handlers.test_unsaid import TOO_OLD
from tests.town import Town


@pytest.mark.parametrize("fault, copies", [("drop", 1), ("lose", 2)])
async def test_an_answer_whose_delivery_is_unknown_is_sent_again_and_says_so(town: Town, fault: str, copies: int):
    (card,) = await town.files("KK")
    town.sandbox.fault(fault, method="sendMessage", chat=town.sari.chat)
    town.sari.phone.say(card.number)
    await town.settled()
    await town.passes(5)
    assert [text.splitlines()[0][:14] for text in town.sari.heard] == ["Kartu Keluarga"] * copies
    assert town.sari.screen.endswith("\n\nMungkin sudah Bapak/Ibu terima.")
    assert town.sari.last.silent


@pytest.mark.parametrize("fault", [{"kind": "refuse"}, {"kind": "flood", "seconds": 3}, {"kind": "html", "code": 503}])
async def test_what_surely_was_not_sent_is_no_repeat(town: Town, fault: dict[str, Any]):
    (card,) = await town.files("KK")
    town.sandbox.fault(method="sendMessage", chat=town.sari.chat, **fault)
    town.sari.phone.say(card.number)
    await town.settled()
    await town.passes(5)
    assert "Mungkin" not in town.sari.screen
    assert not town.sari.last.silent


@pytest.mark.parametrize(
    "who, words", [("sari", "Mungkin sudah"), ("slamet", "Mbokmenawi sampun"), ("emma", "You may")]
)
async def test_a_notice_that_may_have_arrived_says_so_in_the_language_of_its_reader(town: Town, who: str, words: str):
    (card,) = await town.files("KK")
    reader = town.people[who]
    await town.follows(reader, card.number)
    town.sandbox.fault("lose", method="sendMessage", chat=reader.chat)
    await town.carries(card, "to_district")
    await town.passes(60)
    await town.passes(60)
    first, second = reader.heard
    assert words in second.removeprefix(first)


async def test_what_was_being_answered_in_a_power_cut_is_answered_as_a_repeat_and_the_next_is_not(town: Town):
    (card,) = await town.files("KK")
    town.sandbox.fault("delay", "sendMessage", seconds=3600)
    town.sari.phone.say(card.number)
    async with asyncio.timeout(20):
        while not any(call.method == "sendMessage" for call in town.sandbox.calls):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.001)
    await town.kill()
    await town.start()
    await town.settled()
    assert town.sari.screen.endswith("\n\nMungkin sudah Bapak/Ibu terima.")
    assert "Mungkin" not in await town.sari.says(card.number)


async def test_an_answer_that_a_power_cut_and_then_a_flood_kept_is_a_repeat(town: Town):
    town.sandbox.fault("delay", "sendMessage", seconds=3600)
    town.sari.phone.say("/privasi")
    async with asyncio.timeout(20):
        while not any(call.method == "sendMessage" for call in town.sandbox.calls):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.001)
    await town.kill()
    town.sandbox.fault("flood", "sendMessage", seconds=5)
    await town.start()
    await town.settled()
    await town.passes(10)
    assert town.sari.screen.endswith("\n\nMungkin sudah Bapak/Ibu terima.")


async def test_words_over_a_card_that_become_a_message_after_a_power_cut_may_be_known(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    town.sandbox.fault("delay", "answerCallbackQuery", seconds=3600)
    town.sari.phone.forge(SendLetter(card.number).pack())
    async with asyncio.timeout(20):
        while not any(call.method == "answerCallbackQuery" for call in town.sandbox.calls):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.001)
    await town.kill()
    town.sandbox.fault("status", "answerCallbackQuery", **TOO_OLD)
    await town.start()
    await town.settled()
    [said] = [said for said in town.sari.heard if "dikirim" in said]
    assert said.endswith("\n\nMungkin sudah Bapak/Ibu terima.")

"""What Telegram answers to a send is of no kind that it should be: nobody knows what became of it, so it goes again."""

import json

import pytest

from storage import inbox
from storage.news import leftovers
from tests.town import Town

ODD = {
    "none": "null",
    "words": '"abc"',
    "a number in quotes": '"17"',
    "an object": "{}",
    "no whole number": "1.5",
    "yes": "true",
    "endless": "1e999",
    "no number": "NaN",
    "negative": "-5",
    "more than a database holds": str(2**63),
    "and with nineteen digits": "9" * 19,
    "far more": str(2**70),
}


@pytest.mark.parametrize("odd", ODD)
async def test_a_message_without_a_number_of_its_own_is_sent_again_and_nothing_is_set_aside(town: Town, odd: str):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    words = f'{{"ok":true,"result":{{"message_id":{ODD[odd]}}}}}'
    town.sandbox.fault("raw", "sendMessage", chat=town.sari.chat, code=200, words=words)
    assert json.loads(words)["ok"]
    town.sari.phone.say(card.number)
    await town.settled()
    await town.passes(60)
    assert len(town.sari.heard) == 1
    async with town.storage.reading() as tx:
        assert (await inbox.failed(tx), await leftovers.given_up(tx)) == ([], [])

"""After a breach whoever runs the bot knows how many to tell, and how."""

from datetime import date
from functools import partial

import pytest

from bot.cli.register import affected
from bot.config import WrongSettings
from storage import people
from storage.records import DAY
from tests.town import Town


async def test_whoever_was_in_the_register_since_is_counted_and_nobody_is_named(town: Town):
    (card,) = await town.files("KK")
    for who in (town.sari, town.paijo):
        await town.follows(who, card.number)
    async with town.storage.transaction() as tx:
        await people.unfollow(tx, town.paijo.chat, None, town.clock + 3 * DAY)
    report = partial(affected.report, town.storage, town.workflow)
    then, later = [await report(date(2026, 11, day), town.clock + 4 * DAY) for day in (24, 28)]
    assert await report(date.min, town.clock) == await report(date(2000, 1, 1), town.clock)
    with pytest.raises(WrongSettings, match="is to come"):
        await report(date(2026, 11, 29), town.clock + 4 * DAY)
    assert then.splitlines()[0] == "families: 2"
    assert later.splitlines()[0] == "families: 1"
    assert "people to tell: " in then
    assert str(town.sari.chat) not in then
    assert [text.splitlines()[0] for text in then.split("\n\n")[1:]] == [
        "Jek-Duk Petungkriyono: sejak 24 Nov 2026 register kami mungkin dibaca orang lain.",
        "Jek-Duk Petungkriyono: wiwit 24 Nov 2026 register kula mbok menawi dipunwaos tiyang sanes.",
        "Jek-Duk Petungkriyono: since 24 Nov 2026 others may have read our register.",
    ]

"""Bad days in a town where an hour takes a moment: Telegram away, clocks that jump, people who come and go."""

from collections import Counter

import pytest

from handlers.documents.buttons import TakeLeg
from handlers.wording.layout import grouped
from storage import guesses, inbox
from storage.db import leases
from storage.news import leftovers
from storage.numbers import draw
from tests.town import Town, at_rest

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


async def load(town: Town) -> tuple[int, int]:
    """How many updates are in quarantine, how many notices were given up."""
    async with town.storage.reading() as tx:
        return len(await inbox.failed(tx)), len(await leftovers.given_up(tx))


async def test_after_an_hour_without_telegram_each_request_is_one_message_that_names_every_stage(any_town):
    town = any_town
    (card,), (birth,) = await town.files("KK"), await town.files("AKL")
    for family in (town.sari, town.emma):
        await town.follows(family, card.number)
    await town.follows(town.sari, birth.number)
    town.sandbox.fault("refuse", times=None)
    for stage in ("to_district", "at_district", "to_registry", "at_registry"):
        card, birth = await town.carries(card, stage), await town.carries(birth, stage)
        town.clock += 15 * MINUTE
        await at_rest(town.parts.sender)  # what it holds when Telegram is back would go apart from the rest
    town.sari.phone.say("/bantuan")
    town.sandbox.faults.clear()
    await town.passes(120)
    told = [text for text in town.sari.heard if grouped(card.number) in text or grouped(birth.number) in text]
    assert len(told) == 2
    assert all("Sebelumnya: dibawa ke kecamatan, diterima kecamatan, dibawa ke Disdukcapil." in text for text in told)
    assert [grouped(card.number) in text for text in town.emma.heard] == [True]
    assert any("/status" in text for text in town.sari.heard)


@pytest.mark.parametrize("jump", [DAY, -DAY], ids=["forward", "back"])
async def test_a_clock_that_jumps_a_day_keeps_nobody_from_hearing_in_order(any_town, jump):
    town = any_town
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    card = await town.carries(card, "to_district")
    await town.chores()
    town.clock += jump
    town.sandbox.advance(0)
    await town.chores()
    assert "Kartu Keluarga" in await town.paijo.says(card.number)
    await town.carries(card, "at_district")
    await town.passes(town.workflow.grace / 1000 + 1)
    heard = "\n".join(town.sari.heard)
    assert 0 <= heard.find("Berangkat ke kecamatan") < heard.find("Diterima kecamatan")


@pytest.mark.parametrize("jump", [DAY, -DAY], ids=["forward", "back"])
async def test_a_clock_that_jumps_a_day_keeps_nobody_from_taking_over(any_town, jump):
    now = any_town.clock
    async with any_town.storage.transaction() as tx:
        assert await leases.take(tx, "lead", "dead", now, 15)
        assert not await leases.take(tx, "lead", "new", now + 14_000, 15)
        assert await leases.take(tx, "lead", "new", now + jump, 15)


async def test_after_thirty_misses_in_a_row_thirty_are_answered_and_five_are_kept(any_town):
    for _ in range(30):
        any_town.sari.phone.say(draw())
    await any_town.settled()
    assert Counter("Terlalu banyak" in text for text in any_town.sari.heard) == {True: 25, False: 5}
    async with any_town.storage.reading() as tx:
        assert await guesses.of_all(tx, any_town.clock) == 5


async def test_what_was_owed_to_somebody_who_blocked_the_bot_arrives_when_they_return(any_town):
    town = any_town
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    town.sari.phone.block()
    await town.settled()
    for stage in ("to_district", "at_district"):
        card = await town.carries(card, stage)
        await town.grace()
    assert town.sari.heard == []
    town.sari.phone.unblock()
    await town.settled()
    assert ["Berangkat ke kecamatan" in town.sari.heard[0], "Diterima kecamatan" in town.sari.heard[1]] == [True, True]


async def test_somebody_whose_block_nobody_told_us_of_hears_everything_after_start(any_town):
    town = any_town
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    town.sari.phone.chat.blocked = True
    await town.carries(card, "to_district")
    await town.grace()
    town.sari.phone.chat.blocked = False
    town.sari.phone.start()
    await town.settled()
    assert any("Berangkat ke kecamatan" in text for text in town.sari.heard)


async def test_a_deleted_account_keeps_nobody_else_from_hearing(any_town):
    town = any_town
    (card,) = await town.files("KK")
    for family in (town.sari, town.emma):
        await town.follows(family, card.number)
    town.sari.phone.deactivate()
    for stage in ("to_district", "at_district", "to_registry"):
        card = await town.carries(card, stage)
        await town.grace()
    assert len(town.emma.heard) == 3
    assert await load(town) == (0, 0)
    tries = [call for call in town.sandbox.calls if call.params.get("chat_id") == str(town.sari.chat)]
    assert len(tries) == 1


async def test_what_telegram_hands_out_again_after_a_restart_is_done_once(any_town):
    town = any_town
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    await town.grace()
    await town.follows(town.sari, card.number)
    await town.joko.forges(TakeLeg(card.id, card.version, "to_registry"))
    await town.sari.says("/bantuan")
    await town.kill()
    town.telegram.queue.redeliver(2)
    await town.start()
    await town.settled()
    await town.grace()
    assert (await town.document(card)).version == card.version + 1
    assert len(town.sari.heard) == 2
    assert len(town.joko.heard) == 1

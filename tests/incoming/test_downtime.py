"""After a gap in which Telegram threw taps away, those who may have tapped are told to look again."""

from collections.abc import AsyncIterator

import pytest

from bot.demo.cast import CAST
from storage import people
from tests.desk import Desk, desk
from tests.town import TUESDAY

DAY = 24 * 60 * 60 * 1000


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Desk]:
    """A desk on each engine in turn, not open yet."""
    async with desk(database_url) as found:
        yield found


async def works(key: str, shop: Desk, at: int) -> int:
    """Somebody of the cast did something at that time."""
    chat = CAST[key].chat
    async with shop.storage.inner.transaction() as tx:
        for post in (await people.get(tx, chat)).posts:
            await tx.all("touch_post", id=post.id, now=at)
    return chat


async def away(shop: Desk, seconds: float, lose: int = 0) -> None:
    """The bot polls, is away, and polls again."""
    await shop.opens()
    await shop.hears("Sari", "x")
    await shop.dies()
    shop.clock += int(seconds * 1000)
    shop.storage.forgets = lose
    await shop.opens()
    await shop.hears("Budi", "y")


async def test_after_a_gap_those_who_worked_that_day_are_told_to_look_at_their_tasks(shop):
    joko = await works("joko", shop, TUESDAY - 60_000)
    await works("slamet", shop, TUESDAY - DAY)
    await away(shop, 200)
    assert await shop.answers_owed() == [(joko, "look_at_tasks")]
    assert shop.wakes == 3  # one for each update, one for the word


async def test_whoever_may_have_tapped_is_told_at_once_and_not_after_the_first_update(shop):
    joko = await works("joko", shop, TUESDAY - 60_000)
    await shop.opens()
    await shop.hears("Sari", "x")
    await shop.dies()
    shop.clock += 200_000
    await shop.opens()
    await shop.until(lambda: shop.wakes == 2)
    assert await shop.answers_owed() == [(joko, "look_at_tasks")]


async def test_after_a_short_pause_nobody_is_told_anything(shop):
    await works("joko", shop, TUESDAY - 60_000)
    await away(shop, 100)
    assert await shop.answers_owed() == []


async def test_a_weekend_away_is_told_to_those_who_worked_when_it_began(shop):
    joko = await works("joko", shop, TUESDAY - 60_000)
    await away(shop, 3 * 24 * 3600)
    assert await shop.answers_owed() == [(joko, "look_at_tasks")]


async def test_a_gap_within_one_process_counts_too_and_a_clock_that_is_set_does_not(shop):
    joko = await works("joko", shop, TUESDAY - 60_000)
    await shop.opens()
    await shop.hears("Sari", "one")
    shop.clock += 3600_000
    await shop.hears("Sari", "two")
    assert await shop.answers_owed() == []
    shop.seconds += 200
    await shop.hears("Sari", "three")
    assert await shop.answers_owed() == [(joko, "look_at_tasks")]


async def test_one_gap_is_told_once_also_when_the_answer_of_its_commit_is_lost(shop):
    await works("joko", shop, TUESDAY - 60_000)
    await away(shop, 200, lose=1)
    await shop.dies()
    await shop.opens()
    await shop.hears("Emma", "z")
    assert len(await shop.owed()) == 1


async def test_the_very_first_start_is_no_gap(shop):
    await works("joko", shop, TUESDAY - 60_000)
    await shop.opens()
    await shop.hears("Sari", "hello")
    assert await shop.answers_owed() == []

"""Whatever Telegram sends, nobody's update is set aside for what is in it, and nothing stops the queue.

A million of them: `python -m tests.bench fuzz`.
"""

import logging
import random
from collections.abc import Iterable
from itertools import islice

import pytest

from bot.demo.cast import CAST, fill
from bot.sandbox.args import Json
from storage import inbox
from tests.telegram.oddities import IN_2100, Oddities, every_field
from tests.town import Town

EACH = 1000  # for each seed, on each engine
AT_ONCE = 100


async def gone_mad(town: Town, seed: int) -> Oddities:
    """The phones of everybody in a town where much is under way."""
    numbers = await fill(town.storage, town.workflow, town.clock)
    return Oddities(random.Random(seed), [town.people[key].phone for key in CAST], numbers)


async def feed(town: Town, facts: Iterable[tuple[Json, bool]]) -> dict[int, str]:
    """Put them into the bot's queue; which were set aside of those whose shape Telegram may send, and why."""
    updates, broken = iter(facts), set()
    while batch := [*islice(updates, AT_ONCE)]:
        for fact, is_broken in batch:
            id = town.telegram.queue.add_raw(fact, IN_2100).id
            broken |= {id} if is_broken else set()
        await town.settled()
    async with town.storage.reading() as tx:
        return {id: error for id, _at, _tries, error in await inbox.failed(tx) if id not in broken}


async def test_each_field_of_each_kind_of_update_may_be_there_or_not(town: Town, caplog):
    odd = await gone_mad(town, 0)
    with caplog.at_level(logging.ERROR):
        assert await feed(town, ((fact, False) for fact in every_field(odd))) == {}
    assert caplog.messages == []


@pytest.mark.parametrize("seed", [1, 2])
async def test_odd_words_and_numbers_set_nothing_aside(any_town: Town, caplog, seed):
    odd = await gone_mad(any_town, seed)
    with caplog.at_level(logging.ERROR):
        assert await feed(any_town, ((odd.update(), odd.is_broken) for _ in range(EACH))) == {}
    assert caplog.messages == []
    any_town.emma.forgets()
    assert await any_town.emma.says("/help")

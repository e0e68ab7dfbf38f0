"""The breaker of guesses is seen: in the log, by the heads, and in what is forgotten after the hour."""

import json
import logging

from bot.chores import breaker
from bot.demo.cast import CAST
from storage import guesses, outbox
from storage.numbers import draw
from storage.records import HOUR, MINUTE
from tests.chores.stage import Morning


async def crowd(morning: Morning, misses: int, asker: guesses.Asker = 9001) -> None:
    async with morning.storage.real.transaction() as tx:
        await guesses.count(tx, asker, [draw() for _ in range(misses)], morning.now)


async def told(morning: Morning) -> list[tuple[int, str]]:
    async with morning.storage.real.transaction() as tx:
        owed = await outbox.claim(tx, outbox.NOTICE, morning.now + HOUR, 100)
        await outbox.release(tx, after=0)
    return [(one.chat, one.facts) for one in owed]


async def test_a_breaker_that_opens_and_closes_is_logged_once_each_and_the_head_is_told_once(quiet_morning, caplog):
    morning, head = quiet_morning, CAST["hadi"].chat
    caplog.set_level(logging.INFO)
    opened_at = morning.now
    await crowd(morning, guesses.OF_ALL)
    assert [await breaker.watch(morning.services) for _ in range(3)] == [True, False, False]
    assert [(chat, str(opened_at) in facts) for chat, facts in await told(morning)] == [(head, True)]
    morning.now += HOUR
    assert [await breaker.watch(morning.services) for _ in range(2)] == [False, False]
    await crowd(morning, guesses.OF_ALL)
    await breaker.watch(morning.services)
    assert len(await told(morning)) == 1
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "guess breaker opened", "guess breaker closed", "guess breaker opened",
    ]  # fmt: skip


async def test_the_breaker_of_the_public_page_is_told_beside_that_of_chats(quiet_morning, caplog):
    morning = quiet_morning
    await crowd(morning, guesses.OF_ALL, asker="10.0.0.1")
    assert [await breaker.watch(morning.services) for _ in range(2)] == [True, False]
    await crowd(morning, guesses.OF_ALL)
    assert [await breaker.watch(morning.services) for _ in range(2)] == [True, False]
    assert sorted(json.loads(facts)["args"]["visitors"] for _, facts in await told(morning)) == [0, 1]
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "page breaker opened", "guess breaker opened",
    ]  # fmt: skip


async def test_one_miss_less_and_nobody_is_told(quiet_morning, caplog):
    await crowd(quiet_morning, guesses.OF_ALL - 1)
    assert not await breaker.watch(quiet_morning.services)
    assert (await told(quiet_morning), caplog.records) == ([], [])


async def test_misses_are_forgotten_when_they_are_an_hour_old(quiet_morning):
    morning = quiet_morning
    await crowd(morning, 3)
    kept = []
    for _ in range(2):
        morning.now += HOUR - MINUTE
        await breaker.watch(morning.services)
        async with morning.storage.real.reading() as tx:
            kept.append(await guesses.of_all(tx, 0))
    assert kept == [3, 0]

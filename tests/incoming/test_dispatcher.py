"""The dispatcher: one person's updates in order, different people's side by side, until answered or put aside."""

import asyncio
import sqlite3

from telegram.error import InvalidToken

from bot.incoming import dispatcher, settler
from bot.retry import Backoff
from tests.desk import DEADLINE, desk, raises, refuse_next


async def test_the_second_update_of_a_person_begins_when_the_first_has_ended(shop):
    sari, budi, gate = shop.person("Sari"), shop.person("Budi"), asyncio.Event()
    shop.does["first"] = gate.wait
    sari.say("first")
    sari.say("second")
    await shop.until(lambda: "first" in shop.begun)
    budi.say("other")
    await shop.until(lambda: "other" in shop.ended)
    assert shop.begun == ["first", "other"]
    gate.set()
    await shop.settled()
    assert shop.ended == ["other", "first", "second"]


async def test_no_more_people_are_served_at_once_than_there_are_workers(database_url):
    async with desk(database_url) as shop:
        await shop.opens(workers=2)
        gate = asyncio.Event()
        for name in ("one", "two", "three"):
            shop.does[name] = gate.wait
            shop.person(name).say(name)
        await shop.until(lambda: len(shop.begun) == 2)
        await asyncio.sleep(0.02)
        assert len(shop.begun) == 2
        gate.set()
        await shop.settled()
        assert sorted(shop.ended) == ["one", "three", "two"]


async def test_a_person_who_writes_much_does_not_keep_others_waiting(database_url):
    async with desk(database_url) as shop:
        await shop.opens(workers=1)
        sari, budi, gate = shop.person("Sari"), shop.person("Budi"), asyncio.Event()
        shop.does["1"] = gate.wait
        for number in range(1, 6):
            sari.say(str(number))
        budi.say("short")
        await shop.until(lambda: len(shop.dispatcher.held) == 6)
        gate.set()
        await shop.settled()
        assert shop.ended[:3] == ["1", "short", "2"]


# Settling


async def test_an_update_is_not_done_before_its_answer_is_out(shop):
    gate = asyncio.Event()
    shop.does["hello"] = gate.wait
    shop.person("Sari").say("hello")
    await shop.until(lambda: shop.begun)
    await asyncio.sleep(2 * settler.LINGER)
    assert len(await shop.on_hand()) == 1
    gate.set()
    await shop.settled()
    assert await shop.on_hand() == []


async def test_a_lone_update_is_settled_at_once(shop, monkeypatch):
    monkeypatch.setattr(settler, "LINGER", 3600)
    await shop.hears("Sari", "hello")
    assert await shop.on_hand() == []


async def test_one_that_ends_while_others_are_busy_is_settled_soon(shop):
    gate = asyncio.Event()
    shop.does["slow"] = gate.wait
    shop.person("Sari").say("slow")
    shop.person("Budi").say("quick")
    await shop.until(lambda: len(shop.dispatcher.held) == 1)
    assert len(await shop.on_hand()) == 1
    gate.set()


async def test_those_that_end_while_others_are_busy_share_a_transaction(shop, monkeypatch):
    monkeypatch.setattr(settler, "LINGER", 3600)
    gate = asyncio.Event()
    shop.does["slow"] = gate.wait
    shop.person("Sari").say("slow")
    for name in ("Budi", "Emma", "Joko"):
        shop.person(name).say(name)
        await shop.until(lambda name=name: name in shop.ended)
    before = shop.storage.commits
    gate.set()
    await shop.settled()
    assert shop.storage.commits - before == 1


async def test_a_hundred_updates_share_a_few_transactions(shop):
    for number in range(100):
        shop.person(f"p{number}").say("hello")
    await shop.settled()
    assert len(shop.ended) == 100
    assert shop.storage.commits < 15
    assert await shop.on_hand() == []


# A database or a token in trouble


async def test_database_trouble_keeps_the_update_and_its_lane_until_it_is_over_while_others_go_on(shop):
    sari, failing = shop.person("Sari"), [True]

    async def fail() -> None:
        if failing:
            raise locked()

    shop.does["hello"] = fail
    sari.say("hello")
    sari.say("again")
    await shop.until(lambda: shop.begun == ["hello"])
    shop.person("Budi").say("other")
    await shop.until(lambda: shop.ended == ["other"])
    assert len(await shop.on_hand()) >= 2
    failing.clear()
    await shop.settled()
    assert shop.ended == ["other", "hello", "again"]
    assert (await shop.aside(), await shop.owed()) == ([], [])


async def test_trouble_that_lasts_is_told_less_and_less_often_in_the_databases_own_words(shop, caplog):
    shop.dispatcher._backoff = Backoff(first=0.001)
    fails = [*range(9)]

    async def fail() -> None:
        if fails:
            fails.pop()
            raise locked()

    shop.does["hello"] = fail
    await shop.hears("Sari", "hello")
    told = [vars(record) for record in caplog.records if record.message == "update waits"]
    assert [(one["tries"], one["error"]) for one in told] == [
        (tries, "OperationalError: database is locked") for tries in (0, 1, 3, 7)
    ]


def locked() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


async def test_a_token_refused_once_while_answering_costs_nobody_an_answer(shop):
    shop.sandbox.fault("status", "sendMessage", code=401, words="Unauthorized")
    sari = shop.person("Sari")
    sari.say("hello")
    await shop.settled()
    assert await shop.answers_owed() == [(sari.chat.id, "welcome")]
    assert (await shop.on_hand(), await shop.aside()) == ([], [])


async def test_a_refused_token_outside_of_an_answer_is_no_fault_of_the_handler(shop):
    refusals = iter([raises(InvalidToken()), asyncio.Event().set])

    async def once() -> None:
        if (step := next(refusals, None)) and asyncio.iscoroutine(found := step()):
            await found

    shop.does["hello"] = once
    await shop.hears("Sari", "hello")
    assert (shop.ended, await shop.aside()) == (["hello"], [])


async def test_settling_waits_for_a_database_that_is_away(shop):
    shop.does["hello"] = lambda: refuse_next(shop)
    await shop.hears("Sari", "hello")
    assert (shop.begun, await shop.on_hand()) == (["hello"], [])


# The end


async def test_draining_finishes_what_is_being_handled_and_starts_nothing_new(database_url):
    async with desk(database_url) as shop:
        await shop.opens(deadline=30, workers=1)
        sari, gate = shop.person("Sari"), asyncio.Event()
        shop.does["first"] = gate.wait
        sari.say("first")
        sari.say("second")
        shop.person("Budi").say("other")
        await shop.until(lambda: shop.begun and len(shop.dispatcher.held) == 3)
        asyncio.get_running_loop().call_later(0.05, gate.set)
        await shop.dispatcher.drain(seconds=4)
        assert (shop.begun, shop.ended) == (["first"], ["first"])
        assert len(await shop.on_hand()) == 2


async def test_draining_gives_up_on_a_handler_in_time_and_leaves_its_update(database_url):
    async with desk(database_url) as shop:
        await shop.opens(deadline=30)
        shop.does["hello"] = asyncio.Event().wait
        shop.person("Sari").say("hello")
        await shop.until(lambda: shop.begun)
        await asyncio.wait_for(shop.dispatcher.drain(seconds=0.1), 20)  # of the thirty that a handler may take
        assert (len(await shop.on_hand()), await shop.aside()) == (1, [])


async def test_what_ended_in_time_is_settled_in_what_time_is_left(database_url, monkeypatch):
    monkeypatch.setattr(dispatcher, "FLUSH", 0)
    async with desk(database_url) as shop:
        await shop.opens(deadline=30)
        gate = asyncio.Event()
        shop.does["hello"] = gate.wait
        shop.person("Sari").say("hello")
        await shop.until(lambda: shop.begun)
        shop.storage.refuses = 3  # it takes long to write
        gate.set()
        await shop.dispatcher.drain(seconds=30)
        assert (shop.storage.refuses, await shop.on_hand()) == (0, [])


async def test_an_idle_bot_drains_at_once(shop):
    await shop.hears("Sari", "hello")
    await asyncio.wait_for(shop.dispatcher.drain(seconds=3600), 20)


async def test_lanes_that_never_ran_drain_at_once(database_url):
    async with desk(database_url) as shop:
        await shop.opens()
        await shop.dies()
        await asyncio.wait_for(shop.dispatcher.drain(seconds=3600), 20)


async def test_nothing_begins_while_another_may_lead(shop):
    leads = False
    shop.dispatcher.leads = lambda: leads or not shop.dispatcher.held  # another takes over once it holds something
    shop.person("Sari").say("first")
    await shop.until(lambda: shop.dispatcher.held and all(row.empty() for row in shop.dispatcher._ready.values()))
    assert shop.begun == []
    leads = True
    await shop.settled()
    assert shop.ended == ["first"]


async def test_a_handler_whose_time_is_over_as_its_process_may_lead_no_more_is_begun_again(shop):
    sari, leads = shop.person("Sari"), asyncio.Event()
    leads.set()
    shop.dispatcher.leads = leads.is_set

    async def hangs() -> None:
        shop.does.clear()
        leads.clear()
        asyncio.get_running_loop().call_later(2 * DEADLINE, leads.set)
        await asyncio.Event().wait()

    shop.does["hello"] = hangs
    sari.say("hello")
    await shop.settled()
    assert (await shop.aside(), shop.ended) == ([], ["hello"])

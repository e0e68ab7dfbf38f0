"""Intake: nothing that Telegram handed over is lost, whatever happens between the poll and the answer."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncIterator

import pytest

from bot.demo.cast import CAST
from bot.incoming import dispatcher, poller, recorder
from handlers.wording.layout import grouped
from storage import inbox, people
from storage.numbers import EXAMPLE, draw
from storage.records import StoredUpdate
from tests import postgres
from tests.desk import NIK, Desk, desk, polls
from tests.storage.cast import ask
from tests.town import TUESDAY, migrated


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Desk]:
    """A desk on each engine in turn, not open yet."""
    async with desk(database_url) as found:
        yield found


def stored(id: int, person: int, text: str) -> StoredUpdate:
    sender = {"id": person, "is_bot": False, "first_name": ""}
    message = {"message_id": id, "date": 1, "chat": {"id": person, "type": "private"}, "from": sender, "text": text}
    return StoredUpdate(id, person, json.dumps({"update_id": id, "message": message}))


async def store(shop: Desk, *arrivals: StoredUpdate) -> None:
    async with shop.storage.inner.transaction() as tx:
        await inbox.store(tx, arrivals, shop.clock)


# Nothing is lost


async def test_telegram_may_forget_an_update_only_once_it_is_stored(shop):
    shop.storage.refuses = 10**6
    sari = shop.person("Sari")
    sari.say("hello")
    await shop.opens()
    await shop.until(lambda: len(shop.rests) > 3)
    assert (len(polls(shop)), len(shop.telegram.queue), await shop.on_hand()) == (1, 1, [])
    shop.storage.refuses = 0
    await shop.settled()
    assert [seen.text for seen in sari.heard] == ["“hello”"]
    assert shop.rests[:3] == [0.5, 1.0, 2.0]


async def test_a_locked_database_costs_nothing(tmp_path, small):
    small.person("Sari").say("hello")
    await small.storage.inner._writer.execute("pragma busy_timeout = 10")
    other = sqlite3.connect(tmp_path / "town.db", isolation_level=None)
    other.execute("begin immediate")
    await small.opens()
    await small.until(lambda: len(small.rests) > 2)
    assert len(small.telegram.queue) == 1
    other.execute("rollback")
    other.close()
    await small.settled()
    assert small.ended == ["hello"]


async def test_a_database_server_that_restarts_costs_nothing():
    async with postgres.database(migrated) as url, desk(url) as shop:
        await shop.opens()
        sari = shop.person("Sari")
        sari.say("one")
        await shop.settled()
        async with postgres.outage(url):
            sari.say("two")
            await shop.until(lambda: shop.rests)
        await shop.settled()
        assert shop.ended == ["one", "two"]


async def test_a_commit_whose_answer_is_lost_loses_no_update_and_no_order(shop):
    sari = shop.person("Sari")
    shop.storage.forgets = 1
    sari.say("one")
    sari.say("two")
    await shop.opens()
    await shop.settled()
    sari.say("three")
    await shop.settled()
    assert shop.ended == ["one", "two", "three"]


async def test_what_was_stored_before_a_power_cut_is_handled_after_it_in_order(shop):
    sari = shop.person("Sari")
    shop.does["one"] = asyncio.Event().wait
    await shop.opens(deadline=30)
    for text in ("one", "two"):
        sari.say(text)
    await shop.until(lambda: len(shop.dispatcher.held) == 2)
    await shop.dies()
    shop.does.clear()
    sari.say("three")
    await shop.opens()
    await shop.settled()
    assert shop.ended == ["one", "two", "three"]


async def test_what_was_answered_and_not_yet_written_down_is_answered_again_after_a_power_cut(shop):
    sari = shop.person("Sari")
    shop.does["one"] = lambda: refuse(shop)
    await shop.opens()
    sari.say("one")
    await shop.until(lambda: shop.ended)
    await shop.dies()
    shop.does.clear()
    shop.storage.refuses = 0
    await shop.opens()
    await shop.settled()
    assert shop.ended == ["one", "one"]


async def refuse(shop: Desk) -> None:
    shop.storage.refuses = 1000


async def test_a_long_backlog_is_taken_up_page_by_page_and_each_person_in_order(shop, monkeypatch):
    monkeypatch.setattr(recorder, "PAGE", 7)
    chats = [shop.person(name).chat.id for name in ("Sari", "Budi", "Emma")]
    await store(shop, *(stored(id, chats[id % 3], f"{id:03}") for id in range(1, 101)))
    await shop.opens(most=20)
    await shop.settled()
    for one in range(3):
        assert [text for text in shop.begun if int(text) % 3 == one] == [
            f"{id:03}" for id in range(1, 101) if id % 3 == one
        ]


async def test_whoever_sends_hundreds_holds_up_nobody_and_is_answered_in_order(shop):
    sari, gate = shop.person("Sari"), asyncio.Event()
    shop.does["0"] = gate.wait
    for number in range(200):
        sari.say(str(number))
    await shop.opens(most=60, deadline=30)
    shop.person("Budi").say("short")
    await shop.until(lambda: shop.ended == ["short"])
    gate.set()
    for number in range(200, 260):
        sari.say(str(number))
        await asyncio.sleep(0.002)
    await shop.settled()
    assert shop.ended[1:] == [str(number) for number in range(260)]


async def test_what_is_left_in_the_inbox_is_taken_up_as_the_lane_gets_short_and_polls_are_brief_till_then(small):
    sari, gate = small.person("Sari"), asyncio.Event()
    small.does["0"] = gate.wait
    for number in range(99):
        sari.say(str(number))
    await small.opens(deadline=30)
    await small.until(lambda: len(polls(small)) > 1)
    assert (len(small.dispatcher.held), [poll["timeout"] for poll in polls(small)]) == (dispatcher.LONGEST, ["0", "1"])
    gate.set()
    await small.until(lambda: len(small.ended) == dispatcher.LONGEST)
    small.sandbox.clock.advance(poller.SOON)
    await small.settled()
    await small.until(lambda: polls(small)[-1]["timeout"] == "50")
    assert small.ended == [str(number) for number in range(99)]


async def test_an_update_delivered_again_changes_nothing(shop):
    await shop.opens()
    await shop.hears("Sari", "hello")
    shop.telegram.queue.redeliver()
    await shop.hears("Budi", "other")
    await shop.dies()
    shop.telegram.queue.redeliver(2)
    await shop.opens()
    await shop.hears("Emma", "third")
    assert shop.ended == ["hello", "other", "third"]


async def test_an_update_delivered_again_while_it_is_being_handled_changes_nothing(shop):
    await shop.opens(deadline=30)
    gate = asyncio.Event()
    shop.does["hello"] = gate.wait
    shop.person("Sari").say("hello")
    await shop.until(lambda: shop.begun and not len(shop.telegram.queue))
    shop.telegram.queue.redeliver()
    shop.person("Budi").say("other")
    await shop.until(lambda: shop.ended)
    gate.set()
    await shop.settled()
    assert shop.begun == ["hello", "other"]


async def test_what_is_let_out_of_quarantine_is_taken_up_without_a_restart(shop):
    shop.does["hello"] = fail
    await shop.opens()
    await shop.hears("Sari", "hello")
    shop.does.clear()
    async with shop.storage.transaction() as tx:
        assert await inbox.retry(tx, (await inbox.failed(tx))[0][0])
    shop.seconds += recorder.TAKE_UP_EVERY
    await shop.hears("Budi", "other")
    await shop.until(lambda: shop.ended == ["other", "hello"])


async def fail() -> None:
    raise KeyError


# One bad update, and what must not be kept


async def test_one_update_that_nobody_can_read_is_put_aside_and_the_others_go_on(shop, caplog):
    sari = shop.person("Sari")
    sari.say("one")
    bad = shop.telegram.queue.add_raw({"message": {"date": "poison", "text": "my secret"}}, TUESDAY)
    sari.say("two")
    with caplog.at_level(logging.DEBUG):
        await shop.opens()
        await shop.settled()
    assert shop.ended == ["one", "two"]
    assert await shop.aside() == [(bad.id, "KeyError")]
    assert "secret" not in caplog.text


async def test_sixteen_digits_and_names_never_reach_the_disk(tmp_path, small):
    gate = asyncio.Event()
    for text in ("#" * 16, "hello"):
        small.does[text] = gate.wait
    await small.opens()
    sari = small.sandbox.person("Sari Dewi", username="saridewi").chat()
    sari.say(NIK)
    sari.photo(b"x", caption=NIK)
    sari.forge(f"s:{NIK}", message=1)
    await small.until(lambda: len(small.dispatcher.held) == 3)
    disk = b"".join(path.read_bytes() for path in tmp_path.glob("town.db*"))
    assert b"s:####" in disk
    assert [word for word in (NIK, "Sari", "saridewi") if word.encode() in disk] == []
    gate.set()
    await small.settled()


async def test_of_digits_that_may_be_a_nik_only_a_number_of_the_register_is_kept(shop):
    sari = shop.person("Sari")
    async with shop.storage.inner.transaction() as tx:
        await people.follow(tx, sari.person.id, EXAMPLE, "id", "id", known=False, now=shop.clock)
    await shop.opens()
    await shop.hears("Sari", f"{grouped(EXAMPLE)} 24-11-2026", "2345 6789 0123 24-11-2026", EXAMPLE)
    assert shop.ended == [f"{EXAMPLE} ####", "####", EXAMPLE]


async def test_a_number_that_is_struck_out_is_a_guess_but_not_of_staff(shop):
    await shop.opens()
    warni = shop.sandbox.person("Warni", id_=CAST["warni"].chat).chat()
    for window in (shop.person("Sari"), warni):
        window.say("2345 6789 0123 24-11-2026")
    await shop.settled()
    assert await ask(shop.storage, "select count(*) from miss") == [(1,)]


async def test_of_more_numbers_than_a_message_may_hold_none_is_looked_up(shop):
    await shop.opens()
    await shop.hears("Sari", " 1 ".join(grouped(draw()) for _ in range(11)))
    assert (shop.ended, await ask(shop.storage, "select count(*) from miss")) == (["####"], [(0,)])


async def test_of_what_is_said_in_a_group_nothing_is_kept(small):
    await small.opens()
    sari = small.sandbox.person("Sari")
    sari.chat()
    group = small.sandbox.group("Desa", "group")
    window = group.add_person(sari.user)
    small.telegram.privacy = False
    group.chat.members[small.telegram.id] = "member"
    window.say("5631 8591 5492 sudah jadi?")
    await small.settled()
    assert (small.begun, len(small.telegram.queue), await small.on_hand()) == ([], 0, [])

"""Whose turn it is when many wait, and what one person's haste costs: nobody else, and one answer for one question."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

import pytest

from bot.incoming import dispatcher, person_queue
from bot.incoming.redact import read
from bot.web.health import LIMITS, Health, Process, look
from storage import inbox, people
from storage.numbers import EXAMPLE
from storage.records import StoredUpdate
from tests.desk import Desk, desk
from tests.incoming.test_attached import FILED, card
from tests.incoming.test_redact import message
from tests.town import TUESDAY

MINUTES = 60_000


@pytest.fixture
def gate() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
async def shop(database_url: str, gate: asyncio.Event) -> AsyncIterator[Desk]:
    """A desk with one worker, who is busy with Rina until the gate opens."""
    async with desk(database_url) as found:
        found.does["wait"] = gate.wait
        await found.opens(workers=1, deadline=30)
        found.person("Rina").say("wait")
        await found.until(lambda: found.begun)
        yield found


async def goes_on(shop: Desk, gate: asyncio.Event, waiting: int) -> list[str]:
    """Once so many wait, the gate opens; in which order they are answered."""
    await shop.until(lambda: len(shop.dispatcher.held) == waiting + 1)
    gate.set()
    await shop.settled()
    return shop.ended[1:]


# One question, one answer


async def test_equal_questions_that_wait_become_one_answer_and_all_are_done(shop, gate):
    sari = shop.person("Sari")
    for text in ["/status"] * 4 + ["hello"] * 2 + ["/status"]:
        sari.say(text)
    assert await goes_on(shop, gate, 7) == ["/status", "hello", "/status"]
    assert [seen.text for seen in sari.heard] == ["“/status”", "“hello”", "“/status”"]
    assert (await shop.on_hand(), await shop.aside(), shop.dispatcher.turns()) == ([], [], {})


async def test_what_is_asked_while_the_answer_is_made_gets_an_answer_of_its_own(shop, gate):
    rina = shop.person("Rina")
    rina.say("wait")
    rina.say("wait")
    assert await goes_on(shop, gate, 2) == ["wait"]


async def test_equal_questions_of_different_people_are_answered_each(shop, gate):
    for name in ("Sari", "Budi"):
        shop.person(name).say("/status")
    assert await goes_on(shop, gate, 2) == ["/status", "/status"]


def test_the_same_words_in_answer_to_two_cards_are_two_questions():
    said = [message(text="KIA adik", reply_to_message=card(f"fn:{number}:1")) for number in (FILED, EXAMPLE, EXAMPLE)]
    batch = read([{**one, "update_id": id} for id, one in enumerate(said)], None)
    waiting = person_queue.PersonQueue(0, updates=deque(batch.arrivals))
    assert waiting.equal_behind() == 0
    waiting.updates.popleft()
    assert waiting.equal_behind() == 1


async def test_no_tap_is_left_out(shop, gate):
    sari = shop.person("Sari")
    sari.say("hello")
    for _ in range(3):
        sari.forge("w", message=1)
    assert await goes_on(shop, gate, 4) == ["hello", "w", "w", "w"]


async def test_equal_questions_are_tried_again_together_when_the_database_is_back(shop, gate):
    failing = [True]

    async def fail() -> None:
        if failing:
            failing.pop()
            raise ConnectionError

    shop.does["/status"] = fail
    for _ in range(3):
        shop.person("Sari").say("/status")
    assert await goes_on(shop, gate, 3) == ["/status"]
    assert (shop.begun, await shop.aside()) == (["wait", "/status", "/status"], [])


async def test_equal_questions_that_fail_are_one_failure_and_one_apology(shop, gate):
    async def fail() -> None:
        raise KeyError

    shop.does["/status"] = fail
    for _ in range(3):
        shop.person("Sari").say("/status")
    assert await goes_on(shop, gate, 3) == []
    assert ([error for _, error in await shop.aside()], len(await shop.owed())) == (["KeyError"], 1)


# Who comes first


async def follows(shop: Desk, name: str) -> None:
    async with shop.storage.transaction() as tx:
        await people.follow(tx, shop.person(name).chat.id, "563185915492", None, "id", known=True, now=TUESDAY)


async def test_who_follows_or_works_here_does_not_wait_for_a_thousand_strangers(database_url, gate):
    async with desk(database_url) as shop:
        async with shop.storage.transaction() as tx:
            await people.give_post(tx, shop.person("courier").chat.id, "courier", "", None, TUESDAY)
        await follows(shop, "family")
        for number in range(100):
            shop.person(str(number)).say(str(number))
            shop.does[str(number)] = gate.wait
        await shop.opens(workers=2, deadline=30)
        await shop.until(lambda: len(shop.begun) == 2)  # as many as there are workers for strangers
        for name in ("courier", "family"):
            shop.person(name).say(name)
        await shop.until(lambda: shop.ended == ["courier", "family"])
        gate.set()
        await shop.settled()
        assert shop.later == [str(number) for number in range(100)]
        assert sorted(shop.ended[2:]) == sorted(shop.later)


async def test_after_a_restart_known_people_come_first_too(database_url):
    async with desk(database_url) as shop:
        chats = [shop.person(f"p{number}").chat.id for number in range(20)]
        for number in range(20):
            shop.person(f"p{number}").chat.started = True
        await follows(shop, "p19")
        async with shop.storage.transaction() as tx:
            for id, chat in enumerate(chats, 1):
                body = f'{{"message": {{"message_id": {id}, "from": {{"id": {chat}}}, "text": "p{id - 1}"}}}}'
                await inbox.store(tx, [StoredUpdate(id, chat, body)], TUESDAY)
        await shop.opens(workers=1)
        await shop.settled()
        assert sorted(set(shop.ended) - set(shop.later)) == ["p19"]
        assert sorted(shop.ended) == sorted(f"p{number}" for number in range(20))


async def test_while_nobody_has_to_wait_the_register_is_not_asked_who_somebody_is(shop, gate, monkeypatch):
    monkeypatch.setattr(people, "is_known", None)
    shop.person("Sari").say("hello")
    assert await goes_on(shop, gate, 1) == ["hello"]


async def test_the_register_is_asked_once_a_minute_about_each(shop, gate):
    seconds = [0.0]
    who = person_queue.Acquaintances(lambda: seconds[0])
    sari, found = shop.person("Sari").chat.id, []
    for seconds[0] in (0.0, 59.0, 60.0):
        async with shop.storage.reading() as tx:
            found.append(await who.strangers(tx, [sari, sari]))
        await follows(shop, "Sari")
    assert found == [{sari}, {sari}, frozenset()]
    gate.set()


async def test_forty_who_flood_do_not_keep_the_polls_from_others(database_url, gate, monkeypatch):
    monkeypatch.setattr(dispatcher, "CROWD", 40)
    async with desk(database_url) as shop:
        for name in (f"p{number}" for number in range(10)):
            shop.does[f"{name}:0"] = gate.wait
            for number in range(20):
                shop.person(name).say(f"{name}:{number}")
        await follows(shop, "Sari")
        await shop.opens(most=80, deadline=30, workers=11)
        shop.person("Sari").say("hello")
        await shop.until(lambda: shop.ended == ["hello"])
        gate.set()
        while len(shop.ended) < 201:
            shop.sandbox.clock.advance(1)
            await asyncio.sleep(0.01)
        assert [text for text in shop.ended if text.startswith("p3:")] == [f"p3:{number}" for number in range(20)]
        assert shop.again == []  # what was left in the inbox for a while was in nobody's hands


# What health says of it


async def health(shop: Desk) -> Health:
    process = Process(leads=True, poll_age=0.0, outage_age=0.0, lag=0.0, write_age=0.0, clock_skew=0.0, server_skew=0.0)
    return await look(shop.storage, shop.clock, process, shop.dispatcher.turns())


async def test_one_who_sends_thousands_makes_no_open_age(shop, gate, monkeypatch):
    monkeypatch.setattr(dispatcher, "LONGEST", 5)
    sari = shop.person("Sari")
    for number in range(12):
        sari.say(str(number))
        shop.does[str(number)] = lambda: pass_by(shop, 2 * MINUTES)
    gate.set()
    seen: list[Health] = []
    while len(shop.ended) < 10:
        await shop.until(lambda: len(shop.ended) > len(seen))
        seen.append(await health(shop))
    await shop.settled()
    assert max(one.facts()["open"] for one in seen) > 5
    assert {fault for one in seen for fault in one.faults()} == set()


async def pass_by(shop: Desk, ms: int) -> None:
    shop.clock += ms
    await asyncio.sleep(0.01)


async def test_what_nobody_begins_is_seen_however_much_its_person_has_sent(shop, gate):
    for _ in range(3):
        shop.person("Sari").say("hello")
    await shop.until(lambda: len(shop.dispatcher.held) == 4)
    shop.clock += int(LIMITS["open_age"] * 1000) + 1
    assert (await health(shop)).faults() == ["open_age"]
    gate.set()


async def test_what_is_stored_and_in_nobodys_hands_is_seen(shop, gate):
    gate.set()
    await shop.settled()
    async with shop.storage.transaction() as tx:
        await inbox.store(tx, [StoredUpdate(10**9, 5, "{}")], TUESDAY)
    shop.clock += int(LIMITS["open_age"] * 1000) + 1
    assert "open_age" in (await health(shop)).faults()

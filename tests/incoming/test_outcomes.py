"""What becomes of an update: answered, owed, lost, failed or blocked; and that it is written down in one piece."""

import asyncio
import json
import logging
import sqlite3
import time

import pytest
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.incoming import dispatcher, settler
from bot.incoming.outcomes import Answered, AnswerOwed, Failed, PersonGone, Retry, outcome_of
from bot.telegram.connections import NotSent
from bot.telegram.rate_limit import Crowded
from handlers.view import Unanswered
from storage import outbox, people
from storage.records import StoredUpdate
from tests.desk import DEADLINE, FACTS, NIK, Desk, desk, raises, refuse_next


def sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = code
    return error


async def forget_next(shop: Desk) -> None:
    shop.storage.forgets = 1


BEGAN, NOW = 900, 1000


def unanswered(cause: BaseException | None) -> Unanswered:
    error = Unanswered(7, FACTS, BEGAN)
    error.__cause__ = cause
    return error


def not_sent() -> NetworkError:
    error = NetworkError("refused")
    error.__cause__ = NotSent("refused")
    return error


MEANINGS = {
    "unchanged": (unanswered(BadRequest("Message is not modified: …")), Answered()),
    "blocked": (unanswered(Forbidden("bot was blocked by the user")), PersonGone(7, "blocked", FACTS, BEGAN)),
    "flood": (unanswered(RetryAfter(30)), AnswerOwed(7, FACTS, NOW + 31_000)),
    "crowded": (unanswered(Crowded(30)), AnswerOwed(7, FACTS)),
    "unknown": (unanswered(NetworkError("unknown")), AnswerOwed(7, FACTS, repeated=True)),
    "not-sent": (unanswered(not_sent()), AnswerOwed(7, FACTS)),
    "logged-out": (unanswered(BadRequest("Logged out")), AnswerOwed(7, FACTS)),
    "nobody-knows": (unanswered(BadRequest("PEER_ODD")), AnswerOwed(7, FACTS)),
    "blocked-in-capitals": (unanswered(BadRequest("USER_IS_BLOCKED")), PersonGone(7, "blocked", FACTS, BEGAN)),
    "unparsable": (unanswered(BadRequest("can't parse entities")), AnswerOwed(7, FACTS)),
    "card-gone": (unanswered(BadRequest("message to edit not found")), AnswerOwed(7, FACTS)),
    "not-found": (unanswered(BadRequest("chat not found")), AnswerOwed(7, FACTS)),
    "token": (unanswered(InvalidToken()), AnswerOwed(7, FACTS)),
    "conflict": (unanswered(Conflict("other")), AnswerOwed(7, FACTS)),
    "no-cause": (unanswered(None), Failed("Unanswered")),
    "no-telegram": (unanswered(KeyError()), Failed("KeyError")),
    "bare-token": (InvalidToken(), Retry("InvalidToken")),
    "bare-flood": (RetryAfter(3), Retry("RetryAfter")),
    "bare-network": (NetworkError("unknown"), Retry("NetworkError")),
    "bare-refusal": (BadRequest("chat not found"), Failed("BadRequest")),
    "bare-forbidden": (Forbidden("blocked"), Failed("Forbidden")),
    "locked": (sqlite(sqlite3.SQLITE_BUSY), Retry("OperationalError: …")),
    "full": (sqlite(sqlite3.SQLITE_FULL), Retry("OperationalError: …")),
    "wrong-query": (sqlite(sqlite3.SQLITE_ERROR), Failed("OperationalError")),
    "away": (ConnectionError(), Retry("ConnectionError")),
    "bug": (KeyError(), Failed("KeyError")),
    "cancelled": (asyncio.CancelledError(), Failed("CancelledError")),
}


@pytest.mark.parametrize("failure, expected", MEANINGS.values(), ids=MEANINGS)
def test_a_failure_means(failure, expected):
    assert outcome_of(failure, NOW) == expected


# Answers that cannot be sent


@pytest.mark.parametrize("kind", ["refuse", "lose", "flood", "html", "truncate"])
async def test_an_answer_that_cannot_be_sent_now_is_owed_and_its_update_done(shop, kind):
    sari = shop.person("Sari")
    shop.sandbox.fault(kind, "sendMessage", seconds=30 if kind == "flood" else 0, code=502)
    sari.say("hello")
    await shop.settled()
    shop.clock += 60_000
    assert await shop.answers_owed() == [(sari.chat.id, "welcome")]
    assert await shop.on_hand() == []


async def test_to_owe_the_answer_and_to_be_done_is_one_transaction(shop):
    shop.does["hello"] = lambda: refuse_next(shop)
    shop.sandbox.fault("refuse", "sendMessage")
    shop.person("Sari").say("hello")
    await shop.until(lambda: shop.storage.refuses == 0 and shop.begun)
    assert (len(await shop.on_hand()), await shop.answers_owed()) == (1, [])
    await shop.settled()
    assert (len(await shop.on_hand()), len(await shop.answers_owed())) == (0, 1)


async def test_an_answer_that_is_out_before_its_commit_is_known_is_owed_no_more(shop):
    shop.does["hello"] = lambda: forget_next(shop)
    shop.sandbox.fault("refuse", "sendMessage")
    shop.person("Sari").say("hello")
    await shop.until(lambda: shop.begun and not shop.storage.forgets)
    [owed] = await shop.owed()
    async with shop.storage.inner.transaction() as tx:
        await outbox.answered(tx, owed.ids)
    await shop.settled()
    assert await shop.answers_owed() == []


async def test_a_chat_in_a_flood_is_left_alone_until_it_is_over(shop):
    shop.sandbox.fault("flood", "sendMessage", seconds=30)
    await shop.hears("Sari", "hello")
    assert await shop.answers_owed() == []
    shop.clock += 32_000
    assert len(await shop.answers_owed()) == 1


async def test_someone_who_has_blocked_the_bot_is_known_as_away_and_hears_on_return(shop):
    sari = shop.person("Sari")
    gate = asyncio.Event()
    shop.does["hello"] = gate.wait
    sari.say("hello")
    await shop.until(lambda: shop.begun)
    sari.block()
    shop.telegram.queue.clear()
    gate.set()
    await shop.settled()
    assert (await shop.on_hand(), await shop.answers_owed()) == ([], [])
    async with shop.storage.inner.transaction() as tx:
        assert await outbox.find(tx, sari.chat.id, shop.clock)
    assert await shop.answers_owed() == [(sari.chat.id, "welcome")]


@pytest.mark.parametrize("back", ["while it stood still", "never"])
async def test_whoever_came_back_while_the_word_of_an_answer_stood_still_is_not_away(shop, back):
    sari, gate = shop.person("Sari"), asyncio.Event()
    shop.does["hello"] = gate.wait
    async with shop.storage.inner.transaction() as tx:
        await people.choose_language(tx, sari.chat.id, "id")
    sari.say("hello")
    await shop.until(lambda: shop.begun)
    sari.block()
    shop.telegram.queue.clear()
    if back != "never":
        shop.clock += 5_000
        async with shop.storage.inner.transaction() as tx:  # of whom another process hears, which leads meanwhile
            await outbox.find(tx, sari.chat.id, shop.clock)
    gate.set()
    await shop.settled()
    assert await shop.answers_owed() == ([] if back == "never" else [(sari.chat.id, "welcome")])


async def test_that_a_person_is_away_is_written_before_their_return_is_handled(shop):
    sari, seen = shop.person("Sari"), []

    async def look() -> None:
        async with shop.storage.inner.transaction() as tx:
            seen.append(await outbox.find(tx, sari.chat.id, shop.clock))

    shop.does["back"] = look
    shop.sandbox.fault("status", "sendMessage", code=403, words="Forbidden: bot was blocked by the user")
    sari.say("hello")
    sari.say("back")
    await shop.settled()
    assert seen == [True]


async def test_what_may_be_owed_wakes_the_sender_once_it_is_written(shop):
    shop.sandbox.fault("refuse", "sendMessage")
    await shop.hears("Sari", "hello")
    assert shop.wakes == 2


# Handlers that fail


async def test_an_update_whose_handler_fails_is_put_aside_and_its_person_gets_a_polite_answer(shop):
    sari = shop.person("Sari")
    shop.does["hello"] = raises(KeyError(NIK))
    sari.say("hello")
    sari.say("again")
    await shop.settled()
    assert [error for _, error in await shop.aside()] == ["KeyError"]
    assert await shop.answers_owed() == [(sari.chat.id, "sorry")]
    assert shop.ended == ["again"]


async def test_one_that_fails_again_is_not_apologised_for_twice(shop):
    shop.does["hello"] = raises(KeyError())
    await shop.hears("Sari", "hello")
    [(id, _)] = await shop.aside()
    for update in (StoredUpdate(id, 1, body) for body in ["{}", "{}"]):
        shop.dispatcher.add(update)
    await shop.settled()
    assert len(await shop.owed()) == 1


async def test_the_log_says_which_update_failed_and_where_but_not_what_it_said(shop, caplog):
    shop.does["my secret"] = raises(ValueError("my secret"))
    shop.person("Sari").say("my secret")
    with caplog.at_level(logging.DEBUG, "bot"):
        await shop.settled()
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert (record.update, record.error) == ((await shop.aside())[0][0], "ValueError")
    assert record.trace.startswith("desk.py")
    assert "secret" not in json.dumps([str(vars(record)) for record in caplog.records])


async def test_a_handler_that_hangs_is_cut_off_and_its_person_goes_on(shop):
    sari = shop.person("Sari")
    shop.does["hello"] = asyncio.Event().wait
    sari.say("hello")
    sari.say("again")
    await shop.settled()
    assert [error for _, error in await shop.aside()] == ["Hung"]
    assert await shop.answers_owed() == [(sari.chat.id, "sorry")]
    assert shop.ended == ["again"]


async def test_a_handler_amid_which_the_whole_process_stands_still_is_begun_again(shop, monkeypatch):
    monkeypatch.setattr(dispatcher, "STOOD_STILL", 0.05)
    sari = shop.person("Sari")

    async def stands_still() -> None:
        shop.does.clear()
        time.sleep(DEADLINE + 0.1)  # noqa: ASYNC251  # all of it, as SIGSTOP would
        await asyncio.Event().wait()

    shop.does["hello"] = stands_still
    sari.say("hello")
    await shop.settled()
    assert (await shop.aside(), shop.ended) == ([], ["hello"])


async def test_a_handler_that_lets_the_whole_process_stand_still_each_time_is_put_aside(shop, monkeypatch):
    monkeypatch.setattr(dispatcher, "STOOD_STILL", 0.05)
    sari = shop.person("Sari")

    async def stands_still() -> None:
        time.sleep(DEADLINE + 0.1)  # noqa: ASYNC251  # it is this handler's own doing
        await asyncio.Event().wait()

    shop.does["hello"] = stands_still
    sari.say("hello")
    sari.say("again")
    await shop.settled()
    assert ([error for _, error in await shop.aside()], shop.ended) == (["Hung"], ["again"])


async def test_a_handler_that_is_cancelled_from_inside_does_not_end_its_worker(database_url):
    async with desk(database_url) as shop:
        await shop.opens(workers=1)
        shop.does["hello"] = raises(asyncio.CancelledError())
        shop.person("Sari").say("hello")
        shop.person("Budi").say("other")
        await shop.settled()
        assert shop.ended == ["other"]
        assert [error for _, error in await shop.aside()] == ["CancelledError"]


async def test_a_stored_update_that_nobody_can_read_is_put_aside(shop):
    async with shop.storage.transaction() as tx:
        await tx.many("store_update", [{"update_id": 1, "person": 5, "body": '{"update_id":', "now": 0}])
    shop.dispatcher.add(StoredUpdate(1, 5, '{"update_id":'))
    await shop.settled()
    assert await shop.aside() == [(1, "JSONDecodeError")]


async def test_an_outcome_that_cannot_be_written_does_not_keep_others_from_being_settled(shop, monkeypatch):
    monkeypatch.setattr(settler, "LINGER", 0.2)
    monkeypatch.setitem(FACTS, "odd", object())
    sari = shop.person("Sari")
    shop.sandbox.fault("refuse", "sendMessage", sari.chat.id)
    for person in (sari, shop.person("Budi")):
        person.say("hello")
    await shop.settled()
    assert [error for _, error in await shop.aside()] == ["TypeError"]
    assert await shop.on_hand() == []

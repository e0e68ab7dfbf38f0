import asyncio
import json
import logging
from dataclasses import dataclass, field
from math import inf
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.telegram.api import BotApi
from bot.telegram.connections import Unknown
from bot.telegram.errors import Later, Unreachable, classify
from bot.telegram.rate_limit import Priority, RateLimiter
from bot.telegram.refusal import ApiRefusal, raw, seconds_of
from tests.telegram.test_http import ME, MESSAGE, failure


@dataclass
class Pretend:
    """A client that answers what it was told to, and remembers what it was asked."""

    status: int = 200
    answer: Any = field(default_factory=lambda: {"ok": True, "result": {"message_id": 1}})
    asked: list[tuple[str, dict[str, str], float]] = field(default_factory=list)

    async def open(self): ...

    async def close(self): ...

    async def post(self, method, fields, files, seconds):  # noqa: ARG002 - a client has this shape
        self.asked.append((method, dict(fields), seconds))
        await asyncio.sleep(0)
        return self.status, self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()

    async def get(self, path, most, seconds):  # noqa: ARG002 - as above
        return self.status, b"x" * (most + 1)


def refusal(status: int, description: str, **parameters: object) -> tuple[int, object]:
    return status, {"ok": False, "error_code": status, "description": description, "parameters": parameters}


# What the server says, and what it is taken for


@pytest.mark.parametrize(
    "reply, kind",
    [
        pytest.param(refusal(400, "Bad Request: BUTTON_DATA_INVALID"), BadRequest, id="bad request"),
        pytest.param(refusal(413, "Request Entity Too Large"), BadRequest, id="too large"),
        pytest.param(refusal(401, "Unauthorized"), InvalidToken, id="wrong token"),
        pytest.param(refusal(404, "Not Found"), InvalidToken, id="malformed token"),
        pytest.param(refusal(403, "Forbidden: bot was blocked by the user"), Forbidden, id="blocked"),
        pytest.param(refusal(409, "Conflict: terminated by other getUpdates request"), Conflict, id="second poller"),
        pytest.param(refusal(429, "Too Many Requests: retry after 7", retry_after=7), RetryAfter, id="flood"),
    ],
)
async def test_a_refusal_keeps_the_servers_own_words(reply, kind):
    error = await failure(BotApi(Pretend(*reply)).bot().send_message(42, "Halo"))
    assert type(error) is kind
    assert isinstance(error.__cause__, ApiRefusal)
    assert (error.__cause__.status, raw(error)) == (reply[0], reply[1]["description"])


@pytest.mark.parametrize(
    "status, answer",
    [
        pytest.param(502, b"<html>Bad Gateway</html>", id="502 html"),
        pytest.param(500, refusal(500, "Internal Server Error: restart")[1], id="500 json"),
        pytest.param(403, b"<html>captive portal</html>", id="403 html"),
        pytest.param(404, {"message": "no route"}, id="404 json of a proxy"),
        pytest.param(302, b"", id="redirect"),
        pytest.param(200, b"<html>please log in</html>", id="200 html"),
        pytest.param(200, b'{"ok":true,"resu', id="200 truncated"),
        pytest.param(200, b"", id="200 empty"),
        pytest.param(200, [1], id="200 list"),
        pytest.param(200, {"ok": False, "result": True}, id="200 not ok"),
        pytest.param(200, {"ok": True}, id="200 without result"),
        *(
            pytest.param(200, {"ok": odd, "result": MESSAGE | ME}, id=f"200 that is {odd!r}")
            for odd in ("false", "true", 1, [0], {"ok": True}, None)
        ),
        pytest.param(200, b"[" * 100_000, id="200 too deep"),
    ],
)
async def test_what_the_bot_api_did_not_say_is_an_unknown_outcome(status, answer):
    api = BotApi(Pretend(status, answer))
    for error in (await failure(api.bot().send_message(42, "Halo")), await failure(api.call("getMe", {}))):
        assert type(error) is NetworkError
        assert isinstance(error.__cause__, Unknown)
        assert raw(error) == ""


@pytest.mark.parametrize(
    "answer, seconds",
    [
        pytest.param(refusal(429, "", retry_after=31)[1], 31, id="named"),
        pytest.param(refusal(429, "", retry_after=0)[1], 0, id="zero"),
        pytest.param(refusal(429, "", retry_after=-5)[1], 0, id="in-the-past"),
        pytest.param(refusal(429, "", retry_after=10**15)[1], 86_400, id="for-ever"),
        pytest.param(refusal(400, f"FLOOD_WAIT_{'9' * 5000}")[1], 86_400, id="for-ever-in-words"),
        pytest.param(refusal(429, "")[1], 0, id="missing"),
        pytest.param(refusal(429, "", retry_after="17")[1], 17, id="a-word"),
        pytest.param(refusal(429, "", retry_after="16.2")[1], 17, id="a-fraction-as-a-word"),
        pytest.param(refusal(429, "", retry_after=16.2)[1], 17, id="a-fraction"),
        pytest.param(refusal(429, "", retry_after="9" * 5000)[1], 0, id="a-word-for-ever"),
        pytest.param(refusal(429, "", retry_after=float("inf"))[1], 86_400, id="without-end"),
        pytest.param(refusal(429, "", retry_after=float("nan"))[1], 0, id="no-number"),
        pytest.param(refusal(429, "", retry_after=True)[1], 0, id="yes"),
        pytest.param(refusal(429, "retry after 17", retry_after=-5)[1], 17, id="in-the-past-but-for-its-words"),
        pytest.param(refusal(429, "retry after 17", retry_after={"s": 3})[1], 17, id="odd-but-for-its-words"),
        *(
            pytest.param(refusal(429, words)[1], 17, id=words)
            for words in (
                "retry after 17",
                "Retry-After: 17",
                "retry in 17 s",
                "A wait of 17 seconds is required",
                "Wait 17 s",
            )
        ),
        pytest.param(b"<html>slow down</html>", 0, id="html"),
    ],
)
async def test_a_429_is_a_flood_whether_or_not_it_names_a_time(answer, seconds):
    error = await failure(BotApi(Pretend(429, answer)).call("getMe", {}))
    assert isinstance(error, RetryAfter)
    assert seconds_of(error) == seconds


@pytest.mark.parametrize("result", [None, True, False, "yes", [], {}, {"id": 7}])
async def test_what_answers_nothing_that_was_asked_is_an_unknown_outcome_and_no_success(result):
    api = BotApi(Pretend(200, {"ok": True, "result": result}))
    asked = (
        *(api.call(method, {"chat_id": "42"}) for method in ("sendMessage", "editMessageText")),
        api.call("getMe", {}), api.bot().get_me(), api.fetch("a", 9),
    )  # fmt: skip
    for error in [await failure(one) for one in asked]:
        assert (type(error), type(error.__cause__)) == (NetworkError, Unknown)
    assert api.outage.taken == 0


async def test_a_message_of_more_digits_than_a_number_has_is_an_unknown_outcome():
    body = b'{"ok":true,"result":{"message_id":%b,"chat":{}}}' % (b"7" * 5000)
    error = await failure(BotApi(Pretend(200, body)).call("sendMessage", {"chat_id": "42"}))
    assert (type(error), type(error.__cause__)) == (NetworkError, Unknown)


@pytest.mark.parametrize("status", [400, 200])
@pytest.mark.parametrize(
    "chat, to, kind",
    [
        (-42, -1005, ChatMigrated),
        (42, -1005, BadRequest),  # a person
        (-42, 42, BadRequest),
        (-42, 0, BadRequest),
        (-42, True, BadRequest),
        (-42, "-1005", BadRequest),
        (-42, -(2**70), BadRequest),
    ],
)
async def test_only_a_group_becomes_a_supergroup(status, chat, to, kind):
    _, answer = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=to)
    error = await failure(BotApi(Pretend(status, answer)).call("sendMessage", {"chat_id": str(chat)}))
    assert type(error) is kind
    found = classify(error, 0, 1000)
    assert found == (Unreachable("moved to -1005") if kind is ChatMigrated else Later(1000, raw(error), doubted=True))


async def test_a_no_with_the_status_of_a_yes_is_a_no():
    error = await failure(BotApi(Pretend(200, refusal(403, "Forbidden: bot was blocked by the user")[1])).call("x", {}))
    assert (type(error), raw(error)) == (Forbidden, "Forbidden: bot was blocked by the user")


async def test_sends_that_are_refused_or_lost_are_an_outage_until_one_is_taken():
    http, send = Pretend(), {"chat_id": "42"}
    api, seen = BotApi(http), []
    for status, words in ((400, "Logged out"), (403, "Forbidden: bot was blocked by the user"), (404, "Not Found")):
        http.status, http.answer = refusal(status, words)
        await failure(api.call("sendMessage", send))
        seen.append(api.outage.said())
    http.status, http.answer = 200, b'{"ok": true, "result": []}'
    await api.call("getUpdates", {})
    seen.append(api.outage.said())
    http.answer = {"ok": True, "result": {"message_id": 1}}
    await api.call("sendMessage", send)
    assert [*seen, api.outage.said(), api.outage.taken] == ["Logged out", "", "Not Found", "Not Found", "", 1]


@pytest.mark.parametrize(
    "status, words", [(429, "Too Many Requests: retry after 3"), (403, "Forbidden: USER_IS_BLOCKED"), (429, "")]
)
async def test_whatever_refuses_a_poll_is_an_outage(status, words):
    api = BotApi(Pretend(*refusal(status, words)))
    await failure(api.call("sendMessage", {"chat_id": "42"}))
    assert not api.outage.failing
    await failure(api.poll(None, 0, ["message"]))
    assert [*api.outage.failing] == ["poll"]


async def test_each_kind_of_call_has_its_own_patience():
    http = Pretend(answer={"ok": True, "result": []})
    api = BotApi(http)
    await api.bot().get_updates(timeout=50)
    await api.poll(None, 50, ["message"])
    await api.call("getWebhookInfo", {})
    await api.call("getWebhookInfo", {}, seconds=3)
    http.answer = {"ok": True, "result": MESSAGE}
    await api.bot().send_photo(42, b"png")
    await api.bot().send_message(42, "Halo", read_timeout=4)
    assert [seconds for *_, seconds in http.asked] == [60, 60, 25, 3, 120, 4]


@pytest.mark.parametrize("spelled", [{"separators": (",", ":")}, {}, {"indent": 1}, {"sort_keys": True}], ids=repr)
async def test_of_a_message_that_is_out_it_is_known_which_one_it_is_however_the_answer_is_spelled(spelled):
    said = {"message_id": 750, "chat": {"id": 42}, "text": 'said "message_id":7}}'}
    api = BotApi(Pretend(answer=json.dumps({"ok": True, "result": said}, **spelled).encode()))
    assert (await api.call("sendMessage", {"chat_id": "42"}))["message_id"] == 750


# Polling


async def test_a_poll_hands_over_every_update_as_it_came():
    http = Pretend(answer={"ok": True, "result": [{"update_id": 7, "message": {"date": "poison"}}, {"update_id": 8}]})
    assert await BotApi(http).poll(7, 50, ["message", "callback_query"]) == http.answer["result"]
    method, fields, _ = http.asked[0]
    allowed = '["message", "callback_query"]'
    assert (method, fields) == (
        "getUpdates",
        {"offset": "7", "timeout": "50", "limit": "100", "allowed_updates": allowed},
    )


async def test_a_first_poll_names_no_offset():
    http = Pretend(answer={"ok": True, "result": []})
    assert await BotApi(http).poll(None, 0, []) == []
    assert "offset" not in http.asked[0][1]


async def test_a_poll_without_a_list_is_an_unknown_outcome():
    error = await failure(BotApi(Pretend()).poll(None, 0, []))
    assert isinstance(error.__cause__, Unknown)


async def test_a_batch_that_cannot_be_read_is_not_logged(caplog):
    caplog.set_level(logging.DEBUG)
    await failure(BotApi(Pretend(200, b'{"ok":true,"result":[{"first_name":"Sari"')).poll(None, 0, []))
    assert "Sari" not in caplog.text


# The limits


class Asked(RateLimiter):
    def __init__(self):
        super().__init__()
        self.turns: list[tuple[int, Priority]] = []

    async def turn(self, chat, priority, patience=inf):  # noqa: ARG002 - nobody waits here
        self.turns.append((chat, priority))


async def test_only_what_telegram_counts_waits_for_a_turn():
    limiter = Asked()
    api = BotApi(Pretend(answer={"ok": True, "result": {"message_id": 1, "file_path": "a"}}), limiter)
    for method in (
        "sendMessage",
        "editMessageText",
        "answerCallbackQuery",
        "getFile",
        "setMyCommands",
        "deleteMessage",
    ):
        await api.call(method, {"chat_id": "42"})
    await api.call("sendPhoto", {"chat_id": "43"}, priority=Priority.NOTICE)
    assert limiter.turns == [(42, Priority.ANSWER), (42, Priority.ANSWER), (43, Priority.NOTICE)]


async def test_after_a_429_the_chat_is_left_alone_and_others_are_not():
    http = Pretend(*refusal(429, "Too Many Requests: retry after 30", retry_after=30))
    api = BotApi(http, RateLimiter())
    await failure(api.call("sendMessage", {"chat_id": "42"}))
    http.status, http.answer = 200, {"ok": True, "result": {"message_id": 1}}
    error = await failure(api.call("sendMessage", {"chat_id": "42"}))
    assert isinstance(error, RetryAfter)
    assert seconds_of(error) == 30
    await api.call("sendMessage", {"chat_id": "43"})
    await api.call("answerCallbackQuery", {"chat_id": "42"})
    assert [method for method, *_ in http.asked] == ["sendMessage", "sendMessage", "answerCallbackQuery"]

"""What the bot and the sandbox say has the shapes of the Bot API; tests/conftest.py asks so after every test."""

import json

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.methods import METHODS, WAITING
from bot.sandbox.updates import KINDS
from handlers.start.buttons import Speak
from tests.telegram import overheard, shapes
from tests.town import TOKEN, Town

SENT = {"chat_id": "7", "text": "x", "reply_markup": json.dumps({"inline_keyboard": [[{"text": "a", "url": "b"}]]})}
USER = {"id": 7, "is_bot": False, "first_name": "Sari"}
CHAT = {"id": 7, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": USER, "text": "x"}


def test_the_sandbox_knows_no_method_and_no_update_that_the_bot_api_does_not_know():
    assert {*METHODS, *WAITING} == set(shapes.METHODS)
    assert {"update_id", *KINDS} == set(shapes.TYPES["Update"])


@pytest.mark.parametrize(
    "method, params, fault",
    [
        pytest.param("sendMessage", SENT, "", id="fits"),
        pytest.param("sendmessage", SENT, "", id="in-small-letters"),
        pytest.param("sendMessages", SENT, "sendMessages: unknown method", id="a-method"),
        pytest.param("sendMessage", {"chat_id": "7"}, "sendMessage: no text", id="lacks"),
        pytest.param("sendMessage", SENT | {"silent": "true"}, "unknown field silent", id="a-parameter"),
        pytest.param("sendMessage", SENT | {"protect_content": "yes"}, "no bool but 'yes'", id="a-bool"),
        pytest.param("sendMessage", SENT | {"message_thread_id": "x"}, "no int but 'x'", id="a-number"),
        pytest.param("sendMessage", SENT | {"reply_markup": '{"rows": []}'}, "no inline_keyboard", id="a-keyboard"),
        pytest.param("sendPhoto", {"chat_id": "7"}, "sendPhoto: no photo", id="a-file"),
    ],
)
def test_a_call_that_telegram_would_not_know_is_noticed(method, params, fault):
    found = shapes.call_misfits(method, params, {})
    assert (fault in found[0]) if fault else not found


@pytest.mark.parametrize(
    "update, fault",
    [
        pytest.param({"message": MESSAGE}, "", id="fits"),
        pytest.param({"message": MESSAGE | {"date": "1"}}, "Update.message.date: no int but '1'", id="a-date"),
        pytest.param({"message": MESSAGE | {"date": True}}, "Update.message.date: no int but True", id="no-number"),
        pytest.param({"message": MESSAGE | {"chat": {"id": 7}}}, "Update.message.chat: no type", id="lacks"),
        pytest.param({"message": MESSAGE | {"photo": [{}]}}, "Update.message.photo[0]: no file_id", id="in-a-list"),
        pytest.param({"massage": MESSAGE}, "Update: unknown field massage", id="a-kind"),
    ],
)
def test_an_update_that_telegram_would_not_send_is_noticed(update, fault):
    assert shapes.misfits("Update", {"update_id": 1, **update})[:1] == ([fault] if fault else [])


def test_a_member_is_told_with_what_goes_with_the_status():
    assert shapes.misfits("ChatMember", {"status": "left", "user": USER}) == []
    assert shapes.misfits("ChatMember", {"status": "kicked", "user": USER}) == ["ChatMember: no until_date"]


@pytest.mark.parametrize(
    "status, answer, fault",
    [
        (200, {"ok": True, "result": USER}, ""),
        (200, {"ok": True, "result": True}, "getMe answers: no User but True"),
        (200, {"ok": True, "result": USER, "more": 1}, "getMe answers: unknown field more"),
        (429, {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 3}}, ""),
        (429, {"ok": False, "error_code": 429, "description": "x", "parameters": {"seconds": 3}}, "unknown field"),
    ],
)
def test_an_answer_that_telegram_would_not_give_is_noticed(status, answer, fault):
    found = shapes.answer_misfits("getMe", status, answer)
    assert (fault in found[0]) if fault else not found


async def test_whatever_a_town_says_is_overheard(town: Town):
    overheard.heard.clear()
    await town.warni.says("/baru")
    await town.warni.forges(Speak("en"))
    town.sari.phone.block()
    await town.settled()
    heard = {"sendMessage", "answerCallbackQuery", "getUpdates", "message", "callback_query", "my_chat_member"}
    assert heard <= overheard.heard.keys()


async def test_what_does_not_fit_makes_the_test_red_in_which_it_was_said():
    await Sandbox().call(TOKEN, "sendMessage", {"text": "x"})
    assert overheard.taken() == ["sendMessage: no chat_id"]

import json
from typing import Any

import pytest
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.api import BotApi
from handlers import reply
from handlers.reply import Button, Screen
from tests.telegram.test_api import Pretend

KEYS = ((Button("Ya 👍", "yes"), Button("Salin", copy="1")), (Button("Kembali", "back"),))
BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Ya 👍", callback_data="yes"),
            InlineKeyboardButton("Salin", copy_text=CopyTextButton("1")),
        ],
        [InlineKeyboardButton("Kembali", callback_data="back")],
    ]
)
SENT = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}


class Remembering(Pretend):
    """An HTTP client that remembers files too, and says that a message was sent."""

    def __init__(self):
        super().__init__(answer={"ok": True, "result": SENT})
        self.calls = []

    async def post(self, method, fields, files, seconds):
        self.calls.append((method, fields, files))
        return await super().post(method, fields, files, seconds)


@pytest.fixture(name="http")
def a_http():
    return Remembering()


def told(http: Remembering) -> list[Any]:
    """What was asked of Telegram, with keyboards read and what means nothing left out."""
    calls = []
    for method, fields, files in http.calls:
        read = {name: json.loads(value) if name == "reply_markup" else value for name, value in fields.items()}
        said = {name: value for name, value in read.items() if value != "false"}
        calls.append((method, said, {name: body for name, (_, body, _) in files.items()}))
    return calls


@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("keys, buttons", [((), None), (KEYS, BUTTONS)], ids=["plain", "with buttons"])
class TestTheShortWaySaysWhatPythonTelegramBotSays:
    async def test_of_a_message(self, http, keys, buttons, silent):
        api = BotApi(http)
        await reply.send(api.call, 5, Screen("<b>Halo</b>", keys), silent=silent)
        await api.bot().send_message(
            5, "<b>Halo</b>", parse_mode="HTML", reply_markup=buttons, disable_notification=silent
        )
        ours, theirs = told(http)
        assert ours == theirs

    async def test_of_a_picture(self, http, keys, buttons, silent):
        api = BotApi(http)
        await reply.send(api.call, 5, Screen("QR", keys, photo=b"\x89PNG"), silent=silent)
        await api.bot().send_photo(
            5, b"\x89PNG", caption="QR", parse_mode="HTML", reply_markup=buttons, disable_notification=silent
        )
        ours, theirs = told(http)
        assert ours == theirs

    async def test_of_a_card_and_a_toast(self, http, keys, buttons, silent):
        api, words = BotApi(http), "Tercatat." if keys else ""
        await reply.edit(api.call, 5, 7, Screen("Baru", keys))
        await api.bot().edit_message_text("Baru", 5, 7, parse_mode="HTML", reply_markup=buttons)
        await reply.toast(api.call, "12", words, alert=silent)
        await api.bot().answer_callback_query("12", words or None, show_alert=silent or None)
        edited, edited_too, said, said_too = told(http)
        assert (edited, said) == (edited_too, said_too)


@pytest.mark.parametrize("result, is_said", [(True, True), (False, False), ("true", False), (None, False)])
async def test_words_over_a_card_are_said_only_if_telegram_says_so(result, is_said):
    api = BotApi(Pretend(answer={"ok": True, "result": result}))
    assert await reply.toast(api.call, "12", "Sudah", alert=True) is is_said

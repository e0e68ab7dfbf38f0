"""Reply markup: read as Client.cpp reads it, cut as td cuts it, refused as the server refuses it."""

import json
from typing import Any

from bot.sandbox.args import Json
from bot.sandbox.errors import bad
from bot.sandbox.settings import Guesses

Rows = list[list[Json]]

ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)
SPECIAL = ("request_contact", "request_location", "request_poll", "request_users", "request_chat", "web_app")
ROW_BUTTONS = 12
ALL_BUTTONS = 300
DATA_BYTES = 64
COPY_LENGTH = 256


def parse(text: str | None) -> Json | None:
    """The markup a call asks for, or None. An inline keyboard without buttons counts as none."""
    if not text:
        return None
    try:
        asked = json.loads(text)
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if asked is None or asked == {}:
        return None
    if not isinstance(asked, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in asked:
        rows = inline_rows(asked["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in asked:
        return reply_keyboard(asked)
    return {
        name: value
        for name, value in asked.items()
        if name in {"remove_keyboard", "force_reply", "selective", "input_field_placeholder"}
    }


def inline_rows(rows: Any) -> Rows:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return cut([[inline_button(button) for button in row] for row in rows])


def inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    text = str(button["text"]).strip()
    for action in ACTIONS:
        if action in button and button[action] != "":
            return {"text": text, action: button[action]}
    raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def reply_keyboard(asked: Json) -> Json:
    rows = asked["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return {**asked, "keyboard": cut([[reply_button(button) for button in row] for row in rows])}


def reply_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad("can't parse keyboard button: KeyboardButton must be an Object")
    if "text" not in button:
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    return {name: value for name, value in button.items() if name == "text" or name in SPECIAL}


def cut(rows: Rows) -> Rows:
    """Without the buttons that have no text and those beyond the limits, which nobody is told about."""
    kept, room = [], ALL_BUTTONS
    for row in rows:
        visible = [button for button in row if button["text"]][: min(ROW_BUTTONS, room)]
        room -= len(visible)
        if visible:
            kept.append(visible)
    return kept


def check(markup: Json | None, raw: str | None, guesses: Guesses) -> None:
    """What only the server behind the Bot API refuses."""
    if not markup or "inline_keyboard" not in markup:
        return
    count = 0
    for row in markup["inline_keyboard"]:
        for button in row:
            count += 1
            check_button(button)
    if count > guesses.markup_buttons or len(raw or "") > guesses.markup_bytes:
        raise bad("REPLY_MARKUP_TOO_LONG")


def check_button(button: Json) -> None:
    data = button.get("callback_data")
    if data is not None:
        if not isinstance(data, str) or len(data.encode()) > DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    elif "url" in button:
        check_url(button["url"])
    elif "copy_text" in button:
        copied = button["copy_text"].get("text", "") if isinstance(button["copy_text"], dict) else ""
        if not 1 <= len(copied) <= COPY_LENGTH:
            raise bad("BUTTON_COPY_TEXT_INVALID")


def check_url(url: Any) -> None:
    host = str(url).split("://", 1)[-1].split("/", 1)[0]
    if not host or " " in host or ("." not in host and "://" not in str(url)):
        raise bad(
            f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        )  # [U] the tail of this text is a guess


def inline_only(markup: Json | None) -> Json | None:
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return markup


def labels(markup: Json | None) -> tuple[tuple[str, ...], ...]:
    rows = (markup or {}).get("inline_keyboard", [])
    return tuple(tuple(button["text"] for button in row) for row in rows)

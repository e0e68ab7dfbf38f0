"""What a person gets to see: a screen in words and buttons, and the calls that bring it to Telegram."""

import asyncio
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from telegram.error import TelegramError

from storage.news.cards import Status

CONTENT = {  # by the end of a file's name: what Telegram sends it as, and what is in it
    "pdf": ("document", "application/pdf"),
    "xlsx": ("document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "png": ("photo", "image/png"),
    "json": ("document", "application/json"),
    "ogg": ("voice", "audio/ogg"),
}
TOAST = 3.0  # seconds for what is said over a card: nobody's next tap waits longer for one that hangs


class Button(NamedTuple):
    """A button on a screen: it carries data, copies a text, or opens a link."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


class Paper(NamedTuple):
    """A PDF, a workbook, a picture or a voice, as the name of its file ends, and what stands on it. The sender has it
    `drawn` as it leaves, unless it is already. What cannot be drawn is tried again, unless there is a text `instead`.
    """

    name: str
    sheet: Mapping[str, Any]
    drawn: bytes = b""
    instead: str = ""


class Screen(NamedTuple):
    """Text (HTML, escaped already), rows of buttons, perhaps a picture or a PDF to which the text is the caption.

    Of a request whose status it shows to somebody who follows it, it is the `card`, and is kept up to date.
    """

    text: str
    rows: Rows = ()
    photo: bytes | None = None
    paper: Paper | None = None
    card: Status | None = None


Message = tuple[Screen, bool]  # and whether it comes without a sound


class Call(Protocol):
    """One call of the Bot API, as the room `bot.telegram` makes it. What it raises is a TelegramError."""

    async def __call__(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]] = ..., /
    ) -> Any: ...


# Through python-telegram-bot's Bot each of these would take three times as long: it makes objects of what goes out,
# and of what comes back, which nobody reads.


async def send(call: Call, chat: int, screen: Screen, *, silent: bool = False) -> int:
    """Send a screen as a message of its own; which one it is in its chat."""
    fields = {"chat_id": str(chat), "parse_mode": "HTML", **_keyboard(screen.rows)}
    if silent:
        fields["disable_notification"] = "true"
    if screen.paper:
        kind, content = CONTENT[screen.paper.name.rpartition(".")[2]]
        file = (screen.paper.name, screen.paper.drawn, content)
        if kind == "voice":
            fields["duration"] = str(_seconds(screen.paper.drawn))
        sent = await call(f"send{kind.capitalize()}", {**fields, "caption": screen.text}, {kind: file})
    elif screen.photo is not None:
        sent = await call(
            "sendPhoto", {**fields, "caption": screen.text}, {"photo": ("qr.png", screen.photo, "image/png")}
        )
    else:
        sent = await call("sendMessage", {**fields, "text": screen.text})
    return int(sent.get("message_id", 0)) if isinstance(sent, dict) else 0


def _seconds(ogg: bytes) -> int:
    """How long it plays: the last page of an OGG says how many samples there were, of Opus always 48,000 a second."""
    last = ogg.rindex(b"OggS")
    return round(int.from_bytes(ogg[last + 6 : last + 14], "little") / 48_000)


async def edit(call: Call, chat: int, message: int, screen: Screen) -> None:
    """Put a screen in the place of a message of ours."""
    place = {"chat_id": str(chat), "message_id": str(message)}
    await call("editMessageText", {**place, "text": screen.text, "parse_mode": "HTML", **_keyboard(screen.rows)})


async def toast(call: Call, tap: str, words: str, *, alert: bool) -> bool:
    """Say that a tap has arrived, perhaps with words over the card. False if nobody may have read them: it was too
    late, or it hangs.
    """
    fields = {"callback_query_id": tap}
    if words:
        fields["text"] = words
    if alert:
        fields["show_alert"] = "true"
    try:
        async with asyncio.timeout(TOAST):
            return await call("answerCallbackQuery", fields) is True
    except (TelegramError, TimeoutError):
        return False


@lru_cache(maxsize=256)  # many who follow one request are sent the same
def _keyboard(rows: Rows) -> Mapping[str, str]:
    """The buttons as Telegram wants them."""
    if not rows:
        return {}
    keyboard: list[list[dict[str, object]]] = []
    for row in rows:
        keyboard.append([])
        for one in row:
            key: dict[str, object] = {"text": one.label}
            if one.url:
                key["url"] = one.url
            elif one.copy:
                key["copy_text"] = {"text": one.copy}
            else:
                key["callback_data"] = one.data
            keyboard[-1].append(key)
    return {"reply_markup": _json({"inline_keyboard": keyboard})}


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

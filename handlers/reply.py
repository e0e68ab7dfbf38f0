"""What a person gets to see: an Answer says which view of what, a Screen is that view in words and buttons."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """A view and its small JSON arguments: all that must be kept to show it later, in whatever language then holds.

    The toast belongs to the tap of this moment and is dropped when the answer has to wait; so is `ready`, the screen
    of whoever looked everything up already. `fresh` asks for a message of its own in answer to a tap; `passing` says
    that the next tap of this kind shows the same card, so that whoever taps quickly need not wait for each; `lang` is
    what a stranger's Telegram spoke, for an answer that waits.
    """

    view: str
    args: Mapping[str, Any] = field(default_factory=dict)
    toast: str = ""
    alert: bool = False
    fresh: bool = False
    passing: bool = False
    lang: str = ""
    ready: "Screen | None" = None

    def facts(self) -> dict[str, Any]:
        """What the outbox keeps."""
        return {"view": self.view, "args": dict(self.args), "lang": self.lang}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Answer":
        """The answer that was kept."""
        return cls(facts["view"], facts.get("args", {}), lang=facts.get("lang", ""))


@dataclass(frozen=True, slots=True)
class Button:
    """A button on a screen: it either carries data, copies a text or opens a link."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Text (HTML, escaped already), rows of buttons, perhaps a picture to which the text is the caption."""

    text: str
    rows: Rows = ()
    photo: bytes | None = None


class Unanswered(Exception):
    """The effect is done and the answer could not be sent; `__cause__` says why. Whoever runs the handlers owes it."""

    def __init__(self, chat: int, answer: Answer) -> None:
        super().__init__(answer.view)
        self.chat, self.answer = chat, answer


class Call(Protocol):
    """One call of the Bot API, as the transport makes it. What it raises is a TelegramError."""

    async def __call__(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]] = ..., /
    ) -> Any: ...


# Through python-telegram-bot's Bot each of these would take three times as long: it makes objects of what goes out,
# and of what comes back, which nobody reads.


async def send(call: Call, chat: int, screen: Screen, *, silent: bool = False) -> None:
    """Send a screen as a message of its own."""
    fields = {"chat_id": str(chat), "parse_mode": "HTML", **_keyboard(screen.rows)}
    if silent:
        fields["disable_notification"] = "true"
    if screen.photo is None:
        await call("sendMessage", {**fields, "text": screen.text})
    else:
        await call("sendPhoto", {**fields, "caption": screen.text}, {"photo": ("qr.png", screen.photo, "image/png")})


async def edit(call: Call, chat: int, message: int, screen: Screen) -> None:
    """Put a screen in the place of a message of ours."""
    place = {"chat_id": str(chat), "message_id": str(message)}
    await call("editMessageText", {**place, "text": screen.text, "parse_mode": "HTML", **_keyboard(screen.rows)})


async def toast(call: Call, tap: str, words: str, *, alert: bool) -> None:
    """Say that a tap has arrived, perhaps with words over the card."""
    fields = {"callback_query_id": tap}
    if words:
        fields["text"] = words
    if alert:
        fields["show_alert"] = "true"
    await call("answerCallbackQuery", fields)


def _keyboard(rows: Rows) -> dict[str, str]:
    """The buttons as Telegram wants them."""
    if not rows:
        return {}
    return {"reply_markup": json.dumps({"inline_keyboard": [[_button(key) for key in row] for row in rows]})}


def _button(key: Button) -> dict[str, Any]:
    if key.copy:
        return {"text": key.label, "copy_text": {"text": key.copy}}
    if key.url:
        return {"text": key.label, "url": key.url}
    return {"text": key.label, "callback_data": key.data}

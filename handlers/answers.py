"""What a person gets to see: an Answer says which view of what, a Screen is that view in words and buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode


@dataclass(frozen=True, slots=True)
class Answer:
    """A view and its small JSON arguments: all that must be kept to show it later, in whatever language then holds.

    The toast belongs to the tap of this moment and is dropped when the answer has to wait; so is `ready`, the screen
    of whoever looked everything up already. `fresh` asks for a message of its own in answer to a tap; `lang` is what a
    stranger's Telegram spoke, for an answer that waits.
    """

    view: str
    args: Mapping[str, Any] = field(default_factory=dict)
    toast: str = ""
    alert: bool = False
    fresh: bool = False
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
class Key:
    """A button on a screen: it either carries data, copies a text or opens a link."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""


Rows = tuple[tuple[Key, ...], ...]


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


async def send(bot: Bot, chat: int, screen: Screen, *, silent: bool = False) -> None:
    """Send a screen as a message of its own."""
    markup = keyboard(screen.rows)
    if screen.photo is not None:
        await bot.send_photo(
            chat, screen.photo, caption=screen.text, parse_mode=ParseMode.HTML, reply_markup=markup,
            disable_notification=silent,
        )  # fmt: skip
    else:
        await bot.send_message(
            chat, screen.text, parse_mode=ParseMode.HTML, reply_markup=markup, disable_notification=silent
        )


async def edit(bot: Bot, chat: int, message: int, screen: Screen) -> None:
    """Put a screen in the place of a message of ours."""
    await bot.edit_message_text(
        screen.text, chat, message, parse_mode=ParseMode.HTML, reply_markup=keyboard(screen.rows)
    )


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them."""
    return InlineKeyboardMarkup([[_button(key) for key in row] for row in rows]) if rows else None


def _button(key: Key) -> InlineKeyboardButton:
    if key.copy:
        return InlineKeyboardButton(key.label, copy_text=CopyTextButton(key.copy))
    if key.url:
        return InlineKeyboardButton(key.label, url=key.url)
    return InlineKeyboardButton(key.label, callback_data=key.data)

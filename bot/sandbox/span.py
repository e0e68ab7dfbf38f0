"""A marked stretch of text, in characters, and how it becomes a MessageEntity."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.args import Json, utf16
from bot.sandbox.errors import Refusal, bad

ARGUMENT = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}


@dataclass(frozen=True, slots=True)
class Span:
    kind: str
    start: int
    end: int
    argument: Any = None

    def json(self, text: str) -> Json:
        entity: Json = {
            "offset": utf16(text[: self.start]),
            "length": utf16(text[self.start : self.end]),
            "type": self.kind,
        }
        if self.argument and self.kind in ARGUMENT:
            entity[ARGUMENT[self.kind]] = link(self.argument) if self.kind == "text_link" else self.argument
        if self.kind == "text_mention":
            entity["user"] = {"id": self.argument, "is_bot": False, "first_name": ""}
        return entity


def link(url: str) -> str:
    """As the server completes a link: a scheme, and a slash after a bare host."""
    if "://" not in url and not url.startswith(("tel:", "mailto:")):
        url = "http://" + url
    return (
        url + "/"
        if url.startswith("http") and url.endswith("/") is False and "/" not in url.partition("://")[2]
        else url
    )


def can_not_parse(what: str) -> Refusal:
    return bad(f"can't parse entities: {what}")

"""HTML-formatted text, read as td reads it, with the same complaints (MessageEntity.cpp, parse_html)."""

import html
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import Refusal
from bot.sandbox.span import Span, can_not_parse

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,8}|#x[0-9a-fA-F]{1,8});")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
USER_LINK = re.compile(r"tg://user/?\?id=(\d+)$")
NOT_NAME = re.compile(r"[\s=>/]|$")
START_END = re.compile(r"[\s>]|$")


@dataclass(frozen=True, slots=True)
class Open:
    """A start tag that waits for its end."""

    tag: str
    argument: Any
    start: int


class Html:
    """One pass over HTML-formatted text. Offsets in complaints are bytes of the raw text, as the server counts them."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.at = 0
        self.text = ""
        self.open: list[Open] = []
        self.spans: list[Span] = []

    def read(self) -> tuple[str, list[Span]]:
        while (tag := self.raw.find("<", self.at)) >= 0:
            self.text += self.decoded(self.raw[self.at : tag])
            self.at = tag
            if self.raw[tag + 1 : tag + 2] == "/":
                self.end_tag(tag)
            else:
                self.start_tag(tag)
        self.text += self.decoded(self.raw[self.at :])
        if self.open:
            raise can_not_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return self.text, self.spans

    @staticmethod
    def decoded(raw: str) -> str:
        return ENTITY.sub(lambda match: html.unescape(match[0]), raw) if "&" in raw else raw

    def offset(self, at: int) -> int:
        return len(self.raw[:at].encode())

    def fail(self, what: str, at: int) -> Refusal:
        return can_not_parse(f"{what} at byte offset {self.offset(at)}")

    def upto(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.search(self.raw, at)
        return match.start() if match else len(self.raw)

    def skip_space(self, at: int) -> int:
        while at < len(self.raw) and self.raw[at].isspace():
            at += 1
        return at

    def start_tag(self, begin: int) -> None:
        at = self.upto(START_END, begin + 1)
        if at == len(self.raw):
            raise self.fail("Unclosed start tag", begin)
        tag = self.raw[begin + 1 : at].lower()
        if tag not in TAGS:
            raise self.fail(f'Unsupported start tag "{tag}"', begin)
        attributes = self.attributes(tag, begin, at)
        argument = self.argument(tag, attributes, begin)
        self.open.append(Open(tag, argument, len(self.text)))

    def attributes(self, tag: str, begin: int, at: int) -> dict[str, str]:
        """Read to the closing bracket."""
        attributes: dict[str, str] = {}
        while (at := self.skip_space(at)) < len(self.raw) and self.raw[at] != ">":
            stop = self.upto(NOT_NAME, at)
            name = self.raw[at:stop].lower()
            if not name:
                raise self.fail(f'Empty attribute name in the tag "{tag}"', begin)
            attributes[name], at = self.value(tag, begin, self.skip_space(stop))
        if at >= len(self.raw):
            raise self.fail("Unclosed start tag", begin)
        self.at = at + 1
        return attributes

    def value(self, tag: str, begin: int, at: int) -> tuple[str, int]:
        """What follows an attribute's name, and where it ends."""
        if self.raw[at : at + 1] != "=":
            if tag == "blockquote":
                return "", at
            raise self.fail(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        at = self.skip_space(at + 1)
        if at >= len(self.raw):
            raise self.fail(f'Unclosed start tag "{tag}"', begin)
        if self.raw[at] in "'\"":
            return self.quoted(begin, at)
        token = NAME_TOKEN.match(self.raw, at)
        stop = token.end() if token else at
        if stop < len(self.raw) and not (self.raw[stop].isspace() or self.raw[stop] == ">"):
            raise self.fail("Unexpected end of name token", at)
        return self.raw[at:stop].lower(), stop

    def quoted(self, begin: int, at: int) -> tuple[str, int]:
        stop = self.raw.find(self.raw[at], at + 1)
        if stop < 0:
            raise self.fail("Unclosed start tag", begin)
        return self.decoded(self.raw[at + 1 : stop]), stop + 1

    def argument(self, tag: str, attributes: dict[str, str], begin: int) -> Any:
        match tag:
            case "a":
                return attributes.get("href", "")
            case "span" if attributes.get("class") != "tg-spoiler":
                raise self.fail('Tag "span" must have class "tg-spoiler"', begin)
            case "tg-emoji":
                return attributes.get("emoji-id", "")
            case "tg-time":
                return attributes.get("unix", "")
            case "code":
                return attributes.get("class", "").removeprefix("language-")
            case "blockquote":
                return "expandable" in attributes
        return None

    def end_tag(self, begin: int) -> None:
        if not self.open:
            raise self.fail("Unexpected end tag", begin)
        at = self.upto(START_END, begin + 2)
        name = self.raw[begin + 2 : at].lower()
        at = self.skip_space(at)
        if self.raw[at : at + 1] != ">":
            raise self.fail("Unclosed end tag", begin)
        opened = self.open.pop()
        if name and name != opened.tag:
            what = (
                f'Unmatched end tag at byte offset {self.offset(begin)}, expected "</{opened.tag}>", found "</{name}>"'
            )
            raise can_not_parse(what)
        self.at = at + 1
        self.close(opened)

    def close(self, opened: Open) -> None:
        end = len(self.text)
        if end == opened.start:
            return
        kind, argument = TAGS[opened.tag], opened.argument
        if kind == "text_link":
            argument = argument or self.text[opened.start : end]
            if user := USER_LINK.match(argument):
                kind, argument = "text_mention", int(user[1])
        if (
            opened.tag == "pre"
            and self.spans
            and self.spans[-1] == Span("code", opened.start, end, self.spans[-1].argument)
        ):
            argument = self.spans.pop().argument
        if kind == "blockquote" and argument:
            kind = "expandable_blockquote"
        self.spans.append(Span(kind, opened.start, end, argument))

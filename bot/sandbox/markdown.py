"""Markdown and MarkdownV2, for bots that write them: the usual marks, escapes, complaints about reserved characters."""

import re

from bot.sandbox.span import Span, can_not_parse

RESERVED = "_*[]()~`>#+-=|{}.!"
MARKS_V2 = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
}
MARKS = {"*": "bold", "_": "italic", "`": "code", "```": "pre"}
LINK = re.compile(r"\]\(([^)]*)\)")
LANGUAGE = re.compile(r"([A-Za-z0-9+\-]+)\n|\n")


class Markdown:
    """One pass over the text with a stack of open marks."""

    def __init__(self, raw: str, marks: dict[str, str], *, strict: bool) -> None:
        self.raw, self.marks, self.strict = raw, marks, strict
        self.at = 0
        self.text = ""
        self.open: list[tuple[str, int, int, str]] = []
        self.spans: list[Span] = []

    def read(self) -> tuple[str, list[Span]]:
        while self.at < len(self.raw):
            self.step()
        if self.open:
            mark, _, began, _ = self.open[-1]
            raise can_not_parse(f"Can't find end of {self.kind(mark)} entity at byte offset {self.offset(began)}")
        return self.text, self.spans

    def kind(self, mark: str) -> str:
        names = {"bold": "Bold", "italic": "Italic", "pre": "Pre", "code": "Code", "text_link": "TextUrl"}
        kind = "text_link" if mark == "[" else self.marks[mark]
        return names.get(kind, kind.capitalize())

    def offset(self, at: int) -> int:
        return len(self.raw[:at].encode())

    def step(self) -> None:
        character = self.raw[self.at]
        inside = self.open[-1][0] if self.open else ""
        if character == "\\" and self.raw[self.at + 1 : self.at + 2].isascii() and self.at + 1 < len(self.raw):
            self.take(self.raw[self.at + 1], 2)
        elif inside.startswith("`"):
            self.in_code(inside)
        elif mark := self.mark_here(inside):
            self.toggle(mark)
        elif character == "[":
            self.begin("[", 1)
        elif character == "]" and inside == "[":
            self.end_link()
        elif self.strict and character in RESERVED and not self.quote_here(character):
            what = f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
            raise can_not_parse(what)
        else:
            self.take(character, 1)

    def quote_here(self, character: str) -> bool:
        """A quote at the start of a line passes; its entity is not made."""
        return character == ">" and (not self.text or self.text.endswith("\n"))

    def take(self, character: str, width: int) -> None:
        self.text += character
        self.at += width

    def mark_here(self, inside: str) -> str:
        longest_first = sorted(self.marks, key=len, reverse=True)
        if inside == "_" and self.raw.startswith("_", self.at) and not self.raw.startswith("__", self.at):
            return "_"
        return next((mark for mark in longest_first if self.raw.startswith(mark, self.at)), "")

    def in_code(self, inside: str) -> None:
        if self.raw.startswith(inside, self.at):
            self.toggle(inside)
        else:
            self.take(self.raw[self.at], 1)

    def toggle(self, mark: str) -> None:
        if self.open and self.open[-1][0] == mark:
            self.end(mark)
        else:
            self.begin(mark, len(mark))

    def begin(self, mark: str, width: int) -> None:
        began, language = self.at, ""
        self.at += width
        if mark == "```" and (match := LANGUAGE.match(self.raw, self.at)):
            language, self.at = match[1] or "", match.end()
        self.open.append((mark, len(self.text), began, language))

    def end(self, mark: str) -> None:
        _, start, _, language = self.open.pop()
        self.at += len(mark)
        self.add(self.marks[mark], start, language or None)

    def end_link(self) -> None:
        _, start, began, _ = self.open.pop()
        match = LINK.match(self.raw, self.at)
        if not match and self.strict:
            raise can_not_parse(f"Can't find end of a URL at byte offset {self.offset(began)}")
        self.at = match.end() if match else self.at + 1
        if match and match[1]:
            self.add("text_link", start, match[1])

    def add(self, kind: str, start: int, argument: str | None) -> None:
        if len(self.text) > start:
            self.spans.append(Span(kind, start, len(self.text), argument))


def parse_markdown_v2(text: str) -> tuple[str, list[Span]]:
    return Markdown(text, MARKS_V2, strict=True).read()


def parse_markdown(text: str) -> tuple[str, list[Span]]:
    return Markdown(text, MARKS, strict=False).read()

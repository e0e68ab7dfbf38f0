"""Reads a no of the Bot API: which error it is, and the server's own words for it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.logs import redact
from bot.telegram.connections import NotSent, Unknown

METHOD_UNKNOWN = "method not found"  # the one 404 that is not about the token
_KINDS: Mapping[int, type[TelegramError]] = {
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,  # the path names the token
    HTTPStatus.CONFLICT: Conflict,
}
BIGGEST = 2**63  # what both databases can hold
LONGEST_FLOOD = 86_400  # seconds: what the servers behind the Bot API ask for at most
_FLOOD = re.compile(  # with whatever status
    r"too many requests|flood control|(?:FLOOD|SLOWMODE)\w*_WAIT|PEER_FLOOD", re.IGNORECASE
)
_SECONDS = re.compile(r"(?:retry[- ](?:after|in)\W{1,3}|_WAIT_|\bwait (?:of )?)(\d{1,9})", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|\d{5,}")


class ApiRefusal(Exception):
    """The Bot API said no: what it said, letter by letter. PTB's own texts change the case."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def read(status: int, answer: Mapping[str, Any], chat: int = 0) -> tuple[TelegramError, Exception]:
    """The error that an answer without success is, and its cause. `chat` is the one that the call was about."""
    description = answer.get("description")
    words = description if isinstance(description, str) else ""
    if status == HTTPStatus.TOO_MANY_REQUESTS or _FLOOD.search(words):
        return RetryAfter(_seconds(answer, words)), ApiRefusal(status, words)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return NetworkError(f"HTTP {status}"), NotSent(f"HTTP {status}")  # that is: it takes nothing now
    # Without a description it was not Telegram that spoke but some proxy: its 403 says nothing about a person.
    if not words or status < HTTPStatus.BAD_REQUEST or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NetworkError(f"HTTP {status}"), Unknown(f"HTTP {status}")
    if to := _moved_to(answer, chat):
        return ChatMigrated(to), ApiRefusal(status, words)
    kind = BadRequest if METHOD_UNKNOWN in words.lower() else _KINDS.get(status, BadRequest)
    return kind(words), ApiRefusal(status, words)


def _seconds(answer: Mapping[str, Any], words: str) -> int:
    """How long a flood lasts, 0 if nobody says so that it can be believed; a day at most."""
    said = _parameter(answer, "retry_after")
    if isinstance(said, str) and _NUMBER.fullmatch(said):
        said = float(said)
    if isinstance(said, bool) or not isinstance(said, int | float) or not said > 0:  # which NaN is not
        found = _SECONDS.search(words)
        said = int(found[1]) if found else 0
    return ceil(min(said, LONGEST_FLOOD))


def _moved_to(answer: Mapping[str, Any], chat: int) -> int:
    """The supergroup that a group has become, 0 if it has not: no person becomes one, and no group a person."""
    to = _parameter(answer, "migrate_to_chat_id")
    return to if chat < 0 and type(to) is int and -BIGGEST <= to < 0 else 0


def _parameter(answer: Mapping[str, Any], name: str) -> object:
    """What is said beside the words, None if it is not."""
    parameters = answer.get("parameters")
    return parameters.get(name) if isinstance(parameters, dict) else None


def raw(error: BaseException) -> str:
    """The server's own words, or nothing if it never spoke."""
    return error.__cause__.description if isinstance(error.__cause__, ApiRefusal) else ""


def summary(error: TelegramError) -> str:
    """What came back instead of success, in a line for health, log and `stuck`: nothing in it is about a person."""
    words = raw(error) or str(error.__cause__ or error.message)
    return redact(_QUOTED.sub("…", words))[:100]


def seconds_of(flood: RetryAfter) -> float:
    """How long Telegram asks us to wait; 0 if it did not say."""
    rest = flood.retry_after  # timedelta with PTB_TIMEDELTA, else int
    return rest.total_seconds() if isinstance(rest, timedelta) else rest

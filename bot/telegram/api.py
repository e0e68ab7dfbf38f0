"""Carries every call to the Bot API: at the one pace, with the server's own words kept."""

import json
from collections.abc import Awaitable, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import Any

from telegram import Bot
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
from telegram.request import BaseRequest, RequestData

from bot.telegram.http import File, HttpClient, NotSent, Reply, Unknown
from bot.telegram.rate_limit import Penalised, RateLimiter, priority

# Seconds to wait for an answer. PTB's own 5 s would turn a slow answer into a second message.
SEND, UPLOAD, POLL_GRACE = 25.0, 120.0, 10.0
PACED = ("send", "edit", "copy", "forward")
REFUSALS: Mapping[int, type[TelegramError]] = {
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.CONFLICT: Conflict,
}
NO_FILES: Mapping[str, File] = {}
Json = dict[str, Any]


class ApiRefusal(Exception):
    """The Bot API said no: what it said, letter by letter. PTB's own texts change the case."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def raw(error: BaseException) -> str:
    """The server's own words, or nothing if it never spoke."""
    return error.__cause__.description if isinstance(error.__cause__, ApiRefusal) else ""


class BotApi(BaseRequest):
    """What PTB's Bot sends through. What it raises is a TelegramError from NotSent, Unknown, Refused or Penalised."""

    def __init__(self, wire: HttpClient, pace: RateLimiter | None = None) -> None:
        self._wire = wire
        self._pace = pace

    def bot(self) -> Bot:
        """A Bot that has never seen the token: PTB writes it into an exception and into debug lines."""
        return Bot("hidden", lambda _: "bot", lambda _: "file", request=self, get_updates_request=self)

    @property
    def read_timeout(self) -> float:
        return POLL_GRACE  # PTB asks only for getUpdates, and adds the time the server may wait

    async def initialize(self) -> None:
        await self._wire.open()

    async def shutdown(self) -> None:
        await self._wire.close()

    async def poll(self, offset: int | None, seconds: int, allowed: Sequence[str], limit: int = 100) -> list[Json]:
        """getUpdates as it came, so that one update nobody can read does not cost its neighbours."""
        fields = {"timeout": str(seconds), "limit": str(limit), "allowed_updates": json.dumps(allowed)}
        if offset is not None:
            fields["offset"] = str(offset)
        updates = await self.call("getUpdates", fields, seconds=seconds + POLL_GRACE)
        if not isinstance(updates, list):
            raise NetworkError("getUpdates without a list") from Unknown("getUpdates without a list")
        return updates

    async def call(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, File] = NO_FILES, *, seconds: float = 0
    ) -> Any:
        """The bare result of one call, without the objects PTB would make of it."""
        usual = UPLOAD if files else SEND
        return self.parse_json_payload(await self._ask(method, fields, files, seconds or usual))["result"]

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = None,  # noqa: ARG002 - the wire has one clock for the whole request
        connect_timeout: object = None,  # noqa: ARG002 - as above
        pool_timeout: object = None,  # noqa: ARG002 - as above
    ) -> tuple[int, bytes]:
        files = request_data.multipart_data if request_data and request_data.contains_files else {}
        usual = UPLOAD if files else SEND
        seconds = read_timeout if isinstance(read_timeout, int | float) else usual
        if method == "GET":
            return HTTPStatus.OK, await _answer(self._wire.fetch(url.removeprefix("file/"), seconds))
        fields = request_data.json_parameters if request_data else {}
        return HTTPStatus.OK, await self._ask(url[url.rfind("/") + 1 :], fields, files, seconds)

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        answer = _json(payload)
        if answer is None or not answer.get("ok") or "result" not in answer:
            raise NetworkError("not an answer of the Bot API") from Unknown("200 without a result")
        return answer

    async def _ask(self, method: str, fields: Mapping[str, str], files: Mapping[str, File], seconds: float) -> bytes:
        if self._pace is None or not method.startswith(PACED):
            return await _answer(self._wire.post(method, fields, files, seconds))
        chat = _chat(fields)
        try:
            await self._pace.turn(chat, priority.get())
            return await _answer(self._wire.post(method, fields, files, seconds))
        except Penalised as penalty:
            raise RetryAfter(ceil(penalty.seconds)) from penalty
        except RetryAfter as flood:
            self._pace.penalise(chat, seconds_of(flood))
            raise


async def _answer(reply: Awaitable[Reply]) -> bytes:
    try:
        status, body = await reply
    except (NotSent, Unknown) as trouble:
        raise NetworkError(f"{type(trouble).__name__}: {trouble}") from trouble
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return body
    error, cause = _refusal(status, body)
    raise error from cause


def _refusal(status: int, body: bytes) -> tuple[TelegramError, Exception]:
    answer = _json(body) or {}
    description, parameters = answer.get("description"), answer.get("parameters") or {}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RetryAfter(int(parameters.get("retry_after") or 1)), ApiRefusal(status, description or "")
    # Without a description it was not Telegram that spoke but some proxy: its 403 says nothing about a person.
    if not description or status < HTTPStatus.BAD_REQUEST or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NetworkError(f"HTTP {status}"), Unknown(f"HTTP {status}")
    if chat := parameters.get("migrate_to_chat_id"):
        return ChatMigrated(chat), ApiRefusal(status, description)
    return REFUSALS.get(status, BadRequest)(description), ApiRefusal(status, description)


def seconds_of(flood: RetryAfter) -> float:
    rest = flood.retry_after  # timedelta with PTB_TIMEDELTA, else int
    return rest.total_seconds() if isinstance(rest, timedelta) else rest


def _json(body: bytes) -> Json | None:
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _chat(fields: Mapping[str, str]) -> int | str:
    chat = fields.get("chat_id", "inline")  # a message without a chat was sent for somebody, by its inline id
    return int(chat) if chat.lstrip("-").isdecimal() else chat

"""Makes every call to the Bot API: no faster than its limits allow, and with the server's own words kept."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from math import inf
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.counts import Counts
from bot.telegram.connections import NotSent, Unknown
from bot.telegram.errors import is_about_all
from bot.telegram.http import File, HttpClient
from bot.telegram.outage import Outage
from bot.telegram.rate_limit import Priority, RateLimiter
from bot.telegram.refusal import BIGGEST, read, seconds_of, summary

# Seconds to wait for an answer. PTB's own 5 s would turn a slow answer into a second message.
SEND, UPLOAD, POLL_GRACE = 25.0, 120.0, 10.0
# What must be in an answer for anybody to go on with it; a proxy, or a server of one's own, may answer anything.
ANSWERED: Mapping[str, Mapping[str, type]] = {
    "getMe": {"id": int, "is_bot": bool, "first_name": str, "username": str},
    "getFile": {"file_path": str},
    **{
        key: {"message_id": int} for key in ("sendMessage", "sendPhoto", "sendDocument", "sendVoice", "editMessageText")
    },
}
LIMITED = ("send", "edit", "copy", "forward")  # beginnings of the methods that Telegram counts against a chat
# How an answer with a message begins; if its end is there it is whole. To read it took a tenth of a send.
_SENT = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\{\s*"message_id"\s*:\s*(\d{1,18})\s*[,}]')
NO_FILES: Mapping[str, File] = {}
Json = dict[str, Any]


class BotApi(BaseRequest):
    """The Bot API, for us and for PTB's Bot.

    What it raises is a TelegramError: Penalised, or one whose cause is NotSent, Unknown or ApiRefusal. No message
    or edit goes while `leads` says no: another process may have told it by now.
    """

    def __init__(
        self,
        http: HttpClient,
        rate_limiter: RateLimiter | None = None,
        counts: Counts | None = None,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        self._http, self._leads = http, leads
        self._rate_limiter = rate_limiter
        self._counts = counts or Counts()
        self.outage = Outage()

    def bot(self) -> Bot:
        """A Bot that has never seen the token: PTB writes it into an exception and into debug lines."""
        return Bot("hidden", lambda _: "bot", lambda _: "file", request=self, get_updates_request=self)

    @property
    def read_timeout(self) -> float:
        return POLL_GRACE  # PTB asks only for getUpdates, and adds the time the server may wait

    async def initialize(self) -> None:
        await self._http.open()

    async def shutdown(self) -> None:
        await self._http.close()

    async def poll(self, offset: int | None, seconds: int, allowed: Sequence[str]) -> list[Json]:
        """getUpdates as it came, so that one update nobody can read does not cost its neighbours."""
        fields = {"timeout": str(seconds), "limit": "100", "allowed_updates": json.dumps(allowed)}
        if offset is not None:
            fields["offset"] = str(offset)
        updates = await self.call("getUpdates", fields, seconds=seconds + POLL_GRACE)
        if not isinstance(updates, list):
            raise NetworkError("getUpdates without a list") from Unknown("getUpdates without a list")
        return updates

    async def call(
        self,
        method: str,
        fields: Mapping[str, str],
        files: Mapping[str, File] = NO_FILES,
        *,
        priority: Priority = Priority.ANSWER,
        seconds: float = 0,
        patience: float = inf,
    ) -> Any:
        """The bare result of one call, without the objects PTB would make of it; of a message that was sent or edited
        which one it is, for nobody reads the rest. `seconds` to wait for it, or 0 for what is usual; `patience` is how
        many to wait for a turn.
        """
        kind = "poll" if method == "getUpdates" else "send" if method.startswith(LIMITED) else ""
        if kind == "send" and self._rate_limiter:
            await self._rate_limiter.turn(int(fields["chat_id"]), priority, patience)
        if kind == "send" and not self._leads():  # we stood still until our turn
            raise NetworkError("another leads") from NotSent("another leads")
        try:
            body = await self._post(method, fields, files, seconds or (UPLOAD if files else SEND))
            sent = _SENT.match(body) if kind == "send" and body.endswith(b"}}") else None
            result = (
                {"message_id": int(sent[1])}
                if sent
                else self.parse_json_payload(body, int(fields.get("chat_id", 0)))["result"]
            )
            if method in ANSWERED and not sent and not _answers(method, result):
                raise _no_answer(method)
        except TelegramError as error:
            # A poll is about no message and no chat: whatever refuses it keeps everything from us.
            if kind == "poll" or (kind and is_about_all(error)):
                self.outage.failed(kind, summary(error))
            elif not isinstance(error, RetryAfter):
                self.outage.failing.pop(kind, None)  # it is there and knows us: this one is refused
            raise
        self.outage.failing.pop(kind, None)
        self.outage.taken += kind == "send"
        return result

    async def fetch(self, file: str, most: int) -> bytes:
        """The content of a file by its id. Raises BadRequest for one that is gone, or larger than `most` bytes."""
        found = await self.call("getFile", {"file_id": file})
        try:
            status, body = await self._http.get(str(found["file_path"]), most, SEND)
        except (NotSent, Unknown) as failure:
            raise NetworkError(f"{type(failure).__name__}: {failure}") from failure
        if status != HTTPStatus.OK:
            raise NetworkError(f"a file with status {status}")
        if len(body) > most:
            raise BadRequest("file is too big")
        return body

    def wait(self, chat: int) -> float:
        """Seconds until this chat may be sent to; 0 is now."""
        return self._rate_limiter.wait(chat) if self._rate_limiter else 0.0

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - GET is for files, and none is ever downloaded
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = None,  # noqa: ARG002 - there is one clock for the whole request
        connect_timeout: object = None,  # noqa: ARG002 - as above
        pool_timeout: object = None,  # noqa: ARG002 - as above
    ) -> tuple[int, bytes]:
        files = request_data.multipart_data if request_data and request_data.contains_files else {}
        usual = UPLOAD if files else SEND
        seconds = read_timeout if isinstance(read_timeout, int | float) else usual
        fields = request_data.json_parameters if request_data else {}
        name = url[url.rfind("/") + 1 :]
        if name.startswith(LIMITED) and self._rate_limiter:
            await self._rate_limiter.turn(int(fields["chat_id"]), Priority.ANSWER)
        body = await self._post(name, fields, files, seconds)
        result = self.parse_json_payload(body)["result"]
        if name in ANSWERED and not _answers(name, result):
            raise _no_answer(name)
        return HTTPStatus.OK, body

    @staticmethod
    def parse_json_payload(payload: bytes, chat: int = 0) -> Json:
        answer = _json(payload)
        if answer.get("ok") is True and "result" in answer:
            return answer
        if isinstance(code := answer.get("error_code"), int):  # a no that came with the status of a yes
            error, cause = read(code, answer, chat)
            raise error from cause
        raise NetworkError("not an answer of the Bot API") from Unknown("200 without a result")

    async def _post(self, method: str, fields: Mapping[str, str], files: Mapping[str, File], seconds: float) -> bytes:
        try:
            status, body = await self._http.post(method, fields, files, seconds)
        except (NotSent, Unknown) as failure:
            raise NetworkError(f"{type(failure).__name__}: {failure}") from failure
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return body
        self._counts.refusals[status] += 1
        error, cause = read(status, _json(body), int(fields.get("chat_id", 0)))
        if method.startswith(LIMITED) and self._rate_limiter and isinstance(error, RetryAfter):
            # Whoever asks next for this chat hears it from us. Asking Telegram again makes its penalties grow.
            self._rate_limiter.penalise(int(fields["chat_id"]), seconds_of(error) or 1)
        raise error from cause


def _answers(method: str, result: Any) -> bool:
    """True if all is in it that is needed, each of its own kind."""
    if not isinstance(result, dict) or any(type(result.get(key)) is not kind for key, kind in ANSWERED[method].items()):
        return False
    return all(0 <= result[key] < BIGGEST for key, kind in ANSWERED[method].items() if kind is int)


def _no_answer(method: str) -> NetworkError:
    """What came back is not what this method answers: nobody knows then what it did."""
    error = NetworkError("not an answer of the Bot API")
    error.__cause__ = Unknown(f"{method} without what it answers")
    return error


def _json(body: bytes) -> Json:
    """The object a body holds; an empty one if it holds none."""
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}

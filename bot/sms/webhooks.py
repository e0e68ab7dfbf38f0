"""Hears from the gateway: an SMS came in, or one could not be sent. On this machine alone, unless told otherwise."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from itertools import count
from typing import Any, NoReturn

from aiohttp import web

from bot.addresses import LOOPBACK, why_not_had
from bot.sms.postman import row_of
from handlers.context import Services
from handlers.sms import incoming
from handlers.throttle import Throttle
from storage import is_transient
from storage.news import phones
from storage.records import MINUTE

log = logging.getLogger(__name__)

FRESH_MS = 5 * MINUTE  # how far the gateway's clock and ours may differ; what is older may be a recording
RETRY = 5.0  # seconds until a port that was taken is tried again
AN_HOUR = 10  # answers to one telephone: they cost money
LARGEST = 16 * 1024  # bytes


class Webhooks:
    """Serves `/sms` for the gateway, whose signing key is `key`. `wake` is called when an answer is owed."""

    def __init__(self, services: Services, port: int, key: str, wake: Callable[[], None], host: str = LOOPBACK) -> None:
        self._services, self._host, self._port, self._key, self._wake = services, host, port, key.encode(), wake
        # Whoever pretends to be others has any number of telephones.
        self._throttle = Throttle("answers by SMS", AN_HOUR, when_full=0)
        self._told_unsigned = 0
        self.app = web.Application(client_max_size=LARGEST)
        self.app.add_routes([web.post("/sms", self._heard)])

    async def run(self) -> NoReturn:
        """Listen until cancelled, from when the port can be had: who led before may be about to let go of it."""
        runner = web.AppRunner(self.app, access_log=None)
        await runner.setup()
        try:
            for tries in count():
                site = web.TCPSite(runner, self._host, self._port)
                try:
                    await site.start()
                except OSError as error:
                    await site.stop()  # or the runner keeps each of them
                    if not tries:
                        facts = {"host": self._host, "port": self._port, "error": why_not_had(error)}
                        log.error("no SMS can come in yet", extra=facts)  # noqa: TRY400  # no traceback
                    await asyncio.sleep(RETRY)
                else:
                    break
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()
        raise AssertionError

    async def _heard(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self._is_signed(body, request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", "")):
            self._tell_unsigned()
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            told = _told(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            told = None  # the gateway would send it again for days: even nonsense is taken
        try:
            is_taken = await self._take(*told) if told else True
        except Exception as error:
            if not is_transient(error):
                log.exception("a webhook cannot be taken; the gateway tells it again")
            is_taken = False
        return web.Response(status=HTTPStatus.NO_CONTENT if is_taken else HTTPStatus.SERVICE_UNAVAILABLE)

    def _is_signed(self, body: bytes, at: str, signature: str) -> bool:
        if not (at.isascii() and at.isdecimal() and len(at) < 12 and signature.isascii()):  # noqa: PLR2004  # seconds
            return False
        ours = hmac.new(self._key, body + at.encode(), hashlib.sha256).hexdigest()
        is_fresh = abs(int(at) * 1000 - self._services.now()) <= FRESH_MS
        return hmac.compare_digest(ours, signature.lower()) and is_fresh

    def _tell_unsigned(self) -> None:
        """Once a minute: whoever finds the port could fill the log."""
        if abs((now := self._services.now()) - self._told_unsigned) >= MINUTE:
            self._told_unsigned = now
            log.warning("a webhook without the gateway's signature")

    async def _take(self, kind: str, event: str, payload: dict[str, Any]) -> bool:
        """Write down what the gateway told; False if it shall tell it again."""
        if kind == "sms:received":
            if await incoming.answer(self._services, self._throttle, event, payload["sender"], payload["text"]):
                self._wake()
        elif kind == "sms:failed" and (row := row_of(payload["id"])):
            log.warning("an SMS was not sent", extra={"notice": row[0], "tries": row[1], "reason": payload["reason"]})
            async with self._services.storage.transaction() as tx:
                return await phones.failed(tx, *row, payload["reason"], self._services.now())
        return True


def _told(body: Any) -> tuple[str, str, dict[str, Any]]:
    """Which event, under which id, and what of it we need. Raises what Python does for nonsense."""
    payload, event = body["payload"], _kept(body["id"])[:64]
    if body["event"] == "sms:received":
        sender = payload.get("sender") or payload["phoneNumber"]  # the name of late, and the one of old
        return "sms:received", event, {"sender": str(sender), "text": str(payload["message"])}
    if body["event"] == "sms:failed":
        # The reason quotes a telephone at times: its letters alone are kept.
        reason = "".join(one for one in _kept(payload.get("reason", "")) if not one.isdigit())[:100]
        return "sms:failed", event, {"id": str(payload["messageId"]), "reason": reason}
    return str(body["event"]), event, {}


def _kept(told: object) -> str:
    """What is told, without what no database keeps: half signs, and zeros."""
    return "".join(filter(str.isprintable, str(told)))

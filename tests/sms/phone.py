"""A telephone that is an SMS gateway, as its API is documented: it keeps what it took, and refuses an id twice."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

USER, PASSWORD, KEY = "sms", "kopi-tubruk", "kunci-rahasia"
ADMITTED = "Basic c21zOmtvcGktdHVicnVr"


class Phone:
    """`took` is what it has, by id. It may be asleep, or lose the answer to the next message that it took."""

    def __init__(self) -> None:
        self.took: dict[str, tuple[str, str]] = {}
        self.posts = 0
        self.asleep = self.loses_answer = False
        self.twice = 409  # older ones: 500
        self.url = ""

    @property
    def sent(self) -> list[tuple[str, str]]:
        return list(self.took.values())

    @asynccontextmanager
    async def on(self) -> AsyncIterator["Phone"]:
        app = web.Application()
        app.add_routes([web.post("/message", self._post), web.get("/message/{id}", self._get)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def _admit(self, request: web.Request) -> None:
        if self.asleep and request.transport:
            request.transport.abort()
        if request.headers.get("Authorization") != ADMITTED:
            raise web.HTTPUnauthorized

    async def _post(self, request: web.Request) -> web.Response:
        self._admit(request)
        if self.asleep:
            return web.Response()
        self.posts += 1
        body = await request.json()
        if body["id"] in self.took:
            return web.json_response({"message": "exists"}, status=self.twice)
        [phone] = body["phoneNumbers"]
        if not phone.startswith("+"):
            return web.json_response({"message": "Invalid phone number"}, status=400)
        self.took[body["id"]] = phone, body["textMessage"]["text"]
        if self.loses_answer and request.transport:
            self.loses_answer = False
            request.transport.abort()
        return web.json_response({"id": body["id"], "state": "Pending", "recipients": []}, status=202)

    async def _get(self, request: web.Request) -> web.Response:
        self._admit(request)
        id = request.match_info["id"]
        return web.json_response({"id": id, "state": "Sent"}) if id in self.took else web.Response(status=404)


def webhook(event: str, id: str, at: int, key: str = KEY, **payload: Any) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of what it tells, signed at a time (epoch ms)."""
    told = {"deviceId": "d", "event": event, "id": id, "payload": payload, "webhookId": "w"}
    body = json.dumps(told).encode()
    return body, signed(body, at, key)


def signed(body: bytes, at: int, key: str = KEY) -> dict[str, str]:
    """The headers of a body."""
    stamp = str(at // 1000)
    signature = hmac.new(key.encode(), body + stamp.encode(), hashlib.sha256).hexdigest()
    return {"X-Timestamp": stamp, "X-Signature": signature, "Content-Type": "application/json"}

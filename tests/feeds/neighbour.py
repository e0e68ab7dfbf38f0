"""Another system: it asks as SPDCI has it, and takes what it subscribed to at an address of its own."""

import asyncio
import base64
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.feeds.spdci import EVENT, RECORD

TS = "2026-11-24T01:00:00Z"


class Neighbour:
    """`heard` is every message that came, in order. It may answer with another `status`, or not at all (`hangs`)."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.paths: list[str] = []
        self.status, self.hangs = 200, False
        self.url = ""
        self.came = asyncio.Event()

    @property
    def heard(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    def notices(self, *, again: bool = True) -> list[dict[str, Any]]:
        """What was notified; what came again only if that is asked for."""
        found = [one for one in self.heard if one["header"]["action"] == "notify"]
        return found if again else list({one["header"]["message_id"]: one for one in found}.values())

    def stages(self) -> list[str]:
        """Where each notice says that a document came."""
        events = [event for one in self.notices(again=False) for event in one["message"]["notify_event"]]
        return [event["data"]["reg_records"]["stage"] for event in events]

    @asynccontextmanager
    async def on(self) -> AsyncIterator["Neighbour"]:
        app = web.Application()
        app.add_routes([web.post("/dci/registry/{action:(txn/)?[a-z-]+}", self._take)])
        async with TestServer(app) as server:
            self.url = str(server.make_url("/dci"))
            yield self

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.status == 200:
            self.bodies.append(body)
            self.paths.append(request.match_info["action"])
        self.came.set()
        if self.hangs:
            await asyncio.Event().wait()
        return web.json_response({"message": {"ack_status": "ACK"}}, status=self.status)


def asks(action: str, message: dict[str, Any], **header: Any) -> dict[str, Any]:
    """A message as it goes out to us."""
    head = {"version": "1.0.0", "message_id": "1", "message_ts": TS, "action": action, "sender_id": "sekolah",
            "total_count": 1, **header}  # fmt: skip
    return {"signature": "unsigned", "header": head, "message": {"transaction_id": "t1", **message}}


def search(kind: str, query: Any, **more: Any) -> dict[str, Any]:
    criteria = {"query_type": kind, "query": query, **more}
    return asks("search", {"search_request": [{"reference_id": "r1", "timestamp": TS, "search_criteria": criteria}]})


def stands(kind: str, by: str, value: Any, transaction: str = "t9", **header: Any) -> dict[str, Any]:
    """How something stands that was asked before."""
    request = {"reference_id": "s1", "txn_type": kind, "attribute_type": by, "attribute_value": value}
    return asks("txn-status", {"transaction_id": transaction, "txnstatus_request": request}, **header)


def where(**attributes: str) -> list[dict[str, Any]]:
    """A predicate."""
    return [
        {"seq_num": i, "expression1": {"attribute_name": name, "operator": "eq", "attribute_value": value}}
        for i, (name, value) in enumerate(attributes.items(), 1)
    ]


def subscribe(filter: Any, reference: str = "r1", **more: Any) -> dict[str, Any]:
    criteria = {"reg_event_type": EVENT, "filter": filter, "notify_record_type": RECORD, **more}
    request = {"reference_id": reference, "timestamp": TS, "subscribe_criteria": criteria}
    return asks("subscribe", {"subscribe_request": [request]})


def is_signed(body: bytes, key: str) -> bool:
    """True if header and message are as they were signed."""
    signature = json.loads(body)["signature"]
    told = dict(re.findall(r'(\w+)="([^"]*)"', signature))
    text = body.decode().partition(',"header":')[2][:-1].replace(',"message":', "", 1)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    content = f"(created): {told['created']}\n(expires): {told['expires']}\ndigest: SHA-256={digest}"
    ours = base64.b64encode(hmac.new(bytes.fromhex(key), content.encode(), hashlib.sha256).digest()).decode()
    return hmac.compare_digest(ours, told["signature"])

"""Answers in the words of Open311, as its specification says. Whatever tells of documents wants a system's key."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot import version
from bot.feeds import open311
from bot.feeds.open311 import FORMATS, Wrong
from bot.feeds.quota import Quota
from handlers.context import Services
from storage.db.protocol import Tx
from storage.feeds import progress, systems
from storage.feeds.progress import Progress
from storage.feeds.systems import System

MANY_REFERENCES = 100
TURN = 50  # documents between two breaths for others
FORMAT = "{format:json|xml}"


class GeoReport:
    """GeoReport v2: discovery and the list of services are for everybody, requests for whoever has a key."""

    def __init__(self, services: Services, quota: Quota) -> None:
        self._services, self._quota, self._version = services, quota, version()

    def routes(self) -> list[web.RouteDef]:
        """Where it is answered."""
        return [
            web.get(f"/open311/discovery.{FORMAT}", self._discovery),
            web.get(f"/open311/v2/discovery.{FORMAT}", self._discovery),
            web.get(f"/open311/v2/services.{FORMAT}", self._list),
            web.get(f"/open311/v2/requests.{FORMAT}", self._requests),
            web.get(f"/open311/v2/requests/{{reference:[a-z_]{{1,62}}}}.{FORMAT}", self._request),
        ]

    async def _discovery(self, request: web.Request) -> web.Response:
        found = open311.discovery(self._services.workflow, self._services.page_url, self._version)
        return _told(request, "discovery", found)

    async def _list(self, request: web.Request) -> web.Response:
        return _told(request, "services", open311.services(self._services.workflow))

    async def _requests(self, request: web.Request) -> web.Response:
        async with self._services.storage.reading() as tx:
            if no := await self._no(tx, request):
                return no
            try:
                asked = open311.asked(request.query, self._services.now())
            except Wrong as wrong:
                return _refused(request, HTTPStatus.BAD_REQUEST, str(wrong))
            if asked.references:
                found = await progress.of_references(tx, asked.references[:MANY_REFERENCES])
            else:
                opened, closed = ("open" in asked.statuses), ("closed" in asked.statuses)
                found = await progress.requested(
                    tx, asked.since, asked.until, asked.types, opened=opened, closed=closed
                )
        return _told(request, "service_requests", await self._rows(found))

    async def _request(self, request: web.Request) -> web.Response:
        async with self._services.storage.reading() as tx:
            if no := await self._no(tx, request):
                return no
            found = await progress.of_reference(tx, request.match_info["reference"])
        if found is None:
            return _refused(request, HTTPStatus.NOT_FOUND, "there is no request of this service_request_id")
        return _told(request, "service_requests", await self._rows([found]))

    async def _no(self, tx: Tx, request: web.Request) -> web.Response | None:
        """Why whoever asks gets no answer; None if they do."""
        system = await system_of(tx, request)
        if system is None:
            return _refused(request, HTTPStatus.FORBIDDEN, "this wants an API key that is valid")
        if not self._quota.take(system.id):
            return _refused(request, HTTPStatus.TOO_MANY_REQUESTS, "60 questions a minute: please wait")
        return None

    async def _rows(self, found: Sequence[Progress]) -> list[open311.Row]:
        rows = []
        for one in found:
            rows.append(open311.request(self._services.workflow, one))
            if len(rows) % TURN == 0:
                await asyncio.sleep(0)
        return rows


async def system_of(tx: Tx, request: web.Request) -> System | None:
    """The system that asks: its key is in the header, or, as Open311 has it, in the query."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    given = key.strip() if kind.lower() == "bearer" else request.query.get("api_key", "")
    return await systems.of_key(tx, given) if given.isascii() else None  # no other text has a hash


def _told(request: web.Request, root: str, found: Any, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    kind = request.match_info["format"]
    if kind == "json":
        return web.json_response(found, status=status)
    return web.Response(body=open311.xml(root, found), status=status, content_type=FORMATS[kind], charset="utf-8")


def _refused(request: web.Request, status: HTTPStatus, said: str) -> web.Response:
    return _told(request, "errors", open311.errors(int(status), said), status)

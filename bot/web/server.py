"""Tells this machine how the process is: `/healthz` for who restarts it, `/metrics` for who draws curves."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from bot.addresses import LOOPBACK
from bot.counts import Counts
from bot.web.health import Health
from bot.web.metrics import Figures
from bot.web.rendering import guarded
from bot.web.site import RETRY, Site

Look = Callable[[], Awaitable[Health]]


class Web:
    """Serves both pages, to this machine alone unless `host` is another of its addresses."""

    def __init__(
        self, port: int, look: Look, counts: Counts, version: str, retry: float = RETRY, host: str = LOOPBACK
    ) -> None:
        self._look, self._counts, self._version = look, counts, version
        app = web.Application(middlewares=[guarded])
        app.add_routes([web.get("/healthz", self._health), web.get("/metrics", self._metrics)])
        self.site = Site(app, port, "health", retry, host)

    async def _health(self, _: web.Request) -> web.Response:
        health = await self._look()
        faults = health.faults()
        status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
        said = {"outage": outage} if (outage := health.process.outage) else {}
        return web.json_response({"ok": not faults, "faults": faults, **health.facts(), **said}, status=status)

    async def _metrics(self, _: web.Request) -> web.Response:
        figures = Figures(await self._look(), self._counts, self._version)
        return web.Response(body=figures.text(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

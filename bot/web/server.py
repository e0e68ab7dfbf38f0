"""Tells this machine how the process is: `/healthz` for who restarts it, `/metrics` for who draws curves."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import NoReturn

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from bot.config import HEALTH_HOST
from bot.counts import Counts
from bot.web.health import Health
from bot.web.metrics import Figures

RETRY = 5.0  # seconds until a port that was taken is tried again: whoever had it may be gone
log = logging.getLogger(__name__)
Look = Callable[[], Awaitable[Health]]


class Web:
    """Serves both pages to this machine alone."""

    def __init__(self, port: int, look: Look, counts: Counts, version: str, retry: float = RETRY) -> None:
        self._port, self._look, self._counts, self._version, self._retry = port, look, counts, version, retry
        app = web.Application()
        app.add_routes([web.get("/healthz", self._health), web.get("/metrics", self._metrics)])
        self._runner = web.AppRunner(app, access_log=None)

    async def run(self) -> NoReturn:
        """Answer from when the port can be had until cancelled. A port that another has keeps nobody from work."""
        await self._runner.setup()
        try:
            await self._open()
            await asyncio.Event().wait()
        finally:
            await self._runner.cleanup()
        raise AssertionError

    async def _open(self) -> None:
        told = False
        while True:
            try:
                await web.TCPSite(self._runner, HEALTH_HOST, self._port).start()
            except OSError as error:
                if not told:
                    log.warning("no health page yet", extra={"port": self._port, "error": error.strerror})
                told = True
                await asyncio.sleep(self._retry)
            else:
                break
        if told:
            log.info("health page served", extra={"port": self._port})

    async def _health(self, _: web.Request) -> web.Response:
        health = await self._look()
        faults = health.faults()
        status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
        said = {"outage": outage} if (outage := health.process.outage) else {}
        return web.json_response({"ok": not faults, "faults": faults, **health.facts(), **said}, status=status)

    async def _metrics(self, _: web.Request) -> web.Response:
        figures = Figures(await self._look(), self._counts, self._version)
        return web.Response(body=figures.text(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

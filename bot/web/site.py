"""Serves an application, to this machine alone unless told otherwise, from when its port can be had."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

from aiohttp import web

from bot.addresses import LOOPBACK, why_not_had

RETRY = 5.0  # seconds until a port that was taken is tried again: whoever had it may be gone
log = logging.getLogger(__name__)


class Site:
    """An application at a port; `name` is what the log calls it."""

    def __init__(self, app: web.Application, port: int, name: str, retry: float = RETRY, host: str = LOOPBACK) -> None:
        self._host, self._port, self._name, self._retry = host, port, name, retry
        self._runner = web.AppRunner(app, access_log=None)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Within the block it is served."""
        serving = asyncio.create_task(self.run())
        try:
            yield
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

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
            site = web.TCPSite(self._runner, self._host, self._port)
            try:
                await site.start()
            except OSError as error:
                await site.stop()  # or the runner keeps each of them, for as long as another process leads
                if not told:
                    facts = {"host": self._host, "port": self._port, "error": why_not_had(error)}
                    log.warning("no %s page yet", self._name, extra=facts)
                told = True
                await asyncio.sleep(self._retry)
            else:
                break
        if told:
            log.info("%s page served", self._name, extra={"port": self._port})

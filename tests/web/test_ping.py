"""Somebody elsewhere hears each minute that all is well, and nothing while it is not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import web

from bot.web import ping
from tests.web.serving import free_port


class Elsewhere:
    """Counts who asks for its address."""

    def __init__(self) -> None:
        self.heard, self.status, self.faults = asyncio.Event(), 200, list[str]()

    async def answer(self, _: web.Request) -> web.Response:
        self.heard.set()
        return web.Response(status=self.status)

    async def look(self) -> list[str]:
        return self.faults


@asynccontextmanager
async def pinged(look: Callable[[], Awaitable[list[str]]], url: str):
    pinging = asyncio.create_task(ping.keep(url, look, every=0.01))
    yield
    pinging.cancel()
    with suppress(asyncio.CancelledError):
        await pinging


@pytest.fixture
async def elsewhere():
    there, app = Elsewhere(), web.Application()
    app.router.add_get("/ping/secret", there.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield there, f"http://127.0.0.1:{port}/ping/secret"
    await runner.cleanup()


async def test_somebody_hears_that_all_is_well_and_nothing_while_it_is_not(elsewhere):
    there, url = elsewhere
    async with asyncio.timeout(20), pinged(there.look, url):
        await there.heard.wait()
        there.faults = ["owed_age"]
        await asyncio.sleep(0.1)  # whatever was under way
        there.heard.clear()
        await asyncio.sleep(0.1)
        assert not there.heard.is_set()
        there.faults = []
        await there.heard.wait()


async def test_that_nobody_hears_it_is_logged_once_without_the_address(elsewhere, caplog):
    there, url = elsewhere
    there.status = 503
    caplog.set_level(logging.INFO, "bot")
    async with asyncio.timeout(20), pinged(there.look, url):
        for _ in range(3):
            await there.heard.wait()
            there.heard.clear()
        there.status = 200
        while "somebody hears again" not in caplog.text:
            await there.heard.wait()
            there.heard.clear()
    assert (caplog.text.count("nobody hears"), "secret" in caplog.text) == (1, False)


async def test_an_address_where_nobody_is_ends_nothing(caplog):
    looks = asyncio.Semaphore(0)

    async def look() -> list[str]:
        looks.release()
        return []

    async with asyncio.timeout(20), pinged(look, f"http://127.0.0.1:{free_port()}/secret"):
        for _ in range(3):
            await looks.acquire()
    assert (caplog.text.count("nobody hears"), "secret" in caplog.text) == (1, False)

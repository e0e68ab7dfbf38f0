"""An HTTP proxy that leads to the pretend Telegram."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web


@asynccontextmanager
async def served(answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """A server that answers everything so."""
    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield "http://127.0.0.1:{1}".format(*runner.addresses[0])
    await runner.cleanup()


@asynccontextmanager
async def proxied(telegram: str) -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy to a pretend Telegram, wherever one wants to go: its address, and where that was, and who asked."""
    asked: list[str] = []

    async def forward(request: web.BaseRequest) -> web.Response:
        host = request.raw_path.rpartition("/bot")[0]
        asked.append(f"{host} {request.headers.get('Proxy-Authorization', '')}".strip())
        path, body = request.raw_path.removeprefix(host), await request.read()
        kind = {"Content-Type": request.content_type}
        async with ClientSession() as client, client.post(telegram + path, data=body, headers=kind) as answer:
            return web.Response(body=await answer.read())

    async with served(forward) as url:
        yield url, asked

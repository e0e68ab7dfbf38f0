"""What every test of a page needs: a port of this machine, and to wait until somebody answers there."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp

T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def once_served(ask: Callable[[], Awaitable[T]]) -> T:
    """What is answered, as soon as anybody answers."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await ask()
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.01)

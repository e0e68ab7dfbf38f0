"""The demo: a pretend Telegram with a page of phones, the real bot in a process of its own, and a town to play in."""

import asyncio
import signal
import socket
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from bot.config import WrongSettings
from bot.demo import routes
from bot.demo.town import Demo
from bot.sandbox.server import serve

HOST = "127.0.0.1"
YEARS = range(2020, 2100)
LAST_PORT = 65_535


async def play(port: int = 8080, at: datetime | None = None) -> int:
    """Play until interrupted. `at` is what the district's clocks show when it begins; now, if it is None.

    Raises WrongSettings for a year in which no town could be played.
    """
    if at and at.year not in YEARS:
        raise WrongSettings(f"--at: write a year from {YEARS[0]} to {YEARS[-1]}")
    stopped = _interruption()
    with tempfile.TemporaryDirectory(prefix="jekduk-demo-", ignore_cleanup_errors=True) as folder:
        async with AsyncExitStack() as stack:
            town = Demo(Path(folder), at)
            await town.prepare()
            stack.push_async_callback(town.storage.close)
            taken = not _free(port)
            runner = await stack.enter_async_context(
                await serve(town.sandbox, 0, 0 if taken else port, HOST, more=routes.routes(town))
            )
            keeper = town.hire(runner.url, _free_above(runner.control_url))
            stack.push_async_callback(keeper.end)
            for work in (keeper.run(), routes.Watch(town).run(), routes.warm_up()):
                _background(stack, work)
            _greet(runner.control_url, port if taken else None)
            await stopped.wait()
    return 0


def _background(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    stack.push_async_callback(end)


def _free(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def _free_above(url: str) -> int:
    """The next free port, for the bot's pages: no other demo on this machine looks from the same number on."""
    return next(port for port in range((urlsplit(url).port or 0) + 1, LAST_PORT) if _free(port))


def _greet(url: str, taken: int | None) -> None:
    if taken is not None:
        click.echo(f"\n  Port {taken} is taken, so another one was chosen.")
    click.echo(f"\n  Jek-Duk demo: open {url} in a browser. Ctrl+C ends it.\n")


def _interruption() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop

"""Proved by strangers: bots of three libraries, written as their manuals say, run against the sandbox unchanged."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.server import serve
from tests.sandbox.stage import JPEG, TOKEN

HOME = Path(__file__).parent / "strangers"
LIBRARIES = ("ptb", "aiogram", "telebot")
PATIENCE = 40  # seconds, with two slow imports on a busy machine


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@asynccontextmanager
async def stranger(library: str, api: str, *, webhook: bool) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot in a process of its own."""
    environment = {**os.environ, "TOKEN": TOKEN, "API": api}
    if webhook:
        environment["WEBHOOK_PORT"] = str(free_port())
    process = await asyncio.create_subprocess_exec(sys.executable, str(HOME / f"{library}_bot.py"), env=environment)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_strangers_bot_answers_edits_and_handles_files(library: str, *, webhook: bool):
    sandbox = Sandbox()  # on real time: a webhook that is not up yet is tried again after seconds
    bot = sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk")
    window = sandbox.person("Sari", "id").chat()
    async with (
        asyncio.timeout(PATIENCE),
        await serve(sandbox, 0, 0) as api,
        stranger(library, api.url, webhook=webhook),
    ):
        await sandbox.until(lambda: (bot.webhook if webhook else bot.polling.parked) is not None)
        window.start("563185915492")
        await sandbox.until(lambda: [seen.text for seen in window.heard] == ["Halo 563185915492"])
        window.tap("Tap")
        await sandbox.until(lambda: window.heard[0].text == "edited" and bool(window.toasts))
        window.say("halo")
        await sandbox.until(lambda: window.heard[-1].file is not None)
        window.photo(JPEG)
        await sandbox.until(lambda: window.heard[-1].text == f"{len(JPEG)} bytes")
    assert (window.alert, window.toasts[0].alert) == ("Baik.", True)
    assert window.heard[1].text == "caption"

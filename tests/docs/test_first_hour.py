"""docs/first-hour.md is typed to the letter, from a bare machine to a service that survives the loss of its process."""

import asyncio
import re
from pathlib import Path

import pytest
from aiohttp import web

from bot.sandbox import Window
from tests import postgres
from tests.cli.conftest import reached, server, shell, telegram
from tests.cli.shell import TOKEN
from tests.docs.machine import Machine
from tests.web.serving import free_port

__all__ = ["reached", "server", "shell", "telegram"]

TEXT = (Path(__file__).parent.parent.parent / "docs" / "first-hour.md").read_text("utf-8")
STEPS = {
    part.partition("\n")[0]: re.findall(r"^```sh\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    for part in TEXT.split("\n## ")[1:]
}
DATABASE, PING = "postgresql://jekduk@/jekduk?host=/var/run/postgresql", "https://hc-ping.com/your-own"


@pytest.fixture
def machine(tmp_path, shell):
    machine = Machine(tmp_path / "m", shell, supervised=True)
    yield machine
    machine.end()


@pytest.fixture
async def elsewhere():
    """Who is to hear that all is well: its address, and when it was heard."""
    heard, app, port = asyncio.Event(), web.Application(), free_port()

    async def ping(_: web.Request) -> web.Response:
        heard.set()
        return web.Response()

    app.router.add_get("/ping", ping)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}/ping", heard
    await runner.cleanup()


async def answered(phone: Window, text: str = "/status") -> str:
    before = len(phone.heard)
    phone.say(text)
    async with asyncio.timeout(60):
        while len(phone.heard) == before:  # noqa: ASYNC110  # a phone has no event to wait for
            await asyncio.sleep(0.05)
    return phone.heard[-1].text


@pytest.mark.timeout(600)
async def test_a_strangers_first_hour(machine, telegram, reached, elsewhere):
    address, heard = elsewhere
    sari, camat = (telegram.person(name).chat() for name in ("Sari", "Hadi"))
    env = {"TELEGRAM_API_URL": reached["TELEGRAM_API_URL"], "PORT": str(free_port())}
    async with postgres.database() as url:

        async def step(name: str, answers: str = "") -> str:
            [block] = STEPS.pop(name)
            said: str = await machine.types(block.replace(DATABASE, url).replace(PING, address), answers, **env)
            return said

        said = await step("The bot", f"{TOKEN}\n\n")
        [link] = re.findall(r"start=(i_[\w-]+)", said)
        assert "200" not in await step("The service")
        await answered(sari, "/start")
        await answered(camat, f"/start {link}")
        assert "head 1" in (moved := await step("PostgreSQL"))
        assert "copied and compared" in moved
        await answered(sari)
        assert "restored backups/jekduk-" in await step("A backup, and back")
        await answered(sari)
        await step("An alarm")
        await asyncio.wait_for(heard.wait(), 60)
        assert "head 1" in await step("A new version")
        await answered(sari)
        await step("A second process that takes over")
        await answered(sari)
        assert STEPS == {}
        await machine.types("systemctl stop jekduk jekduk-waiting")

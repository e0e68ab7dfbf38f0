"""`check` tries the ports of the page and of SMS, once they are needed, at the addresses where they listen."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.cli import check
from bot.config import NAMES
from bot.sms.webhooks import Webhooks
from bot.web.pages import Pages
from storage import district
from tests.town import Town
from tests.web.serving import free_port, once_served

NOW = 1_795_482_600_000
PAGE = {"PAGE_URL": "https://jekduk.example.id"}
SMS = {"SMS_GATEWAY": "http://127.0.0.1:9", "SMS_USER": "x", "SMS_PASSWORD": "x", "SMS_SIGNING_KEY": "x"}


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A shell in which nothing is set."""
    for name in (*NAMES, *map(str.lower, NAMES), "DYNO", "WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def sets(shell: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        shell.setenv(name, value)


async def told(name: str) -> str:
    """What is found of it; nothing if it was not tried."""
    return " ".join([str(one) async for one in check.findings(NOW) if one.name == name])


@pytest.mark.parametrize(("name", "port", "needs"), [("page", "PAGE_PORT", PAGE), ("SMS", "SMS_PORT", SMS)])
async def test_a_port_of_the_page_or_of_sms_is_tried_once_it_is_needed(shell, name, port, needs):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        sets(shell, **{port: str(taken.getsockname()[1])})
        assert await told(name) == ""
        sets(shell, **needs)
        assert f"WRONG  {name}: {port}: " in await told(name)
    assert f"ok     {name}: it can be served" in await told(name)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
@pytest.mark.parametrize(("name", "setting", "needs"), [
    ("health page", "HEALTH_HOST", {"PORT": "8765"}), ("page", "PAGE_HOST", PAGE), ("SMS", "SMS_HOST", SMS),
])  # fmt: skip
async def test_an_address_of_another_machine_is_told_by_the_setting_that_names_it(shell, name, setting, needs, host):
    sets(shell, **needs, **{setting: host})
    assert f"WRONG  {name}: {setting}: {host} is no address at which this machine can listen" in await told(name)


async def test_ports_that_a_running_bot_has_are_as_they_should_be(shell, tmp_path):
    async with Town.open(tmp_path) as town:
        page, sms, host = free_port(), free_port(), "127.0.0.2"
        sets(shell, PAGE_PORT=str(page), SMS_PORT=str(sms), PAGE_HOST=host, SMS_HOST=host, **PAGE, **SMS)
        hearing = asyncio.create_task(Webhooks(town.services, sms, "x", lambda: None, host).run())
        try:
            async with Pages(town.services, page, host).site.served(), asyncio.timeout(20):
                for port, path in ((page, "/page.css"), (sms, "/sms")):
                    await answered(f"http://{host}:{port}{path}")
                found = [await told(name) for name in ("page", "SMS")]
        finally:
            hearing.cancel()
            await asyncio.wait([hearing])
        assert found == [
            f"ok     page: a bot that runs serves it at port {page}",
            f"ok     SMS: a bot that runs serves it at port {sms}",
        ]


async def test_sms_come_in_once_the_port_that_another_had_is_free(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("bot.sms.webhooks.RETRY", 0.01)
    async with Town.open(tmp_path) as town:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            hearing = asyncio.create_task(Webhooks(town.services, port, "x", lambda: None).run())
            while not caplog.records:  # noqa: ASYNC110  # a log has no event to wait for
                await asyncio.sleep(0.01)
        async with asyncio.timeout(20):
            await answered(f"http://127.0.0.1:{port}/sms")
        hearing.cancel()
        await asyncio.wait([hearing])
    (told,) = [record for record in caplog.records if "SMS" in record.message]
    assert (told.message, told.error) == ("no SMS can come in yet", "Address already in use")


async def test_a_public_page_without_the_name_of_its_proxy_is_told(shell, tmp_path):
    text = district.SHIPPED.read_text("utf-8")
    (tmp_path / "own.toml").write_text(text.replace("# public_page = true", "public_page = true"))
    sets(shell, DISTRICT_FILE="own.toml", PAGE_PORT=str(free_port()), **PAGE)
    assert "the wrong codes of one visitor are those of all" in await told("district file")
    sets(shell, PAGE_PROXY="127.0.0.1, 172.16.0.0/12")
    assert "it can be served" in await told("page")
    sets(shell, PAGE_PROXY="caddy")
    assert "write the proxy's address" in await told("settings")


async def answered(url: str) -> None:
    """Somebody is there."""

    async def ask() -> None:
        async with aiohttp.request("GET", url):
            pass

    await once_served(ask)

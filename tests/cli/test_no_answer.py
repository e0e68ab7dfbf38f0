"""Why Telegram does not say who the bot is."""

import socket

import pytest
from aiohttp import web

from bot.cli import connect
from bot.config import Secret, Settings, WrongSettings
from tests.cli.proxy import served


async def why(url: str) -> str:
    with pytest.raises(WrongSettings) as told:
        await connect.username(Settings(telegram_bot_token=Secret("1:secret"), telegram_api_url=url))
    return str(told.value)


@pytest.mark.parametrize(
    "code, words, told",
    [
        (429, "Too Many Requests: retry after 5", "try again in 5 seconds"),
        (400, "Logged out", "for another Bot API server; name that in TELEGRAM_API_URL"),
        (403, "Forbidden: bot was deleted", "does not say who the bot is (Forbidden: bot was deleted)"),
    ],
)
async def test_a_bot_api_that_says_no_is_not_told_to_be_none(code, words, told):
    async def no() -> web.Response:
        return web.json_response({"ok": False, "error_code": code, "description": words}, status=code)

    async with served(lambda _: no()) as url:
        found = await why(url)
    assert (told in found, "as a Bot API server (" in found) == (True, False)


async def test_a_name_that_nobody_knows_is_told_as_that():
    found = await why("http://nobody.invalid")
    assert ("nobody.invalid, as that name is not known; see whether it is right" in found, "gai" in found) == (
        True,
        False,
    )


async def test_a_server_that_says_nothing_is_told_as_that(monkeypatch):
    monkeypatch.setattr(connect, "WAIT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "gives no answer within" in await why(f"http://127.0.0.1:{silent.getsockname()[1]}")

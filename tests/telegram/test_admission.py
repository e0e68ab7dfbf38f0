"""A Bot API server may stand behind a password, which its address names."""

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.telegram.api import BotApi
from bot.telegram.http import ServerClient
from tests.telegram.test_http import MESSAGE, TOKEN


@pytest.mark.parametrize("admission", ["jek:kopi%40tubruk", "jek", ""])
async def test_a_server_that_wants_a_password_gets_it_with_every_call(admission):
    given = []

    async def note(request: web.Request) -> web.Response:
        given.append(request.headers.get("Authorization"))
        return web.json_response({"ok": True, "result": MESSAGE})

    app = web.Application()
    app.router.add_post("/{path:.*}", note)
    async with TestServer(app) as server:
        url = str(server.make_url("/")).replace("://", f"://{admission}@" if admission else "://")
        async with BotApi(ServerClient(url, TOKEN)) as api:
            await api.call("sendChatAction", {})
            await api.bot().send_document(42, b"isi")
    user, _, password = admission.replace("%40", "@").partition(":")
    assert given == [aiohttp.encode_basic_auth(user, password) if admission else None] * 2

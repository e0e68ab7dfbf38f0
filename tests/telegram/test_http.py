import asyncio
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import InvalidToken, TelegramError

from bot.clock import ServerClock
from bot.telegram import connections, http
from bot.telegram.api import BotApi
from bot.telegram.connections import NotSent, Unknown
from bot.telegram.http import ServerClient
from bot.telegram.refusal import ApiRefusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
TOKEN = "123456:AAsecretsecretsecret"
ME = {"id": 1, "is_bot": True, "first_name": "Jek-Duk", "username": "jekduk_bot"}
MESSAGE = {"message_id": 17, "date": 1, "chat": {"id": 42, "type": "private", "first_name": "Sari"}, "text": "Halo"}


async def failure(calling: Awaitable[object]) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await calling
    return caught.value


@asynccontextmanager
async def serving(handler: Handler, **limits: Any) -> AsyncIterator[BotApi]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with (
        TestServer(app) as server,
        BotApi(ServerClient(str(server.make_url("/")), TOKEN, **limits)) as api,
    ):
        yield api


def local(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


@asynccontextmanager
async def misbehaving(say: bytes | None, **limits: Any) -> AsyncIterator[BotApi]:
    """A server that reads a request, says this and hangs up; with None, it never says anything."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if say is None:
            await reader.read()
        else:
            writer.write(say)
        writer.close()

    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    async with server, BotApi(ServerClient(local(server.sockets[0]), TOKEN, **limits)) as api:
        yield api


@asynccontextmanager
async def nobody() -> AsyncIterator[BotApi]:
    """A port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = local(free)
    async with BotApi(ServerClient(address, TOKEN)) as api:
        yield api


@asynccontextmanager
async def deaf() -> AsyncIterator[BotApi]:
    """A port where connections queue for ever."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.socket() as first, socket.socket() as second:
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        async with BotApi(ServerClient(local(full), TOKEN, connect=0.1)) as api:
            yield api


@asynccontextmanager
async def strict_proxy() -> AsyncIterator[BotApi]:
    """A proxy that wants another password than ours."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert b"CONNECT api.telegram.org:443" in await reader.readuntil(b"\r\n\r\n")
        writer.write(page(407))
        writer.close()

    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    proxy = local(server.sockets[0]).replace("://", f"://jek:{TOKEN.split(':')[1]}@")
    async with server, BotApi(ServerClient("https://api.telegram.org", TOKEN, proxy=proxy)) as api:
        yield api


BAD_DAYS = {
    "a proxy lets nothing through": (strict_proxy, NotSent),
    "refused": (nobody, NotSent),
    "no connection in time": (deaf, NotSent),
    "accepts and closes": (lambda: misbehaving(b""), Unknown),
    "accepts and hangs": (lambda: misbehaving(None, connect=0.1), Unknown),
    "talks nonsense": (lambda: misbehaving(f"/bot{TOKEN}/ is not HTTP\r\n\r\n".encode()), Unknown),
    "stops half way": (lambda: misbehaving(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":tr'), Unknown),
    "502 quoting the path": (lambda: misbehaving(page(502)), Unknown),
    "404 quoting the path": (lambda: misbehaving(page(404)), Unknown),
    "redirects": (lambda: misbehaving(f"HTTP/1.1 302 Found\r\nLocation: http:///{TOKEN}\r\n\r\n".encode()), Unknown),
    "401 quoting the path": (
        lambda: misbehaving(page(401, b'{"ok":false,"description":"Unauthorized: %s"}')),
        ApiRefusal,
    ),
    "200 quoting the path": (lambda: misbehaving(page(200)), Unknown),
}


def page(status: int, body: bytes = b"<html>/bot%s/ failed</html>") -> bytes:
    body = body % TOKEN.encode() if b"%s" in body else body
    return b"HTTP/1.1 %d Oops\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_on_a_bad_day_the_cause_says_whether_it_may_have_arrived_and_nothing_says_the_token(day, caplog):
    caplog.set_level(logging.DEBUG)
    place, cause = BAD_DAYS[day]
    async with place() as api:
        errors = [
            await failure(api.call("getUpdates", {"offset": "7"}, seconds=0.05)),
            await failure(api.bot().send_message(42, "Halo", read_timeout=0.05)),
            await failure(api.bot().send_document(42, b"%PDF", read_timeout=0.05)),
        ]
    for error in errors:
        assert isinstance(error.__cause__, cause)
        assert TOKEN not in "".join(chain(error))
    assert TOKEN not in caplog.text
    assert TOKEN not in repr([vars(record) for record in caplog.records])


def chain(error: BaseException | None) -> list[str]:
    """Everything an error could tell: itself, its causes and its contexts, and how Python prints them."""
    if error is None:
        return []
    texts = [str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)]
    return texts + chain(error.__cause__) + chain(error.__context__)


async def test_a_refused_token_is_not_told_at_the_start_either():
    async with misbehaving(page(401, b'{"ok":false,"description":"Unauthorized"}')) as api:
        error = await failure(api.bot().initialize())
    assert isinstance(error, InvalidToken)
    assert TOKEN not in "".join(chain(error))


async def test_the_client_does_not_show_the_token():
    client = ServerClient("https://api.telegram.org", TOKEN)
    assert TOKEN not in repr(client) + repr(BotApi(client)) + repr(BotApi(client).bot())


async def test_a_closed_client_sends_nothing_and_opens_again():
    async with serving(echo) as api:
        await api.initialize()
        await api.shutdown()
        await api.shutdown()
        assert isinstance((await failure(api.call("getMyName", {}))).__cause__, NotSent)
        await api.initialize()
        assert await api.call("getMyName", {}) == {}


async def test_a_hanging_send_does_not_keep_updates_from_coming():
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(0 if request.path.endswith("getUpdates") else 60)
        return web.json_response({"ok": True, "result": []})

    async with serving(slow, at_once=1, connect=0.2) as api:
        sending = asyncio.create_task(api.call("sendMessage", {}))
        await asyncio.sleep(0.05)
        assert await asyncio.wait_for(api.poll(None, 0, []), 20) == []
        assert isinstance((await failure(api.call("sendMessage", {}))).__cause__, NotSent)  # no connection free
        sending.cancel()


# What the server gets


async def fields_of(request: web.Request) -> dict[str, object]:
    """What was sent; a file as name, content type and text."""
    return {
        name: (part.filename, part.content_type, part.file.read().decode()) if isinstance(part, web.FileField) else part
        for name, part in (await request.post()).items()
    }


async def echo(request: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": await fields_of(request)})


async def test_the_path_names_the_token_and_the_method():
    paths = []

    async def note(request: web.Request) -> web.Response:
        paths.append(request.raw_path)
        return web.json_response({"ok": True, "result": ME})

    async with serving(note) as api:
        await api.bot().get_me()
        await api.call("sendChatAction", {})
    assert paths == [f"/bot{TOKEN}/getMe", f"/bot{TOKEN}/sendChatAction"]


async def test_fields_arrive_as_they_were_given():
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Terima", callback_data="t:1")]])
    forms = []

    async def note(request: web.Request) -> web.Response:
        forms.append((request.content_type, await request.json()))
        return web.json_response({"ok": True, "result": MESSAGE})

    async with serving(note) as api:
        message = await api.bot().send_message(42, "Nomor resi & <b>ё</b> +1", "HTML", reply_markup=keyboard)
    assert message.message_id == 17
    ((kind, form),) = forms
    assert kind == "application/json"
    assert json.loads(form.pop("reply_markup")) == keyboard.to_dict()
    assert form == {"chat_id": "42", "text": "Nomor resi & <b>ё</b> +1", "parse_mode": "HTML"}


async def test_files_arrive_beside_the_fields():
    forms = []

    async def note(request: web.Request) -> web.Response:
        forms.append(await fields_of(request))
        return web.json_response({"ok": True, "result": MESSAGE})

    async with serving(note) as api:
        await api.bot().send_document(42, b"isi", caption="Resi – ё", filename="resi ё.txt")
    assert forms == [{"chat_id": "42", "caption": "Resi – ё", "document": ("resi ё.txt", "text/plain", "isi")}]


async def test_an_answer_without_end_is_given_up_before_it_fills_the_memory(monkeypatch):
    for module in (connections, http):
        monkeypatch.setattr(module, "LARGEST", 100)
    long = json.dumps({"ok": True, "result": MESSAGE | {"text": "x" * 100}})
    async with misbehaving(page(200, long.encode())) as api:
        for call in (api.call("sendMessage", {}), api.bot().send_document(42, b"isi")):
            assert isinstance((await failure(call)).__cause__, Unknown)


async def test_a_redirect_is_not_followed():
    paths = []

    async def elsewhere(request: web.Request) -> web.Response:
        paths.append(request.path)
        raise web.HTTPTemporaryRedirect("/elsewhere")

    async with serving(elsewhere) as api:
        assert isinstance((await failure(api.call("sendMessage", {}))).__cause__, Unknown)
    assert paths == [f"/bot{TOKEN}/sendMessage"]


async def test_one_connection_serves_call_after_call():
    ports = set()

    async def note(request: web.Request) -> web.Response:
        assert request.transport
        ports.add(request.transport.get_extra_info("peername"))
        return web.json_response({"ok": True, "result": {"message_id": 1}})

    async with serving(note) as api:
        for _ in range(5):
            await api.call("sendMessage", {})
    assert len(ports) == 1


@pytest.mark.parametrize("address", ["", "api.telegram.org", "ftp://api.telegram.org", "https://"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="not the address of a Bot API server"):
        ServerClient(address, TOKEN)


async def test_the_date_of_a_poll_tells_by_how_much_our_clock_is_wrong():
    date = "Tue, 24 Nov 2026 01:10:00 GMT"

    async def handler(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": []}, headers={"Date": date})

    clock = ServerClock(lambda: 1_795_482_600.0 + 90)
    async with serving(handler, told=clock.hear) as api:
        await api.call("sendChatAction", {}, seconds=5)
        assert clock.ahead == 0
        await api.call("getUpdates", {}, seconds=5)
        assert clock.ahead == 90
    for odd in ("yesterday", "Mon, 23 Nov 2026 08:00:00 +99999999999999999999", "Mon, 1 Jan 99999999999 00:00:00 GMT"):
        clock.hear(odd)
    assert clock.ahead == 90

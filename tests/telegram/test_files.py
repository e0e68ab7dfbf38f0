"""Files that Telegram has: fetched by their ids, as far as they are not too big, and without the token in any error."""

import traceback

import pytest
from aiohttp import web
from telegram.error import BadRequest, NetworkError

from tests.telegram.test_http import TOKEN, failure, misbehaving, serving


async def gives(request: web.Request) -> web.Response:
    """A server with one file, of ten bytes; what it is asked for otherwise it does not have."""
    if request.path == f"/bot{TOKEN}/getFile":
        told = await request.json()
        return web.json_response({"ok": True, "result": {"file_path": f"photos/{told['file_id']}"}})
    is_there = request.path == f"/file/bot{TOKEN}/photos/file_1.jpg"
    return web.Response(body=b"0123456789") if is_there else web.Response(status=404, text=request.path)


async def test_a_file_is_fetched_by_its_id():
    async with serving(gives) as api:
        assert await api.fetch("file_1.jpg", 10) == b"0123456789"


async def test_a_file_that_is_too_big_is_refused():
    async with serving(gives) as api:
        with pytest.raises(BadRequest, match="too big"):
            await api.fetch("file_1.jpg", 9)


async def test_a_file_that_is_gone_is_trouble_without_the_token():
    async with serving(gives) as api:
        error = await failure(api.fetch("file_2.jpg", 10))
    assert isinstance(error, NetworkError)
    assert TOKEN not in "".join(traceback.format_exception(error))


async def test_a_connection_that_breaks_is_trouble_without_the_token():
    told = b'HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n{"ok":true,"result":{"file_path":"photos/a"}}  '
    async with misbehaving(told + b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf") as api:
        error = await failure(api.fetch("file_1.jpg", 10))
    assert isinstance(error, NetworkError)
    assert TOKEN not in "".join(traceback.format_exception(error))

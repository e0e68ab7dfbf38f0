"""The HTTP half: paths, encodings, sizes, files."""

import asyncio
import io
import json

import aiohttp
import pytest

from bot.sandbox import File
from bot.sandbox.pictures import dimensions
from bot.sandbox.server import serve
from tests.sandbox.stage import JPEG, TOKEN, settled


class Client:
    def __init__(self, url, session) -> None:
        self.url, self.session = url, session

    async def ask(self, path: str, http: str = "POST", **body):
        async with self.session.request(http, f"{self.url}{path}", **body) as answer:
            told = await answer.json()
            return (answer.status, told["description"]) if "error_code" in told else told["result"]


@pytest.fixture
async def client(stage):
    async with await serve(stage.sandbox, 0, 0) as runner, aiohttp.ClientSession() as session:
        yield Client(runner.url, session)


@pytest.mark.parametrize(
    "path", [f"/bot{TOKEN}/getMe", f"/bot{TOKEN}/GETME", f"/bot{TOKEN}/test/getMe", f"/bot{TOKEN}?method=getMe"]
)
@pytest.mark.parametrize("http", ["GET", "POST"])
async def test_a_method_is_found_however_it_is_written(client, path, http):
    assert (await client.ask(path, http))["username"] == "jekduk_bot"


@pytest.mark.parametrize(
    "path, refusal",
    [
        ("/", (404, "Not Found")),
        (f"/robot{TOKEN}/getMe", (404, "Not Found")),
        (f"/bot{TOKEN}/", (404, "Not Found: method not found")),
        ("/bot/getMe", (401, "Unauthorized: invalid token specified")),
        (f"/file/bot{TOKEN}/photos/none.jpg", (404, "Not Found")),
    ],
)
async def test_other_paths_are_refused(client, path, refusal):
    assert await client.ask(path) == refusal


async def test_query_string_and_body_merge_and_the_body_wins(client, stage):
    path = f"/bot{TOKEN}/sendMessage?chat_id={stage.sari.id}&text=query"
    texts = [(await client.ask(path, **body))["text"] for body in ({}, {"data": {"text": "a+b & ё"}})]
    assert texts == ["query", "a+b & ё"]


async def test_json_bodies_may_nest(client, stage):
    rows = [[{"text": "ok", "callback_data": "ok"}]]
    body = {"chat_id": stage.sari.id, "text": "x", "reply_markup": {"inline_keyboard": rows}, "parse_mode": None}
    assert (await client.ask(f"/bot{TOKEN}/sendMessage", json=body))["reply_markup"]["inline_keyboard"] == rows


@pytest.mark.parametrize(
    "body, words", [("{", "Bad Request: can't parse JSON object"), ("[1]", "Bad Request: JSON object expected")]
)
async def test_bad_json_is_refused(client, body, words):
    headers = {"Content-Type": "application/json"}
    assert await client.ask(f"/bot{TOKEN}/getMe", data=body, headers=headers) == (400, words)


async def test_a_megabyte_of_parameters_is_too_much(client):
    refusal = (413, "Request Entity Too Large: too many parameters")
    form = io.BytesIO(b"text=" + b"x" * 1024 * 1024)
    assert await client.ask(f"/bot{TOKEN}/sendMessage", data=form) == refusal
    multipart = aiohttp.MultipartWriter("form-data")
    for number in range(2):
        multipart.append("x" * 600_000).set_content_disposition("form-data", name=f"text{number}")
    assert await client.ask(f"/bot{TOKEN}/sendMessage", data=multipart) == refusal


async def test_a_photo_comes_in_by_name_or_by_attachment_and_goes_out_again(client, stage):
    photo = {}
    for field, asked in (("photo", {}), ("slip", {"photo": "attach://slip"})):
        form = aiohttp.FormData({"chat_id": str(stage.sari.id), **asked})
        form.add_field(field, JPEG, filename="slip.jpg", content_type="image/jpeg")
        photo = (await client.ask(f"/bot{TOKEN}/sendPhoto", data=form))["photo"][-1]
        assert (photo["width"], photo["height"], photo["file_size"]) == (32, 16, len(JPEG))
    path = (await client.ask(f"/bot{TOKEN}/getFile", data={"file_id": photo["file_id"]}))["file_path"]
    async with client.session.get(f"{client.url}/file/bot{TOKEN}/{path}") as answer:
        assert await answer.read() == JPEG


async def test_a_file_is_known_by_its_id_afterwards(stage):
    sent = await stage.call("sendDocument", {"document": File("a.pdf", b"%PDF")}, chat_id=stage.sari.id)
    repeated = await stage.call("sendDocument", chat_id=stage.sari.id, document=sent["document"]["file_id"])
    assert (repeated["document"], stage.window.heard[-1].file) == (sent["document"], File("a.pdf", b"%PDF"))


@pytest.mark.parametrize(
    "body, words",
    [
        (b"", "Bad Request: file must be non-empty"),
        (b"no picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"GIF89a\x01\x00\xff\x00", "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (
            JPEG + bytes(10 * 1024 * 1024),
            "Bad Request: file of size 10485771 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
    ids=["empty", "not a picture", "too thin", "too big"],
)
async def test_what_is_no_photo_is_refused(stage, body, words):
    assert await stage.call("sendPhoto", {"photo": File("x.jpg", body)}, chat_id=stage.sari.id) == (400, words)


@pytest.mark.parametrize(
    "body, size",
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x07\x00\x00\x00\x09", (7, 9)),
        (b"GIF89a\x03\x00\x04\x00", (3, 4)),
        (b"\xff\xd8\xff\xe0\x00\x04xx" + JPEG[2:], (32, 16)),
        (b"\xff\xd8", None),
        (b"BM", None),
    ],
)
def test_pictures_are_measured(body, size):
    assert dimensions(body) == size


async def test_a_poll_parked_over_http_wakes_with_an_update(client, stage):
    (update,) = await client.ask(f"/bot{TOKEN}/getUpdates")
    path = f"/bot{TOKEN}/getUpdates?timeout=50&offset={update['update_id'] + 1}"
    poll = asyncio.create_task(client.ask(path))
    async with asyncio.timeout(5):
        await stage.sandbox.until(lambda: len(stage.bot.queue) == 0)
    stage.window.say("halo")
    assert [update["message"]["text"] for update in await poll] == ["halo"]


async def test_two_hundred_at_once_are_all_answered_in_full(client, stage):
    sends = [
        client.ask(f"/bot{TOKEN}/sendMessage", data={"chat_id": stage.sari.id, "text": str(n)}) for n in range(200)
    ]
    sent = await asyncio.gather(*sends)
    assert [message["text"] for message in sent] == [str(number) for number in range(200)]
    assert len({message["message_id"] for message in sent}) == 200


async def test_no_answer_ever_carries_the_token(stage):
    stage.sandbox.fault("html", "getMe", times=None)
    for method in ("getMe", "sendMessage", "getUpdates", "nonsense"):
        _, body = await stage.sandbox.raw(TOKEN, method, {})
        assert TOKEN not in body.decode()
    await settled()
    assert TOKEN not in json.dumps([call.answer for call in stage.sandbox.calls])

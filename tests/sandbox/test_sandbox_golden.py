"""Every refusal of golden.toml, word for word: in memory, over HTTP in three encodings, through python-telegram-bot."""

import json
import tomllib
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.sandbox import Sandbox
from bot.sandbox.server import serve
from tests.sandbox.stage import TOKEN, filled, full_stage

GOLDEN = tomllib.loads((Path(__file__).parent / "golden.toml").read_text())["case"]
KNOWN_TO_PTB = {400: BadRequest, 401: InvalidToken, 403: Forbidden, 404: InvalidToken, 409: Conflict, 429: RetryAfter}


CASES = [pytest.param(case, id=f"{number}-{case['method']}-{case['says']}") for number, case in enumerate(GOLDEN, 1)]


async def scene(case: dict[str, Any]):
    stage, names = await full_stage(case.get("as", ""))
    params = {name: filled(value, names) for name, value in case.get("params", {}).items()}
    return stage, filled(case.get("token", TOKEN), names), params


def expected(case: dict[str, Any]) -> tuple[int, bool, int, str]:
    return case["status"], False, case["status"], case["says"]


@pytest.mark.parametrize("case", CASES)
async def test_in_memory(case):
    stage, token, params = await scene(case)
    status, answer = await stage.sandbox.call(token, case["method"], params)
    assert (status, answer["ok"], answer["error_code"], answer["description"]) == expected(case)


@pytest.mark.parametrize("case", CASES)
async def test_over_http_in_three_encodings(case):
    stage, token, params = await scene(case)
    multipart = aiohttp.MultipartWriter("form-data")
    for name, value in params.items():
        multipart.append(value).set_content_disposition("form-data", name=name)
    bodies = [{"data": params}, {"data": multipart}, {"json": {name: as_json(value) for name, value in params.items()}}]
    async with await serve(stage.sandbox, 0, 0) as runner, aiohttp.ClientSession() as session:
        for body in bodies if params else [{}]:
            async with session.post(f"{runner.url}/bot{token}/{case['method']}", **body) as response:
                answer = await response.json()
                said = response.status, answer["ok"], answer["error_code"], answer["description"]
                assert (said, response.content_type) == (expected(case), "application/json")
                assert ("Retry-After" in response.headers) == (case["status"] == 429)


def as_json(value: str) -> Any:
    """JSON where the text is JSON, so that nested values and numbers travel as such."""
    try:
        return json.loads(value)
    except ValueError:
        return value


class Wire(BaseRequest):
    """PTB's own request object over the sandbox's bytes, without a socket."""

    read_timeout = 5.0

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  # the signature is PTB's
        request_data: Any = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        token, name = url.rsplit("/", 2)[1:]
        fields = request_data.json_parameters if request_data else {}
        status, body = await self.sandbox.raw(token.removeprefix("bot"), name, fields)
        return status, body


@pytest.mark.parametrize("case", CASES)
async def test_through_python_telegram_bot(case):
    stage, token, params = await scene(case)
    bot = Bot(token, request=Wire(stage.sandbox), get_updates_request=Wire(stage.sandbox))
    with pytest.raises(TelegramError) as raised:
        await bot._post(case["method"], dict(params))
    kind = ChatMigrated if "upgraded" in case["says"] else KNOWN_TO_PTB[case["status"]]
    assert type(raised.value) is kind
    if isinstance(raised.value, BadRequest):
        assert raised.value.message.casefold() == case["says"].removeprefix("Bad Request: ").casefold()


def ptb(url: str) -> Bot:
    return Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", HTTPXRequest(), HTTPXRequest())


async def test_ptb_over_a_real_socket_sends_edits_answers_and_gets_files():
    stage, names = await full_stage()
    async with await serve(stage.sandbox, 0, 0) as runner, ptb(runner.url) as bot:
        assert bot.username == "jekduk_bot"
        sent = await bot.send_message(int(names["sari"]), "<b>12</b> berkas", parse_mode="HTML")
        assert (sent.text, sent.entities[0].type, sent.chat.id) == ("12 berkas", "bold", stage.sari.id)
        assert await sent.edit_text("dibawa")
        slip = await bot.send_document(stage.sari.id, b"%PDF-1.7", caption="QR", filename="qr.pdf")
        file = await bot.get_file(slip.document.file_id if slip.document else "")
        assert await file.download_as_bytearray() == b"%PDF-1.7"
        assert await bot.answer_callback_query(names["tap"], "Tercatat.")
        updates = await bot.get_updates(timeout=1)
        assert [update.update_id for update in updates] == sorted(update.update_id for update in updates)
        assert (await bot.get_chat(stage.sari.id)).first_name == "Sari"
        assert (await bot.get_webhook_info()).url == ""
    assert (stage.window.alert, [seen.text for seen in stage.window.heard[-2:]]) == ("Tercatat.", ["dibawa", "QR"])

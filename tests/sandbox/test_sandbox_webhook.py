"""Webhook delivery to a real HTTP server: order, retries, secret, answers that are calls."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.delivery import pause_after
from bot.sandbox.server import serve
from tests.sandbox.stage import DAY, settled


class Hook:
    """A bot's web server that answers as it is told."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.headers: list[Any] = []
        self.answers: list[web.Response] = []
        self.came = asyncio.Condition()
        self.held: asyncio.Event | None = None
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.headers.append(request.headers)
        async with self.came:
            self.came.notify_all()
        if self.held:
            await self.held.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self):
        return [update["message"]["text"] for update in self.got]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5), self.came:
            await self.came.wait_for(lambda: len(self.got) >= count)


@pytest.fixture
async def hook(stage):
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    async with await serve(stage.sandbox, 0, 0):
        yield hook
    await runner.cleanup()


async def done(stage) -> None:
    async with asyncio.timeout(5):
        await stage.sandbox.until(lambda: not len(stage.bot.queue))


class Failures:
    """How often a delivery has failed and now pauses."""

    def __init__(self, stage) -> None:
        self.stage, self.count = stage, 0
        stage.sandbox.watchers.append(self.watch)

    def watch(self, event: str, _facts: dict[str, Any]) -> None:
        self.count += event == "undelivered"

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            await self.stage.sandbox.until(lambda: self.count >= count)


@pytest.fixture
def failures(stage) -> Failures:
    return Failures(stage)


async def test_updates_come_with_the_secret_and_leave_the_queue(stage, hook):
    assert await stage.call("setWebhook", url=hook.url, secret_token="s3cret")
    await done(stage)
    assert (hook.texts, hook.headers[0]["X-Telegram-Bot-Api-Secret-Token"]) == (["/start"], "s3cret")
    assert hook.headers[0]["Content-Type"] == "application/json"


async def test_one_update_in_flight_per_chat_and_other_chats_meanwhile(stage, hook):
    hook.held = asyncio.Event()
    other = stage.sandbox.person("Budi").chat()
    await stage.call("setWebhook", url=hook.url)
    stage.window.say("sari 2")
    other.say("budi 1")
    await hook.until(2)
    assert hook.texts == ["/start", "budi 1"]
    hook.held.set()
    await done(stage)
    assert hook.texts == ["/start", "budi 1", "sari 2"]


async def test_a_failure_is_retried_at_once_then_after_two_seconds(stage, hook, failures):
    hook.answers = [web.Response(status=500), web.Response(status=500)]
    await stage.call("setWebhook", url=hook.url)
    await failures.until(2)
    info = await stage.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 1
    stage.sandbox.advance(2.1)
    await done(stage)
    assert hook.texts == ["/start"] * 3


@pytest.mark.parametrize("tries, seconds", [(0, 0), (1, 2), (2, 4), (3, 8), (5, 32), (9, 60)])
def test_pauses_double_up_to_a_minute_or_so(tries, seconds):
    assert pause_after(tries, 60) == seconds


async def test_a_retry_after_is_obeyed(stage, hook, failures):
    hook.answers = [web.Response(status=503, headers={"Retry-After": "100"})]
    await stage.call("setWebhook", url=hook.url)
    await failures.until(1)
    stage.sandbox.advance(99)
    await settled()
    assert len(hook.got) == 1
    stage.sandbox.advance(2)
    await done(stage)
    assert len(hook.got) == 2


async def test_what_is_never_taken_is_dropped_when_its_time_is_over(stage, hook, failures):
    hook.answers = [web.Response(status=500) for _ in range(2)]
    await stage.call("setWebhook", url=hook.url)
    await failures.until(2)
    stage.sandbox.advance(DAY + 1)
    await done(stage)
    assert len(hook.got) == 2


async def test_an_answer_may_be_a_call(stage, hook):
    answer = {"method": "sendMessage", "chat_id": stage.sari.id, "text": "halo"}
    hook.answers = [web.json_response(answer), web.json_response({**answer, "method": "getChat"})]
    await stage.call("setWebhook", url=hook.url)
    stage.window.say("dua")
    await done(stage)
    assert [seen.text for seen in stage.window.heard] == ["halo"]
    assert [call.method for call in stage.sandbox.calls] == ["setWebhook", "sendMessage"]


async def test_410_for_a_day_removes_the_webhook(stage, hook, failures):
    hook.answers = [web.Response(status=410) for _ in range(3)]
    await stage.call("setWebhook", url=hook.url)
    await failures.until(2)
    stage.sandbox.advance(DAY - 60)
    async with asyncio.timeout(5):
        await stage.sandbox.until(lambda: stage.bot.webhook is None)
    assert len(await stage.updates()) == 1


async def test_without_the_webhook_polling_goes_on_where_it_stopped(stage, hook):
    hook.held = asyncio.Event()
    await stage.call("setWebhook", url=hook.url)
    stage.window.say("dua")
    await hook.until(1)
    await stage.call("deleteWebhook")
    assert [update["message"]["text"] for update in await stage.updates()] == ["/start", "dua"]


async def test_setting_and_deleting_say_what_they_did(stage):
    said = []
    for method in ("setWebhook", "setWebhook", "deleteWebhook", "deleteWebhook"):
        _, answer = await stage.sandbox.call(stage.bot.token, method, {"url": "http://127.0.0.1:9/"})
        said.append(answer["description"])
    assert said == ["Webhook was set", "Webhook is already set", "Webhook was deleted", "Webhook is already deleted"]


async def test_dropping_pending_updates_and_setting_too_often(stage):
    await stage.call("setWebhook", url="http://127.0.0.1:9/", drop_pending_updates=True)
    assert len(stage.bot.queue) == 0
    assert await stage.call("setWebhook", url="http://127.0.0.1:9/b") == (429, "Too Many Requests: retry after 1")

"""Webhook delivery as WebhookActor.cpp does it: one update in flight per key, retries, and answers that are calls."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Coroutine
from typing import Any

import aiohttp

from bot.sandbox.people import Bot, Webhook
from bot.sandbox.state import Sandbox
from bot.sandbox.updates import Update
from bot.sandbox.wire import as_text

ANSWER_SECONDS = 60
GONE = 410
GONE_SECONDS = 23 * 3_600
LONGEST_WISH = 3_600
FORBIDDEN_ANSWERS = ("get", "setwebhook", "deletewebhook", "close", "logout")


class Hook:
    """One bot's webhook at work: a lane per key, so many at once as the bot allows."""

    def __init__(self, sandbox: Sandbox, bot: Bot, webhook: Webhook, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.bot, self.webhook, self.session = sandbox, bot, webhook, session
        self.lanes: dict[str, deque[Update]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.places = asyncio.Semaphore(webhook.max_connections)
        self.gone_since: float | None = None
        self.known = 0

    def look(self) -> None:
        """Take up every update that is new."""
        for update in self.bot.queue.since(self.known):
            self.known = update.id
            if lane := self.lanes.get(update.key):
                lane.append(update)
            else:
                self.lanes[update.key] = deque([update])
                self._begin(self._run(update.key))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _run(self, key: str) -> None:
        lane = self.lanes[key]
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self.lanes[key]

    async def _deliver(self, update: Update) -> None:
        """Until the bot takes it or its time is over."""
        tries = 0
        while update.expires > self.sandbox.clock.now():
            async with self.places:
                wish = await self._try(update)
            if wish is None:
                break
            pause = wish or pause_after(tries, self.sandbox.random.uniform(60, 120))
            tries += 1
            self.sandbox.tell("undelivered", bot=self.bot.id, id=update.id, tries=tries, pause=pause)
            await self.sandbox.clock.sleep(pause)
        self.bot.queue.done(update.id)
        self.sandbox.tell("delivered", bot=self.bot.id, id=update.id, tries=tries)

    async def _try(self, update: Update) -> float | None:
        """None if it was taken, else the seconds the bot asks to wait (0: it does not ask)."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret} if self.webhook.secret else {}
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            async with self.session.post(
                self.webhook.url, json=update.body, headers=headers, timeout=limit
            ) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
            return 0
        if response.ok:
            self.gone_since = None
            await self._obey(body)
            return None
        self._note(f"Wrong response from the webhook: {response.status} {response.reason}")
        self._mind_gone(response.status)
        wish = response.headers.get("Retry-After", "")
        return min(float(wish), LONGEST_WISH) if wish.isdigit() else 0

    def _note(self, words: str) -> None:
        self.webhook.last_error = (self.sandbox.clock.now(), words)

    def _mind_gone(self, status: int) -> None:
        """A webhook that has said 410 for 23 hours is removed."""
        now = self.sandbox.clock.now()
        self.gone_since = (self.gone_since or now) if status == GONE else None
        if self.gone_since and now - self.gone_since > GONE_SECONDS:
            self.bot.webhook = None
            self.sandbox.webhook_changed(self.bot)
            self.sandbox.tell("unhooked", bot=self.bot.id)

    async def _obey(self, body: bytes) -> None:
        """An answer may be a call. What comes of it, nobody hears."""
        with contextlib.suppress(ValueError):
            asked = json.loads(body)
            method = str(asked.pop("method", "")) if isinstance(asked, dict) else ""
            if method and not method.lower().startswith(FORBIDDEN_ANSWERS):
                await self.sandbox.call(self.bot.token, method, {name: as_text(value) for name, value in asked.items()})

    def stop(self) -> list[asyncio.Task[None]]:
        """What is in flight is dropped; what was not taken stays in the queue."""
        stopped = list(self.tasks)
        for task in stopped:
            task.cancel()
        return stopped


def pause_after(tries: int, longest: float) -> float:
    """Seconds: at once after the first failure, then 2, 4, 8 … up to the longest."""
    return 0 if tries == 0 else min(2.0**tries, longest)


class Delivery:
    """All webhooks of a sandbox. It watches for those that are set, changed and removed."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._session: aiohttp.ClientSession | None = None
        self._hooks: dict[int, Hook] = {}
        sandbox.webhook_changed = self.changed
        for bot in sandbox.bots.values():
            self.changed(bot)

    def changed(self, bot: Bot) -> None:
        if old := self._hooks.pop(bot.id, None):
            old.stop()
            bot.queue.grew = nobody
        if bot.webhook is None:
            return
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        hook = self._hooks[bot.id] = Hook(self.sandbox, bot, bot.webhook, self._session)
        bot.queue.grew = hook.look
        hook.look()

    async def close(self) -> None:
        stopped = [task for hook in self._hooks.values() for task in hook.stop()]
        await asyncio.gather(*stopped, return_exceptions=True)
        self.sandbox.webhook_changed = ignore
        if self._session:
            await self._session.close()


def ignore(_: Bot) -> None:
    """No webhook is delivered any more."""


def nobody() -> None:
    """No one waits for updates."""

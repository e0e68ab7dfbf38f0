"""Tells other systems what they subscribed to: each act once its grace is over, one after the other, until it is taken;
and answers what they asked to be answered later. One that is slow is waited for by nobody else.

What was told and not written down is told again after a crash, under the same ids.
"""

import asyncio
import logging
import random
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import aiohttp

from bot.feeds import searching, spdci, standing
from bot.feeds.spdci import EVENT, REFERENCE, Envelope, Json, Query
from bot.retry import Backoff
from handlers.context import Services
from storage.feeds import deferred, progress, subscriptions, systems
from storage.feeds.deferred import Deferred
from storage.feeds.subscriptions import Subscription

log = logging.getLogger(__name__)

LOOK_S = 5.0  # between two looks
PATIENCE_S = 20.0  # for one answer
LONGEST_AWAY_S = 900.0
ANSWERS = {"search": "on-search", "txn-status": "txn/on-status"}  # where an answer goes
SILENT = frozenset({"pass", "late"})  # steps that bring a document nowhere


class NotDelivered(Exception):
    """The other system did not take it this time."""


class Notifier:
    """Tells nothing while `leads` says no. `chance` is from [0, 1)."""

    def __init__(
        self, services: Services, leads: Callable[[], bool], chance: Callable[[], float] = random.random
    ) -> None:
        self._services, self._leads = services, leads
        self._name = urlsplit(services.page_url).hostname or "jekduk"
        self._database = Backoff(chance, first=0.1, longest=5.0, vital=False)
        self._away = Backoff(chance, first=5.0, longest=LONGEST_AWAY_S)
        self._telling: dict[int, asyncio.Task[bool]] = {}  # by subscription

    async def run(self) -> None:
        """Tell what is due until cancelled; for the holder of the lease only."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_S)) as client:
            try:
                while True:
                    if not await self.tell_due(client):
                        await asyncio.sleep(LOOK_S)
            finally:
                for task in self._telling.values():
                    task.cancel()
                await asyncio.gather(*self._telling.values(), return_exceptions=True)

    async def tell_due(self, client: aiohttp.ClientSession) -> bool:
        """Tell each subscription its next acts, and whoever asked the answer, and wait until all have them or `LOOK_S`
        are over. True if any were told, so the caller comes straight back.
        """
        if not self._leads():
            return False
        for one in await self._database.until_database_is_back(self._due):
            if one.id not in self._telling:
                self._telling[one.id] = asyncio.create_task(self._tell(client, one))
        if not self._telling:
            return False
        done, _ = await asyncio.wait(self._telling.values(), timeout=LOOK_S)
        self._telling = {id: task for id, task in self._telling.items() if task not in done}
        told = [task.result() for task in done]  # each of them, for one may have failed
        return any(told)

    async def _due(self) -> list[Subscription | Deferred]:
        now = self._services.now()
        async with self._services.storage.reading() as tx:
            return [*await subscriptions.due(tx, now), *await deferred.due(tx, now)]

    async def _tell(self, client: aiohttp.ClientSession, one: Subscription | Deferred) -> bool:
        try:
            told = await (self._answer if isinstance(one, Deferred) else self._notify)(client, one)  # type: ignore[arg-type]  # each of its own
        except NotDelivered as error:
            if not one.tries:
                log.warning("a system takes no notices; they wait", extra={"system": one.name, "error": str(error)})
            return await self._waits(one, str(error))
        except Exception as error:  # what nobody foresaw keeps this one waiting, and neither the others nor the bot
            log.exception("a notice for a system cannot be made; it waits", extra={"system": one.name})
            return await self._waits(one, type(error).__name__)
        if one.tries:
            log.info("a system takes notices again", extra={"system": one.name, "tries": one.tries})
        return told

    async def _waits(self, one: Subscription | Deferred, error: str) -> bool:
        pause = int(self._away.pause(one.tries) * 1000)
        await self._database.until_database_is_back(partial(self._later, one, pause, error))
        return False

    async def _answer(self, client: aiohttp.ClientSession, one: Deferred) -> bool:
        body = await self._database.until_database_is_back(partial(self._answered, one))
        if body:
            await self._post(client, one.url, ANSWERS[one.action], body)
        await self._database.until_database_is_back(partial(self._is_answered, one))
        return True

    async def _notify(self, client: aiohttp.ClientSession, one: Subscription) -> bool:
        if one.confirmed_at is None:
            await self._confirm(client, one)
        acts = await self._database.until_database_is_back(partial(self._untold, one))
        for act in acts:
            if not self._leads():
                return False
            await self._tell_act(client, one, act)
        return bool(acts)

    async def _untold(self, one: Subscription) -> list[int]:
        async with self._services.storage.reading() as tx:
            return await subscriptions.untold(tx, one, self._services.now() - self._services.workflow.grace)

    async def _tell_act(self, client: aiohttp.ClientSession, one: Subscription, act: int) -> None:
        message = await self._database.until_database_is_back(partial(self._message, one, act))
        if message:
            await self._post(client, one.url, "notify", message)
        await self._database.until_database_is_back(partial(self._told, one, act))

    async def _message(self, one: Subscription, act: int) -> bytes:
        """What an act means to a subscription; nothing if it means nothing."""
        workflow, wants = self._services.workflow, one.wants
        kind = REFERENCE if wants["document"] else ""
        query = Query((kind, wants["document"]), tuple((name, tuple(values)) for name, values in wants["attributes"]))
        async with self._services.storage.reading() as tx:
            steps = [step for step in await progress.of_act(tx, act) if step[0].kind not in SILENT]
            key = await systems.signing_key(tx, one.system)
        records = [spdci.record(workflow, found, event) for event, found in steps]
        meant = [record for record in records if query.fits(record)]
        if not meant:
            return b""
        events = [self._event(record) for record in meant]
        message = {"transaction_id": wants["transaction"], "notify_event": events}
        return self._envelope(one, key).sealed("notify", f"{one.id}-{act}", message, len(events))

    def _event(self, record: Json) -> Json:
        reference = f"{record['identifier']['identifier_value']}-{record['version']}"
        told = {**spdci.data(record), "reg_event_type": EVENT}
        return {"reference_id": reference, "timestamp": record["updated_datetime"], "data": told, "locale": "ind"}

    async def _answered(self, one: Deferred) -> bytes:
        """What is so now of what was asked then."""
        async with self._services.storage.reading() as tx:
            key = await systems.signing_key(tx, one.system)
            envelope = self._envelope(one, key)
            if one.action == "search":
                return await searching.answer(tx, self._services, envelope, one.asked, one.id, one.wants)
            return await standing.answer(tx, one.system, envelope, one.asked, one.id, one.wants) or b""

    def _envelope(self, one: Subscription | Deferred, key: str) -> Envelope:
        return Envelope(self._name, one.name, key, self._services.now())

    async def _confirm(self, client: aiohttp.ClientSession, one: Subscription) -> None:
        response = spdci.subscribed(one.wants["reference"], one.id, one.made_at)
        message = {
            "transaction_id": one.wants["transaction"], "correlation_id": str(one.id), "subscribe_response": [response]
        }  # fmt: skip
        async with self._services.storage.reading() as tx:
            key = await systems.signing_key(tx, one.system)
        await self._post(
            client, one.url, "on-subscribe", self._envelope(one, key).sealed("on-subscribe", str(one.id), message)
        )
        await self._database.until_database_is_back(partial(self._confirmed, one))

    async def _post(self, client: aiohttp.ClientSession, base: str, path: str, body: bytes) -> None:
        """Hand a message over. Raises NotDelivered."""
        url = f"{base.rstrip('/')}/registry/{path}"
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            async with client.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                status, said = answer.status, (await answer.content.read(4096)).decode("utf-8", "replace")
        except (aiohttp.ClientError, TimeoutError, OSError, UnicodeError) as error:  # that of a name with two dots
            raise NotDelivered(type(error).__name__) from None
        if not 200 <= status < 300 or '"ERR"' in said:  # noqa: PLR2004  # as HTTP has them
            raise NotDelivered(f"answered {status}")

    async def _told(self, one: Subscription, act: int) -> None:
        async with self._services.storage.transaction() as tx:
            await subscriptions.told(tx, one, [act])

    async def _confirmed(self, one: Subscription) -> None:
        async with self._services.storage.transaction() as tx:
            await subscriptions.confirmed(tx, one, self._services.now())

    async def _is_answered(self, one: Deferred) -> None:
        async with self._services.storage.transaction() as tx:
            await deferred.answered(tx, one, self._services.now())

    async def _later(self, one: Subscription | Deferred, pause: int, error: str) -> None:
        due_at = self._services.now() + pause
        async with self._services.storage.transaction() as tx:
            if isinstance(one, Deferred):
                await deferred.later(tx, one, due_at, error)
            else:
                await subscriptions.later(tx, one, due_at, error)

"""A register with its cast that serves the feeds at a port of this machine, and a system that has a key."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import storage
from bot.config import Settings
from bot.feeds.notifier import Notifier
from bot.feeds.served import routes
from bot.web.pages import Pages
from handlers.context import Services
from storage.feeds import systems
from storage.feeds.systems import Keys
from tests.feeds.neighbour import Neighbour
from tests.storage.cast import NOW, Register, appoint
from tests.town import WORKFLOW, migrated
from tests.web.serving import free_port, once_served


@dataclass
class Feed:
    """`register` holds the clock; what is asked for goes over a socket."""

    register: Register
    services: Services
    database: str
    url: str
    keys: Keys
    neighbour: Neighbour
    client: aiohttp.ClientSession

    async def asks(self, path: str, key: str | None = None, **query: str) -> tuple[int, Any]:
        """How a system is answered; with its own key, unless there is another."""
        headers = {"Authorization": f"Bearer {self.keys.api if key is None else key}"} if key != "" else {}
        async with self.client.get(self.url + path, params=query, headers=headers) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, (await answer.json() if is_json else await answer.text())

    async def posts(self, path: str, message: Any, key: str | None = None) -> tuple[int, Any]:
        """How a message of SPDCI is answered."""
        headers = {"Authorization": f"Bearer {self.keys.api if key is None else key}"}
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        async with self.client.post(f"{self.url}/spdci/v1.0.0/registry/{path}", data=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def tell(self, notifier: Notifier | None = None) -> None:
        """Tell all that is due, as a process does that has just begun."""
        notifier = notifier or Notifier(self.services, lambda: True, chance=lambda: 0.0)
        self.register.now += WORKFLOW.grace + 1
        while await notifier.tell_due(self.client):
            pass

    async def requests(self, **query: str) -> list[dict[str, Any]]:
        """The requests of an Open311 query."""
        status, found = await self.asks("/open311/v2/requests.json", **query)
        assert status == 200, found
        return list(found)


@pytest.fixture
async def feed(tmp_path: Path) -> AsyncIterator[Feed]:
    """On SQLite, Tuesday at eight."""
    database = f"sqlite:///{tmp_path / 'feeds.db'}"
    await migrated(database)
    opened = await storage.open_storage(database)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    try:
        await appoint(opened)
        register = Register(opened, WORKFLOW, NOW)
        services = Services(opened, WORKFLOW, lambda: register.now, page_url=url)
        beside = routes(services, Settings(feeds="yes"))
        async with (
            Neighbour().on() as neighbour,
            Pages(services, port, beside=beside).site.served(),
            aiohttp.ClientSession() as client,
        ):
            async with opened.transaction() as tx:
                keys = await systems.add(tx, "sekolah", neighbour.url, NOW)
            assert keys
            feed = Feed(register, services, database, url, keys, neighbour, client)
            await once_served(lambda: feed.asks("/page.css"))
            yield feed
    finally:
        await opened.close()

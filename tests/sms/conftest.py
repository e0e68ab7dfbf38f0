"""A register with its cast, a telephone that is the gateway, and what of ours is between them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

import storage
from bot.sms.gateway import Gateway
from bot.sms.postman import Postman
from bot.sms.webhooks import Webhooks
from handlers.context import Services
from storage.db.protocol import Row
from storage.news import phones
from storage.records import Document
from tests.sms.phone import KEY, PASSWORD, USER, Phone, signed, webhook
from tests.storage.cast import NOW, ROAD, Register, appoint
from tests.town import WORKFLOW, migrated

SARI, BUDI = "+6281234567890", "+6285700001111"


@dataclass
class Office:
    """`register` holds the clock; `restart` makes new parts of ours on the same database."""

    register: Register
    phone: Phone
    events: int = field(default=0)

    def restart(self) -> None:
        """As after a crash."""
        services = Services(self.register.storage, self.register.workflow, lambda: self.register.now)
        self.gateway = Gateway(self.phone.url, USER, PASSWORD)
        self.postman = Postman(services, self.gateway, lambda: True, chance=lambda: 0.0)
        self.webhooks = Webhooks(services, 1, KEY, self.postman.wake)

    async def follow(self, phone: str, number: str) -> int:
        async with self.register.storage.transaction() as tx:
            id = await phones.keep(tx, phone, "id", self.register.now)
            await phones.follow(tx, id, number, self.register.now)
        return id

    async def go_on(self, card: Document, stage: str) -> Document:
        """The document, taken further; the time to take that back is over."""
        stages = [to for _, to in ROAD]
        for chat, to in ROAD[stages.index(card.stage) + 1 if card.stage in stages else 0 : stages.index(stage) + 1]:
            card = (await self.register.move(chat, to, card)).moved[0]
        self.register.now += WORKFLOW.grace + 1
        return card

    async def send(self) -> None:
        """Send all that is due."""
        while await self.postman.send_due():
            pass

    async def hears(self, event: str, id: str = "", key: str = KEY, late: int = 0, **payload: object) -> int:
        """The gateway tells of something; how that was answered."""
        self.events += 1
        at = self.register.now - late
        body, headers = webhook(event, id or f"event-{self.events}", at, key, **payload)
        return await self.takes(body, headers)

    async def takes(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        """How any body is answered, as the gateway's unless `headers` say otherwise."""
        async with TestClient(TestServer(self.webhooks.app)) as client:
            return (await client.post("/sms", data=body, headers=headers or signed(body, self.register.now))).status

    async def writes(self, phone: str, text: str, id: str = "") -> list[str]:
        """Somebody writes an SMS; what they read in answer."""
        before = len(self.phone.took)
        await self.hears("sms:received", id, phoneNumber=phone, message=text, messageId="m", simNumber=1)
        await self.send()
        return [said for _, said in self.phone.sent[before:]]

    async def kept(self) -> list[Row]:
        return await self.register.ask("select phone from sms_phone order by phone")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """On SQLite, Tuesday at eight."""
    url = f"sqlite:///{tmp_path / 'sms.db'}"
    await migrated(url)
    opened = await storage.open_storage(url)
    try:
        await appoint(opened)
        async with Phone().on() as phone:
            office = Office(Register(opened, WORKFLOW, NOW), phone)
            office.restart()
            yield office
            await office.gateway.close()
    finally:
        await opened.close()

"""Health: visible from this machine, wrong when something is wrong, and about nobody."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot import addresses
from bot.addresses import LOOPBACK
from bot.counts import Counts
from bot.database import disk
from bot.database.disk import MIB, Room
from bot.web.health import Health, Process, Register, look
from bot.web.server import Web
from bot.web.site import Site
from storage import guesses, inbox, open_storage, outbox
from storage.records import StoredUpdate
from tests.web.serving import free_port, once_served

PROCESS = Process(
    leads=True,
    poll_age=3.0,
    outage_age=0.0,
    lag=0.01,
    write_age=2.0,
    clock_skew=0.1,
    server_skew=1.5,
    disk=Room(9_000 * MIB, 20_000 * MIB),
    backup_age=3600.0,
    certificate_left=8 * 86_400.0,
    clashes=1,
)
REGISTER = Register(owed=2, owed_age=1.5, open=1, open_age=0.2, stuck=3, away=4, misses=5, page_misses=6)
NOW = 1_795_482_600_000


class Desk:
    """A served health that a test can change."""

    def __init__(self) -> None:
        self.health = Health(PROCESS, REGISTER)
        self.counts = Counts()
        self.port, self.host = free_port(), LOOPBACK

    async def look(self) -> Health:
        return self.health

    def changes(self, **facts: object) -> None:
        """Some facts become others."""
        process = {name: value for name, value in facts.items() if hasattr(PROCESS, name)}
        register = {name: value for name, value in facts.items() if hasattr(REGISTER, name)}
        self.health = Health(PROCESS._replace(**process), REGISTER._replace(**register))  # type: ignore[arg-type]  # any

    @asynccontextmanager
    async def serves(self, retry: float = 5.0) -> AsyncIterator[None]:
        async with Web(self.port, self.look, self.counts, "1.2.3", retry, self.host).site.served():
            yield

    async def get(self, path: str) -> tuple[int, str]:
        async with (
            aiohttp.ClientSession() as client,
            client.get(f"http://{addresses.near(self.host)}:{self.port}{path}") as answer,
        ):
            return answer.status, await answer.text()

    async def answers(self, path: str = "/healthz") -> tuple[int, str]:
        """The same, as soon as somebody is there."""
        return await once_served(lambda: self.get(path))

    async def state(self) -> tuple[int, list[str]]:
        status, facts = await self.facts()
        return status, facts["faults"]

    async def facts(self) -> tuple[int, dict[str, Any]]:
        async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{self.port}/healthz") as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def desk():
    desk = Desk()
    async with desk.serves():
        await desk.answers()
        yield desk


@pytest.mark.parametrize(("host", "is_near"), [("127.0.0.2", False), ("0.0.0.0", True)])  # noqa: S104  # a container's
async def test_the_page_is_served_at_the_address_that_is_named(host: str, is_near: bool):  # noqa: FBT001  # a row
    desk = Desk()
    desk.host = host
    async with desk.serves():
        assert (await desk.answers())[0] == 200
        desk.host = LOOPBACK
        if is_near:
            assert (await desk.get("/healthz"))[0] == 200
        else:
            with pytest.raises(aiohttp.ClientConnectorError):
                await desk.get("/healthz")


async def test_all_is_well(desk):
    status, facts = await desk.facts()
    assert (status, facts.pop("ok"), facts.pop("faults"), facts.pop("leads")) == (200, True, [], True)
    assert facts == {
        "poll_age": 3.0, "outage_age": 0.0, "lag": 0.01, "write_age": 2.0, "clock_skew": 0.1, "server_skew": 1.5,
        "backup_age": 3600.0, "certificate_left": 691_200.0, "clashes": 1,
        "disk_free": 9_000 * MIB, "owed": 2, "owed_age": 1.5, "open": 1, "open_age": 0.2, "stuck": 3, "away": 4,
        "misses": 5, "page_misses": 6,
    }  # fmt: skip


async def test_what_telegram_says_of_an_outage_is_told(desk):
    desk.changes(outage_age=25.0, outage="Logged out")
    status, facts = await desk.facts()
    assert (status, facts["faults"], facts["outage"]) == (503, ["outage_age"], "Logged out")


@pytest.mark.parametrize(
    "change, faults",
    [
        pytest.param({"poll_age": 91.0}, ["poll_age"], id="no-poll-comes-back"),
        pytest.param({"outage_age": 10.1}, ["outage_age"], id="telegram-takes-nothing"),
        pytest.param({"owed_age": 901.0}, ["owed_age"], id="a-notice-is-not-sent"),
        pytest.param({"open_age": 301.0}, ["open_age"], id="an-update-is-not-answered"),
        pytest.param({"backup_age": 172_801.0}, ["backup_age"], id="no-backup-is-made"),
        pytest.param({"lag": 5.1}, ["lag"], id="the-loop-is-blocked"),
        pytest.param({"write_age": 15.1}, ["write_age"], id="nothing-can-be-written"),
        pytest.param({"clock_skew": 2.1}, ["clock_skew"], id="another-clock-than-the-databases"),
        pytest.param({"certificate_left": 600_000.0}, ["certificate_left"], id="a-certificate-that-ends-this-week"),
        pytest.param({"server_skew": 31.0}, ["server_skew"], id="another-clock-than-telegrams"),
        pytest.param({"disk": Room(255 * MIB, 20_000 * MIB)}, ["disk_free"], id="a-disk-nearly-full"),
        pytest.param({"disk": Room(0, 2 * MIB)}, ["disk_free"], id="a-small-disk-that-is-full"),
        pytest.param({"disk": Room(1 * MIB, 2 * MIB)}, [], id="a-small-disk-half-full"),
        pytest.param({"disk": Room(9_000 * MIB, 20_000 * MIB, 99)}, ["disk_free"], id="a-disk-full-of-small-files"),
        pytest.param({"disk": None}, [], id="a-disk-nobody-knows"),
        pytest.param({"poll_age": 91.0, "lag": 6.0}, ["poll_age", "lag"], id="both"),
        pytest.param({"poll_age": 89.0, "owed_age": 899.0, "open_age": 299.0, "lag": 4.9}, [], id="just-still"),
        pytest.param({"leads": False, "poll_age": 9e9, "owed_age": 9e9, "write_age": 9e9}, [], id="waiting"),
        pytest.param({"leads": False, "lag": 6.0}, ["lag"], id="waiting-with-a-blocked-loop"),
    ],
)
async def test_what_is_wrong_is_named(desk, change, faults):
    desk.changes(**change)
    assert await desk.state() == (503 if faults else 200, faults)


async def test_a_register_that_is_away_is_a_fault_and_the_rest_is_told(desk):
    desk.health = Health(PROCESS, None)
    status, facts = await desk.facts()
    assert (status, facts["faults"], facts["poll_age"]) == (503, ["database"], 3.0)
    assert "owed" not in facts


async def test_only_this_machine_is_answered(desk):
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  # an address of this machine that is not the loopback
        assert other.connect_ex(("127.0.0.2", desk.port)) != 0


async def test_a_port_that_another_has_is_told_once_and_had_when_that_one_is_gone(caplog):
    caplog.set_level("INFO")
    first, second = Desk(), Desk()
    second.port = first.port
    second.changes(leads=False)
    async with AsyncExitStack() as gone, AsyncExitStack() as stays:
        await gone.enter_async_context(first.serves())
        await first.answers()
        await stays.enter_async_context(second.serves(retry=0.01))
        await asyncio.sleep(0.1)  # several tries
        assert (await second.facts())[1]["leads"]  # it is the first that answers
        assert [record.message for record in caplog.records] == ["no health page yet"]
        assert caplog.records[0].error == "Address already in use"
        await gone.aclose()
        await second.answers()
        assert not (await second.facts())[1]["leads"]
    assert [record.message for record in caplog.records] == ["no health page yet", "health page served"]


@pytest.fixture
async def storage(database_url):
    storage = await open_storage(database_url)
    yield storage
    await storage.close()


async def test_ages_come_from_the_register(storage):
    async with storage.transaction() as tx:
        await inbox.store(tx, [StoredUpdate(1, 7, "{}"), StoredUpdate(2, 7, "{}")], NOW - 5_000)
        await outbox.owe(tx, [outbox.Due("a", 7, "answer", 0, NOW - 7_000)], NOW - 7_000)
    health = await look(storage, NOW, PROCESS)
    assert health == Health(
        PROCESS, Register(owed=1, owed_age=7.0, open=2, open_age=5.0, stuck=0, away=0, misses=0, page_misses=0)
    )


async def test_what_somebody_should_know_is_counted(storage):
    async with storage.transaction() as tx:
        await inbox.store(tx, [StoredUpdate(1, 7, "{}")], NOW)
        await inbox.quarantine(tx, 1, "KeyError", NOW)
        await outbox.lose(tx, 8, "blocked", NOW)
        await guesses.count(tx, 9, ["563185915492"], NOW)
        await guesses.count(tx, 10, ["563185915492"], NOW - 3_600_001)
        await guesses.count(tx, "10.0.0.1", ["563185915492", "563185915493"], NOW)
    register = (await look(storage, NOW, PROCESS)).register
    assert register
    assert (register.stuck, register.away, register.misses, register.page_misses) == (1, 1, 1, 2)


async def test_what_falls_due_later_has_no_age_yet(storage):
    async with storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("a", 7, "act", 1, NOW + 10_000)], NOW)
    register = (await look(storage, NOW, PROCESS)).register
    assert register
    assert register.owed_age == 0.0


class Broken:
    """A register that fails so."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def reading(self) -> Any:
        raise self.error


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database is locked"), KeyError("oops")])
async def test_whoever_asks_hears_something_whatever_the_register_does(error):
    assert await look(Broken(error), NOW, PROCESS) == Health(PROCESS, None)  # type: ignore[arg-type]  # it is broken


async def test_a_register_that_hangs_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("bot.web.health.PATIENCE", 0.05)
    assert await asyncio.wait_for(look(Hanging(), NOW, PROCESS), 2) == Health(PROCESS, None)  # type: ignore[arg-type]  # as above


class Hanging:
    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        await asyncio.Event().wait()
        yield


def test_room_is_looked_up_where_the_register_lies_or_will_lie(tmp_path):
    there, later = disk.room_of(tmp_path), disk.room_of(tmp_path / "not" / "yet" / "jekduk.db")
    assert there
    assert later
    assert 0 < there.free <= there.size == later.size
    assert disk.room_of(None) is None
    assert (str(there._replace(free=9 * MIB, files=3)), str(there._replace(free=0, files=None))) == (
        "9 MiB and 3 files free", "0 MiB free"
    )  # fmt: skip


async def test_what_fails_is_said_without_a_traceback(desk, caplog):
    desk.health = None
    assert (await desk.get("/healthz"))[0] == 500
    assert [(one.getMessage(), one.exc_info) for one in caplog.records] == [("a request cannot be answered", None)]


async def test_a_port_that_another_has_for_months_costs_no_memory():
    with socket.create_server((LOOPBACK, 0)) as taken:
        site = Site(web.Application(), taken.getsockname()[1], "health", retry=0)
        serving = asyncio.create_task(site.run())
        for _ in range(1000):
            await asyncio.sleep(0)
        assert len(site._runner.sites) <= 1
        serving.cancel()
        await asyncio.wait({serving})

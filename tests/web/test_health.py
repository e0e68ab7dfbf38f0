"""Health: visible from this machine, wrong when something is wrong, and about nobody."""

import re
import socket
import sqlite3
from dataclasses import replace

import aiohttp
import pytest

from bot.config import WrongSettings
from bot.web.server import HELP, Health, Web, look
from storage import inbox, open_storage, outbox
from storage.records import StoredUpdate

WELL = Health(leads=True, poll_age=3.0, owed=2, owed_age=1.5, open=1, open_age=0.2, lag=0.01)
NOW = 1_795_482_600_000


class Desk:
    """A served health that a test can change."""

    def __init__(self) -> None:
        self.health: Health | Exception = WELL
        self.port = free_port()

    async def look(self) -> Health:
        if isinstance(self.health, Exception):
            raise self.health
        return self.health

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.status, await answer.text()

    async def state(self) -> tuple[int, list[str]]:
        async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{self.port}/healthz") as answer:
            return answer.status, (await answer.json())["faults"]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
async def desk():
    desk = Desk()
    web = Web(desk.port, desk.look)
    await web.start()
    yield desk
    await web.stop()


async def test_all_is_well(desk):
    assert await desk.state() == (200, [])


@pytest.mark.parametrize(
    "change, faults",
    [
        pytest.param({"poll_age": 91.0}, ["poll_age"], id="no-poll-comes-back"),
        pytest.param({"owed_age": 901.0}, ["owed_age"], id="a-notice-is-not-sent"),
        pytest.param({"open_age": 301.0}, ["open_age"], id="an-update-is-not-answered"),
        pytest.param({"lag": 5.1}, ["lag"], id="the-loop-is-blocked"),
        pytest.param({"poll_age": 91.0, "lag": 6.0}, ["poll_age", "lag"], id="both"),
        pytest.param({"poll_age": 89.0, "owed_age": 899.0, "open_age": 299.0, "lag": 4.9}, [], id="just-still"),
        pytest.param({"leads": False, "poll_age": 9e9, "owed_age": 9e9}, [], id="waiting-for-the-lease"),
        pytest.param({"leads": False, "lag": 6.0}, ["lag"], id="waiting-with-a-blocked-loop"),
    ],
)
async def test_what_is_wrong_is_named(desk, change, faults):
    desk.health = replace(WELL, **change)
    assert await desk.state() == (503 if faults else 200, faults)


async def test_a_database_that_is_away_is_a_fault(desk):
    desk.health = sqlite3.OperationalError("database is locked")
    assert await desk.state() == (503, ["database"])


async def test_a_mistake_of_ours_is_no_health(desk):
    desk.health = KeyError("oops")
    assert (await desk.get("/healthz"))[0] == 500


async def test_metrics_are_read_by_prometheus(desk):
    status, text = await desk.get("/metrics")
    values = dict(line.split(" ") for line in text.splitlines() if not line.startswith("#"))
    assert (status, values["jekduk_leads"], values["jekduk_poll_age_seconds"], values["jekduk_owed"]) == (
        200,
        "1",
        "3",
        "2",
    )
    assert re.fullmatch(r"(# HELP (\S+) .+\n# TYPE \2 gauge\n\2 [-+.e0-9]+\n)+", text)
    assert len(values) == len(HELP)


async def test_only_this_machine_is_answered(desk):
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  # an address of this machine that is not the loopback
        assert other.connect_ex(("127.0.0.2", desk.port)) != 0


async def test_a_port_that_is_taken_is_told_in_words(desk):
    with pytest.raises(WrongSettings, match=f"PORT {desk.port} is not free"):
        await Web(desk.port, desk.look).start()


@pytest.fixture
async def storage(database_url):
    storage = await open_storage(database_url)
    yield storage
    await storage.close()


async def test_ages_come_from_the_register(storage):
    async with storage.transaction() as tx:
        await inbox.store(tx, [StoredUpdate(1, 7, "{}"), StoredUpdate(2, 7, "{}")], NOW - 5_000)
        await outbox.owe(tx, [outbox.Due("a", 7, "answer", 0, NOW - 7_000)], NOW - 7_000)
    health = await look(storage, NOW, leads=True, poll_age=1.0, lag=0.0)
    assert health == Health(leads=True, poll_age=1.0, owed=1, owed_age=7.0, open=2, open_age=5.0, lag=0.0)


async def test_what_falls_due_later_has_no_age_yet(storage):
    async with storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("a", 7, "act", 1, NOW + 10_000)], NOW)
    assert (await look(storage, NOW, leads=True, poll_age=1.0, lag=0.0)).owed_age == 0.0

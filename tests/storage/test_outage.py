"""PostgreSQL restarts in the middle of the work."""

import asyncio

import pytest

from storage import Storage, is_transient, people
from tests import postgres
from tests.storage.cast import NOW, SARI, WATI, Register


@pytest.fixture
def engine() -> str:
    return "postgres"


async def moving(register: Register, stopped: asyncio.Event, inside: asyncio.Event) -> None:
    async with register.storage.transaction() as tx:
        await people.choose_language(tx, SARI, "jv")
        inside.set()
        await stopped.wait()
        await people.choose_language(tx, WATI, "jv")


async def test_what_was_under_way_is_trouble_and_leaves_nothing_half_done(register: Register, url):
    stopped, inside = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(moving(register, stopped, inside))
    await inside.wait()
    async with postgres.outage(url):
        stopped.set()
        with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever it is, is_transient() must know it
            await task
        assert is_transient(caught.value)
        for attempt in (reading, writing):
            with pytest.raises(Exception) as caught:  # noqa: PT011  # as above
                await attempt(register.storage)
            assert is_transient(caught.value)
    assert [(await register.person(chat)).lang for chat in (SARI, WATI)] == [None, None]
    await writing(register.storage)
    assert (await register.person(SARI)).lang == "id"


async def reading(opened: Storage) -> None:
    async with opened.reading() as tx:
        await people.get(tx, SARI)


async def writing(opened: Storage) -> None:
    async with opened.transaction() as tx:
        await people.choose_language(tx, SARI, "id")


async def test_every_idle_connection_comes_back(register: Register, url):
    await asyncio.gather(*(reading(register.storage) for _ in range(8)))
    async with postgres.outage(url):
        pass
    await asyncio.gather(*(reading(register.storage) for _ in range(8)))
    assert (await register.person(WATI)).posts[0].since < NOW

"""How long somebody waits for a connection, in virtual time."""

import asyncio
from typing import Any

import pytest
from yarl import URL

from bot.telegram.connections import NotSent, Pool
from tests.simulation.loop import BEGAN, VirtualLoop
from tests.telegram.test_connections import REQUEST


class Unanswered(VirtualLoop):
    """No name is looked up in it."""

    async def getaddrinfo(self, *_: Any, **__: Any) -> Any:
        await asyncio.Event().wait()


def test_who_waits_for_a_place_has_no_more_time_for_the_connection_than_anybody():
    async def asks(pool: Pool, at: float) -> float:
        await asyncio.sleep(at)
        with pytest.raises(NotSent):
            await pool.ask(REQUEST, 60)
        return asyncio.get_running_loop().time() - BEGAN

    async def both() -> tuple[float, float]:
        pool = Pool(URL("http://server"), 1, connect=10)
        return await asyncio.gather(asks(pool, 0), asks(pool, 5))

    loop = Unanswered()
    assert tuple(loop.run_until_complete(both())) == (10, 15)
    loop.bury()

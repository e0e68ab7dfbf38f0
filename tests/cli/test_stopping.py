"""How it stops: what began to clear up is not cut short by whatever else tells it to stop."""

import asyncio

import pytest

from bot.exits import to_its_end


class Lost(Exception):
    """Why it stops."""


async def test_a_clean_up_ends_however_often_it_is_told_to_stop_meanwhile_and_its_reason_stays():
    begun, may_end, cleared = asyncio.Event(), asyncio.Event(), []

    async def clear_up() -> None:
        begun.set()
        await may_end.wait()
        cleared.append(True)

    async def work() -> None:
        try:
            raise Lost
        finally:
            await to_its_end(clear_up())

    task = asyncio.create_task(work())
    await begun.wait()
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0)
    assert not task.done()
    may_end.set()
    with pytest.raises(Lost):
        await task
    assert cleared == [True]


async def test_what_goes_wrong_while_it_clears_up_is_told():
    async def clear_up() -> None:
        raise Lost

    with pytest.raises(Lost):
        await to_its_end(clear_up())

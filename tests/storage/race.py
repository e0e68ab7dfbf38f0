"""Force two transactions into the same gap: between the look of one and its write."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from storage import Storage, Tx

Work = Callable[[Tx], Awaitable[Any]]
PATIENCE = 10.0
A_MOMENT = 0.15


class _Held:
    """A transaction that stops before a query until the gate opens: the first of these that it comes to."""

    def __init__(self, tx: Tx, before: tuple[str, ...], gate: asyncio.Event) -> None:
        self._tx, self._before, self._gate = tx, before, gate
        self.reached = asyncio.Event()

    async def _stop(self, query: str) -> None:
        if query in self._before:
            self.reached.set()
            await asyncio.wait_for(self._gate.wait(), PATIENCE)

    async def all(self, query: str, **values: Any) -> Any:
        await self._stop(query)
        return await self._tx.all(query, **values)

    async def one(self, query: str, **values: Any) -> Any:
        await self._stop(query)
        return await self._tx.one(query, **values)

    async def many(self, query: str, rows: Any) -> None:
        await self._stop(query)
        await self._tx.many(query, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)


async def race(
    storage: Storage,
    engine: str,
    one: Work,
    other: Work,
    *,
    before: str | tuple[str, str],
    losing: type[Exception] | None = None,
    alone: bool = False,
) -> tuple[Any, Any]:
    """Run both, each held before a query (the same, or one for each) until both are there; what came of each, or that
    it lost by `losing`.

    On SQLite the other cannot be there: it is seen to wait outside instead, and goes once the first is through. So it
    is on either engine, if the first is `alone` by then: the other waits on its way.
    """
    gate, gates = asyncio.Event(), (before,) if isinstance(before, str) else before
    async with _running(storage, one, gates, gate) as first:
        await first.at_the_gate()  # before the other begins: else that one may be first, and the first wait on its way
        async with _running(storage, other, gates, gate) as second:
            if alone:
                await asyncio.sleep(A_MOMENT)
                assert not second.is_at_the_gate
            elif engine == "sqlite":
                await asyncio.sleep(A_MOMENT)
                assert not second.inside
            else:
                await second.at_the_gate()
            gate.set()
            return await first.outcome(losing), await second.outcome(losing)


class _Runner:
    def __init__(self, storage: Storage, work: Work, before: tuple[str, ...], gate: asyncio.Event) -> None:
        self.inside = False
        self._held: asyncio.Future[_Held] = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(self._run(storage, work, before, gate))

    async def _run(self, storage: Storage, work: Work, before: tuple[str, ...], gate: asyncio.Event) -> Any:
        async with storage.transaction() as tx:
            self.inside = True
            held: Any = _Held(tx, before, gate)
            self._held.set_result(held)
            return await work(held)

    async def at_the_gate(self) -> None:
        held = await asyncio.wait_for(self._held, PATIENCE)
        await asyncio.wait_for(held.reached.wait(), PATIENCE)

    @property
    def is_at_the_gate(self) -> bool:
        return self._held.done() and self._held.result().reached.is_set()

    async def outcome(self, losing: type[Exception] | None) -> Any:
        try:
            return await asyncio.wait_for(self.task, PATIENCE)
        except Exception as error:
            if losing and isinstance(error, losing):
                return error
            raise


@asynccontextmanager
async def _running(
    storage: Storage, work: Work, before: tuple[str, ...], gate: asyncio.Event
) -> AsyncIterator[_Runner]:
    runner = _Runner(storage, work, before, gate)
    try:
        yield runner
    finally:
        gate.set()
        await asyncio.gather(runner.task, return_exceptions=True)
